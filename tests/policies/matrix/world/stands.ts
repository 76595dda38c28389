import { bringCalendar, openFeed } from './agenda.js';
import { type DossierOptions, openDossier } from './dossier.js';
import { openFresh } from './fresh.js';
import type { Indicators } from './indicators.js';
import type { KnownPerson } from './persons.js';
import { yearsToReport } from './reports.js';
import type { Scene } from './scene.js';
import type { Shared } from './shared.js';
import type { Dossier, EncounterOf, HandoverOf, NoteOf, Stand, Targets } from './targets.js';

/** How a standpoint differs from the others: what its login reads, and who the login is. */
export interface Standpoint {
  /** The dossier to read; that of the person who is shown their case unless given. */
  readonly of?: Dossier;
  readonly note?: NoteOf;
  readonly encounter?: EncounterOf;
  readonly handover?: HandoverOf;
  /** The handover that this login tries to accept. */
  readonly offered?: HandoverOf;
  /** The person whose login it is. */
  readonly person?: KnownPerson;
  /** The person whose login it is, as the second person of a case. */
  readonly alsoAbout?: string;
  readonly online?: boolean;
  readonly clientId?: string;
}

/** What all standpoints have in common. */
export interface Common {
  readonly scene: Scene;
  readonly shared: Shared;
  /** The dossier of the person who is shown their case. */
  readonly shown: Dossier;
  /** The calendars of suivie, which every login but alice tries to give up. */
  readonly calendars: Calendars;
}

type Calendars = Pick<Targets, 'CalendarFeed' | 'OutsideCalendar'>;

/** What is read at a standpoint: the targets of the dossier, or other rows of it. */
function targetsAt(key: string, login: string | null, standpoint: Standpoint, from: Dossier): Targets {
  const { targets, notes, encounters, handovers } = from;
  return {
    ...targets,
    InterviewNote: notes[standpoint.note ?? 'own'],
    Encounter: encounters[standpoint.encounter ?? 'held'],
    Handover: handovers[standpoint.handover ?? 'toRecipient'],
    offered: handovers[standpoint.offered ?? 'toAssigned'],
    ownName: standpoint.clientId === 'client.booking' ? 'Anonyme' : '',
    // The technical adviser proposes an indicator for the county.
    ...(login === 'adviser' ? { proposingDistrict: '' } : {}),
    // The worker on duty reads the case that they have opened.
    ...(login === 'nadia'
      ? { Case: targets.openedCase, caseReference: targets.openedReference, Need: targets.openedNeed }
      : {}),
    // A head reads what they must allocate, and answers it.
    ...(key.startsWith('head-')
      ? {
          Referral: targets.waitingReferral,
          openReferral: targets.waitingReferral,
          IncomingRequest: targets.waitingIncoming,
          openIncoming: targets.waitingIncoming,
        }
      : {}),
  };
}

/** Calendars of alice, one of each for a standpoint: the last ones are removed, since a worker has ten of each at most. */
function calendarsOfAlice(scene: Scene): (availability: string) => Promise<Calendars> {
  const {
    each,
    workers: { alice },
  } = scene;
  let last: Calendars | null = null;
  return async (availability) => {
    if (last !== null) {
      const { CalendarFeed: feed, OutsideCalendar: calendar } = last;
      await each(
        'update calendar_feed set revoked_at = now() where id = any($1) and revoked_at is null',
        feed,
      );
      await each(
        'update outside_calendar set removed_at = now() where id = any($1) and removed_at is null',
        calendar,
      );
    }
    last = {
      CalendarFeed: await openFeed(scene, alice),
      OutsideCalendar: await bringCalendar(scene, alice, availability),
    };
    return last;
  };
}

/** Indicators to retire, one for a standpoint: the last one is retired, since there are forty places at most. */
function indicatorsToRetire({ adopt, retire }: Indicators): () => Promise<string> {
  let last: string | null = null;
  return async () => {
    if (last !== null) await retire(last);
    last = await adopt();
    return last;
  };
}

/** The proposals of earlier attempts are refused: a team has five open proposals at most. */
async function proposalsDecided({ database, districtId }: Scene): Promise<Partial<Targets>> {
  await database.sql(
    `update indicator set status = 'REFUSED', refusal = 'DUPLICATE', refusal_text = 'Déjà compté.'
     where status = 'PROPOSED' and proposed_in_id = $1`,
    [districtId],
  );
  return {};
}

/** Undoes what earlier attempts changed of a person. */
function restoring({ database }: Scene, { id }: KnownPerson) {
  return {
    /** A person waits three times at most. While their contact is suspended, their login reads nothing. */
    before: async (request: string): Promise<void> => {
      await database.sql(
        `update appointment_request set status = 'WITHDRAWN', closed_at = now()
              where person_id = $1 and status = 'WAITING' and id <> $2`,
        [id, request],
      );
      await database.sql('update person set contact_suspended_at = null where id = $1', [id]);
    },
    after: async (): Promise<void> => {
      await database.sql(`update person set version = 1, language = 'tam' where id = $1`, [id]);
    },
  };
}

/**
 * A login at a standpoint.
 * @param nth how many standpoints come before. Each has its own years: a year has one report, and a published report stays
 */
export function standAt(
  { scene, shared, shown, calendars }: Common,
  nth: number,
  key: string,
  login: string | null,
  standpoint: Standpoint,
): Stand {
  const { person, alsoAbout, clientId, online = false, of = shown } = standpoint;
  const { indicators } = shared;
  const options: DossierOptions = {
    ...(person === undefined ? {} : { person }),
    ...(alsoAbout === undefined ? {} : { alsoAbout }),
    online,
    bookedOnlineBy: clientId === 'front.person' ? 'person' : 'client',
    toRead: false,
    release: key === 'adviser-none' ? 'approved' : 'pending',
  };
  const make = async (): Promise<Targets> => {
    const dossier = await openDossier(scene, shared, options);
    return { ...targetsAt(key, login, standpoint, dossier), ...(await openFresh(scene)) };
  };
  const nextCalendars = calendarsOfAlice(scene);
  const nextIndicator = indicatorsToRetire(indicators);
  const restored = person && restoring(scene, person);
  const ownYears = [2_030 + nth * 2, 2_031 + nth * 2] as const;
  const prepared: Targets[] = [];
  return {
    login,
    ...(clientId === undefined ? {} : { clientId }),
    targets: targetsAt(key, login, standpoint, of),
    prepare: async (attempts) => {
      // A person has one dossier at a time.
      if (person !== undefined) return;
      const made = await Promise.all(Array.from({ length: attempts }, make));
      prepared.push(...made);
    },
    fresh: async () => {
      await restored?.before(of.targets.AppointmentRequest);
      const made = prepared.pop() ?? (await make());
      await restored?.after();
      return {
        ...made,
        ...(await proposalsDecided(scene)),
        ...(login === 'alice' ? await nextCalendars(made.Availability) : calendars),
        ...(login === 'adviser' ? { adoptedIndicator: await nextIndicator() } : {}),
        ...(await yearsToReport(scene.database, ownYears, made.proposingDistrict, indicators.adopted)),
        unsignedErratum: await indicators.writeErratum('claude'),
        ownErratum: await indicators.writeErratum(login ?? ''),
      };
    },
  };
}
