import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';

// The second lock can be opened, for the whole of this file: what services ask of who reads options, and of who votes.
const agenda = await import('../../src/access/agenda/agenda.js');
const options = await import('../../src/access/agenda/options.js');
let isServiceOpen = false;
jest.unstable_mockModule('../../src/access/agenda/agenda.js', () => ({
  ...agenda,
  seesBusyTimesIn: (...of: Parameters<typeof agenda.seesBusyTimesIn>) =>
    isServiceOpen || agenda.seesBusyTimesIn(...of),
}));
jest.unstable_mockModule('../../src/access/agenda/options.js', () => ({
  ...options,
  votesIn: (...of: Parameters<typeof options.votesIn>) => isServiceOpen || options.votesIn(...of),
  whereReadsOption: (...of: Parameters<typeof options.whereReadsOption>) =>
    isServiceOpen ? Prisma.sql`true` : options.whereReadsOption(...of),
}));
const { startTestApp } = await import('../support/app.js');
const { cloneDatabase } = await import('../support/database.js');
const { rowsOf } = await import('../support/county/rows.js');
const { byHand } = await import('../support/by-hand.js');
const { dayAfter, dayAhead } = await import('../support/days.js');
const { VOTED_ON } = await import('../support/county/agenda.js');
const { Prisma } = await import('../../prisma/generated/client.js');
const { open } = await import('./locks.js');

/** Who votes in Sevran, and who does not. */
const MEMBERS = ['worker.sevran', 'worker2.sevran', 'reception.sevran'] as const;
const OTHERS = [
  'head.sevran',
  'worker.gagny',
  'reception.gagny',
  'head.gagny',
  'trainee.sevran',
  'adviser',
  'dpo',
  'admin',
  'person.sevran',
  'client.reporting',
] as const;

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let app: Awaited<ReturnType<typeof startTestApp>>;
let sevran: string;
let gagny: string;
let today: string;
/** An option on which Sevran votes, and the one vote on it, of a member who does not log in here. */
let voted: string;

beforeEach(async () => {
  isServiceOpen = false;
  database = await cloneDatabase('cosmos_demo');
  await database.sql('delete from team_option');
  const [found] = await database.sql<{ sevran: string; gagny: string; today: string; workerId: string }>(
    `select (select id from district where slug = 'sevran') as sevran, (select id from district where slug = 'gagny') as gagny,
       day_in_paris(now())::text as today, (select id from worker where subject = 'agent-01') as "workerId"`,
  );
  if (found === undefined) throw new Error('the county has no such district');
  ({ sevran, gagny, today } = found);
  const make = rowsOf(database);
  voted = await make.teamOption({
    districtId: sevran,
    kind: 'CALL_BACK',
    ...VOTED_ON,
  });
  await make.teamVote({ optionId: voted, workerId: found.workerId, inFavour: false });
  app = await startTestApp(database, { guard: open });
});
afterEach(async () => {
  await app.close();
  await database.drop();
});

/** The database without its own lock. */
async function openRows(): Promise<void> {
  for (const table of ['team_option', 'team_vote'])
    await database.sql(`alter table ${table} disable row level security`);
  await database.sql(
    'create or replace function viewer_votes_in() returns uuid[] language sql as $$ select array_agg(id) from district $$',
  );
  await database.sql('grant select on district to cosmos_keeper');
}

/** The viewers who read the options of Sevran. */
async function comesOutTo(logins: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const login of logins) {
    const { text } = await (await app.as(login)).send(
      `{ teamOptions(districtId: "${sevran}") { id status myVote } }`,
    );
    if (text.includes(voted)) found.push(login);
    // The one vote is another’s.
    expect({ login, text }).toMatchObject({ text: expect.not.stringMatching(/"myVote":(true|false)/) });
  }
  return found;
}

/** The viewers who vote on the option of Sevran. */
async function votedBy(logins: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const login of logins) {
    const { errors } = await (await app.as(login)).send(
      'mutation ($input: VoteOnOptionInput!) { voteOnOption(input: $input) { id } }',
      { input: { id: voted, inFavour: true } },
    );
    if (errors.length === 0) found.push(login);
  }
  const votes = await database.sql(
    'select from team_vote v join worker w on w.id = v.worker_id where v.in_favour and w.subject = any ($1)',
    [[...found]],
  );
  expect(votes).toHaveLength(found.length);
  return found;
}

/** The viewers who propose an option to Sevran, one after the other: each proposal is taken away again. */
async function proposedBy(logins: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const login of logins) {
    const { errors } = await (await app.as(login)).send(
      'mutation ($input: ProposeOptionInput!) { proposeOption(input: $input) { id } }',
      {
        input: {
          districtId: sevran,
          kind: 'WALK_IN_HOUR',
          startsOn: dayAhead(20),
          endsOn: dayAhead(40),
        },
      },
    );
    const made = await database.sql(`delete from team_option where kind = 'WALK_IN_HOUR' returning 1`);
    expect({ login, made: made.length }).toEqual({ login, made: errors.length === 0 ? 1 : 0 });
    if (made.length > 0) found.push(login);
  }
  return found;
}

describe('with the policies off', () => {
  test('the services alone tell a team’s options to the team, and let its members alone propose and vote', async () => {
    await openRows();
    expect(await comesOutTo([...MEMBERS, ...OTHERS])).toEqual(MEMBERS);
    expect(await votedBy([...MEMBERS, ...OTHERS])).toEqual(MEMBERS);
    expect(await proposedBy([...MEMBERS, ...OTHERS])).toEqual(MEMBERS);
  });

  test('the database alone does the same', async () => {
    isServiceOpen = true;
    expect(await comesOutTo([...MEMBERS, ...OTHERS])).toEqual(MEMBERS);
    expect(await votedBy([...MEMBERS, ...OTHERS])).toEqual(MEMBERS);
    expect(await proposedBy([...MEMBERS, ...OTHERS])).toEqual(MEMBERS);
  });

  test('and with the three locks open they do come out: these tests can fail', async () => {
    isServiceOpen = true;
    await openRows();
    const workers = ['worker.gagny', 'head.gagny', 'trainee.sevran'];
    expect(await comesOutTo(workers)).toEqual(workers);
    expect(await votedBy(workers)).toEqual(workers);
    expect(await proposedBy(workers)).toEqual(workers);
  });
});

describe('by hand, in the application’s role,', () => {
  const PROPOSE = `insert into team_option (id, district_id, kind, proposed_by_id, proposed_on, voted_until, starts_on, ends_on)
    values (gen_random_uuid(), $1, $2, viewer_worker(), $3::date, $3::date + 7, $3::date + $4::integer, $3::date + $5::integer)`;
  const VOTE = 'insert into team_vote (option_id, worker_id, in_favour) values ($1, $2, true)';

  test('nobody votes for somebody else, reads another one’s vote, or takes one away', async () => {
    const [colleague] = await database.sql<{ id: string }>(
      `select id from worker where subject = 'worker2.sevran'`,
    );
    await byHand(database, 'worker.sevran', async (hand) => {
      expect(await hand(VOTE, [voted, colleague?.id])).toBe('42501');
      expect(await hand('select from team_vote')).toBe('0');
      expect(await hand('update team_vote set in_favour = true')).toBe('0');
      expect(await hand('delete from team_vote')).toBe('42501');
      // The database answers the same code, whether the member has voted or not.
      const [other] = await database.sql<{ id: string }>(`select worker_id as id from team_vote`);
      expect(await hand(VOTE, [voted, other?.id])).toBe('42501');
      expect(await hand(`${VOTE} on conflict do nothing`, [voted, other?.id])).toBe('42501');
    });
  });

  test('a vote that is over takes no vote, nor one that does not exist, nor one of another team: all alike', async () => {
    const make = rowsOf(database);
    const over = await make.teamOption({ districtId: sevran, status: 'REJECTED' });
    const adopted = await make.teamOption({ districtId: sevran });
    const foreign = await make.teamOption({ districtId: gagny, ...VOTED_ON });
    const own = await make.teamOption({ districtId: sevran, kind: 'WALK_IN_HOUR', ...VOTED_ON });
    await byHand(database, 'worker.sevran', async (hand) => {
      for (const id of [over, adopted, foreign, '00000000-0000-4000-8000-000000000000'])
        expect({ id, answer: await hand(VOTE.replace('$2', 'viewer_worker()'), [id]) }).toEqual({
          id,
          answer: '42501',
        });
      expect(await hand(VOTE.replace('$2', 'viewer_worker()'), [own])).toBe('1');
    });
  });

  test('nobody proposes to another team, nor as somebody else, nor as of another day, nor twice at a time; a refusal tells nothing of another team', async () => {
    const make = rowsOf(database);
    // What Gagny votes on, and what it turned down.
    await make.teamOption({
      districtId: gagny,
      kind: 'CALL_BACK',
      ...VOTED_ON,
    });
    await make.teamOption({ districtId: gagny, kind: 'GROUP_MEETING', status: 'REJECTED' });
    await byHand(database, 'worker.sevran', async (hand) => {
      for (const kind of ['CALL_BACK', 'GROUP_MEETING', 'WALK_IN_HOUR'])
        expect({ kind, answer: await hand(PROPOSE, [gagny, kind, today, 8, 9]) }).toEqual({
          kind,
          answer: '42501',
        });
      expect(await hand(PROPOSE, [sevran, 'WALK_IN_HOUR', dayAfter(today, -1), 8, 9])).toBe('42501');
      expect(await hand(PROPOSE, [sevran, 'WALK_IN_HOUR', today, 7, 9])).toBe('23514');
      expect(await hand(PROPOSE, [sevran, 'WALK_IN_HOUR', today, 8, 101])).toBe('23514');
      expect(
        await hand(PROPOSE.replace('viewer_worker()', 'null::uuid'), [sevran, 'WALK_IN_HOUR', today, 8, 9]),
      ).toBe('42501');
      expect(await hand(PROPOSE, [sevran, 'WALK_IN_HOUR', today, 8, 9])).toBe('1');
    });
  });

  test('the desk gives a call to nobody who has not opened hours for calls, and learns nothing of one that is not theirs', async () => {
    await database.sql('delete from team_option');
    const make = rowsOf(database);
    for (const districtId of [sevran, gagny]) await make.teamOption({ districtId, kind: 'CALL_BACK' });
    const [colleague] = await database.sql<{ id: string }>(
      `select id from worker where subject = 'worker2.sevran'`,
    );
    const soon = { startsAt: dayAhead(1), endsAt: new Date(Date.parse(dayAhead(1)) + 600_000) };
    const [call, first] = await Promise.all(
      ['CALL_BACK', 'FIRST_RECEPTION'].map((typeCode) =>
        make.appointment({ districtId: gagny, typeCode, ...soon }),
      ),
    );
    await byHand(database, 'reception.sevran', async (hand) => {
      const id = '00000000-0000-4000-8000-000000000017';
      const give = 'insert into appointment_worker (appointment_id, worker_id) values ($1, $2)';
      expect(
        await hand(
          `insert into appointment (id, district_id, type_code, mode, starts_at, ends_at)
           values ($1, $2, 'CALL_BACK', 'PHONE', now() + interval '1 day', now() + interval '1 day 10 minutes')`,
          [id, sevran],
        ),
      ).toBe('1');
      expect(await hand(give, [id, colleague?.id])).toBe('P0001');
      for (const foreign of [call, first]) expect(await hand(give, [foreign, colleague?.id])).toBe('42501');
    });
  });

  test('nobody opens hours or books for what the team has not', async () => {
    const [mine] = await database.sql<{ id: string }>(
      `select v.id from availability v join worker w on w.id = v.worker_id where w.subject = 'worker.sevran' and not exists (select from availability_type t where t.availability_id = v.id and t.type_code = 'WALK_IN_HOUR') limit 1`,
    );
    const types = 'insert into availability_type (availability_id, type_code) values ($1, $2)';
    const book = `insert into appointment (id, district_id, type_code, mode, starts_at, ends_at)
      values (gen_random_uuid(), $1, $2, 'PHONE', now() + interval '1 day', now() + interval '1 day 10 minutes')`;
    const tried = () =>
      byHand(database, 'worker.sevran', async (hand) => [
        await hand(types, [mine?.id, 'WALK_IN_HOUR']),
        await hand(book, [sevran, 'CALL_BACK']),
      ]);
    expect(await tried()).toEqual(['42501', '42501']);
    const byTheDesk = () =>
      byHand(database, 'reception.sevran', (hand) => hand(types, [mine?.id, 'WALK_IN_HOUR']));
    await database.sql(`update availability set starts_on = $2, ends_on = $2::date + 20 where id = $1`, [
      mine?.id,
      today,
    ]);
    await database.sql('delete from team_option');
    for (const kind of ['CALL_BACK', 'WALK_IN_HOUR'] as const)
      await rowsOf(database).teamOption({ districtId: sevran, kind });
    expect(await tried()).toEqual(['1', '1']);
    // Each worker opens their own hours for it, and the desk opens none for anybody.
    expect(await byTheDesk()).toBe('42501');
  });
});
