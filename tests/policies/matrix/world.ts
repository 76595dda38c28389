import { createHash, randomUUID } from 'node:crypto';
import { DEVELOPMENT_ISSUER } from '../../../src/auth/development-issuer.js';
import { makeCaseReference, SECURE_DRAW } from '../../../src/references.js';
import { encounterKeyName, type NoteVault } from '../../../src/vault/note-vault.js';
import { testVault } from '../../support/app.js';
import { county } from '../../support/county.js';
import type { TestDatabase } from '../../support/database.js';
import { together } from '../../support/together.js';
import { openIndicators, yearsToReport } from './indicators.js';
import { openNoticeDraft, publishNotice } from './notices.js';
import { ago, ahead, DAY } from '../../support/days.js';

/** Ids of the rows that a standpoint looks at, by the type’s name; for a person also what a look-up needs. */
export type Targets = Readonly<Record<TargetName, string>>;
export type TargetName =
  | 'Absence'
  | 'Appointment'
  | 'AppointmentNotice'
  | 'AppointmentParticipant'
  | 'AppointmentRequest'
  | 'Availability'
  | 'CalendarFeed'
  | 'CollectiveAppointment'
  | 'OutsideCalendar'
  | 'Case'
  | 'Client'
  | 'District'
  | 'Encounter'
  | 'Handover'
  | 'IncomingRequest'
  | 'InterviewNote'
  | 'Membership'
  | 'Message'
  | 'Need'
  | 'NoticeReceipt'
  | 'PrivacyNoticeDraft'
  | 'OfferSkip'
  | 'OnlineBooking'
  | 'Organisation'
  | 'Notification'
  | 'Person'
  | 'PersonMatch'
  | 'Relay'
  | 'Referral'
  | 'Release'
  | 'SlotOffer'
  | 'Unavailability'
  | 'Visit'
  | 'Worker'
  // What only actions need.
  | 'familyName'
  | 'personReference'
  | 'caseReference'
  | 'offered'
  | 'unassignedCase'
  // Of the same person, opened by who is on duty, and nobody's yet.
  | 'openedCase'
  | 'openedReference'
  | 'openedNeed'
  // The assigned worker's: with nothing loose in it, and closed.
  | 'bareCase'
  | 'closedCase'
  // Of a case that nobody has, with a confidential address; whom the desk has sent to yann today.
  | 'sheltered'
  | 'newcomer'
  | 'absentee'
  // An absence of the absentee, and one of the assigned worker.
  | 'openAbsence'
  | 'ownAbsence'
  | 'disabledLater'
  // Ended by another administrator, and not confirmed yet.
  | 'endedMembership'
  // To which the answer was no, and one that waits.
  | 'HandoverTask'
  | 'handoverToMake'
  | 'PlannedReassignment'
  // Of the absentee.
  | 'absentCase'
  // By the assigned worker.
  | 'offeredHandover'
  // To which someone said no, one that an adviser refused and that lapsed, one that a danger opened, and one in danger that waits.
  | 'objectedRelease'
  | 'refusedRelease'
  | 'dangerRelease'
  | 'pendingDanger'
  | 'clientLater'
  // On which there is an opinion.
  | 'advisedNotice'
  | 'busyWorker'
  | 'needCode'
  | 'appointmentNow'
  // The same, as it is shown to who sends help.
  | 'HomeVisitNotBack'
  | 'collectiveNow'
  // Of the same person and case, with what stands on no row that still waits.
  | 'closedRequest'
  // Of who gave no name, brought to who is on duty; and by which reference the other is found.
  | 'namelessRequest'
  | 'requestReference'
  | 'acceptedOffer'
  | 'waitingVisit'
  | 'takenInVisit'
  | 'unreceivedVisit'
  | 'dayOfVisit'
  // Answered by who receives it, to an organisation, to be answered, to be allocated.
  | 'answeredReferral'
  | 'organisationReferral'
  | 'openReferral'
  | 'waitingReferral'
  | 'answeredIncoming'
  | 'openIncoming'
  | 'waitingIncoming'
  | 'publicSlot'
  // To consult the teams on, to state an opinion on, to adopt, to retire; and in which district one is proposed.
  | 'proposedIndicator'
  | 'consultedIndicator'
  | 'agreedIndicator'
  | 'adoptedIndicator'
  | 'proposingDistrict'
  // Years of which a report is written, and published.
  | 'narrativeYear'
  | 'publishYear'
  // That nobody has signed: to look at, to sign, and to take back.
  | 'Erratum'
  | 'unsignedErratum'
  | 'ownErratum'
  // What a booking client calls the person; empty for who books for themselves.
  | 'ownName'
  | 'secret'
  | 'bookingClient'
  | 'notice'
  | 'startsAt'
  | 'day'
  | 'opensAt'
  | 'closesAt'
  | 'dayOfAvailability';

/** Whose note it is: by the assigned worker, handed over to them, kept by who left, or by who has moved on. */
export type NoteOf = 'own' | 'handed' | 'kept' | 'moved';

/** A login and the rows it looks at. Null is anonymous. */
export interface Stand {
  readonly login: string | null;
  readonly clientId?: string;
  /** The rows prepared for reading. */
  readonly targets: Targets;
  /** Makes fresh rows for so many attempts at once, which takes less than one after the other. */
  prepare(attempts: number): Promise<void>;
  /** Fresh rows in the same relation, for one attempt at an action: of those prepared, or made now. */
  fresh(): Promise<Targets>;
}

export interface World {
  readonly stands: ReadonlyMap<string, Stand>;
}

/** Whose encounter it is: held by who receives at the reception, or passed on to the assigned worker. */
export type EncounterOf = 'held' | 'passedOn';

interface Dossier {
  readonly targets: Targets;
  readonly encounters: Readonly<Record<EncounterOf, string>>;
  readonly notes: Readonly<Record<NoteOf, string>>;
  readonly handovers: {
    readonly accepted: string;
    readonly fromMoved: string;
    readonly toRecipient: string;
    readonly toAssigned: string;
  };
}

/** Bytes, as PostgreSQL reads them. */
const hex = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`;

/** Nine o’clock in Paris in winter, some days ahead; each call half an hour later, so that nothing overlaps. */
function clock(): () => string {
  let half = 0;
  const start = new Date(Date.now() + 3 * DAY);
  start.setUTCHours(8, 0, 0, 0);
  return () => {
    half += 1;
    return new Date(start.getTime() + half * 30 * 60_000).toISOString();
  };
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

/** Half an hour of a day, from so many days ahead on; each call another, so that no hours overlap. */
function halfHours(
  from: number,
  days = 3,
): () => { readonly day: string; readonly opensAt: string; readonly closesAt: string } {
  let nth = -1;
  const wallTime = (half: number): string =>
    `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
  return () => {
    nth += 1;
    // So many days further each time round: hours of an agenda have three.
    const [day, half] = [from + days * Math.floor(nth / 32), 12 + (nth % 32)];
    return { day: ahead(day).slice(0, 10), opensAt: wallTime(half), closesAt: wallTime(half + 1) };
  };
}

/**
 * Two districts, one login for each standpoint, and one dossier that they all look at: assigned to alice, before to
 * bruno, before to mia, who has since moved; rosa stands in, dan holds the appointment, nadia is on duty, yann receives
 * them at the reception, where he holds an encounter, is to call them back, and receives referrals and partners’ requests about
 * them, fatou is offered a handover. Another encounter was held by bruno, and passed on to alice.
 * Every nullable column of a row to be looked at is filled, so that null means refused.
 */
export async function buildWorld(database: TestDatabase): Promise<World> {
  const vault = testVault();
  const built = await county(database);
  const sevran = built.district('Sevran');
  const gagny = built.district('Gagny');
  const districtId = (await sevran).id;
  await gagny;
  const { insert, each, value } = together(database);
  await insert('sector', {
    id: randomUUID(),
    district_id: districtId,
    commune_code: '93071',
    streets: '',
    valid_from: '2020-01-01',
    valid_until: '2099-01-01',
  });
  const organisation = await insert('organisation', {
    id: randomUUID(),
    source: 'essai',
    source_id: 'essai--1',
    name: 'Épicerie',
    name_key: 'epicerie',
    description: 'Une épicerie.',
    siret: '13003013300016',
    address_line: '3 rue des Lilas',
    address_complement: 'Bâtiment B',
    postal_code: '93270',
    city: 'Sevran',
    commune_code: '93071',
    latitude: 48.9,
    longitude: 2.5,
    phone: '01 99 00 00 03',
    email: 'epicerie@example.org',
    website: 'https://epicerie.example.org',
    opening_hours: 'Mo-Fr 09:00-12:00',
    accessibility_url: 'https://acceslibre.example.org',
    source_url: 'https://essai.example.org',
    networks: ['emmaus'],
    themes: ['numerique--acquerir-un-equipement'],
    updated_on: '2026-01-01',
  });

  const worker = async (name: string): Promise<string> => (await sevran.worker(name)).id;
  const alice = await worker('alice');
  const bruno = await worker('bruno');
  const rosa = await worker('rosa');
  const dan = await worker('dan');
  const nadia = await worker('nadia');
  const yann = await worker('yann');
  const fatou = await worker('fatou');
  const carla = await worker('carla');
  const mia = await worker('mia');
  const followed = await worker('suivie');
  await gagny.worker('gaston');
  const hélène = (await sevran.head('hélène')).id;
  await gagny.head('hugo');
  await sevran.receptionist('rené');
  await gagny.receptionist('rémi');
  await sevran.worker('tim', 'TRAINEE');
  for (const [name, role] of [
    ['adviser', 'TECHNICAL_ADVISER'],
    ['dpo', 'DATA_PROTECTION_OFFICER'],
    ['admin', 'ADMINISTRATOR'],
  ] as const) {
    const { id } = await sevran.worker(name);
    await database.sql('update membership set role = $2, district_id = null where worker_id = $1', [
      id,
      role,
    ]);
  }
  const formerMembership = await insert('membership', {
    id: randomUUID(),
    worker_id: alice,
    district_id: (await gagny).id,
    role: 'SOCIAL_WORKER',
    starts_at: ago(900),
    ends_at: ago(800),
    ended_by_id: rosa,
    end_confirmed_by_id: mia,
    end_confirmed_at: ago(800),
    version: 1,
  });
  const absence = await insert('absence', {
    id: randomUUID(),
    worker_id: alice,
    district_id: districtId,
    starts_at: ago(2),
    ends_at: ahead(20),
    declared_at: ago(2),
    contradicted_at: ago(1),
    version: 1,
  });
  const relay = await insert('relay', {
    id: randomUUID(),
    district_id: districtId,
    absent_worker_id: alice,
    stand_in_id: rosa,
    starts_at: ago(1),
    ends_at: ahead(19),
    version: 1,
  });
  const one = async (sql: string): Promise<string> =>
    (await database.sql<{ value: string }>(sql))[0]?.value ?? '';
  const notice = await one('select id as value from privacy_notice limit 1');
  const needCode = await one('select code as value from need_code order by code limit 1');
  const frontDemo = await one(`select id as value from client where client_id = 'front.demo'`);
  const bookingClient = await one(`select id as value from client where client_id = 'client.booking'`);
  const adviserId = await one(`select id as value from worker where subject = 'adviser'`);
  const noticeDraft = await openNoticeDraft(insert, adviserId, alice);
  await publishNotice(insert);
  const next = clock();
  // Agendas begin after what actions book, and end within what can be booked; what actions open lies beyond.
  const nextHours = halfHours(75);
  const laterHours = halfHours(200);
  // What is booked online begins within three months: hours of someone’s for whom nobody stands.
  const publicHours = halfHours(10, 1);
  let nth = 0;
  let daysOfReceipts = 200;
  let halfDays = 0;
  const begun = Date.now();

  /** A client or worker of its own, so that an action on it disturbs nobody. */
  const spareClient = (disabled: boolean): Promise<string> =>
    insert('client', {
      id: randomUUID(),
      issuer: DEVELOPMENT_ISSUER,
      client_id: `client.${randomUUID()}`,
      kind: 'FRONT_END',
      name: 'Essai',
      scopes: ['cases:read', 'directory:read'],
      disabled_at: disabled ? ago(1) : null,
      version: 1,
    });
  const spareWorker = async (name: string): Promise<{ id: string; membershipId: string }> => {
    const id = await insert('worker', {
      id: randomUUID(),
      issuer: DEVELOPMENT_ISSUER,
      subject: `${name}.${randomUUID()}`,
      given_name: name,
      family_name: String(nth),
      version: 1,
    });
    const membershipId = await insert('membership', {
      id: randomUUID(),
      worker_id: id,
      district_id: districtId,
      role: 'SOCIAL_WORKER',
      starts_at: ago(400),
      version: 1,
    });
    return { id, membershipId };
  };
  const deskClient = await spareClient(true);
  // Free slots in the days to come, for everyone.
  const hours = await insert('availability', {
    id: randomUUID(),
    worker_id: carla,
    district_id: districtId,
    modes: ['ON_SITE'],
    place: 'Mairie',
    starts_on: ahead(1).slice(0, 10),
    ends_on: ahead(20).slice(0, 10),
    opens_at: '09:00',
    closes_at: '12:00',
    version: 1,
  });
  await insert('availability_type', { availability_id: hours, type_code: 'FIRST_RECEPTION' });
  for (const days of [2, 3, 4])
    await insert('availability_occurrence', {
      id: randomUUID(),
      availability_id: hours,
      starts_at: `${ahead(days).slice(0, 10)}T08:00:00Z`,
      ends_at: `${ahead(days).slice(0, 10)}T11:00:00Z`,
    });

  // What is held in an agenda stands as long as its worker is there; no type, so that nobody else is offered it.
  const openToOffers = await insert('availability', {
    id: randomUUID(),
    worker_id: dan,
    district_id: districtId,
    modes: ['ON_SITE'],
    place: 'Mairie',
    starts_on: ahead(1).slice(0, 10),
    ends_on: ahead(60).slice(0, 10),
    opens_at: '09:00',
    closes_at: '12:00',
    version: 1,
  });

  // Where what dan holds may be moved to: at home, since that is how the one that is looked at is held. As late as moves are proposed (28 days),
  // so that the clock of this world, which gives half hours from day 3 on, does not come there.
  const movedTo = {
    starts_at: `${ahead(27).slice(0, 10)}T08:00:00Z`,
    ends_at: `${ahead(27).slice(0, 10)}T09:00:00Z`,
  };
  const openToMoves = await insert('availability_occurrence', {
    id: randomUUID(),
    availability_id: openToOffers,
    ...movedTo,
  });
  await insert('free_time', {
    occurrence_id: openToMoves,
    type_code: 'FIRST_RECEPTION',
    worker_id: dan,
    district_id: districtId,
    modes: ['HOME'],
    ...movedTo,
  });

  const person = async (name: string): Promise<{ id: string; familyName: string; reference: string }> => {
    const id = randomUUID();
    const familyName = `Cible ${name}`;
    const reference = `P-${makeCaseReference(SECURE_DRAW).replaceAll('-', '')}`;
    await insert('person', {
      id,
      district_id: districtId,
      reference,
      given_name: 'Ana',
      family_name: familyName,
      chosen_name: 'Anna',
      birth_date: '1980-05-17',
      phone: '01 99 00 00 01',
      email: 'quelquun@example.org',
      safe_contact: 'LETTER',
      sensitive_file: false,
      language: 'tam',
      communication_needs: ['INTERPRETER'],
      created_at: ago(500),
      version: 1,
    });
    await insert('person_address', {
      id: randomUUID(),
      recorded_at: ago(100),
      person_id: id,
      line: '3 rue des Lilas',
      postal_code: '93270',
      city: 'Sevran',
      confidential: false,
      version: 1,
    });
    return { id, familyName, reference };
  };

  const ask = (of: string, row: Record<string, unknown>): Promise<string> =>
    insert('appointment_request', {
      id: randomUUID(),
      district_id: districtId,
      person_id: of,
      type_code: 'FIRST_RECEPTION',
      mode: 'ON_SITE',
      urgency: 'THIS_WEEK',
      status: 'WAITING',
      asked_by: 'RELATIVE',
      asked_at: ago(60),
      wanted_from: ago(50).slice(0, 10),
      wanted_until: ahead(300).slice(0, 10),
      case_worker_only: false,
      present_until: ahead(1),
      duty_worker_id: nadia,
      show_online: false,
      version: 1,
      ...row,
    });
  const offer = (request: string, startsAt: string, row: Record<string, unknown>): Promise<string> =>
    insert('slot_offer', {
      id: randomUUID(),
      request_id: request,
      district_id: districtId,
      worker_id: dan,
      mode: 'ON_SITE',
      place: 'Mairie',
      starts_at: startsAt,
      ends_at: new Date(Date.parse(startsAt) + 30 * 60_000).toISOString(),
      channel: 'LETTER',
      sending: 'FAILED',
      offered_at: ago(1),
      answer_by: ahead(1),
      version: 1,
      ...row,
    });
  // A day that was measured, and one of which too few knew.
  for (const [day, figure] of [
    ['2025-06-02', { third_next_days: 4 }],
    ['2025-06-03', { withheld: 'TOO_FEW_WORKERS' }],
  ] as const)
    await insert('waiting_day', { district_id: districtId, type_code: 'FIRST_RECEPTION', day, ...figure });
  const indicators = await openIndicators(database, { insert, each, value }, districtId);
  // Someone further down, to whom a time went that was not for those before.
  const further = await offer(
    await ask((await person('plus loin')).id, { status: 'WITHDRAWN', closed_at: ago(0) }),
    next(),
    { status: 'DECLINED', answered_at: ago(0) },
  );

  /** They wait for a sooner time than they have, and one is held for them; and what they asked for before, which is booked. */
  const openRequests = async (
    row: Record<string, unknown>,
    times: { readonly offered: string; readonly booked: string },
  ): Promise<{
    waiting: string;
    reference: string;
    held: string;
    skip: string;
    closed: string;
    nameless: string;
    accepted: string;
  }> => {
    const of = String(row['person_id']);
    // It was asked without a name, by then.
    const reference = `D-${randomUUID().toUpperCase()}`;
    const waiting = await ask(of, { ...row, reference });
    const nameless = await ask(of, {
      person_id: null,
      reference: `D-${randomUUID().toUpperCase()}`,
      called_name: 'Étoile',
      contact: 'VOICE_TO_ME_ONLY',
      phone: '06 39 98 00 03',
    });
    const held = await offer(waiting, times.offered, { status: 'HELD' });
    await insert('availability_occurrence', {
      id: randomUUID(),
      availability_id: openToOffers,
      starts_at: times.offered,
      ends_at: new Date(Date.parse(times.offered) + 30 * 60_000).toISOString(),
    });
    await insert('occupancy', {
      id: randomUUID(),
      worker_id: dan,
      district_id: districtId,
      offer_id: held,
      expires_at: ahead(1),
      starts_at: times.offered,
      ends_at: new Date(Date.parse(times.offered) + 30 * 60_000).toISOString(),
    });
    const skip = await insert('offer_skip', {
      id: randomUUID(),
      offer_id: further,
      request_id: waiting,
      reason: 'OTHER_MODE',
      skipped_at: ago(1),
    });
    const closed = await ask(of, { ...row, status: 'BOOKED', closed_at: ago(9) });
    const accepted = await offer(closed, times.booked, {
      status: 'ACCEPTED',
      answered_at: ago(0),
      told_at: ago(0),
    });
    return { waiting, reference, held, skip, closed, nameless, accepted };
  };

  /**
   * They come to the reception on a day: received and gone, they wait again, and they went with an answer of the desk's. And they
   * ask to be called back.
   */
  const openReception = async (
    of: string,
    appointment: string,
  ): Promise<{
    visit: string;
    waiting: string;
    takenIn: string;
    unreceived: string;
    day: string;
    message: string;
  }> => {
    const come = (row: Record<string, unknown>): Promise<string> =>
      insert('visit', {
        id: randomUUID(),
        district_id: districtId,
        kind: 'WALK_IN',
        person_id: of,
        worker_id: yann,
        arrived_at: ago(0),
        version: 1,
        ...row,
      });
    const visit = await come({
      appointment_id: appointment,
      taken_in_at: ago(0),
      closed_at: ago(0),
      outcome: 'RECEIVED',
    });
    const message = await insert('message', {
      id: randomUUID(),
      district_id: districtId,
      worker_id: yann,
      person_id: of,
      name: 'Ana, dit-elle',
      phone: '01 99 00 00 02',
      text: 'Rappelez la permanence.',
      from_worker_id: alice,
      call_from: ago(0),
      call_until: ahead(1),
      sent_at: ago(0),
      version: 1,
    });
    return {
      visit,
      waiting: await come({ appointment_id: appointment }),
      takenIn: await come({ taken_in_at: ago(0) }),
      unreceived: await come({ worker_id: null, closed_at: ago(0), outcome: 'ANSWERED' }),
      day: await value('select id as key, day::text as value from visit where id = any($1)', visit),
      message,
    };
  };

  /** Of the visit, which yann still holds; and one that bruno held, and passed on to alice, who sees its appointment by the case. */
  const openEncounters = async (
    of: string,
    about: {
      readonly visit: string;
      readonly appointment: string;
      readonly case: string;
      readonly heldAt: string;
    },
  ): Promise<Dossier['encounters']> => {
    const hold = async (heldBy: string, row: Record<string, unknown>): Promise<string> => {
      const id = randomUUID();
      const wrapped = await vault.newCaseKey(encounterKeyName(id));
      const body = (await vault.openCaseKey(wrapped, encounterKeyName(id))).seal(id, `encounter ${id}`);
      await insert('encounter', {
        id,
        district_id: districtId,
        held_by_id: heldBy,
        person_id: of,
        held_at: about.heldAt,
        body: hex(body),
        version: 1,
        ...row,
      });
      await insert('encounter_key', {
        encounter_id: id,
        master_key_id: wrapped.masterKeyId,
        wrapped: hex(wrapped.wrapped),
      });
      return id;
    };
    const passedOn = await hold(bruno, { appointment_id: about.appointment });
    await each(
      `update encounter e set case_id = a.case_id from appointment a where a.id = e.appointment_id and e.id = any($1)`,
      passedOn,
    );
    // What is told of one’s notifications is told of others.
    await each(
      `delete from notification where kind = 'ENCOUNTER_PASSED_ON' and case_id = any($1)`,
      about.case,
    );
    return { held: await hold(yann, { visit_id: about.visit }), passedOn };
  };

  /** They are sent on, to yann: who has answered once, and is to answer again; to an organisation; and to be allocated. */
  const openReferrals = async (
    of: string,
    caseId: string,
    online: boolean,
  ): Promise<Record<'answered' | 'organisation' | 'open' | 'waiting', string>> => {
    const refer = async (row: Record<string, unknown>): Promise<string> => {
      const id = await insert('referral', {
        id: randomUUID(),
        case_id: caseId,
        sent_by_id: alice,
        sent_at: ago(5),
        answer_by: ahead(10),
        status: 'SENT',
        online_person_id: online ? of : null,
        version: 1,
        ...row,
      });
      await insert('referral_person', { id: randomUUID(), referral_id: id, case_id: caseId, person_id: of });
      await insert('referral_content', {
        referral_id: id,
        body: `Orientation ${id}`,
        need_codes: [needCode],
      });
      return id;
    };
    const toYann = { to_district_id: districtId, to_worker_id: yann };
    return {
      answered: await refer({ ...toYann, status: 'REFUSED', refusal: 'NO_PLACE', closed_at: ago(1) }),
      organisation: await refer({ to_organisation_id: organisation }),
      open: await refer({ ...toYann, online_person_id: null }),
      waiting: await refer({ to_district_id: districtId }),
    };
  };

  /** A partner asks about them: yann has answered, and is to answer again; and one is to be allocated. */
  const openIncoming = async (of: string): Promise<Record<'answered' | 'open' | 'waiting', string>> => {
    const asks = async (row: Record<string, unknown>): Promise<string> => {
      const id = await insert('incoming_request', {
        id: randomUUID(),
        district_id: districtId,
        partner: 'JUSTICE',
        mandated: true,
        person_id: of,
        received_on: ago(5).slice(0, 10),
        recorded_at: ago(5),
        answer_by: ahead(10),
        inform_by: ahead(20),
        deferral_ground: null,
        review_by: null,
        child_protection: false,
        status: 'ALLOCATED',
        version: 1,
        ...row,
      });
      await insert('incoming_request_content', { request_id: id, body: `Saisine ${id}` });
      return id;
    };
    const deferred = { deferral_ground: 'SECRECY', review_by: ahead(30) };
    return {
      answered: await asks({
        worker_id: yann,
        status: 'ANSWERED',
        closed_at: ago(1),
        informed_at: ago(1),
        ...deferred,
      }),
      open: await asks({ worker_id: yann }),
      waiting: await asks({ status: 'RECEIVED' }),
    };
  };

  /** One of alice's that is to come, each half a day. */
  const nextAbsence = (): Promise<string> => {
    halfDays += 1;
    return insert('absence', {
      id: randomUUID(),
      worker_id: alice,
      district_id: districtId,
      starts_at: ahead(600 + halfDays / 2),
      ends_at: ahead(600.5 + halfDays / 2 - 0.01),
      version: 1,
    });
  };

  const planReassignment = (caseId: string): Promise<string> =>
    insert('planned_reassignment', {
      id: randomUUID(),
      case_id: caseId,
      to_worker_id: bruno,
      planned_by_id: hélène,
      takes_effect_at: ahead(3),
      version: 1,
    });
  const caseOf = async (workerId: string): Promise<string> => {
    const id = await insert('case', {
      id: randomUUID(),
      reference: makeCaseReference(SECURE_DRAW),
      district_id: districtId,
      mission: 'RSA',
      status: 'OPEN',
      online_person_ids: [],
      opened_at: ago(1),
      version: 1,
    });
    await insert('assignment', { id: randomUUID(), case_id: id, worker_id: workerId, starts_at: ago(1) });
    return id;
  };

  const openFeed = (owner: string): Promise<string> =>
    insert('calendar_feed', {
      id: randomUUID(),
      worker_id: owner,
      client_id: frontDemo,
      label: 'Téléphone',
      secret_hash: `\\x${randomUUID().replaceAll('-', '')}`,
      created_at: ago(0),
    });

  /** Busy when the hours that were closed would be: with an appointment booked then. */
  const bringCalendar = async (owner: string, availability: string): Promise<string> => {
    const id = await insert('outside_calendar', {
      id: randomUUID(),
      worker_id: owner,
      district_id: districtId,
      name: `Essai ${randomUUID()}`,
      imported_at: ago(0),
      reaches_until: ago(-182),
    });
    await database.sql(
      `insert into unavailability (worker_id, district_id, outside_calendar_id, starts_at, ends_at)
       select $1, $2, $3, starts_at, ends_at from availability_occurrence where availability_id = $4 and closed`,
      [owner, districtId, id, availability],
    );
    return id;
  };

  /** A meeting that dan holds, begun so many days ago, in which someone has a place. */
  const openMeeting = async (personId: string, daysAgo: number): Promise<string> => {
    const id = await insert('appointment', {
      id: randomUUID(),
      district_id: districtId,
      type_code: 'INFORMATION_MEETING',
      mode: 'ON_SITE',
      status: 'BOOKED',
      starts_at: ago(daysAgo),
      ends_at: ago(daysAgo - 0.05),
      booked_at: ago(9),
      status_at: ago(9),
      version: 1,
      places: 12,
      places_named: 0,
      places_unnamed: 1,
      worker_ids: [],
      online_person_ids: [],
    });
    await insert('appointment_worker', { appointment_id: id, worker_id: dan });
    await insert('appointment_person', {
      appointment_id: id,
      person_id: personId,
      show_online: false,
      version: 1,
      outcome: daysAgo < 0 ? 'HONOURED' : null,
    });
    return id;
  };

  interface DossierOptions {
    readonly person?: Awaited<ReturnType<typeof person>>;
    readonly alsoAbout?: string;
    readonly online: boolean;
    readonly bookedOnlineBy?: 'person' | 'client';
    /** A dossier to read is closed and has a pending release; one to act on is open, and has none unless asked for. */
    readonly toRead: boolean;
    readonly release: 'pending' | 'approved' | 'none';
  }

  const dossier = async (options: DossierOptions): Promise<Dossier> => {
    nth += 1;
    const about = options.person ?? (await person(String(nth)));
    const caseId = randomUUID();
    const caseReference = makeCaseReference(SECURE_DRAW);
    await insert('case', {
      id: caseId,
      reference: caseReference,
      district_id: districtId,
      mission: 'POLYVALENCE',
      status: 'OPEN',
      online_person_ids: [],
      opened_at: ago(300),
      version: 1,
    });
    await insert('case_person', { case_id: caseId, person_id: about.id, show_online: options.online });
    if (options.alsoAbout !== undefined)
      await insert('case_person', { case_id: caseId, person_id: options.alsoAbout, show_online: false });
    await each(
      `insert into contact_proposal (person_id, id, safe_contact, phone, email)
        select id, id, 'NEUTRAL_TEXT', '06 39 98 00 10', 'ana@example.org' from unnest($1::uuid[]) id
        on conflict do nothing`,
      about.id,
    );
    await insert('safe_address', {
      case_id: caseId,
      person_id: about.id,
      line: 'chez une amie',
      postal_code: '93270',
      city: 'Sevran',
      version: 1,
      recorded_at: ago(100),
    });
    // Of a day there is one: at midday, which two days never share; so many times 24 hours ago, two would fall on one day of October.
    daysOfReceipts += 1;
    const receipt = await insert('notice_receipt', {
      id: randomUUID(),
      person_id: about.id,
      notice_id: notice,
      channel: 'ORAL',
      given_at: `${ago(daysOfReceipts).slice(0, 10)}T12:00:00Z`,
      stated_by_id: alice,
    });
    const notes = await writeNotes(vault, caseId);
    // Sooner than what they have.
    const offeredAt = next();
    const appointmentAt = next();
    const appointment = await insert('appointment', {
      id: randomUUID(),
      district_id: districtId,
      case_id: caseId,
      type_code: 'FIRST_RECEPTION',
      mode: 'HOME',
      place: 'Chez un proche',
      subject: 'logement',
      status: 'BOOKED',
      asked_by: 'RELATIVE',
      starts_at: appointmentAt,
      ends_at: new Date(Date.parse(appointmentAt) + 14 * 60_000).toISOString(),
      booked_at: ago(9),
      status_at: ago(9),
      expected_back_at: new Date(Date.parse(appointmentAt) + 14 * 60_000).toISOString(),
      back_at: options.toRead ? new Date(Date.parse(appointmentAt) + 14 * 60_000).toISOString() : null,
      version: 1,
      worker_ids: [],
      online_person_ids: [],
    });
    const participant = await insert('appointment_participant', {
      id: randomUUID(),
      appointment_id: appointment,
      kind: 'INTERPRETER',
      language: 'tam',
      mode: 'ON_SITE',
      starts_at: appointmentAt,
      ends_at: new Date(Date.parse(appointmentAt) + 14 * 60_000).toISOString(),
    });
    const feed = options.toRead ? await openFeed(alice) : '';
    const noticeToGive = await insert('appointment_notice', {
      id: randomUUID(),
      appointment_id: appointment,
      person_id: about.id,
      district_id: districtId,
      kind: 'MOVED',
      sending: 'FAILED',
      previous_starts_at: ago(1),
      created_at: ago(nth),
      version: 1,
    });
    // A home visit of the same case and worker, from which nobody is back.
    const appointmentNow = await insert('appointment', {
      id: randomUUID(),
      district_id: districtId,
      case_id: caseId,
      type_code: 'HOME_VISIT',
      mode: 'HOME',
      place: 'Chez un voisin',
      status: 'BOOKED',
      starts_at: ago(0.1),
      ends_at: ago(0.05),
      booked_at: ago(9),
      status_at: ago(9),
      expected_back_at: ago(0.04),
      version: 1,
      worker_ids: [],
      online_person_ids: [],
    });
    await insert('appointment_worker', { appointment_id: appointmentNow, worker_id: dan });
    // They should not have gone.
    await insert('unavailability', {
      id: randomUUID(),
      worker_id: dan,
      district_id: districtId,
      starts_at: ago(0.1),
      ends_at: ago(0.05),
      version: 1,
    });
    await insert('appointment_worker', { appointment_id: appointment, worker_id: dan });
    await insert('appointment_person', {
      appointment_id: appointment,
      person_id: about.id,
      show_online: options.online,
    });
    await insert('occupancy', {
      id: randomUUID(),
      worker_id: dan,
      district_id: districtId,
      appointment_id: appointment,
      starts_at: appointmentAt,
      ends_at: new Date(Date.parse(appointmentAt) + 14 * 60_000).toISOString(),
    });
    // What is asked for sooner: of the usual length, and nobody expected back from it.
    const usualAt = next();
    const usualTimes = {
      starts_at: usualAt,
      ends_at: new Date(Date.parse(usualAt) + 30 * 60_000).toISOString(),
    };
    const usual = await insert('appointment', {
      id: randomUUID(),
      district_id: districtId,
      case_id: caseId,
      type_code: 'FIRST_RECEPTION',
      mode: 'ON_SITE',
      place: 'Mairie',
      status: 'BOOKED',
      booked_at: ago(9),
      status_at: ago(9),
      version: 1,
      worker_ids: [],
      online_person_ids: [],
      ...usualTimes,
    });
    await insert('appointment_worker', { appointment_id: usual, worker_id: dan });
    await insert('appointment_person', {
      appointment_id: usual,
      person_id: about.id,
      show_online: options.online,
    });
    await insert('occupancy', {
      id: randomUUID(),
      worker_id: dan,
      district_id: districtId,
      appointment_id: usual,
      ...usualTimes,
    });
    // Where the worker's hours are, so that its place is told.
    if (options.toRead) {
      const usualHours = await insert('availability', {
        id: randomUUID(),
        worker_id: dan,
        district_id: districtId,
        modes: ['ON_SITE'],
        place: 'Mairie',
        starts_on: usualAt.slice(0, 10),
        ends_on: new Date(Date.parse(usualAt) + 86_400_000).toISOString().slice(0, 10),
        opens_at: '09:00',
        closes_at: '12:00',
        version: 1,
      });
      await insert('availability_occurrence', {
        id: randomUUID(),
        availability_id: usualHours,
        closed: true,
        ...usualTimes,
      });
    }
    // Booked by the client for this person, and shown to them as the rest is.
    const online = randomUUID();
    const onlineAt = next();
    await insert('appointment', {
      id: online,
      district_id: districtId,
      type_code: 'FIRST_RECEPTION',
      mode: 'ON_SITE',
      place: 'Mairie',
      status: 'BOOKED',
      starts_at: onlineAt,
      ends_at: new Date(Date.parse(onlineAt) + 30 * 60_000).toISOString(),
      booked_at: ago(9),
      status_at: ago(9),
      version: 1,
      worker_ids: [],
      online_person_ids: [],
    });
    await insert('appointment_worker', { appointment_id: online, worker_id: dan });
    await insert('appointment_person', {
      appointment_id: online,
      person_id: about.id,
      show_online: options.online,
    });
    // Theirs who looks at what is shown to them, the client's otherwise.
    const byClient = options.bookedOnlineBy !== 'person';
    await insert('online_booking', {
      appointment_id: online,
      client_id: byClient ? bookingClient : null,
      secret_hash: byClient ? hex(createHash('sha256').update(`secret ${online}`).digest()) : null,
      person_id: about.id,
      // Days ago: a client books 600 within an hour, and no more.
      booked_at: ago(9),
    });
    // Before they ask: whoever comes is noted on what they wait for.
    const reception = await openReception(about.id, appointment);
    const requests = await openRequests(
      { person_id: about.id, case_id: caseId, appointment_id: usual, show_online: options.online },
      { offered: offeredAt, booked: usualAt },
    );
    const referrals = await openReferrals(about.id, caseId, options.online);
    const incoming = await openIncoming(about.id);
    const need = await insert('need', {
      id: randomUUID(),
      case_id: caseId,
      person_id: about.id,
      code: needCode,
      starts_on: '2026-01-05',
      ends_on: '2026-12-31',
      version: 1,
    });
    // nadia's, who has opened it, and nobody's yet.
    const openedReference = makeCaseReference(SECURE_DRAW);
    const openedCase = await insert('case', {
      id: randomUUID(),
      reference: openedReference,
      district_id: districtId,
      mission: 'POLYVALENCE',
      status: 'OPEN',
      online_person_ids: [],
      opener_id: nadia,
      opened_at: ago(300),
      version: 1,
    });
    await insert('case_person', {
      case_id: openedCase,
      person_id: about.id,
      show_online: false,
      opener_id: nadia,
    });
    const openedNeed = await insert('need', {
      id: randomUUID(),
      case_id: openedCase,
      person_id: about.id,
      code: needCode,
      starts_on: '2026-01-05',
      ends_on: '2026-12-31',
      opener_id: nadia,
      version: 1,
    });
    const agenda = await openAgenda(caseId);
    // Ten at most: alice has one to read.
    const toLookAt = options.person?.id === ana.id && options.alsoAbout === undefined;
    const outside = options.toRead
      ? await bringCalendar(toLookAt ? alice : followed, agenda.availability)
      : '';
    // Who holds the appointment is away then.
    await insert('unavailability', {
      id: randomUUID(),
      worker_id: dan,
      district_id: districtId,
      starts_at: appointmentAt,
      ends_at: new Date(Date.parse(appointmentAt) + 14 * 60_000).toISOString(),
      version: 1,
    });
    // Several wait beside each other, to be decided each by itself: as if each were of an assignment of its own.
    const asked = async (row: Record<string, unknown>): Promise<string> => {
      const id = await insert('release', row);
      await each('update release set assignment_id = null, objected_at = null where id = any($1)', id);
      return id;
    };
    const release =
      options.release === 'none'
        ? randomUUID()
        : await asked({
            id: randomUUID(),
            case_id: caseId,
            requested_by_id: alice,
            ground: 'PERSON_AGREEMENT',
            requested_at: ago(10),
            ...(options.release === 'approved'
              ? { approved_by_id: adviserId, approved_at: ago(2), open_until: ago(-28) }
              : {}),
          });
    const [handoverTask, handoverToMake] = await Promise.all(
      [{ answer: 'NO', reason: 'OTHER', closed_at: ago(1) }, {}].map((answered) =>
        insert('handover_task', {
          id: randomUUID(),
          case_id: caseId,
          worker_id: bruno,
          to_worker_id: alice,
          ...answered,
        }),
      ),
    );
    // From whom it is assigned to, to who had it before.
    const reassignment = options.toRead ? await planReassignment(caseId) : '';
    const objectedRelease = await asked({
      id: randomUUID(),
      case_id: caseId,
      requested_by_id: alice,
      ground: 'APPEAL',
      requested_at: ago(9),
    });
    await each(
      `update release_answer set answer = 'NO', reason = 'OTHER', answered_at = $3 where release_id = any($1) and worker_id = $2`,
      objectedRelease,
      bruno,
      ago(8),
    );
    const refusedRelease = await asked({
      id: randomUUID(),
      case_id: caseId,
      requested_by_id: alice,
      ground: 'APPEAL',
      requested_at: ago(9),
      refused_at: ago(8),
      refused_by_id: adviserId,
      lapsed_at: ago(7),
    });
    const dangerRelease = await asked({
      id: randomUUID(),
      case_id: caseId,
      requested_by_id: alice,
      ground: 'COURT_ORDER',
      requested_at: ago(17),
    });
    const pendingDanger =
      options.release === 'approved'
        ? randomUUID()
        : await asked({
            id: randomUUID(),
            case_id: caseId,
            requested_by_id: alice,
            ground: 'COURT_ORDER',
            requested_at: ago(12),
          });
    // Alice was assigned long ago: they were asked for when she had just been.
    for (const id of options.release === 'approved' ? [dangerRelease] : [dangerRelease, pendingDanger]) {
      await insert('danger_statement', {
        release_id: id,
        facts: 'ce qui a été dit',
        author_called_at: ago(12),
        author_call: 'NO_ANSWER',
      });
      await each(
        `update release set ground = 'DANGER', waits_until = requested_at, assignment_id = null where id = any($1)`,
        id,
      );
    }
    await each(
      `update release set approved_by_id = $2, approved_at = $3::timestamptz where id = any($1)`,
      dangerRelease,
      adviserId,
      // Another opens fifteen days later.
      ago(16),
    );
    await insert('release_review', {
      release_id: dangerRelease,
      as_role: 'TECHNICAL_ADVISER',
      reviewed_by_id: mia,
      opinion: 'JUSTIFIED',
    });
    await each(
      `insert into access_log (operation_id, actor_kind, actor_id, action, outcome, case_id, person_id, target_worker_id)
        select gen_random_uuid(), 'WORKER', $2, 'BOOK_APPOINTMENT', 'DONE', case_id,
          (select person_id from case_person p where p.case_id = c.case_id limit 1), $2 from unnest($1::uuid[]) c (case_id)`,
      caseId,
      alice,
    );
    const encounters = await openEncounters(about.id, {
      visit: reception.visit,
      appointment,
      case: caseId,
      // Those to read are the latest.
      heldAt: ago(options.toRead ? 0 : 1),
    });
    if (options.toRead)
      await each(`update "case" set status = 'CLOSED', closed_at = now() where id = any($1)`, caseId);
    // Which has called it off.
    if (options.toRead)
      await each(
        `update planned_reassignment set outcome = null, ended_at = null where id = any($1)`,
        reassignment,
      );
    // The first few are looked at, of all dossiers.
    await each(
      `delete from notification where worker_id = '${alice}' and kind <> 'HANDOVER_OFFERED' and case_id = any($1)`,
      caseId,
    );
    const told = await value(
      `select case_id as key, id as value from notification where worker_id = '${alice}' and case_id = any($1)`,
      caseId,
    );
    return {
      notes: notes.ids,
      handovers: notes.handovers,
      encounters,
      targets: {
        Absence: absence,
        Appointment: appointment,
        AppointmentNotice: noticeToGive,
        AppointmentParticipant: participant,
        AppointmentRequest: requests.waiting,
        Availability: agenda.availability,
        CalendarFeed: feed,
        CollectiveAppointment: await openMeeting(about.id, -300),
        OutsideCalendar: outside,
        Case: caseId,
        Client: deskClient,
        District: districtId,
        Encounter: encounters.held,
        Handover: notes.handovers.toRecipient,
        IncomingRequest: incoming.answered,
        InterviewNote: notes.ids.own,
        Membership: formerMembership,
        Message: reception.message,
        Need: need,
        NoticeReceipt: receipt,
        OfferSkip: requests.skip,
        OnlineBooking: online,
        Organisation: organisation,
        Notification: told,
        Person: about.id,
        PersonMatch: about.id,
        Referral: referrals.answered,
        Relay: relay,
        Release: release,
        HandoverTask: handoverTask ?? '',
        handoverToMake: handoverToMake ?? '',
        PlannedReassignment: reassignment,
        absentCase: '',
        offeredHandover: notes.handovers.toRecipient,
        objectedRelease,
        refusedRelease,
        dangerRelease,
        pendingDanger,
        SlotOffer: requests.held,
        Unavailability: agenda.unavailability,
        Visit: reception.visit,
        Worker: alice,
        familyName: about.familyName,
        personReference: about.reference,
        caseReference,
        offered: notes.handovers.toAssigned,
        unassignedCase: '',
        openedCase,
        openedReference,
        openedNeed,
        bareCase: '',
        closedCase: '',
        sheltered: '',
        newcomer: '',
        absentee: '',
        openAbsence: '',
        ownAbsence: '',
        endedMembership: '',
        disabledLater: '',
        clientLater: '',
        PrivacyNoticeDraft: noticeDraft,
        advisedNotice: '',
        busyWorker: dan,
        needCode,
        appointmentNow,
        HomeVisitNotBack: appointmentNow,
        collectiveNow: options.toRead ? '' : await openMeeting(about.id, 0.01),
        closedRequest: requests.closed,
        namelessRequest: requests.nameless,
        requestReference: requests.reference,
        acceptedOffer: requests.accepted,
        waitingVisit: reception.waiting,
        takenInVisit: reception.takenIn,
        unreceivedVisit: reception.unreceived,
        dayOfVisit: reception.day,
        answeredReferral: referrals.answered,
        organisationReferral: referrals.organisation,
        openReferral: referrals.open,
        waitingReferral: referrals.waiting,
        answeredIncoming: incoming.answered,
        openIncoming: incoming.open,
        waitingIncoming: incoming.waiting,
        publicSlot: options.toRead ? agenda.firstSlot : await openPublicSlot(),
        ...(options.toRead ? indicators.toRead : await indicators.toActOn()),
        adoptedIndicator: indicators.adopted,
        proposingDistrict: districtId,
        narrativeYear: '',
        publishYear: '',
        Erratum: indicators.unsigned,
        unsignedErratum: '',
        ownErratum: '',
        ownName: '',
        secret: `secret ${online}`,
        bookingClient,
        notice,
        startsAt: options.toRead ? next() : '',
        ...laterHours(),
        dayOfAvailability: agenda.firstDay,
      },
    };
  };

  /** When clocks in Paris show this time. */
  const instantOf = (day: string, time: string): Promise<string> =>
    value(
      `select said as key, (said::timestamp at time zone 'Europe/Paris')::text as value from unnest($1::text[]) said`,
      `${day} ${time}`,
    );

  /** Alice's hours on three days, the last closed since, and her time off: with an appointment booked in either. */
  const openAgenda = async (
    caseId: string,
  ): Promise<{
    readonly availability: string;
    readonly unavailability: string;
    readonly firstDay: string;
    readonly firstSlot: string;
  }> => {
    const { day, opensAt, closesAt } = nextHours();
    const instant = (days: number, time: string): Promise<string> => instantOf(dayAfter(day, days), time);
    const availability = await insert('availability', {
      id: randomUUID(),
      worker_id: alice,
      district_id: districtId,
      modes: ['ON_SITE'],
      place: 'Mairie',
      starts_on: day,
      ends_on: dayAfter(day, 3),
      opens_at: opensAt,
      closes_at: closesAt,
      recurrence: 'FREQ=DAILY',
      version: 1,
    });
    await insert('availability_type', { availability_id: availability, type_code: 'FIRST_RECEPTION' });
    for (const days of [0, 1, 2])
      await insert('availability_occurrence', {
        id: randomUUID(),
        availability_id: availability,
        starts_at: await instant(days, opensAt),
        ends_at: await instant(days, closesAt),
        closed: days === 2,
      });
    const book = async (startsAt: string): Promise<void> => {
      const id = randomUUID();
      const times = {
        starts_at: startsAt,
        ends_at: new Date(Date.parse(startsAt) + 15 * 60_000).toISOString(),
      };
      await insert('appointment', {
        id,
        district_id: districtId,
        case_id: caseId,
        type_code: 'FIRST_RECEPTION',
        mode: 'ON_SITE',
        status: 'BOOKED',
        version: 1,
        booked_at: ago(9),
        status_at: ago(9),
        worker_ids: [],
        online_person_ids: [],
        ...times,
      });
      await insert('appointment_worker', { appointment_id: id, worker_id: alice });
      await insert('occupancy', {
        id: randomUUID(),
        worker_id: alice,
        district_id: districtId,
        appointment_id: id,
        ...times,
      });
    };
    await book(await instant(2, opensAt));
    await book(await instant(1, opensAt));
    const unavailability = await insert('unavailability', {
      id: randomUUID(),
      worker_id: alice,
      district_id: districtId,
      starts_at: await instant(1, opensAt),
      ends_at: await instant(1, closesAt),
      version: 1,
    });
    const firstSlot = new Date(await instant(0, opensAt)).toISOString();
    return { availability, unavailability, firstDay: day, firstSlot };
  };

  /** Half an hour that anyone may book online. */
  const openPublicSlot = async (): Promise<string> => {
    let { day, ...hours } = publicHours();
    // At a quarter, when nothing else begins; nobody is open after ten in the evening.
    if (hours.closesAt === '22:00') ({ day, ...hours } = publicHours());
    const [opensAt = '', closesAt = ''] = [hours.opensAt, hours.closesAt].map((time) =>
      time.replace(/00$/, '15').replace(/30$/, '45'),
    );
    const startsAt = await instantOf(day, opensAt);
    const id = await insert('availability', {
      id: randomUUID(),
      worker_id: followed,
      district_id: districtId,
      modes: ['ON_SITE'],
      starts_on: day,
      ends_on: dayAfter(day, 1),
      opens_at: opensAt,
      closes_at: closesAt,
      version: 1,
    });
    await insert('availability_type', { availability_id: id, type_code: 'FIRST_RECEPTION' });
    await insert('availability_occurrence', {
      id: randomUUID(),
      availability_id: id,
      starts_at: startsAt,
      ends_at: await instantOf(day, closesAt),
      closed: false,
    });
    return new Date(startsAt).toISOString();
  };

  /** mia, then bruno, then alice: each writes, and hands over or keeps. */
  const writeNotes = async (
    sealedBy: NoteVault,
    caseId: string,
  ): Promise<{ ids: Dossier['notes']; handovers: Dossier['handovers'] }> => {
    const wrapped = await sealedBy.newCaseKey(caseId);
    const key = { masterKeyId: wrapped.masterKeyId, wrapped: Buffer.from(wrapped.wrapped) };
    await insert('case_key', {
      case_id: caseId,
      master_key_id: key.masterKeyId,
      wrapped: hex(key.wrapped),
    });
    const opened = await sealedBy.openCaseKey(key, caseId);
    const write = async (author: string): Promise<string> => {
      const id = randomUUID();
      const written = ago(100);
      return insert('interview_note', {
        id,
        case_id: caseId,
        author_id: author,
        district_id: districtId,
        body: hex(opened.seal(id, `note ${id}`)),
        written_at: written,
        amended_at: written,
      });
    };
    const hold = async (who: string, from: number): Promise<void> => {
      // One instant for all: half-open, the one ends as the other begins.
      const at = new Date(begun - from * DAY).toISOString();
      await each(
        'update assignment set ends_at = $2 where case_id = any($1) and ends_at is null',
        caseId,
        at,
      );
      await insert('assignment', { id: randomUUID(), case_id: caseId, worker_id: who, starts_at: at });
    };
    const offer = async (from: string, to: string, note: string): Promise<string> => {
      const id = await insert('handover', {
        id: randomUUID(),
        case_id: caseId,
        from_worker_id: from,
        to_worker_id: to,
        offered_at: ago(50),
      });
      await insert('handover_note', { handover_id: id, note_id: note });
      return id;
    };
    const accept = (id: string) => each('update handover set accepted_at = now() where id = any($1)', id);
    await hold(mia, 300);
    const moved = await write(mia);
    const fromMoved = await offer(mia, bruno, moved);
    await hold(bruno, 200);
    await accept(fromMoved);
    const kept = await write(bruno);
    const handed = await write(bruno);
    const accepted = await offer(bruno, alice, handed);
    const toAssigned = await offer(bruno, alice, await write(bruno));
    await hold(alice, 100);
    await accept(accepted);
    const own = await write(alice);
    const toRecipient = await offer(alice, fatou, own);
    return { ids: { own, handed, kept, moved }, handovers: { accepted, fromMoved, toRecipient, toAssigned } };
  };

  const account = (personId: string, subject: string): Promise<string> =>
    insert('person_account', { id: randomUUID(), person_id: personId, issuer: DEVELOPMENT_ISSUER, subject });
  const ana = await person('principale');
  await account(ana.id, 'ana');
  const hana = await person('non montrée');
  await account(hana.id, 'hana');
  const mate = await person('du foyer');
  await account(mate.id, 'mate');
  const stranger = await person('ailleurs');
  await account(stranger.id, 'stranger');
  const shown = await dossier({ person: ana, online: true, toRead: true, release: 'pending' });
  const hidden = await dossier({ person: hana, online: false, toRead: true, release: 'approved' });
  const household = await dossier({
    alsoAbout: mate.id,
    online: true,
    toRead: true,
    release: 'pending',
  });
  // Once mia is gone elsewhere, nothing of the case is hers.
  await database.sql(`update membership set district_id = $2, role = 'RECEPTIONIST' where worker_id = $1`, [
    mia,
    (await gagny).id,
  ]);
  // Everyone follows a calendar of their own.
  for (const owner of ['worker', 'person'] as const)
    await database.sql(
      `insert into calendar_feed (${owner}_id, client_id, secret_hash, created_at)
       select ${owner === 'worker' ? 'id' : 'person_id'}, '${frontDemo}', gen_random_uuid()::text::bytea, '2026-01-01'
       from ${owner === 'worker' ? `worker where subject not like '%.%'` : 'person_account'}`,
    );
  // Every worker has another calendar.
  await database.sql(
    `insert into outside_calendar (worker_id, district_id, name, imported_at, reaches_until)
     select id, '${districtId}', 'Outlook', '2026-01-01', '2026-07-01' from worker where subject not like '%.%'`,
  );
  // Everyone has been told of something.
  await database.sql(
    `insert into notification (worker_id, kind) select id, 'RELAY_OPENED' from worker where subject not like '%.%'`,
  );

  // The other standpoints try to give up the feed and the calendar of a worker at whose place nobody stands.
  const othersCalendars = {
    CalendarFeed: await openFeed(followed),
    OutsideCalendar: household.targets.OutsideCalendar,
  };

  const stands = new Map<string, Stand>();
  const stand = (
    key: string,
    login: string | null,
    options: {
      readonly of?: Dossier;
      readonly note?: NoteOf;
      readonly encounter?: EncounterOf;
      readonly handover?: keyof Dossier['handovers'];
      /** The handover that this one may try to accept. */
      readonly offered?: keyof Dossier['handovers'];
      readonly person?: Awaited<ReturnType<typeof person>>;
      readonly alsoAbout?: string;
      readonly online?: boolean;
      readonly clientId?: string;
    } = {},
  ): void => {
    const pick = (from: Dossier): Targets => ({
      ...from.targets,
      InterviewNote: from.notes[options.note ?? 'own'],
      Encounter: from.encounters[options.encounter ?? 'held'],
      Handover: from.handovers[options.handover ?? 'toRecipient'],
      offered: from.handovers[options.offered ?? 'toAssigned'],
      ownName: options.clientId === 'client.booking' ? 'Anonyme' : '',
      // The technical adviser proposes for the county.
      ...(login === 'adviser' ? { proposingDistrict: '' } : {}),
      ...(login === 'nadia'
        ? {
            Case: from.targets.openedCase,
            caseReference: from.targets.openedReference,
            Need: from.targets.openedNeed,
          }
        : {}),
      // A head looks at what is to be allocated, and answers it.
      ...(key.startsWith('head-')
        ? {
            Referral: from.targets.waitingReferral,
            openReferral: from.targets.waitingReferral,
            IncomingRequest: from.targets.waitingIncoming,
            openIncoming: from.targets.waitingIncoming,
          }
        : {}),
    });
    // Ten of each at most: alice, who gives them up, has one of each at a standpoint.
    let ownCalendars: typeof othersCalendars | null = null;
    const bringAnother = async (availability: string): Promise<typeof othersCalendars> => {
      if (ownCalendars !== null) {
        const { CalendarFeed: feed, OutsideCalendar: calendar } = ownCalendars;
        await each(
          'update calendar_feed set revoked_at = now() where id = any($1) and revoked_at is null',
          feed,
        );
        await each(
          'update outside_calendar set removed_at = now() where id = any($1) and removed_at is null',
          calendar,
        );
      }
      ownCalendars = {
        CalendarFeed: await openFeed(alice),
        OutsideCalendar: await bringCalendar(alice, availability),
      };
      return ownCalendars;
    };
    // Forty places at most: who retires has one of their own, and the others look at one that stays.
    let ownAdopted: string | null = null;
    const adoptAnother = async (): Promise<string> => {
      if (ownAdopted !== null) await indicators.retire(ownAdopted);
      ownAdopted = await indicators.adopt();
      return ownAdopted;
    };
    // Of its own, since a report is one of a year, and stays once it is published.
    const ownYears = [2_030 + stands.size * 2, 2_031 + stands.size * 2] as const;
    const make = async (): Promise<Targets> => {
      const made = pick(
        await dossier({
          ...(options.person === undefined ? {} : { person: options.person }),
          ...(options.alsoAbout === undefined ? {} : { alsoAbout: options.alsoAbout }),
          online: options.online ?? false,
          bookedOnlineBy: options.clientId === 'front.person' ? 'person' : 'client',
          toRead: false,
          release: key === 'adviser-none' ? 'approved' : 'pending',
        }),
      );
      const unassignedCase = await insert('case', {
        id: randomUUID(),
        reference: makeCaseReference(SECURE_DRAW),
        district_id: districtId,
        mission: 'RSA',
        status: 'OPEN',
        online_person_ids: [],
        opened_at: ago(1),
        version: 1,
      });
      const caseOfAlice = async (status: 'OPEN' | 'CLOSED'): Promise<string> => {
        const caseId = await insert('case', {
          id: randomUUID(),
          reference: makeCaseReference(SECURE_DRAW),
          district_id: districtId,
          mission: 'LOGEMENT',
          status,
          online_person_ids: [],
          opened_at: ago(9),
          closed_at: status === 'CLOSED' ? ago(1) : null,
          version: 1,
        });
        await insert('assignment', {
          id: randomUUID(),
          case_id: caseId,
          worker_id: alice,
          starts_at: ago(9),
        });
        return caseId;
      };
      const sheltered = await insert('person', {
        id: randomUUID(),
        district_id: districtId,
        reference: `P-${makeCaseReference(SECURE_DRAW).replaceAll('-', '')}`,
        safe_contact: 'NONE',
        sensitive_file: false,
        created_at: ago(1),
        version: 1,
      });
      await insert('case_person', { case_id: unassignedCase, person_id: sheltered, show_online: false });
      await insert('person_address', {
        id: randomUUID(),
        person_id: sheltered,
        line: '7 impasse du Refuge',
        postal_code: '93270',
        city: 'Sevran',
        confidential: true,
        case_id: unassignedCase,
        recorded_at: ago(1),
        version: 1,
      });
      await insert('visit', {
        id: randomUUID(),
        district_id: districtId,
        kind: 'WALK_IN',
        person_id: sheltered,
        worker_id: yann,
        arrived_at: ago(0),
        version: 1,
      });
      const absentee = await spareWorker('absente');
      const openAbsence = await insert('absence', {
        id: randomUUID(),
        worker_id: absentee.id,
        district_id: districtId,
        starts_at: ago(1),
        ends_at: ahead(30),
        version: 1,
      });
      const disabledLater = await spareWorker('partante');
      const endedMembership = async (): Promise<string> => {
        const { membershipId } = await spareWorker('partie');
        await each(
          'update membership set ends_at = now(), ended_by_id = $2 where id = any($1)',
          membershipId,
          alice,
        );
        return membershipId;
      };
      const relayed = await spareWorker('suppléée');
      return {
        ...made,
        unassignedCase,
        bareCase: await caseOfAlice('OPEN'),
        closedCase: await caseOfAlice('CLOSED'),
        sheltered,
        newcomer: (await spareWorker('nouvelle')).id,
        absentee: absentee.id,
        openAbsence,
        absentCase: await caseOf(absentee.id),
        PlannedReassignment: await planReassignment(await caseOf(absentee.id)),
        ownAbsence: await nextAbsence(),
        disabledLater: disabledLater.id,
        endedMembership: await endedMembership(),
        clientLater: await spareClient(false),
        PrivacyNoticeDraft: await openNoticeDraft(insert, alice, null),
        advisedNotice: await openNoticeDraft(insert, alice, adviserId),
        Membership: disabledLater.membershipId,
        Relay: await insert('relay', {
          id: randomUUID(),
          district_id: districtId,
          absent_worker_id: relayed.id,
          stand_in_id: dan,
          starts_at: ago(1),
          ends_at: ahead(9),
          version: 1,
        }),
        startsAt: next(),
      };
    };
    const prepared: Targets[] = [];
    stands.set(key, {
      login,
      ...(options.clientId === undefined ? {} : { clientId: options.clientId }),
      targets: pick(options.of ?? shown),
      prepare: async (attempts) => {
        // Who asks for themselves has one dossier at a time.
        if (options.person !== undefined) return;
        const made = await Promise.all(Array.from({ length: attempts }, make));
        prepared.push(...made);
      },
      fresh: async () => {
        // They wait three times at most: what earlier attempts left over is withdrawn.
        if (options.person !== undefined)
          await database.sql(
            `update appointment_request set status = 'WITHDRAWN', closed_at = now()
              where person_id = $1 and status = 'WAITING' and id <> $2`,
            [options.person.id, (options.of ?? shown).targets.AppointmentRequest],
          );
        // And a suspension that they have asked for is over, in which their login has nothing.
        if (options.person !== undefined)
          await database.sql('update person set contact_suspended_at = null where id = $1', [
            options.person.id,
          ]);
        const made = prepared.pop() ?? (await make());
        // They stay who they are, whatever was said of them before.
        if (options.person !== undefined)
          await database.sql(`update person set version = 1, language = 'tam' where id = $1`, [
            options.person.id,
          ]);
        return {
          ...made,
          ...(login === 'alice' ? await bringAnother(made.Availability) : othersCalendars),
          ...(login === 'adviser' ? { adoptedIndicator: await adoptAnother() } : {}),
          ...(await yearsToReport(database, ownYears, made.proposingDistrict, indicators.adopted)),
          unsignedErratum: await indicators.writeErratum('claude'),
          ownErratum: await indicators.writeErratum(login ?? ''),
        };
      },
    });
  };
  stand('worker-assigned', 'alice', { encounter: 'passedOn' });
  stand('worker-handed-over', 'alice', { note: 'handed', handover: 'accepted', encounter: 'passedOn' });
  stand('worker-not-handed-over', 'alice', { note: 'kept', encounter: 'passedOn' });
  stand('worker-formerly-assigned', 'bruno', { note: 'kept', handover: 'accepted', encounter: 'passedOn' });
  stand('worker-moved', 'mia', { note: 'moved', handover: 'fromMoved' });
  stand('worker-relay', 'rosa');
  stand('worker-appointment', 'dan');
  stand('worker-on-duty', 'nadia');
  stand('worker-reception', 'yann');
  stand('worker-recipient', 'fatou', { offered: 'toRecipient' });
  stand('worker-same-district', 'carla');
  stand('worker-other-district', 'gaston');
  stand('head-same-district', 'hélène');
  stand('head-other-district', 'hugo');
  stand('desk-same-district', 'rené');
  stand('desk-other-district', 'rémi');
  stand('adviser-pending', 'adviser');
  stand('adviser-none', 'adviser', { of: hidden });
  stand('data-protection-officer', 'dpo');
  stand('administrator', 'admin');
  stand('trainee', 'tim');
  stand('person-shown', 'ana', { person: ana, online: true, clientId: 'front.person' });
  stand('person-not-shown', 'hana', { of: hidden, person: hana, clientId: 'front.person' });
  stand('person-household', 'mate', {
    of: household,
    alsoAbout: mate.id,
    online: true,
    clientId: 'front.person',
  });
  stand('person-other', 'stranger', { clientId: 'front.person' });
  for (const client of ['reporting', 'integration', 'booking'])
    stand(`client-${client}`, `client.${client}`, { clientId: `client.${client}` });
  stand('anonymous', null);
  // An open case of alice's, about someone who is not informed, for a reason that is to be looked at again.
  const toInform = { case_id: randomUUID(), person_id: (await person('à informer')).id };
  await insert('case', {
    id: toInform.case_id,
    reference: makeCaseReference(SECURE_DRAW),
    district_id: districtId,
    mission: 'POLYVALENCE',
    status: 'OPEN',
    online_person_ids: [],
    opened_at: ago(900),
    version: 1,
  });
  await insert('case_person', { ...toInform, show_online: false });
  await database.sql('insert into assignment (case_id, worker_id) values ($1, $2)', [
    toInform.case_id,
    alice,
  ]);
  await insert('notice_deferral', {
    id: randomUUID(),
    ...toInform,
    ground: 'NOT_REACHABLE',
    review_on: ago(3).slice(0, 10),
    deferred_at: ago(30),
    deferred_by_id: alice,
  });
  // What alice is told of each who meets someone of hers is as many as there are dossiers, and would hide what she is told otherwise.
  await database.sql(`delete from notification where kind = 'CONTACT_OPENED'`);
  return { stands };
}
