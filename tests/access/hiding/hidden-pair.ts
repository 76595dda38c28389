import { rowsOf } from '../../support/county/rows.js';
import type { CrawledCounty } from '../../support/crawler/county.js';
import type { TestDatabase } from '../../support/database.js';
import {
  appointmentId,
  caseId,
  mailOf,
  type PersonName,
  personId,
  phoneOf,
  requestId,
  SHARED_PHONE,
  STANDING,
} from './scene.js';

/** A login that may see a difference, and why. Every other login may see none. */
export interface MayKnow {
  readonly login: string;
  readonly reason: string;
  /** The questions in whose answers it may see one; all unless given. */
  readonly of?: RegExp;
  /** The places in these answers; everywhere unless given. */
  readonly path?: RegExp;
}

/** A county of the pair, in which the test acts as its workers do. */
export interface HidingCounty extends CrawledCounty {
  readonly districtId: string;
}

/** A way in which two counties differ: something is hidden in the first, and not in the second. */
export interface Hiding {
  readonly name: string;
  /** The day on which it is hidden, before anything else happens. Until then both counties are alike. */
  readonly day: number;
  hide(county: HidingCounty): Promise<void>;
  /** Makes the other county look alike, on the same day. */
  instead(county: HidingCounty): Promise<void>;
  readonly mayKnow: readonly MayKnow[];
  /** The recipients whose messages are not compared: the hidden person gets other messages or none. */
  readonly notComparedTo: readonly string[];
  /** The persons whom nobody in the other county knows: a question about them names nobody there. */
  readonly unknown: readonly PersonName[];
}

/** A person who does not exist, and a reference that nobody has. */
export const NOBODY = {
  id: '00000000-0000-4000-8000-000000000000',
  reference: 'P-22222222',
  fullName: 'Rien Personne',
  phone: '06 00 00 00 00',
};

async function done(county: HidingCounty, login: string, query: string, input: object): Promise<void> {
  const { errors, text } = await (await county.as(login)).send(query, { input });
  if (errors.length > 0) throw new Error(`${login}: ${text}`);
}

const FOLLOWS = { login: 'follows', reason: 'follows her: is assigned the case' };
/** The officer reads in the log that it was done, and by whom: this is the officer's task, on a ground. */
const OFFICER = { login: 'dpo', reason: 'reads in the log that it was done', of: /^accessLogOfHer$/ };

/** (a) Her worker records a confidential address for her alone, in the case that she has in common with him. */
export const CONFIDENTIAL_ADDRESS: Hiding = {
  name: 'a confidential address',
  day: 2,
  hide: (county) =>
    done(
      county,
      'follows',
      'mutation ($input: SetPersonAddressInput!) { setPersonAddress(input: $input) { id } }',
      {
        personId: personId('rosa'),
        caseId: caseId('couple'),
        expectedVersion: 1,
        line: '7 impasse du Refuge',
        confidential: true,
      },
    ),
  // Everyone who may write an open address may remove it. So it says nothing that hers is gone.
  instead: ({ database }) => removeOpenAddress(database, 'rosa'),
  mayKnow: [FOLLOWS, OFFICER],
  notComparedTo: [phoneOf('rosa'), mailOf('rosa')],
  unknown: [],
};

async function removeOpenAddress({ sql }: TestDatabase, name: PersonName): Promise<void> {
  await sql('delete from person_address where person_id = $1 and not confidential', [personId(name)]);
}

/** (b) Her worker says that nothing is to be confirmed of her. */
export const CONFIRM_NOTHING: Hiding = {
  name: 'confirm nothing',
  day: 2,
  hide: (county) =>
    done(
      county,
      'follows',
      'mutation ($input: SetConfirmNothingInput!) { setConfirmNothing(input: $input) { id } }',
      { personId: personId('nadia'), confirmNothing: true },
    ),
  instead: namelessInHerStead,
  mayKnow: [
    FOLLOWS,
    OFFICER,
    {
      login: 'nadia',
      reason: 'is the hidden person: her own rows stand, and for her nothing was cancelled',
    },
    {
      login: 'head.sevran',
      reason:
        'kept the reference of her case, and reads that one of its persons is gone; SECURITY.md says so',
      of: /^caseByReference$/,
      path: /^(caseByReference\.persons|errors)\b/,
    },
    {
      login: 'second',
      reason: 'holds her appointments, and knows whom they receive',
      of: /^(appointments?|dayList|feed)$/,
    },
    {
      login: 'second',
      reason: 'holds the appointment that somebody called off, and decides on it',
      of: /^(timesCalledOff|notifications)$/,
    },
  ],
  notComparedTo: [phoneOf('nadia'), mailOf('nadia')],
  unknown: ['nadia'],
};

/**
 * Does by ordinary changes what `show_anew` does. Her rows end like those that a person calls off, and she is told at once. Somebody without a
 * name books the same times, and asks for the same type, as of now.
 */
async function namelessInHerStead({ database: { sql } }: HidingCounty): Promise<void> {
  const her = personId('nadia');
  const rows = await sql<{ id: string }>(
    `select a.id from appointment a join appointment_person ap on ap.appointment_id = a.id and ap.person_id = $1
     where a.status = 'BOOKED' and a.starts_at > now() order by a.id`,
    [her],
  );
  await sql(
    `update appointment_request set status = 'WITHDRAWN', closed_at = now(), version = version + 1 where id = $1`,
    [requestId('nadia')],
  );
  await sql(
    `insert into appointment_request (district_id, reference, type_code, mode, wanted_until)
     select r.district_id, concat_ws('-', 'D', draw_symbols(4), draw_symbols(4), draw_symbols(2)), r.type_code, case when cardinality(t.modes) = 1 then t.modes[1] end, day_in_paris(now()) + 182
     from appointment_request r join appointment_type t on t.code = r.type_code where r.id = $1`,
    [requestId('nadia')],
  );
  for (const { id } of rows) {
    await sql(`update appointment set status = 'CANCELLED_BY_PERSON', version = version + 1 where id = $1`, [
      id,
    ]);
    await sql('delete from appointment_notice where appointment_id = $1 and done_at is null', [id]);
    const [made] = await sql<{ id: string }>(
      `insert into appointment (district_id, type_code, mode, starts_at, ends_at, place, place_by_id, booked_at_desk, booked_at, status_at)
       select district_id, type_code, mode, starts_at, ends_at, place, place_by_id, booked_at_desk, now(), now() from appointment where id = $1
       returning id`,
      [id],
    );
    await sql(
      'insert into appointment_worker (appointment_id, worker_id) select $2, worker_id from appointment_worker where appointment_id = $1',
      [id, made?.id],
    );
    await sql('update occupancy set appointment_id = $2 where appointment_id = $1', [id, made?.id]);
  }
}

/** (c) The counties differ, from the first day, in one field that the desk may not read. */
function withheld(
  name: string,
  differ: (database: TestDatabase) => Promise<unknown>,
  mayKnow: readonly MayKnow[] = [],
): Hiding {
  return {
    name,
    day: 0,
    hide: async ({ database }) => {
      await differ(database);
    },
    instead: async () => undefined,
    mayKnow: [FOLLOWS, ...mayKnow],
    notComparedTo: [],
    unknown: [],
  };
}

const OF_PAUL = STANDING.filter(({ persons }) => persons.includes('paul')).map(({ name }) =>
  appointmentId(name),
);

/** An assessment and an RSA contract have the same public label, length and modes. */
export const TYPE_OF_APPOINTMENT = withheld('the type of an appointment', ({ sql }) =>
  sql(`update appointment set type_code = 'RSA_CONTRACT' where id = any ($1)`, [OF_PAUL]),
);

export const TYPE_OF_REQUEST = withheld('the type of a request', ({ sql }) =>
  sql(`update appointment_request set type_code = 'RSA_CONTRACT' where id = $1`, [requestId('paul')]),
);

/** Only the worker who follows him reads that the appointment has a subject. */
export const SUBJECT = withheld('the subject of an appointment', async (database) => {
  const make = rowsOf(database);
  await make.appointmentSubject({ appointmentId: appointmentId('paul 5'), text: 'Logement' });
  await make.appointmentSubject({ appointmentId: appointmentId('paul 17'), text: 'Logement' });
});

/** In both counties a worker has to tell her. The desk and the worker who follows her read in which way, a colleague does not. */
export const SAFE_CONTACT: Hiding = {
  ...withheld(
    'a safe contact',
    ({ sql }) => sql(`update person set safe_contact = 'VOICE_TO_ME_ONLY' where id = $1`, [personId('vera')]),
    ['second', 'reception.sevran', 'clerk'].map((login) => ({
      login,
      reason: login === 'second' ? 'follows her' : 'reads a contact of its own district, to tell her',
      path: /(safeContact|channel)$/,
    })),
  ),
  instead: async ({ database: { sql } }) => {
    await sql(`update person set safe_contact = 'THROUGH_SOMEONE' where id = $1`, [personId('vera')]);
  },
};

/** Somebody of another district has a number. A worker then enters it as Paul's. */
export const SHARED_NUMBER: Hiding = {
  ...withheld(
    'whether a number is shared',
    ({ sql }) => sql('update person set phone = $2 where id = $1', [personId('zoe'), SHARED_PHONE]),
    ['reception.gagny', 'worker.gagny', 'head.gagny'].map((login) => ({
      login,
      reason: 'is of her district, and looks her up by her number',
      path: /(^personLookUp|phone$)/,
    })),
  ),
  // The holder of the phone sees whether the message has a link.
  notComparedTo: [SHARED_PHONE],
};

/** Two pairs of counties: one for hidings that change no row for others, one for "confirm nothing", which changes rows. */
export const PAIRS: readonly (readonly [string, readonly Hiding[]])[] = [
  [
    'a confidential address, and fields that are withheld',
    [CONFIDENTIAL_ADDRESS, TYPE_OF_APPOINTMENT, TYPE_OF_REQUEST, SUBJECT, SAFE_CONTACT, SHARED_NUMBER],
  ],
  ['that nothing is confirmed', [CONFIRM_NOTHING]],
];
