import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { countTeamVotes } from '../../src/jobs/tasks.js';
import { type Answer, type Requester, startTestApp, type TestApp } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { dayAfter, dayAhead } from '../support/days.js';
import { jobsOf } from '../support/jobs.js';
import { book, inParis, move, open, search, today, workingDaysAfter } from './agenda.js';

/** What a team decides for itself: off until more than half of it is for it, for some months, and obliging nobody. */
let database: TestDatabase;
let app: TestApp;
let jobs: pg.Pool;
let built: Awaited<ReturnType<typeof county>>;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  jobs = jobsOf(database);
  built = await county(database);
});
afterAll(async () => {
  await jobs.end();
  await app.close();
  await database.drop();
});

/** A team of five members and its head: three social workers and two receptionists. */
interface Team {
  readonly district: DistrictBuilder;
  readonly districtId: string;
  readonly workerId: string;
  /** Alice, Bruno, Chloé, Rachida, Sami. */
  readonly members: readonly [Requester, Requester, Requester, Requester, Requester];
  readonly head: Requester;
}
let teams = 0;
async function team(): Promise<Team> {
  teams += 1;
  const name = (of: string): string => `${of}-${teams}`;
  const district = built.district(name('District'));
  const { id: workerId } = await district.worker(name('alice'));
  await Promise.all([district.worker(name('bruno')), district.worker(name('chloé'))]);
  await Promise.all([district.receptionist(name('rachida')), district.receptionist(name('sami'))]);
  await district.head(name('hélène'));
  const as = (of: string): Promise<Requester> => app.as(name(of));
  return {
    district,
    districtId: (await district).id,
    workerId,
    members: [await as('alice'), await as('bruno'), await as('chloé'), await as('rachida'), await as('sami')],
    head: await as('hélène'),
  };
}

const FIELDS = 'id kind status proposedOn votedUntil startsOn endsOn textFr myVote district { id }';
const propose = (who: Requester, input: Record<string, unknown>): Promise<Answer> =>
  who.send(`mutation ($input: ProposeOptionInput!) { proposeOption(input: $input) { ${FIELDS} } }`, {
    input: { kind: 'WALK_IN_HOUR', startsOn: dayAfter(today(), 8), endsOn: dayAfter(today(), 99), ...input },
  });
const vote = (who: Requester, id: string, inFavour: boolean): Promise<Answer> =>
  who.send('mutation ($input: VoteOnOptionInput!) { voteOnOption(input: $input) { id myVote } }', {
    input: { id, inFavour },
  });
async function proposed(of: Team, input: Record<string, unknown> = {}): Promise<string> {
  const { data, text } = await propose(of.members[0], { districtId: of.districtId, ...input });
  if (data?.['proposeOption'] == null) throw new Error(text);
  return data['proposeOption'].id;
}
const optionsOf = async (who: Requester, districtId: string) =>
  (await who.send(`query ($id: ID!) { teamOptions(districtId: $id) { ${FIELDS} } }`, { id: districtId }))
    .data?.['teamOptions'];
const walkInHours = async (who: Requester, districtId: string) =>
  (
    await who.send('query ($id: ID!) { walkInHours(districtId: $id) { startsAt endsAt place } }', {
      id: districtId,
    })
  ).data?.['walkInHours'];

/** Lets the week of a vote be over, and counts. */
async function weekLater(id: string): Promise<void> {
  await database.sql(
    `update team_option set proposed_on = proposed_on - 8, voted_until = voted_until - 8, starts_on = starts_on - 8,
       ends_on = ends_on - 8 where id = $1`,
    [id],
  );
  await count();
}
const count = (): Promise<number> => countTeamVotes(jobs);
const codesOf = ({ errors }: Answer): unknown[] =>
  errors.map(({ extensions: { code, field, reason } }) => [code, field ?? reason]);

/** A team that has the option, by the votes of three of its five members. */
async function teamThatHas(kind: string): Promise<Team & { readonly optionId: string }> {
  const of = await team();
  const optionId = await proposed(of, { kind });
  for (const member of of.members.slice(0, 3)) await vote(member, optionId, true);
  await weekLater(optionId);
  return { ...of, optionId };
}

describe('a team', () => {
  test('adopts what more than half of its members are for, when the week of the vote is over', async () => {
    const of = await team();
    const id = await proposed(of);
    const [alice, bruno, chloé, rachida] = of.members;
    for (const [member, inFavour] of [
      [alice, true],
      [bruno, false],
      [rachida, true],
      [chloé, false],
    ] as const)
      expect((await vote(member, id, inFavour)).errors).toEqual([]);
    expect(await count()).toBe(0);
    expect(await optionsOf(alice, of.districtId)).toMatchObject([{ id, status: 'PROPOSED', myVote: true }]);
    // A member may think again.
    expect((await vote(chloé, id, true)).data?.['voteOnOption']).toEqual({ id, myVote: true });
    await weekLater(id);
    expect(await optionsOf(bruno, of.districtId)).toMatchObject([{ id, status: 'ADOPTED', myVote: null }]);
    expect(codesOf(await vote(bruno, id, true))).toEqual([['CONFLICT', 'STATE_CHANGED']]);
  });

  test('adopts nothing by half: who says nothing is not for it', async () => {
    const of = await team();
    const id = await proposed(of);
    for (const member of of.members.slice(0, 2)) await vote(member, id, true);
    await weekLater(id);
    expect(await optionsOf(of.members[0], of.districtId)).toMatchObject([{ status: 'REJECTED' }]);
  });

  test('of four does not vote: the result would tell what each of them voted', async () => {
    const of = await team();
    const id = await proposed(of);
    const leave = (): Promise<unknown> =>
      database.sql(
        `update membership set ends_at = now() - interval '10 days' where district_id = $1 and worker_id in
         (select worker_id from membership where district_id = $1 and role = 'RECEPTIONIST' and ends_at is null order by 1 limit 1)`,
        [of.districtId],
      );
    for (const member of of.members) await vote(member, id, true);
    await database.sql(
      `update membership set starts_at = now() - interval '30 days' where district_id = $1`,
      [of.districtId],
    );
    await leave();
    await weekLater(id);
    expect(await optionsOf(of.members[0], of.districtId)).toMatchObject([{ status: 'REJECTED' }]);
    expect(codesOf(await propose(of.members[0], { districtId: of.districtId }))).toEqual([
      ['INVALID_INPUT', 'input.districtId'],
    ]);
  });

  test('votes on what several propose, and has it once', async () => {
    const of = await team();
    const [alice, bruno] = of.members;
    const first = await proposed(of);
    // A member has one proposal of a kind at a time. Nobody keeps another one away by it.
    expect(codesOf(await propose(alice, { districtId: of.districtId }))).toEqual([
      ['CONFLICT', 'STATE_CHANGED'],
    ]);
    const second = (await propose(bruno, { districtId: of.districtId })).data?.['proposeOption'].id;
    for (const member of of.members)
      await Promise.all([vote(member, first, true), vote(member, second, true)]);
    await Promise.all([weekLater(first), weekLater(second)]);
    const statuses = (await optionsOf(alice, of.districtId)).map(({ status }: { status: string }) => status);
    expect(statuses.sort()).toEqual(['ADOPTED', 'REJECTED']);
    expect(codesOf(await propose(alice, { districtId: of.districtId }))).toEqual([
      ['CONFLICT', 'STATE_CHANGED'],
    ]);
    // It can vote in time for the quarter that follows.
    const next = { startsOn: dayAfter(today(), 91), endsOn: dayAfter(today(), 180) };
    expect((await propose(alice, { districtId: of.districtId, ...next })).errors).toEqual([]);
  });

  test.each([
    ['startsOn', { startsOn: dayAhead(7) }],
    ['startsOn', { startsOn: dayAhead(94), endsOn: dayAhead(100) }],
    ['endsOn', { startsOn: dayAhead(20), endsOn: dayAhead(20) }],
    ['endsOn', { startsOn: dayAhead(20), endsOn: dayAhead(114) }],
  ])('cannot say days out of the bounds: %s of %o', async (field, days) => {
    const of = await team();
    const { errors } = await propose(of.members[0], { districtId: of.districtId, ...days });
    expect(errors.map(({ extensions }) => [extensions.code, extensions['field']])).toEqual([
      ['INVALID_INPUT', `input.${field}`],
    ]);
    expect(await optionsOf(of.members[0], of.districtId)).toEqual([]);
  });
});

describe('a vote', () => {
  test('is read by nobody else: not in an answer, and not by a query of the application', async () => {
    const of = await team();
    const id = await proposed(of);
    const [alice, bruno] = of.members;
    const before = (await optionsOf(bruno, of.districtId))[0];
    await vote(alice, id, true);
    await vote(bruno, id, false);
    expect((await optionsOf(bruno, of.districtId))[0]).toEqual({ ...before, myVote: false });
    expect(await optionsOf(of.head, of.districtId)).toEqual([]);
  });

  test('is deleted when it is counted, and with it who proposed', async () => {
    const of = await team();
    const id = await proposed(of);
    for (const member of of.members) await vote(member, id, true);
    const kept = async (): Promise<unknown> =>
      (
        await database.sql(
          `select (select count(*) from team_vote v where v.option_id = o.id)::integer as votes, o.proposed_by_id is not null as proposer
           from team_option o where o.id = $1`,
          [id],
        )
      )[0];
    expect(await kept()).toEqual({ votes: 5, proposer: true });
    await weekLater(id);
    expect(await kept()).toEqual({ votes: 0, proposer: false });
  });

  test('leaves no key behind that would tell two equal votes', async () => {
    const of = await team();
    const id = await proposed(of);
    const answer = await of.members[0].send(
      'mutation ($input: VoteOnOptionInput!) { voteOnOption(input: $input) { myVote } }',
      { input: { id, inFavour: true } },
      { 'idempotency-key': 'un vote' },
    );
    expect(answer.data?.['voteOnOption']).toEqual({ myVote: true });
    expect(await database.sql('select 1 from idempotency_key where result_id = $1', [id])).toEqual([]);
  });

  test('is not the head’s, nor of another team', async () => {
    const of = await team();
    const id = await proposed(of);
    expect(codesOf(await propose(of.head, { districtId: of.districtId }))).toEqual([
      ['FORBIDDEN', undefined],
    ]);
    expect(codesOf(await vote(of.head, id, true))).toEqual([['FORBIDDEN', undefined]]);
    const other = await team();
    expect(codesOf(await vote(other.members[0], id, true))).toEqual([['NOT_FOUND', 'input.id']]);
    expect(codesOf(await propose(other.members[0], { districtId: of.districtId }))).toEqual([
      ['FORBIDDEN', undefined],
    ]);
    expect(await optionsOf(other.members[0], of.districtId)).toBeNull();
  });

  test('is counted among those who were there on the morning of the last day', async () => {
    const of = await team();
    const id = await proposed(of);
    for (const member of of.members.slice(0, 3)) await vote(member, id, true);
    // Two who come in the night of the count cannot turn three of five into three of seven.
    await Promise.all([of.district.receptionist(`tard-${id}`), of.district.receptionist(`plus-tard-${id}`)]);
    await database.sql(
      `update membership m set starts_at = now() - interval '30 days' from worker w
       where w.id = m.worker_id and m.district_id = $1 and w.subject not like '%tard-%'`,
      [of.districtId],
    );
    await database.sql(
      `update membership m set starts_at = now() from worker w where w.id = m.worker_id and m.district_id = $1 and w.subject like '%tard-%'`,
      [of.districtId],
    );
    await weekLater(id);
    expect(await optionsOf(of.members[0], of.districtId)).toMatchObject([{ status: 'ADOPTED' }]);
  });

  test('is announced to the members, and so is the result; the head is told what is adopted', async () => {
    const of = await teamThatHas('WALK_IN_HOUR');
    const kinds = async (who: Requester): Promise<unknown[]> =>
      (await who.send('{ notifications { edges { node { kind } } } }')).data?.['notifications'].edges.map(
        ({ node }: { node: { kind: string } }) => node.kind,
      );
    expect(await kinds(of.members[3])).toEqual(['OPTION_DECIDED', 'OPTION_PROPOSED']);
    expect(await kinds(of.head)).toEqual(['OPTION_DECIDED']);
    expect(await optionsOf(of.head, of.districtId)).toMatchObject([{ status: 'ADOPTED', myVote: null }]);
  });
});

/** Hours of Alice for calls, on one day unless said otherwise. */
const calls = (of: Team, day: string, more = {}) => ({
  districtId: of.districtId,
  workerId: of.workerId,
  startsOn: day,
  typeCodes: ['CALL_BACK'],
  modes: ['PHONE'],
  opensAt: '10:00',
  closesAt: '11:30',
  ...more,
});
const call = (who: Requester, of: Team, day: string, time: string, more = {}): Promise<Answer> =>
  book(who, {
    districtId: of.districtId,
    workerIds: [of.workerId],
    typeCode: 'CALL_BACK',
    startsAt: inParis(day, time),
    ...more,
  });

describe('without the option of its team,', () => {
  test.each(['CALL_BACK', 'INFORMATION_MEETING'])(
    'nobody holds %s: not in hours, not booked, not waited for',
    async (typeCode) => {
      const of = await team();
      const [alice, , , rachida] = of.members;
      const day = dayAfter(today(), 3);
      const isMeeting = typeCode === 'INFORMATION_MEETING';
      const refused = [['INVALID_INPUT', isMeeting ? 'input.typeCode' : 'input.typeCodes']];
      if (isMeeting) {
        const { errors } = await rachida.send(
          'mutation ($input: OpenCollectiveAppointmentInput!) { openCollectiveAppointment(input: $input) { id } }',
          {
            input: {
              districtId: of.districtId,
              workerIds: [of.workerId],
              typeCode,
              startsAt: inParis(day, '10:00'),
            },
          },
        );
        expect(errors.map(({ extensions }) => [extensions.code, extensions['field']])).toEqual(refused);
        return;
      }
      const hours = {
        districtId: of.districtId,
        workerId: of.workerId,
        startsOn: day,
        typeCodes: [typeCode],
        modes: ['PHONE'],
      };
      expect(codesOf(await open(alice, hours))).toEqual(refused);
      expect(
        codesOf(
          await book(rachida, {
            districtId: of.districtId,
            workerIds: [of.workerId],
            typeCode,
            startsAt: inParis(day, '10:00'),
          }),
        ),
      ).toEqual([['INVALID_INPUT', 'input.typeCode']]);
      expect(
        codesOf(
          await rachida.send(
            'mutation ($input: RequestAppointmentInput!) { requestAppointment(input: $input) { id } }',
            {
              input: { districtId: of.districtId, typeCode, calledName: 'Madame B.' },
            },
          ),
        ),
      ).toEqual([['INVALID_INPUT', 'input.typeCode']]);
    },
  );
});

describe('with the option of its team,', () => {
  test('a worker opens their own hours for calls, and nobody opens them for a colleague', async () => {
    const of = await teamThatHas('CALL_BACK');
    const [alice, , , rachida] = of.members;
    const day = workingDaysAfter(today()).next().value;
    const hours = {
      districtId: of.districtId,
      workerId: of.workerId,
      startsOn: day,
      typeCodes: ['CALL_BACK'],
      modes: ['PHONE'],
    };
    expect(codesOf(await open(rachida, hours))).toEqual([['INVALID_INPUT', 'input.typeCodes']]);
    expect((await open(alice, { ...hours, opensAt: '09:00', closesAt: '09:30' })).errors).toEqual([]);
    const found = await search(rachida, { districtId: of.districtId, typeCode: 'CALL_BACK' });
    expect(
      found.data?.['slots'].slots.map(({ startsAt }: { startsAt: string }) => startsAt.slice(11, 16)),
    ).toHaveLength(3);
  });

  test('a call-back is no refusal: whoever waits for an appointment still does, and nobody waits for a call-back', async () => {
    const of = await teamThatHas('CALL_BACK');
    const [alice, , , rachida] = of.members;
    const day = workingDaysAfter(dayAfter(today(), 1)).next().value;
    await open(alice, calls(of, day));
    const { id: personId } = await of.district.person({ familyName: 'Nom' });
    const ask = (typeCode: string): Promise<Answer> =>
      rachida.send(
        'mutation ($input: RequestAppointmentInput!) { requestAppointment(input: $input) { id status version } }',
        { input: { districtId: of.districtId, typeCode, personId } },
      );
    const before = (await ask('FIRST_RECEPTION')).data?.['requestAppointment'];
    expect(before).toMatchObject({ status: 'WAITING' });
    expect((await call(rachida, of, day, '10:00', { personIds: [personId] })).errors).toEqual([]);
    const { data } = await rachida.send(
      'query ($id: ID!) { appointmentRequest(id: $id) { id status version } }',
      { id: before.id },
    );
    expect(data?.['appointmentRequest']).toEqual(before);
    expect(codesOf(await ask('CALL_BACK'))).toEqual([['INVALID_INPUT', 'input.typeCode']]);
  });

  test('the desk books and moves a call only in hours that the worker opened for calls; the worker does as they like', async () => {
    const of = await teamThatHas('CALL_BACK');
    const [alice, , , rachida] = of.members;
    const day = workingDaysAfter(dayAfter(today(), 1)).next().value;
    await open(alice, calls(of, day));
    const refused = [['INVALID_INPUT', 'input.startsAt']];
    expect(codesOf(await call(rachida, of, day, '12:00'))).toEqual(refused);
    const { data } = await call(rachida, of, day, '10:00');
    const { id, version } = data?.['bookAppointment'] ?? {};
    const later = (time: string) => ({ id, expectedVersion: version, startsAt: inParis(day, time) });
    expect(codesOf(await move(rachida, later('12:00')))).toEqual(refused);
    expect((await move(rachida, later('10:30'))).errors).toEqual([]);
    expect((await call(alice, of, day, '12:00')).errors).toEqual([]);
    expect(codesOf(await call(rachida, of, day, '11:00', { inARow: 2 }))).toEqual([
      ['INVALID_INPUT', 'input.inARow'],
    ]);
  });

  test('nothing of it goes on after its days: neither hours, nor a booking, nor a move', async () => {
    const of = await teamThatHas('CALL_BACK');
    const [alice, , , rachida] = of.members;
    const day = workingDaysAfter(dayAfter(today(), 1)).next().value;
    const after = dayAfter(today(), 95);
    await open(alice, calls(of, day));
    const { data } = await call(rachida, of, day, '10:00');
    const { id, version } = data?.['bookAppointment'] ?? {};
    expect(codesOf(await open(alice, calls(of, dayAfter(day, 1), { endsOn: after })))).toEqual([
      ['INVALID_INPUT', 'input.typeCodes'],
    ]);
    expect(codesOf(await call(alice, of, after, '10:00'))).toEqual([['INVALID_INPUT', 'input.typeCode']]);
    const moved = { id, expectedVersion: version, startsAt: inParis(after, '10:00') };
    expect(codesOf(await move(alice, moved))).toEqual([['INVALID_INPUT', 'input.startsAt']]);
    // What is booked stays when the option is over, and the database itself moves it nowhere.
    await database.sql(
      `update team_option set proposed_on = $2::date - 20, voted_until = $2::date - 13, starts_on = $2::date - 10, ends_on = $2::date
       where id = $1`,
      [of.optionId, today()],
    );
    await byHand(database, `alice-${teams}`, async (hand) => {
      const later = `update appointment set starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day' where id = $1`;
      expect(await hand(later, [id])).toBe('P0001');
    });
    const left = await database.sql('select status::text from appointment where district_id = $1', [
      of.districtId,
    ]);
    expect(left).toEqual([{ status: 'BOOKED' }]);
  });

  test('hours without appointment are said to everyone, without a name, and nobody books in them', async () => {
    const of = await teamThatHas('WALK_IN_HOUR');
    const [alice, bruno, , rachida] = of.members;
    const anyone = app.anonymous;
    const day = workingDaysAfter(dayAfter(today(), 1)).next().value;
    const hours = {
      districtId: of.districtId,
      startsOn: day,
      typeCodes: ['WALK_IN_HOUR'],
      modes: ['ON_SITE'],
    };
    expect(await walkInHours(anyone, of.districtId)).toEqual([]);
    const mixed = { ...hours, workerId: of.workerId, typeCodes: ['WALK_IN_HOUR', 'FIRST_RECEPTION'] };
    expect(codesOf(await open(alice, mixed))).toEqual([['INVALID_INPUT', 'input.typeCodes']]);
    await open(alice, { ...hours, workerId: of.workerId, opensAt: '10:00', closesAt: '11:00' });
    const viewer = await bruno.send('{ viewer { worker { id } } }');
    const brunoId = viewer.data?.['viewer'].worker.id;
    await open(bruno, { ...hours, workerId: brunoId, opensAt: '10:30', closesAt: '11:30' });
    expect(await walkInHours(anyone, of.districtId)).toEqual([
      {
        startsAt: inParis(day, '10:00').toISOString(),
        endsAt: inParis(day, '11:30').toISOString(),
        place: null,
      },
    ]);
    const booking = { districtId: of.districtId, workerIds: [of.workerId], typeCode: 'WALK_IN_HOUR' };
    expect(codesOf(await book(rachida, { ...booking, startsAt: inParis(day, '10:00') }))).toEqual([
      ['INVALID_INPUT', 'input.typeCode'],
    ]);
    expect(codesOf(await search(rachida, { districtId: of.districtId, typeCode: 'WALK_IN_HOUR' }))).toEqual([
      ['INVALID_INPUT', 'filter.typeCode'],
    ]);
    const [{ textFr }] = await optionsOf(alice, of.districtId);
    expect(textFr).toMatch(/coûte de l’attente/);
  });
});
