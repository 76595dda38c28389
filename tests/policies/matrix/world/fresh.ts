import { ago, ahead } from '../../../support/days.js';
import { reachMeasure } from './acts.js';
import { bookInAnHour } from './appointments.js';
import { openCaseOf, planReassignment } from './cases.js';
import { openWaitingRelay, spareClient, spareWorker, suspend } from './directory.js';
import { openNoticeDraft } from './notices.js';
import type { Scene } from './scene.js';
import type { Targets } from './targets.js';

/** Rows for one attempt at an action that are of no dossier. Each action may change them. */
export async function openFresh(
  scene: Scene,
): Promise<
  Pick<
    Targets,
    | 'unassignedCase'
    | 'bookingOfHour'
    | 'hourOfBooking'
    | 'bareCase'
    | 'closedCase'
    | 'sheltered'
    | 'newcomer'
    | 'inAHurry'
    | 'absentee'
    | 'openAbsence'
    | 'absentCase'
    | 'PlannedReassignment'
    | 'ownAbsence'
    | 'disabledLater'
    | 'endedMembership'
    | 'clientLater'
    | 'suspensionLater'
    | 'PrivacyNoticeDraft'
    | 'advisedNotice'
    | 'Membership'
    | 'Relay'
    | 'waitingRelay'
    | 'startsAt'
  >
> {
  const {
    make,
    districtId,
    workers: { alice, dan, adviser },
    times,
  } = scene;
  const unassignedCase = await make.case({ districtId, mission: 'RSA', openedAt: ago(1) });
  const sheltered = await openSheltered(scene, unassignedCase);
  const absentee = await spareWorker(scene, 'absente');
  const openAbsence = await make.absence({ workerId: absentee.id, districtId, endsAt: ahead(30) });
  const disabledLater = await spareWorker(scene, 'partante');
  const relayed = await spareWorker(scene, 'suppléée');
  return {
    unassignedCase,
    ...(await bookInAnHour(scene)),
    bareCase: await openCaseOf(scene, alice, { mission: 'LOGEMENT', openedAt: ago(9) }),
    closedCase: await openCaseOf(scene, alice, {
      mission: 'LOGEMENT',
      status: 'CLOSED',
      openedAt: ago(9),
      closedAt: ago(1),
    }),
    sheltered,
    newcomer: (await spareWorker(scene, 'nouvelle')).id,
    ...(await reachMeasure(scene)),
    absentee: absentee.id,
    openAbsence,
    absentCase: await openCaseOf(scene, absentee.id),
    PlannedReassignment: await planReassignment(scene, await openCaseOf(scene, absentee.id)),
    ownAbsence: await make.absence({ workerId: alice, districtId, ...times.nextHalfDay() }),
    disabledLater: disabledLater.id,
    endedMembership: await endMembership(scene),
    clientLater: await spareClient(scene, false),
    suspensionLater: await suspend(scene, 0.5),
    PrivacyNoticeDraft: await openNoticeDraft(scene, alice, null),
    advisedNotice: await openNoticeDraft(scene, alice, adviser),
    Membership: disabledLater.membershipId,
    Relay: await make.relay({ districtId, absentWorkerId: relayed.id, standInId: dan }),
    waitingRelay: await openWaitingRelay(scene, dan),
    startsAt: times.next(),
  };
}

/** A person of the case, with a confidential address and without a name. The desk has sent them to yann today. */
async function openSheltered(
  { make, districtId, workers: { yann } }: Scene,
  caseId: string,
): Promise<string> {
  const personId = await make.person({
    districtId,
    givenName: null,
    familyName: null,
    createdAt: ago(1),
  });
  await make.casePerson({ caseId, personId });
  await make.personAddress({
    personId,
    line: '7 impasse du Refuge',
    confidential: true,
    caseId,
    recordedAt: ago(1),
  });
  await make.visit({ districtId, personId, workerId: yann, arrivedAt: ago(0) });
  return personId;
}

/** A membership that alice has ended, and that nobody has confirmed. */
async function endMembership(scene: Scene): Promise<string> {
  const { membershipId } = await spareWorker(scene, 'partie');
  await scene.each(
    `update membership set ends_at = now() - interval '1 ms', ended_by_id = $2 where id = any($1)`,
    membershipId,
    scene.workers.alice,
  );
  return membershipId;
}
