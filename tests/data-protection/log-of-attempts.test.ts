import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { clientSchema } from '../support/client-schema.js';
import { type LoggedCounty, startLoggedCounty } from './logged.js';

/**
 * Each attempt is logged before it is judged: by whoever has the role for it, with ids that name nothing, texts that are blank, days that
 * are past. A guess that is refused leaves its line, like one that is right.
 */
let made: LoggedCounty;
let schema: GraphQLSchema;

beforeAll(async () => {
  made = await startLoggedCounty();
  // She has no post left.
  const { id } = await made.sevran.worker('partie');
  await made.database.sql(`update membership set ends_at = now() - interval '1 ms' where worker_id = $1`, [
    id,
  ]);
  await made.make.personAccount({ personId: (await made.newCase()).personId, subject: 'ana' });
  schema = await clientSchema(await made.app.as('alice'));
});
afterAll(() => made.close());

/** The mutations that are about no person: indicators, decisions on them, and votes of a team. */
const ABOUT_NOBODY = new Set([
  'openConsultation',
  'adoptIndicator',
  'refuseIndicator',
  'retireIndicator',
  'simulateWait',
  'proposeOption',
  'voteOnOption',
  'signNarrative',
  'publishActivityReport',
  'proposeErratum',
  'signErratum',
  'withdrawErratum',
]);

/** Who has the role, where that is not a social worker. */
const BY: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'assignCase',
      'reassignCase',
      'reassignCases',
      'planReassignment',
      'withdrawPlannedReassignment',
      'declareAbsence',
      'changeAbsence',
      'openRelay',
      'endRelay',
    ]
      .concat(['allocateReferral', 'allocateIncomingRequest'])
      .map((name) => [name, 'hélène']),
  ),
  ...Object.fromEntries(
    ['directVisit', 'recordPresence', 'recordOffer', 'sendTimesAgain', 'noteTelephoneCancellation']
      .concat('cancelBookingsOfClient')
      .map((name) => [name, 'rachida']),
  ),
  ...Object.fromEntries(
    ['disableWorker', 'endMembership', 'confirmDeparture', 'disableClient', 'withdrawScope']
      .concat(['draftPrivacyNotice', 'rewritePrivacyNotice', 'publishPrivacyNotice'])
      .map((name) => [name, 'admin']),
  ),
  ...Object.fromEntries(['bookOnline', 'moveOnline', 'cancelOnline'].map((name) => [name, 'client.booking'])),
  proposeSafeContact: 'ana',
  approveRelease: 'conseillère',
  confirmRelay: 'conseillère',
  refuseRelease: 'conseillère',
  reviewRelease: 'déléguée',
  agreeToRelease: 'déléguée',
  closeRelease: 'déléguée',
  confirmSuspension: 'déléguée',
  liftSuspension: 'déléguée',
  contradictDeparture: 'partie',
  adviseOnPrivacyNotice: 'déléguée',
  withdrawWords: 'déléguée',
};

/** A value of the type: an id of nothing, unless it is a district's; what a service refuses, where it is given. */
function guessed(type: GraphQLInputType, name: string): unknown {
  if (isNonNullType(type)) return guessed(type.ofType, name);
  if (isListType(type)) return [guessed(type.ofType, name)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.entries(type.getFields())
        .filter(([, field]) => isNonNullType(field.type) || String(field.type) === 'ID')
        .map(([key, field]) => [key, guessed(field.type, key)]),
    );
  switch (type.name) {
    case 'ID':
      return name === 'districtId' ? made.district : randomUUID();
    case 'Int':
      return 9;
    case 'Boolean':
      return true;
    case 'DateTime':
      return '2020-01-05T09:00:00.000Z';
    case 'Date':
      return '2020-01-05';
    default:
      return ' ';
  }
}

async function linesOf(
  by: string,
  mutation: string,
  input: unknown,
): Promise<{ codes: string; lines: string[] }> {
  const type = schema.getMutationType()?.getFields()[mutation]?.args[0]?.type;
  const requester = await made.app.as(by);
  let codes = '';
  const lines = await made.logged(async () => {
    const answer = await requester.send(
      `mutation ($input: ${type}) { ${mutation}(input: $input) { __typename } }`,
      { input },
    );
    codes = answer.codes.join();
  });
  return { codes, lines };
}

const mutations = (): string[] => Object.keys(schema.getMutationType()?.getFields() ?? {});

describe('an attempt that is refused by what it names leaves its line', () => {
  test('every mutation, with guesses alone', async () => {
    const [unlogged, done]: [string[], string[]] = [[], []];
    for (const mutation of mutations()) {
      if (ABOUT_NOBODY.has(mutation)) continue;
      const type = schema.getMutationType()?.getFields()[mutation]?.args[0]?.type as GraphQLInputType;
      const { codes, lines } = await linesOf(BY[mutation] ?? 'alice', mutation, guessed(type, 'input'));
      if (codes === '') done.push(mutation);
      else
        expect({ mutation, codes }).toEqual({
          mutation,
          codes: expect.stringMatching(/^(NOT_FOUND|INVALID_INPUT|FORBIDDEN|STATISTICS_REFUSED)$/),
        });
      const attempts = lines.filter((line) => !/^READ_(?!ADDRESS)/.test(line));
      if (attempts.length === 0) unlogged.push(`${mutation}: ${codes} ${lines.join()}`);
    }
    // They name nothing.
    expect(done.sort()).toEqual(['openCalendarFeed', 'registerPerson']);
    expect(unlogged).toEqual([]);
  });

  test('in a district that is not theirs, too', async () => {
    const elsewhere = await made.one(`select id from district where name = 'Gagny'`);
    const unlogged: string[] = [];
    for (const mutation of mutations()) {
      if (ABOUT_NOBODY.has(mutation)) continue;
      const type = schema.getMutationType()?.getFields()[mutation]?.args[0]?.type as GraphQLInputType;
      const input = guessed(type, 'input') as Record<string, unknown>;
      if (!('districtId' in input)) continue;
      const { codes, lines } = await linesOf(BY[mutation] ?? 'alice', mutation, {
        ...input,
        districtId: elsewhere,
      });
      if (lines.length === 0) unlogged.push(`${mutation}: ${codes}`);
    }
    expect(unlogged).toEqual([]);
  });

  test('ninety-three guesses are ninety-three lines', async () => {
    const { personId } = await made.newCase();
    const rachida = await made.app.as('rachida');
    await made.database.sql('truncate access_log');
    for (let guess = 0; guess < 93; guess += 1)
      await rachida.send(
        'mutation ($input: RequestAppointmentInput!) { requestAppointment(input: $input) { id type { code } } }',
        { input: { districtId: made.district, personId, typeCode: 'FOLLOW_UP', insteadOfId: randomUUID() } },
      );
    expect(
      await made.database.sql(
        `select action, outcome, person_id as person, count(*)::integer as count from access_log where action <> 'READ_PERSON' group by 1, 2, 3`,
      ),
    ).toEqual([{ action: 'REQUEST_APPOINTMENT', outcome: 'REFUSED', person: personId, count: 93 }]);
  });

  test('a case that is named and found is in the line, whatever is refused after', async () => {
    const file = await made.newCase();
    const named = { caseId: file.id, expectedVersion: 1 };
    const lines = async (by: string, mutation: string, input: unknown) =>
      (await linesOf(by, mutation, input)).lines;
    expect(await lines('hélène', 'reassignCase', { ...named, workerId: randomUUID() })).toEqual([
      'READ_CASE the case by hélène: REFUSED',
      'REASSIGN_CASE the case for another by hélène: REFUSED',
    ]);
    expect(
      await lines('alice', 'recordNeed', { caseId: file.id, code: 'ZZZ', startsOn: '2020-01-05' }),
    ).toEqual(['READ_CASE the case by alice: REFUSED', 'RECORD_NEED the case by alice: REFUSED']);
    const booking = { districtId: made.district, workerIds: [made.who['alice']], typeCode: 'FOLLOW_UP' };
    expect(
      await lines('alice', 'bookAppointment', {
        ...booking,
        startsAt: '2020-01-05T09:00:00Z',
        personIds: [file.personId],
      }),
    ).toEqual(['BOOK_APPOINTMENT Ana by alice: REFUSED']);
    expect(await lines('bruno', 'updatePerson', { id: file.personId, expectedVersion: 1 })).toEqual([
      'UPDATE_PERSON Ana by bruno: REFUSED',
    ]);
  });

  test('of the confidential part, a guess that names nothing is a line about no case', async () => {
    for (const [mutation, input, line] of [
      ['writeNote', { caseId: randomUUID(), body: 'x' }, 'WRITE_NOTE by bruno: REFUSED'],
      ['amendNote', { id: randomUUID(), expectedVersion: 1, body: 'x' }, 'AMEND_NOTE by bruno: REFUSED'],
      [
        'requestRelease',
        { caseId: randomUUID(), ground: 'COURT_ORDER' },
        'REQUEST_NOTE_RELEASE by bruno: REFUSED',
      ],
      ['acceptHandover', { id: randomUUID() }, 'ACCEPT_HANDOVER by bruno: REFUSED'],
    ] as const)
      expect((await linesOf('bruno', mutation, input)).lines).toEqual([line]);
  });
});

describe('an attempt by a key that was used leaves its line, and has no effect', () => {
  const SUSPEND = 'mutation ($input: SuspendContactInput!) { suspendContact(input: $input) { __typename } }';
  const suspend = async (key: string, personId: string): Promise<{ codes: string; lines: string[] }> => {
    const requester = await made.app.as('alice');
    let codes = '';
    const lines = await made.logged(async () => {
      const answer = await requester.send(SUSPEND, { input: { personId } }, { 'idempotency-key': key });
      codes = answer.codes.join();
    });
    return { codes, lines };
  };

  test('of another request: what was tried, by whom and of whom', async () => {
    const [one, other] = [await made.newCase(), await made.newCase()];
    expect((await suspend('used-once', one.personId)).codes).toBe('');
    const reused = await suspend('used-once', other.personId);
    expect(reused).toEqual({
      codes: 'CONFLICT',
      lines: expect.arrayContaining(['SUSPEND_CONTACT Ana by alice: CONFLICT']),
    });
    expect(
      await made.database.sql('select contact_suspended_at as at from person where id = $1', [
        other.personId,
      ]),
    ).toEqual([{ at: null }]);
  });

  test('of the same request, that is answered again', async () => {
    const { personId } = await made.newCase();
    const first = await suspend('twice', personId);
    expect(first.lines).toContain('SUSPEND_CONTACT Ana by alice: DONE');
    const again = await suspend('twice', personId);
    expect(again.codes).toBe('');
    expect(again.lines).toContain('SUSPEND_CONTACT Ana by alice: CONFLICT');
    expect(again.lines).not.toContain('SUSPEND_CONTACT Ana by alice: DONE');
  });
});

describe('a question that is refused leaves its line, too', () => {
  const asks = async (by: string, query: string) => {
    const requester = await made.app.as(by);
    return made.logged(() => requester.send(query));
  };

  test('a look-up without the one thing that the person says', async () => {
    expect(await asks('rachida', '{ personLookUp(input: { fullName: "Ana Petit" }) { id } }')).toEqual([
      'LOOK_UP_PERSON by rachida: DONE',
    ]);
  });

  test('when a colleague is busy, in a past or for too long', async () => {
    const ids = `districtId: "${made.district}", workerId: "${made.who['bruno']}"`;
    for (const [from, to] of [
      ['2020-01-01T00:00:00Z', '2020-01-02T00:00:00Z'],
      ['2100-01-01T00:00:00Z', '2101-01-02T00:00:00Z'],
    ])
      expect(
        await asks('rachida', `{ busyTimes(${ids}, from: "${from}", to: "${to}") { startsAt } }`),
      ).toEqual(['FILTER_BY_WORKER for bruno by rachida: DONE']);
  });

  test('a colleague’s agenda, and their appointments', async () => {
    const ids = `districtId: "${made.district}", workerId: "${made.who['bruno']}"`;
    expect(await asks('alice', `{ availabilities(${ids}) { id } }`)).toEqual([
      'FILTER_BY_WORKER for bruno by alice: DONE',
    ]);
    const filter = `filter: { workerId: "${made.who['bruno']}", from: "2020-01-01T00:00:00Z" }`;
    expect(await asks('rachida', `{ appointments(${filter}) { edges { cursor } } }`)).toEqual([
      'FILTER_BY_WORKER for bruno by rachida: DONE',
    ]);
  });
});
