import { randomUUID } from 'node:crypto';
import { makeCaseReference } from '../../../../prisma/seed/references.js';
import { ago } from '../../../support/days.js';
import { SECURE_DRAW } from '../../../support/draw.js';
import { bringCalendar, openAgenda, openFeed, openPublicSlot } from './agenda.js';
import { openAppointments, openMeeting, openTimeOff } from './appointments.js';
import { addPerson, openDutyCase, openNeed, planReassignment } from './cases.js';
import { openHandoverTasks, openNotes } from './notes.js';
import { openVote } from './options.js';
import { openIncoming, openReferrals } from './orientation.js';
import { type KnownPerson, openPerson } from './persons.js';
import { openEncounters, openReception } from './reception.js';
import { openOtherReleases, openRelease, type ReleaseOf } from './releases.js';
import type { Scene } from './scene.js';
import type { Shared } from './shared.js';
import { type About, type Dossier, NO_FRESH_TARGETS, type Targets } from './targets.js';
import { openRequests } from './waiting-list.js';

export interface DossierOptions {
  /** A new person unless given. */
  readonly person?: KnownPerson;
  /** Another person of the case, by their id. */
  readonly alsoAbout?: string;
  readonly online: boolean;
  /** The client unless given. */
  readonly bookedOnlineBy?: 'person' | 'client';
  /** A dossier to read is closed at the end; actions are tried on the others. */
  readonly toRead: boolean;
  /** The worker whose other calendar is read; suivie unless given, since a worker has ten other calendars at most. */
  readonly calendarOf?: string;
  readonly release: ReleaseOf;
}

/** A case of alice and all that hangs on it. */
export async function openDossier(scene: Scene, shared: Shared, options: DossierOptions): Promise<Dossier> {
  const { make, workers, times } = scene;
  scene.counted.dossiers += 1;
  const person = options.person ?? (await openPerson(scene, String(scene.counted.dossiers)));
  const about: About = {
    caseId: randomUUID(),
    personId: person.id,
    online: options.online,
    toRead: options.toRead,
  };
  const { caseId, personId, toRead } = about;
  const caseReference = makeCaseReference(SECURE_DRAW);
  await make.case({
    id: caseId,
    reference: caseReference,
    districtId: scene.districtId,
    openedAt: ago(300),
  });
  await addPerson(scene, about, options.alsoAbout);
  const receipt = await make.noticeReceipt({
    personId,
    noticeId: scene.notice,
    givenAt: times.nextMidday(),
    statedById: workers.alice,
  });
  const { notes, handovers } = await openNotes(scene, caseId);
  const feed = toRead ? await openFeed(scene, workers.alice) : '';
  // The time that is offered is before the appointments that the person has.
  const offeredAt = times.next();
  const appointments = await openAppointments(scene, about, options.bookedOnlineBy ?? 'client');
  const { Appointment: homeVisit } = appointments.targets;
  // The visits come before the requests: a visit is noted on the request for which its person waits.
  const reception = await openReception(scene, about, homeVisit);
  const requests = await openRequests(scene, about, {
    appointmentId: appointments.usual.id,
    offeredAt,
    bookedAt: appointments.usual.startsAt,
    ...shared.waiting,
  });
  const sentOn = {
    ...(await openReferrals(scene, about, shared.targets.Organisation)),
    ...(await openIncoming(scene, about)),
  };
  const need = await openNeed(scene, { caseId, personId });
  const dutyCase = await openDutyCase(scene, about);
  const { firstSlot, ...agenda } = await openAgenda(scene, caseId);
  const calendar = toRead
    ? await bringCalendar(scene, options.calendarOf ?? workers.suivie, agenda.Availability)
    : '';
  // Dan is away during the home visit.
  await openTimeOff(scene, appointments.homeVisit);
  const release = await openRelease(scene, caseId, options.release);
  const handoverTasks = await openHandoverTasks(scene, caseId);
  const reassignment = toRead ? await planReassignment(scene, caseId) : '';
  const releases = await openOtherReleases(scene, caseId, options.release);
  await logBooking(scene, caseId);
  const encounters = await openEncounters(scene, about, {
    visitId: reception.Visit,
    appointmentId: homeVisit,
  });
  if (toRead) await closeCase(scene, caseId, reassignment);
  const notification = await notificationToRead(scene, caseId);
  return {
    notes,
    handovers,
    encounters,
    targets: {
      ...NO_FRESH_TARGETS,
      ...shared.targets,
      ...appointments.targets,
      ...reception,
      ...requests,
      ...sentOn,
      ...dutyCase,
      ...agenda,
      ...handoverTasks,
      ...releases,
      Case: caseId,
      caseReference,
      Person: personId,
      PersonMatch: personId,
      familyName: person.familyName,
      personReference: person.reference,
      NoticeReceipt: receipt,
      InterviewNote: notes.own,
      Handover: handovers.toRecipient,
      offeredHandover: handovers.toRecipient,
      offered: handovers.toAssigned,
      CalendarFeed: feed,
      OutsideCalendar: calendar,
      Need: need,
      Release: release,
      PlannedReassignment: reassignment,
      Encounter: encounters.held,
      Notification: notification,
      CollectiveAppointment: await openMeeting(scene, personId, -300),
      collectiveNow: toRead ? '' : await openMeeting(scene, personId, 0.01),
      publicSlot: toRead ? firstSlot : await openPublicSlot(scene),
      ...(toRead ? shared.indicators.toRead : await shared.indicators.toActOn()),
      startsAt: toRead ? times.next() : '',
      ...times.laterHours(),
      ...(await openVote(scene, toRead)),
    },
  };
}

/** A line of the access log: alice has booked an appointment of the case. */
const logBooking = ({ each, workers: { alice } }: Scene, caseId: string): Promise<void> =>
  each(
    `insert into access_log (operation_id, actor_kind, actor_id, action, outcome, case_id, person_id, target_worker_id)
        select gen_random_uuid(), 'WORKER', $2, 'BOOK_APPOINTMENT', 'DONE', case_id,
          (select person_id from case_person p where p.case_id = c.case_id limit 1), $2 from unnest($1::uuid[]) c (case_id)`,
    caseId,
    alice,
  );

/** Closes the case. That calls off the planned reassignment, which is then opened again. */
async function closeCase({ each }: Scene, caseId: string, reassignment: string): Promise<void> {
  await each(`update "case" set status = 'CLOSED', closed_at = now() where id = any($1)`, caseId);
  await each(
    `update planned_reassignment set outcome = null, ended_at = null where id = any($1)`,
    reassignment,
  );
}

/**
 * The notification of alice that is read. The other notifications of the case are deleted: a standpoint reads the first few notifications of
 * all dossiers.
 */
async function notificationToRead(
  { each, value, workers: { alice } }: Scene,
  caseId: string,
): Promise<Targets['Notification']> {
  await each(
    `update notification set about_worker_id = worker_id, act = 'CHANGE_CONTACT', count = 30 where worker_id = '${alice}' and case_id = any($1)`,
    caseId,
  );
  await each(
    `delete from notification where worker_id = '${alice}' and kind <> 'HANDOVER_OFFERED' and case_id = any($1)`,
    caseId,
  );
  return value(
    `select case_id as key, id as value from notification where worker_id = '${alice}' and case_id = any($1)`,
    caseId,
  );
}
