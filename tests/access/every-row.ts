import { randomUUID } from 'node:crypto';
import { DEVELOPMENT_ISSUER } from '../../src/auth/development-issuer.js';
import type { TestDatabase } from '../support/database.js';

/** Two districts, who asks as a worker or as a person, and one other of each. */
const id = (kind: string, nth: number): string => `${kind}0000000-0000-4000-8000-00000000000${nth}`;
export const DISTRICTS = [id('d', 1), id('d', 2)] as const;
export const ASKER = id('a', 1);
export const COLLEAGUE = id('a', 2);
export const PERSON = id('e', 1);
const OTHER_PERSON = id('e', 2);
const ELSEWHERE = id('d', 9);

export type Columns = Readonly<Record<string, unknown>>;

export const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

/** Rows as they are given: no key and no trigger of the database's makes one more probable than another. */
export async function insertAsGiven(
  database: TestDatabase,
  table: string,
  rows: readonly Columns[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  if (columns === '') return;
  await database.sql(`alter table "${table}" disable trigger all`);
  await database.sql(
    `insert into "${table}" (${columns})
     select ${columns} from jsonb_populate_recordset(null::"${table}", $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

/** Every combination of these values. */
function product(values: Readonly<Record<string, readonly unknown[]>>): Columns[] {
  return Object.entries(values).reduce<Columns[]>(
    (rows, [name, each]) => rows.flatMap((row) => each.map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
}

/** All combinations of what the rules compare: of a case and what hangs on it, and of a person’s ties to it. */
export async function insertEveryRow(database: TestDatabase): Promise<void> {
  const nobodyOr = [null, ASKER, COLLEAGUE];
  let tickets = 0;
  const district_id = DISTRICTS;
  const online_person_ids = [[], [PERSON], [OTHER_PERSON]];
  const worker_ids = [[], [ASKER], [COLLEAGUE], [ASKER, COLLEAGUE]];
  const insert = (table: string, rows: readonly Columns[], rest: () => Columns) =>
    insertAsGiven(
      database,
      table,
      rows.map((row) => ({ ...rest(), ...row })),
    );
  const fresh = () => ({ id: randomUUID(), version: 1 });
  const person = () => ({
    ...fresh(),
    reference: randomUUID(),
    district_id: ELSEWHERE,
    sensitive_file: false,
    safe_contact: 'NONE',
    created_at: inHours(0),
  });

  await insert(
    'worker',
    [
      { id: ASKER, subject: 'worker' },
      { id: COLLEAGUE, subject: 'colleague' },
    ],
    () => ({ ...fresh(), issuer: DEVELOPMENT_ISSUER, given_name: 'x', family_name: 'x' }),
  );
  await insert('person_account', [{ person_id: PERSON, subject: 'person' }], () => ({
    id: randomUUID(),
    issuer: DEVELOPMENT_ISSUER,
  }));
  await insert('case', product({ district_id, assigned_worker_id: nobodyOr, online_person_ids }), () => ({
    ...fresh(),
    reference: randomUUID(),
    mission: 'RSA',
    status: 'OPEN',
    opened_at: inHours(0),
  }));
  await insert('need', product({ district_id, assigned_worker_id: nobodyOr }), () => ({
    ...fresh(),
    case_id: randomUUID(),
    code: 'x',
    starts_on: '2026-01-05',
  }));
  await insert(
    'interview_note',
    product({
      district_id,
      reader_id: nobodyOr,
      author_id: [ASKER, COLLEAGUE],
      readable_until: [null, inHours(1), inHours(-1)],
    }),
    () => ({
      ...fresh(),
      case_id: randomUUID(),
      status: 'FINAL',
      body: '\\x00',
      written_at: inHours(0),
    }),
  );
  await insert(
    'appointment',
    // To come, of this week, and too long ago for a desk.
    product({ district_id, case_worker_id: nobodyOr, worker_ids, online_person_ids }).flatMap((row) =>
      [1, -6 * 24, -9 * 24].map((hours) => ({
        ...row,
        starts_at: inHours(hours),
        ends_at: inHours(hours + 1),
      })),
    ),
    () => ({ ...fresh(), type_code: 'x', mode: 'ON_SITE', status: 'BOOKED' }),
  );
  // A person's own list goes by these.
  await database.sql('alter table case_person disable trigger all');
  await database.sql(`insert into case_person (case_id, person_id, show_online, district_id, assigned_worker_id)
    select id, online_person_ids[1], true, district_id, assigned_worker_id from "case" where online_person_ids <> '{}'`);
  await database.sql('alter table appointment_person disable trigger all');
  await database.sql(`insert into appointment_person (appointment_id, person_id, show_online, district_id, case_worker_id)
    select id, online_person_ids[1], true, district_id, case_worker_id from appointment where online_person_ids <> '{}'`);
  const requests = product({
    district_id,
    person_id: [PERSON, OTHER_PERSON],
    show_online: [false, true],
    duty_worker_id: nobodyOr,
    case_worker_id: nobodyOr,
  }).map((row) => ({ id: randomUUID(), ...row }));
  await insert('appointment_request', requests, () => ({
    version: 1,
    type_code: 'x',
    urgency: 'ORDINARY',
    status: 'WAITING',
    asked_at: inHours(0),
    rank_at: inHours(0),
    case_worker_only: false,
  }));
  await insert(
    'slot_offer',
    requests.map((row) => ({ request_id: row.id, district_id: ELSEWHERE })),
    () => ({
      ...fresh(),
      worker_id: COLLEAGUE,
      mode: 'ON_SITE',
      channel: 'LETTER',
      status: 'HELD',
      offered_at: inHours(0),
      answer_by: inHours(1),
      starts_at: inHours(2),
      ends_at: inHours(3),
    }),
  );
  await insert(
    'offer_skip',
    requests.map((row) => ({ request_id: row.id })),
    () => ({ id: randomUUID(), offer_id: randomUUID(), reason: 'BUSY_THEN', skipped_at: inHours(0) }),
  );
  await insert('visit', product({ district_id, worker_id: nobodyOr }), () => ({
    ...fresh(),
    kind: 'WALK_IN',
    day: '2026-01-05',
    ticket: ++tickets,
    arrived_at: inHours(0),
  }));
  await insert(
    'referral',
    product({
      district_id,
      assigned_worker_id: nobodyOr,
      to_district_id: [null, ...DISTRICTS],
      to_worker_id: nobodyOr,
      online_person_id: [null, PERSON, OTHER_PERSON],
    })
      // To an organisation, or to a district and maybe one of its workers.
      .filter((row) => row['to_district_id'] !== null || row['to_worker_id'] === null)
      .map((row) => ({ ...row, to_organisation_id: row['to_district_id'] === null ? randomUUID() : null })),
    () => ({
      ...fresh(),
      case_id: randomUUID(),
      sent_by_id: COLLEAGUE,
      sent_at: inHours(-1),
      answer_by: inHours(1),
      status: 'SENT',
      mission: 'RSA',
    }),
  );
  await insert('incoming_request', product({ district_id, worker_id: nobodyOr }), () => ({
    ...fresh(),
    partner: 'SCHOOL',
    mandated: false,
    received_on: '2026-01-05',
    recorded_at: inHours(-1),
    answer_by: inHours(1),
    due_at: inHours(1),
    status: 'RECEIVED',
  }));
  await insert('message', product({ district_id, worker_id: [ASKER, COLLEAGUE] }), () => ({
    ...fresh(),
    name: 'x',
    sent_at: inHours(0),
  }));
  const encounters = product({
    district_id,
    reader_id: nobodyOr,
    case_id: [null, randomUUID()],
    held_at: [inHours(-29 * 24), inHours(-31 * 24)],
  });
  await insert(
    'encounter',
    encounters.map((row) => ({
      ...row,
      held_by_id: row['reader_id'] ?? ASKER,
      ...(row['case_id'] === null
        ? { passed_to_id: null, passed_on_at: null }
        : { passed_to_id: row['reader_id'] ?? COLLEAGUE, passed_on_at: inHours(-1) }),
    })),
    fresh,
  );
  const releases = product({
    requested_by_id: [ASKER, COLLEAGUE],
    holder_ids: [[], [ASKER], [COLLEAGUE]],
    ground: ['COURT_ORDER', 'DANGER'],
  });
  await insert('release', releases, () => ({
    id: randomUUID(),
    case_id: randomUUID(),
    district_id: DISTRICTS[0],
    requested_at: inHours(0),
    waits_until: inHours(0),
  }));

  await insert('indicator_observation', product({ district_id }), () => ({
    id: randomUUID(),
    code: 'APPOINTMENTS',
    year: 2025,
    body: 'x',
    stated_on: '2026-01-05',
  }));
  await insert('snapshot_table', product({ district_id: [null, ...DISTRICTS] }), () => ({
    id: randomUUID(),
    snapshot_id: randomUUID(),
    indicator_id: randomUUID(),
    dimensions: [],
    cells: [30],
  }));

  // Of each tie a person of their own, whom nothing else makes known.
  await insert('person', [{ id: PERSON }, { id: OTHER_PERSON }], person);
  await insert('person', product({ district_id, sensitive_file: [false, true] }), person);
  const known_until = [null, inHours(-1), inHours(1)];
  const online = { show_online: false };
  for (const [table, of, ties, rest] of [
    ['case_person', 'case_id', product({ district_id, assigned_worker_id: nobodyOr }), online],
    [
      'appointment_person',
      'appointment_id',
      [
        ...product({ district_id, case_worker_id: nobodyOr, worker_ids, known_until }).map((row) => ({
          ...row,
          contact_worker_ids: [],
          contact_from: null,
          contact_until: null,
        })),
        // Their contact is open to some of its workers, between two times, within that in which their name is known.
        ...product({
          district_id,
          contact_worker_ids: worker_ids,
          contact_from: [inHours(-2), inHours(1)],
          contact_until: known_until,
        }).map((row) => ({
          ...row,
          case_worker_id: null,
          worker_ids: [ASKER, COLLEAGUE],
          known_until: row['contact_until'],
        })),
      ],
      online,
    ],
    [
      'person_known',
      'source_id',
      product({
        district_id,
        worker_id: [ASKER, COLLEAGUE],
        known_until: [inHours(-1), inHours(1)],
        contact: [false, true],
      }),
      {},
    ],
  ] as const) {
    const tied = [false, true].flatMap((sensitive_file) =>
      ties.map((tie) => ({ tie, person: { ...person(), sensitive_file } })),
    );
    await insert(
      'person',
      tied.map((one) => one.person),
      () => ({}),
    );
    await insert(
      table,
      tied.map((one) => ({ ...one.tie, person_id: one.person.id })),
      () => ({ [of]: randomUUID(), ...rest }),
    );
  }
}
