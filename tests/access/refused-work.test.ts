import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LoggedCounty, startLoggedCounty } from '../data-protection/logged.js';
import { byHand } from '../support/by-hand.js';
import { openHours } from '../support/county.js';

/**
 * A refusal is no oracle. Sixty at once who have something done and undone add its time up: what is refused does no work that grows
 * with rows that they may not read. Rows are counted by sequences, which nothing undoes, and not by time.
 */
let made: LoggedCounty;
let at = 0;

beforeAll(async () => {
  made = await startLoggedCounty();
  // A head here, and a social worker elsewhere: whether a row of a case is theirs to read is not decided by their roles alone.
  await made.database.sql(
    `insert into membership (worker_id, district_id, role, starts_at)
     select $1, id, 'SOCIAL_WORKER', '2020-01-01' from district where name = 'Gagny'`,
    [made.who['hélène']],
  );
  await made.database.sql(`create schema touched`);
  await made.database.sql(
    `create function touched.touch() returns trigger language plpgsql security definer as $$
     begin perform nextval('touched.' || quote_ident(tg_table_name)); return null; end $$`,
  );
  await made.database.sql(
    `do $$ declare t text; begin
       for t in select tablename from pg_tables where schemaname = 'public' loop
         execute format('create sequence touched.%I', t);
         execute format('create trigger zz_touch after insert or update or delete on %I for each row execute function touched.touch()', t);
       end loop; end $$`,
  );
  // Whoever looks at each note of a case, and writes none, is counted as well.
  await made.database.sql(`create sequence touched."looked at all notes"`);
  await made.database.sql('alter function reset_note_readers(uuid) rename to look_at_all_notes');
  await made.database.sql(
    `create function reset_note_readers(p_case uuid) returns integer language plpgsql security definer as $$
     begin perform nextval('touched."looked at all notes"'); return look_at_all_notes(p_case); end $$`,
  );
});
afterAll(() => made.close());

const written = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await made.database.sql<{ name: string; count: string | null }>(
        `select sequencename as name, last_value as count from pg_sequences where schemaname = 'touched'`,
      )
    ).map(({ name, count }) => [name, Number(count ?? 0)]),
  );

/** How often a row of each table was written, undone or not, as `case 3`; the access log left out. */
async function touched(task: () => Promise<unknown>): Promise<string[]> {
  const before = await written();
  await task();
  const after = await written();
  return Object.keys(after)
    .filter((table) => table !== 'access_log' && after[table] !== before[table])
    .map((table) => `${table} ${(after[table] ?? 0) - (before[table] ?? 0)}`)
    .sort();
}

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** A mutation that is refused by what its payload asks for, once it is done. */
async function refused(by: string, mutation: string, input: Record<string, unknown>, payload: string) {
  const names: Readonly<Record<string, string>> = { reassignCase: 'AssignCaseInput' };
  const type = names[mutation] ?? `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const { codes, errors } = await (await made.app.as(by)).send(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${payload} } }`,
    { input },
  );
  expect(codes).toEqual(['FORBIDDEN']);
  // By the payload, and not before.
  expect(errors[0]?.path?.length).toBeGreaterThan(1);
}

/** Notes of the case by alice, of which nobody reads anything but she. */
async function notesOf(caseId: string, count: number, by = 'alice'): Promise<void> {
  await made.database.sql(
    `insert into interview_note (case_id, author_id, district_id, body)
     select $1, $2, $3, '\\x00' from generate_series(1, $4::integer)`,
    [caseId, made.who[by], made.district, count],
  );
}

async function newWorker(name: string): Promise<string> {
  (made.who as Record<string, string>)[name] = (await made.sevran.worker(name)).id;
  return name;
}

async function caseTo(worker: string, caseId: string): Promise<void> {
  await made.database.sql('update assignment set ends_at = now() where case_id = $1 and ends_at is null', [
    caseId,
  ]);
  await made.database.sql('insert into assignment (case_id, worker_id) values ($1, $2)', [
    caseId,
    made.who[worker],
  ]);
}

/** All that hangs on a case and that a head does not read. */
async function fill(caseId: string, personId: string, count: number): Promise<void> {
  await notesOf(caseId, count);
  await made.database.sql(
    `insert into need (case_id, code, starts_on) select $1, $2, current_date from generate_series(1, $3::integer)`,
    [caseId, made.code, count],
  );
  await made.database.sql(
    `insert into appointment (district_id, case_id, type_code, starts_at, ends_at)
     select $1, $2, 'FOLLOW_UP', now() + n * interval '1 day', now() + n * interval '1 day' + interval '45 minutes'
     from generate_series(1, $3::integer) n`,
    [made.district, caseId, count],
  );
  await made.database.sql(
    `insert into appointment_person (appointment_id, person_id) select id, $2 from appointment where case_id = $1`,
    [caseId, personId],
  );
  await made.database.sql(
    `insert into appointment_request (district_id, person_id, case_id, type_code)
     select $1, $2, $3, 'FOLLOW_UP' from generate_series(1, $4::integer)`,
    [made.district, personId, caseId, count],
  );
  await made.database.sql(
    `insert into referral (case_id, to_district_id, sent_by_id, answer_by)
     select $1, $2, $3, now() + interval '9 days' from generate_series(1, $4::integer)`,
    [caseId, made.district, made.who['alice'], count],
  );
  await made.database.sql(
    `with held as (insert into encounter (district_id, held_by_id) select $1, $2 from generate_series(1, $4::integer) returning id)
     select id from held where $3::uuid is not null`,
    [made.district, made.who['alice'], caseId, count],
  );
  await made.database.sql(`update encounter set case_id = $1 where held_by_id = $2 and case_id is null`, [
    caseId,
    made.who['alice'],
  ]);
  await made.database.sql(
    `insert into release (case_id, requested_by_id, ground, refused_at, refused_by_id)
     select $1, $2, 'COURT_ORDER', now(), $4 from generate_series(1, $3::integer)`,
    [caseId, made.who['alice'], count, made.who['conseillère']],
  );
}

const reassigning = (caseId: string) => ({ caseId, workerId: made.who['bruno'], expectedVersion: 1 });

describe('sixty refused reassignments of one case at once', () => {
  test.each([0, 10, 50])(
    'with %i notes, needs, appointments: each writes the case and nothing that hangs on it',
    async (count) => {
      const file = await made.newCase();
      await fill(file.id, file.personId, count);
      const rows = await touched(() =>
        Promise.all(
          Array.from({ length: 60 }, () =>
            refused(
              'hélène',
              'reassignCase',
              reassigning(file.id),
              'interviewNotes { edges { node { id } } }',
            ),
          ),
        ),
      );
      expect(rows).toEqual(['assignment 120', 'case 180', 'case_person 120']);
    },
  );

  test('and one that is not refused gives all of it to who takes the case, at the commit', async () => {
    const file = await made.newCase();
    await fill(file.id, file.personId, 3);
    const rows = await touched(async () => {
      const { errors } = await made.send('hélène', 'reassignCase', reassigning(file.id));
      expect(errors).toEqual([]);
    });
    // The notes, one of which the case had; once each.
    expect(rows).toEqual(
      expect.arrayContaining(['interview_note 4', 'need 3', 'encounter 3', 'referral 3', 'release 3']),
    );
    const [copies] = await made.database.sql(
      `select (select count(*)::integer from interview_note where case_id = $1 and reader_id is not null) as readable,
         (select count(*)::integer from encounter where case_id = $1 and reader_id is not null) as encounters,
         (select count(*)::integer from need where case_id = $1 and assigned_worker_id = $2) as needs,
         (select count(*)::integer from appointment where case_id = $1 and case_worker_id = $2) as appointments,
         (select count(*)::integer from appointment_request where case_id = $1 and case_worker_id = $2) as requests,
         (select count(*)::integer from referral where case_id = $1 and assigned_worker_id = $2) as referrals,
         (select count(*)::integer from release where case_id = $1 and lapsed_at is null) as releases`,
      [file.id, made.who['bruno']],
    );
    expect(copies).toEqual({
      readable: 0,
      encounters: 0,
      needs: 3,
      appointments: 3,
      requests: 3,
      referrals: 3,
      releases: 0,
    });
  });

  test('nobody reads by what is not committed: neither who leaves, nor who takes the case, until then', async () => {
    const file = await made.newCase();
    const read = 'select from interview_note where case_id = $1';
    const reads = (subject: string) => byHand(made.database, subject, (hand) => hand(read, [file.id]));
    expect([await reads('alice'), await reads('bruno')]).toEqual(['1', '0']);
    await made.send('hélène', 'reassignCase', reassigning(file.id));
    expect([await reads('alice'), await reads('bruno')]).toEqual(['0', '0']);
  });
});

/** An attempt that is refused by its payload, over so many rows that who tries may not read. */
type Attempt = (count: number) => Promise<() => Promise<void>>;
const OTHERS: readonly (readonly [name: string, attempt: Attempt])[] = [
  [
    'approveRelease, of notes that an adviser never reads',
    async (count) => {
      const file = await made.newCase();
      at += 1;
      const gone = await newWorker(`gone-${at}`);
      await caseTo(gone, file.id);
      await notesOf(file.id, count, gone);
      await caseTo('bruno', file.id);
      await made.database.sql('update membership set ends_at = now() where worker_id = $1', [made.who[gone]]);
      const id = await made.one(
        `insert into release (case_id, requested_by_id, ground) values ($1, $2, 'COURT_ORDER') returning id`,
        [file.id, made.who['bruno']],
      );
      await made.database.sql('update release set waits_until = requested_at where id = $1', [id]);
      return () => refused('conseillère', 'approveRelease', { id }, 'requestedBy { version }');
    },
  ],
  [
    'requestRelease, of notes by authors whom the requester does not know',
    async (count) => {
      const file = await made.newCase();
      // As many have held it, which the assignments tell: each is asked, by a line. So many of them wrote.
      for (let nth = 0; nth < 10; nth += 1) {
        at += 1;
        const name = await newWorker(`author-${at}`);
        await caseTo(name, file.id);
        if (nth < count) await notesOf(file.id, 1, name);
      }
      await caseTo('bruno', file.id);
      const input = { caseId: file.id, ground: 'COURT_ORDER' };
      return () => refused('bruno', 'requestRelease', input, 'requestedBy { version }');
    },
  ],
  [
    'contradictAbsence, of what the absence has opened',
    async (count) => {
      const file = await made.newCase();
      await notesOf(file.id, count);
      await caseTo('bruno', file.id);
      await made.database.sql(
        `with asked as (insert into release (case_id, requested_by_id, ground) values ($1, $2, 'COURT_ORDER') returning id)
         insert into release_note (release_id, note_id) select asked.id, n.id from asked, interview_note n where n.case_id = $1`,
        [file.id, made.who['bruno']],
      );
      await made.database.sql('delete from absence where worker_id = $1', [made.who['alice']]);
      const id = await made.one(
        `insert into absence (worker_id, district_id, starts_at) values ($1, $2, now() - interval '1 day') returning id`,
        [made.who['alice'], made.district],
      );
      return () => refused('alice', 'contradictAbsence', { id, expectedVersion: 1 }, 'worker { version }');
    },
  ],
  [
    'declareAbsence, of what was offered of the worker’s time',
    async (count) => {
      at += 1;
      const { id: workerId } = await made.sevran.worker(`offered-${at}`);
      for (let nth = 0; nth < count; nth += 1) {
        const { id: personId } = await made.sevran.person();
        await made.database.sql(
          `with asked as (insert into appointment_request (district_id, person_id, type_code)
             values ($1, $2, 'FIRST_RECEPTION') returning id)
           insert into slot_offer (request_id, district_id, worker_id, mode, starts_at, ends_at, channel, answer_by)
           select asked.id, $1, $3, 'ON_SITE', $4::timestamptz, $4::timestamptz + interval '30 minutes', 'NEUTRAL_TEXT', now() + interval '1 hour'
           from asked`,
          [made.district, personId, workerId, inDays(10 + nth)],
        );
      }
      const input = { districtId: made.district, workerId, startsAt: inDays(1), endsAt: inDays(40) };
      return () => refused('hélène', 'declareAbsence', input, 'worker { version }');
    },
  ],
  [
    'updatePerson, of the districts in which someone waits',
    async (count) => {
      const { id } = await made.sevran.person({ phone: '0600000000' });
      await made.database.sql(
        `insert into notice_receipt (person_id, notice_id, channel, given_at, stated_by_id) values ($1, $2, 'ORAL', now(), $3)`,
        [id, made.notice, made.who['alice']],
      );
      for (let nth = 0; nth < count; nth += 1) {
        at += 1;
        await made.database.sql(
          `with elsewhere as (insert into district (id, slug, name, address_line, postal_code, commune_code, phone)
             select gen_random_uuid(), 'd' || $2, 'D' || $2, address_line, postal_code, commune_code, phone from district limit 1 returning id)
           insert into appointment_request (district_id, person_id, type_code) select id, $1, 'FIRST_RECEPTION' from elsewhere`,
          [id, String(at)],
        );
      }
      const input = { id, expectedVersion: 1, phone: '0611111111' };
      return () => refused('rachida', 'updatePerson', input, 'noticeReceipts { statedBy { version } }');
    },
  ],
  [
    'recordVisit, of how often someone waits',
    async (count) => {
      const { id: personId } = await made.sevran.person();
      await made.database.sql(
        `insert into appointment_request (district_id, person_id, type_code)
         select $1, $2, 'FIRST_RECEPTION' from generate_series(1, $3::integer)`,
        [made.district, personId, count],
      );
      const input = { districtId: made.district, kind: 'WALK_IN', personId };
      return () => refused('bruno', 'recordVisit', input, 'worker { version }');
    },
  ],
  [
    'acceptHandover, of the notes that were kept back',
    async (count) => {
      const file = await made.newCase();
      await notesOf(file.id, count);
      const id = await made.one(
        'insert into handover (case_id, from_worker_id, to_worker_id) values ($1, $2, $3) returning id',
        [file.id, made.who['alice'], made.who['bruno']],
      );
      await made.database.sql('insert into handover_note (handover_id, note_id) values ($1, $2)', [
        id,
        file.noteIds[0],
      ]);
      await caseTo('bruno', file.id);
      return () => refused('bruno', 'acceptHandover', { id }, 'fromWorker { version }');
    },
  ],
  [
    'closeCase, of the notes before',
    async (count) => {
      const file = await made.newCase();
      await notesOf(file.id, count);
      await caseTo('bruno', file.id);
      const input = { caseId: file.id, expectedVersion: 1 };
      return () => refused('bruno', 'closeCase', input, 'assignedWorker { version }');
    },
  ],
];

describe('as much is written, and undone, whether there is nothing or a lot', () => {
  test.each(OTHERS)('%s', async (_name, attempt) => {
    const rows = [];
    for (const count of [0, 10]) {
      const task = await attempt(count);
      rows.push(await touched(task));
    }
    expect(rows[1]).toEqual(rows[0]);
    expect(rows[0]?.length).toBeGreaterThan(0);
    expect(rows.flat().filter((row) => row.startsWith('looked'))).toEqual([]);
  });

  test('a post that an administrator ends, and undoes: of the hours that were open', async () => {
    const rows = [];
    for (const count of [0, 10]) {
      at += 1;
      const { id } = await made.sevran.worker(`post-${at}`);
      if (count > 0)
        await openHours(made.database, id, made.district, {
          until: inDays(count).slice(0, 10),
          weekdays: [1, 2, 3, 4, 5, 6, 7],
        });
      rows.push(
        await touched(() =>
          byHand(made.database, 'admin', async (hand) => {
            const ended = 'set ends_at = now(), version = version + 1 where worker_id = $1';
            expect(await hand(`update membership ${ended}`, [id])).toBe('1');
            expect(
              await hand('update worker set disabled_at = now(), version = version + 1 where id = $1', [id]),
            ).toBe('1');
          }),
        ),
      );
    }
    expect(rows).toEqual([
      ['membership 1', 'worker 1'],
      ['membership 1', 'worker 1'],
    ]);
  });
});
