import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
} from 'graphql';
import { guardSchema } from '../../policies/index.js';
import { buildCosmosSchema } from '../../schema/index.js';
import { ERROR_CODES } from '../../src/errors.js';
import { messageText } from '../../src/messages.js';
import { type Answer, startTestApp, type TestApp } from '../support/app.js';
import { VOTED_ON } from '../support/county/agenda.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { inFlight } from '../support/crawler/crawl.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ahead, dayAhead, minutesAfter } from '../support/days.js';
import { everyTeamSays } from '../support/statistics.js';

const CANARY = 'CANARY-7f3';
const schema = await buildCosmosSchema();
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
const queries = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
  (field) => field.args.length > 0,
);

/** How much of it is done. */
export interface Form {
  /** Of so many hostile values one is sent to each place of each operation. */
  readonly oneOf: number;
  /** Whether everything else about errors is tested too. */
  readonly andTheRest: boolean;
}

/** Whatever is sent, errors have a closed code, name the field, and show nothing of what is behind. */
export function answerErrors({ oneOf, andTheRest }: Form): void {
  // Each place of each operation begins with another, so that together they get them all.
  const some = <T>(all: readonly T[], place: number): T[] =>
    all.filter((_one, nth) => nth % oneOf === place % oneOf);
  let database: TestDatabase;
  let make: Rows;
  let app: TestApp;
  let real: Readonly<Record<string, string>> = {};

  beforeAll(async () => {
    database = await cloneDatabase('cosmos_demo');
    app = await startTestApp(database);
    const [row] = await database.sql<{ ids: Record<string, string> }>(`select jsonb_build_object(
    'districtId', d.id, 'workerId', w2.id, 'toWorkerId', w2.id, 'absentWorkerId', w.id, 'standInId', w2.id,
    'caseId', c.id, 'personId', cp.person_id, 'noteId', n.id, 'noticeId', (select id from privacy_notice limit 1),
    'appointmentId', (select a.id from appointment a where a.worker_ids @> array[w.id] and a.status = 'BOOKED' order by starts_at desc limit 1),
    'needId', (select id from need where case_id = c.id limit 1), 'me', w.id,
    'membershipId', (select id from membership where worker_id = w2.id limit 1),
    'clientId', (select id from client where client_id = 'client.booking')) as ids
    from worker w, worker w2, district d, "case" c, case_person cp, interview_note n
    where w.subject = 'worker.sevran' and w2.subject = 'worker2.sevran' and d.slug = 'sevran' and c.assigned_worker_id = w.id
      and c.status = 'OPEN' and cp.case_id = c.id and n.case_id = c.id and n.reader_id = w.id and n.author_id = w.id limit 1`);
    if (row === undefined) throw new Error('the county has no such case');
    real = row.ids;
    const { districtId, personId, me, workerId } = real;
    make = rowsOf(database);
    const appointmentRequestId = await make.appointmentRequest({ districtId, personId, dutyWorkerId: me });
    const startsAt = ahead(9);
    const slotOfferId = await make.slotOffer({
      requestId: appointmentRequestId,
      districtId,
      workerId,
      startsAt,
      endsAt: minutesAfter(startsAt, 60),
      channel: 'NEUTRAL_TEXT',
    });
    const visitId = await make.visit({ districtId, kind: 'CALL', personId, workerId: me });
    const messageId = await make.message({ districtId, workerId: me, personId });
    await database.sql('delete from team_option');
    const voteOnOptionId = await make.teamOption({ districtId, kind: 'WALK_IN_HOUR', ...VOTED_ON });
    const made = { appointmentRequestId, slotOfferId, visitId, messageId, voteOnOptionId };
    const [counted] = await database.sql<{ ids: Record<string, string> }>(
      `select jsonb_build_object('adoptIndicatorId', c.id, 'stateOpinionId', c.id, 'openConsultationId', p.id, 'refuseIndicatorId', p.id,
       'retireIndicatorId', a.id) as ids
     from indicator c, indicator p, indicator a
     where c.status = 'CONSULTED' and p.status = 'PROPOSED' and a.status = 'ADOPTED' and a.code = 'CASES_CLOSED'`,
    );
    const confirmWordsId = await make.indicator({ code: 'TO_BE_READ', confirmedOn: null });
    const withdrawWordsId = await make.indicator({ code: 'TO_BE_WITHDRAWN' });
    real = { ...real, ...made, ...counted?.ids, confirmWordsId, withdrawWordsId };
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const FORBIDDEN_WORDS =
    /select |insert |update |delete from|constraint|violates|_fkey|_check|_pkey|prisma|postgres|sqlstate|relation "|column|\.[jt]s\b|node_modules|\bat [A-Z]\w+\.|syntax for type|out of range/i;

  /** Each error has a code of the list. It names no table, no statement and no file. */
  function expectClosed(answer: Answer): void {
    const errors = JSON.stringify(answer.errors);
    expect(errors).not.toContain(CANARY);
    expect(errors).not.toContain(CANARY.toLowerCase());
    for (const error of answer.errors)
      expect(JSON.stringify([error.message, error.extensions])).not.toMatch(FORBIDDEN_WORDS);
    expect(answer.codes).not.toContain('INTERNAL');
    expect(answer.status).toBeLessThan(500);
    for (const error of answer.errors) {
      expect(
        Object.keys(error).every((key) => ['message', 'locations', 'path', 'extensions'].includes(key)),
      ).toBe(true);
      const { code, field, reason, nextFreeSlots, looseEnds, ...rest } = error.extensions;
      expect(ERROR_CODES).toContain(code);
      expect(rest).toEqual({});
      if (code === 'INVALID_INPUT') expect(field).toMatch(/^[A-Za-z-]+(\.[A-Za-z0-9]+)*$/);
      expect(['CONFLICT', 'STATISTICS_REFUSED'].includes(code)).toBe(reason !== undefined);
      if (nextFreeSlots !== undefined) expect(['SLOT_TAKEN', 'DAY_SHARE_TAKEN']).toContain(reason);
      if (looseEnds !== undefined) expect(reason).toBe('LOOSE_ENDS');
    }
  }

  /** Values that a form, a script or an enemy sends for a type: wrong in kind, in size, in characters, in time. */
  function hostileValues(type: GraphQLNamedType): readonly unknown[] {
    const wrongKinds = [{ [CANARY]: CANARY }, [[CANARY]], [null], CANARY, true, 1.5, 1e308];
    if (isEnumType(type)) return [...wrongKinds, '', 'open', '__proto__', 'toString'];
    switch (type.name) {
      case 'Int':
        return [...wrongKinds, 2_147_483_647, -2_147_483_648, 2_147_483_648, 99_999_999_999, -1, 0, '1', 0.1];
      case 'Date':
        return [
          ...wrongKinds,
          '0001-01-01',
          '0000-01-01',
          '9999-12-31',
          '+275760-09-13',
          '275760-09-13',
          '-000001-01-01',
          '2026-02-30',
          '2026-13-01',
          '',
          '1',
          0,
          '2026-01-01T00:00:00Z',
        ];
      case 'DateTime':
      case 'DateTimeISO':
        return [
          ...wrongKinds,
          '0001-01-01T00:00:00Z',
          '0000-01-01T00:00:00Z',
          '9999-12-31T23:59:59.999Z',
          '9999-12-31T23:59:59-12:00',
          '+275760-09-13T00:00:00Z',
          '-271821-04-20T00:00:00Z',
          '0001-01-01T00:00:00+14:00',
          '2026-02-30T00:00:00Z',
          '2026-01-01T24:00:00Z',
          '2026-01-01T00:00:60Z',
          '2026-01-01T00:00:00+99:99',
          '2026-01-01',
          8.64e15,
          -8.64e15,
          '',
        ];
      case 'Boolean':
        return [...wrongKinds, 'true', 0];
      default:
        return [
          ...wrongKinds,
          '',
          '   ',
          `${CANARY}\u0000`,
          '\u0000',
          `\ud800${CANARY}`,
          `${CANARY}\udc00`,
          '\ufeff',
          '\u202e',
          `${CANARY}' or 1=1 --`,
          `${CANARY}${'x'.repeat(60_000)}`,
          '00000000-0000-0000-0000-000000000000',
          randomUUID(),
          `{${randomUUID()}}`,
          '%',
          '\\',
          '{',
          '0',
          7,
          Buffer.from(`9999999-01-01|${CANARY}`).toString('base64url'),
          Buffer.from(`0001-01-01T00:00:00Z|${randomUUID()}`).toString('base64url'),
          Buffer.from(`+275760-09-13T00:00:00Z|${'-'.repeat(36)}`).toString('base64url'),
          Buffer.from(`-271821-04-20T00:00:00Z|${randomUUID()}`).toString('base64url'),
        ];
    }
  }

  const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();
  const LATER = new Date(Date.now() + 2 * 86_400_000).toISOString();
  const IN_A_MONTH = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const TABLE_OF_ID: Readonly<Record<string, string>> = {
    updatePerson: 'person',
    disableWorker: 'worker',
    endMembership: 'membership',
    disableClient: 'client',
    withdrawScope: 'client',
    amendNote: 'interview_note',
    moveAppointment: 'appointment',
    cancelAppointment: 'appointment',
    endNeed: 'need',
    changeRequest: 'appointment_request',
    setUrgency: 'appointment_request',
    recordPresence: 'appointment_request',
    withdrawRequest: 'appointment_request',
    recordOffer: 'slot_offer',
    answerOffer: 'slot_offer',
    directVisit: 'visit',
    takeIn: 'visit',
    closeVisit: 'visit',
    closeMessage: 'message',
  };
  const ID_OF_TABLE: Readonly<Record<string, string>> = {
    person: 'personId',
    worker: 'workerId',
    membership: 'membershipId',
    client: 'clientId',
    interview_note: 'noteId',
    appointment: 'appointmentId',
    need: 'needId',
    appointment_request: 'appointmentRequestId',
    slot_offer: 'slotOfferId',
    visit: 'visitId',
    message: 'messageId',
  };

  /** A value that fits, so that what is hostile beside it gets as far as it can. */
  async function fittingValue(
    operation: string,
    path: readonly string[],
    type: GraphQLInputType,
  ): Promise<unknown> {
    const named = getNamedType(type);
    const name = path.at(-1) ?? '';
    if (isInputObjectType(named)) {
      const fields = Object.values(named.getFields()).filter((field) => isNonNullType(field.type));
      const entries = await Promise.all(
        fields.map(async (field) => [
          field.name,
          await fittingValue(operation, [...path, field.name], field.type),
        ]),
      );
      return Object.fromEntries(entries);
    }
    if (isEnumType(named)) return named.getValues()[0]?.name;
    if (operation === 'proposeOption' && named.name === 'Date')
      return dayAhead(name === 'startsOn' ? 20 : 40);
    if (named.name === 'Date') return name === 'until' ? IN_A_MONTH : '2026-01-05';
    if (named.name.startsWith('DateTime')) return name === 'endsAt' || name === 'to' ? LATER : TOMORROW;
    if (named.name === 'Boolean') return false;
    if (name === 'year') return new Date().getFullYear();
    if (named.name === 'Int') {
      const table = TABLE_OF_ID[operation] ?? (operation.endsWith('Case') ? 'case' : undefined);
      const id = table === 'case' ? real['caseId'] : real[ID_OF_TABLE[table ?? ''] ?? ''];
      const [row] =
        table === undefined
          ? []
          : await database.sql<{ version: number }>(`select version from "${table}" where id = $1`, [id]);
      return row?.version ?? 1;
    }
    if (name === 'id')
      return (
        real[ID_OF_TABLE[TABLE_OF_ID[operation] ?? ''] ?? `${operation}Id`] ??
        real[operation === 'case' ? 'caseId' : 'none'] ??
        randomUUID()
      );
    if (name === 'workerIds') return [operation === 'bookAppointment' ? real['me'] : real['workerId']];
    if (name === 'personIds') return [real['personId']];
    if (name === 'noteIds') return [real['noteId']];
    return (
      real[name] ??
      {
        typeCode: 'FIRST_RECEPTION',
        code: operation === 'recordNeed' ? 'LOG-01' : 'APPOINTMENTS',
        indicator: 'APPOINTMENTS',
        period: '2026-03',
        labelFr: 'Dossiers ouverts',
        scope: 'booking',
        fullName: 'Ana Petit',
        body: 'Texte',
        line: '1 rue',
      }[name] ??
      'x'
    );
  }

  const OF_THE_DESK = [
    'requestAppointment',
    'changeRequest',
    'recordPresence',
    'recordVisit',
    'directVisit',
    'takeIn',
    'closeVisit',
    'sendMessage',
  ];

  function whoActs(name: string): string {
    if (['disableWorker', 'endMembership', 'disableClient', 'withdrawScope'].includes(name)) return 'admin';
    if (/^(assignCase|reassignCase|declareAbsence|changeAbsence|absences|openRelay|endRelay)$/.test(name))
      return 'head.sevran';
    if (['busyTimes', 'personLookUp', 'registerPerson', ...OF_THE_DESK].includes(name))
      return 'reception.sevran';
    if (
      [
        'confirmRelay',
        'openConsultation',
        'adoptIndicator',
        'refuseIndicator',
        'retireIndicator',
        'confirmWords',
        'withdrawWords',
      ].includes(name)
    )
      return 'adviser';
    return name === 'accessLog' ? 'dpo' : 'worker.sevran';
  }

  type Field = GraphQLField<unknown, unknown>;

  /** The operation with one variable per argument, which asks for the least. */
  function operationOf(kind: 'query' | 'mutation', field: Field): string {
    const variables = field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
    const args = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
    return `${kind} (${variables}) { ${field.name}(${args}) { __typename } }`;
  }

  /** Each place of an operation's input: an argument, or a field of the input object that it is. */
  function placesOf(field: Field): { path: readonly string[]; type: GraphQLInputType }[] {
    return field.args.flatMap((arg) => {
      const named = getNamedType(arg.type);
      const inner = isInputObjectType(named) ? Object.values(named.getFields()) : [];
      return [
        { path: [arg.name], type: arg.type },
        ...inner.map((each) => ({ path: [arg.name, each.name], type: each.type })),
      ];
    });
  }

  async function fittingVariables(field: Field): Promise<Record<string, unknown>> {
    const required = field.args.filter((arg) => isNonNullType(arg.type));
    const entries = await Promise.all(
      required.map(async (arg) => [arg.name, await fittingValue(field.name, [arg.name], arg.type)]),
    );
    return Object.fromEntries(entries);
  }

  /** As JSON text, so that half a surrogate pair leaves as the escape that it is. */
  function withValue(
    variables: Record<string, unknown>,
    [root = '', leaf]: readonly string[],
    value: unknown,
  ): Record<string, unknown> {
    if (leaf === undefined) return { ...variables, [root]: value };
    return { ...variables, [root]: { ...(variables[root] as object | undefined), [leaf]: value } };
  }

  const operations = [
    ...queries.map((field) => ['query', field.name, field] as const),
    ...mutations.map((field) => ['mutation', field.name, field] as const),
  ];

  const numberOf = (field: Field): number => operations.findIndex(([, , each]) => each === field);

  describe('hostile values are answered with a closed code, and never echoed', () => {
    test.each(operations)('in the %s %s', async (kind, _, field) => {
      const requester = await app.as(whoActs(field.name));
      const query = operationOf(kind, field);
      let refused = 0;
      const all = placesOf(field).flatMap(({ path, type }, place) =>
        some([null, ...hostileValues(getNamedType(type))], numberOf(field) + place).map((value) => ({
          path,
          value,
        })),
      );
      // One that is refused, whichever the others are.
      const [{ path: first } = { path: [] }] = placesOf(field);
      all.push({ path: first, value: { [CANARY]: CANARY } });
      // A refusal waits for the beat: many at once wait together.
      await inFlight(all, 8, async ({ path, value }) => {
        const variables = withValue(await fittingVariables(field), path, value);
        const answer = await requester.send(query, variables);
        try {
          expectClosed(answer);
        } catch (error) {
          const shown = JSON.stringify(value)?.slice(0, 80);
          throw new Error(`${path.join('.')} = ${shown}: ${answer.status} ${answer.text.slice(0, 300)}`, {
            cause: error,
          });
        }
        refused += answer.errors.length > 0 ? 1 : 0;
      });
      expect(refused).toBeGreaterThan(3 / oneOf);
    });

    test.each(operations)('in a list, in the %s %s', async (kind, _, field) => {
      const requester = await app.as(whoActs(field.name));
      const lists = placesOf(field).filter((place) => String(place.type).startsWith('['));
      for (const [place, { path, type }] of lists.entries()) {
        for (const value of some(hostileValues(getNamedType(type)), numberOf(field) + place)) {
          const answer = await requester.send(
            operationOf(kind, field),
            withValue(await fittingVariables(field), path, [value, value]),
          );
          expectClosed(answer);
        }
      }
    });

    test.each(operations)('as literals, in the %s %s', async (kind, _, field) => {
      const requester = await app.as(whoActs(field.name));
      for (const [place, arg] of field.args.entries()) {
        for (const literal of some(
          [
            `"${CANARY}"`,
            `"""${CANARY}"""`,
            '99999999999999999999',
            '1e999',
            `{ x: "${CANARY}" }`,
            `["${CANARY}"]`,
            'null',
            `{ id: "${CANARY}`,
          ],
          numberOf(field) + place,
        )) {
          expectClosed(
            await requester.send(`${kind} { ${field.name}(${arg.name}: ${literal}) { __typename } }`),
          );
        }
      }
    });
  });

  if (!andTheRest) return;

  test('the API lists the codes of the union, each once', async () => {
    const answer = await app.anonymous.send('{ errorCodes __type(name: "ErrorCode") { name } }');
    expect(answer.codes).toEqual(['UNAUTHENTICATED']);
    const listed = (await app.anonymous.send('{ errorCodes }')).data?.['errorCodes'];
    expect([...listed].sort()).toEqual([...ERROR_CODES].sort());
    const described = await (await app.as('dpo')).send(
      '{ __type(name: "ErrorCode") { enumValues { name } } }',
    );
    expect(described.data?.['__type'].enumValues.map((value: { name: string }) => value.name).sort()).toEqual(
      [...ERROR_CODES].sort(),
    );
  });

  describe('what is required and missing is named', () => {
    const required = mutations.flatMap((field) => {
      const input = getNamedType(field.args[0]?.type as GraphQLInputType);
      const fields = isInputObjectType(input) ? Object.values(input.getFields()) : [];
      return fields
        .filter((each) => isNonNullType(each.type))
        .map((each) => [field.name, each.name, field] as const);
    });

    test.each(required)('by %s, when there is no %s', async (_, name, field) => {
      const requester = await app.as(whoActs(field.name));
      const variables = await fittingVariables(field);
      const { [name]: _left, ...input } = variables['input'] as Record<string, unknown>;
      for (const faulty of [input, { ...input, [name]: null }]) {
        const answer = await requester.send(operationOf('mutation', field), { input: faulty });
        expect([answer.status, answer.data]).toEqual([400, undefined]);
        expect(answer.errors).toEqual([
          {
            message: 'Ce champ est obligatoire.',
            extensions: { code: 'INVALID_INPUT', field: `input.${name}` },
          },
        ]);
      }
    });

    test.each(mutations.map((field) => [field.name, field] as const))(
      'by %s, when there is no input',
      async (_, field) => {
        const answer = await (await app.as('worker.sevran')).send(operationOf('mutation', field), {});
        expect([answer.status, answer.errors[0]?.extensions]).toEqual([
          400,
          { code: 'INVALID_INPUT', field: 'input' },
        ]);
      },
    );
  });

  describe('a field that does not fit is named', () => {
    const REGISTER = 'mutation ($x: RegisterPersonInput!) { registerPerson(input: $x) { id } }';
    const register = (input: object) => (): [string, object] => [
      REGISTER,
      { x: { districtId: real['districtId'], ...input } },
    ];

    test.each<[string, string, string, () => [string, object]]>([
      ['input.birthDate', 'reception.sevran', 'a day that is none', register({ birthDate: '2026-02-30' })],
      ['input.birthDate', 'reception.sevran', 'a day in the future', register({ birthDate: '2999-01-01' })],
      ['input.givenName', 'reception.sevran', 'a text too long', register({ givenName: 'x'.repeat(101) })],
      ['input.phone', 'reception.sevran', 'a NUL', register({ phone: '06\u0000' })],
      ['input.familyName', 'reception.sevran', 'half a surrogate pair', register({ familyName: 'a\ud83d' })],
      ['input.safeContact', 'reception.sevran', 'an unknown value', register({ safeContact: CANARY })],
      ['input', 'reception.sevran', 'an unknown field', register({ [CANARY]: 1 })],
      [
        'input',
        'reception.sevran',
        'an unknown field that looks like a path',
        register({ [`x at "${CANARY}"`]: 1 }),
      ],
      [
        'input.personIds.1',
        'worker.sevran',
        'the second of a list',
        () => [
          'mutation ($x: OpenCaseInput!) { openCase(input: $x) { id } }',
          {
            x: {
              districtId: real['districtId'],
              mission: 'RSA',
              personIds: [real['personId'], { id: CANARY }],
            },
          },
        ],
      ],
      [
        'first',
        'worker.sevran',
        'a number too large',
        () => ['query ($n: Int) { cases(first: $n) { edges { cursor } } }', { n: 2_147_483_648 }],
      ],
      [
        'first',
        'worker.sevran',
        'a page too large',
        () => ['query ($n: Int) { cases(first: $n) { edges { cursor } } }', { n: 101 }],
      ],
      [
        'after',
        'worker.sevran',
        'a cursor of nowhere',
        () => ['query ($c: String) { cases(after: $c) { edges { cursor } } }', { c: CANARY }],
      ],
      [
        'input.expectedVersion',
        'worker.sevran',
        'a version too large',
        () => [
          'mutation ($x: CloseCaseInput!) { closeCase(input: $x) { id } }',
          { x: { caseId: real['caseId'], expectedVersion: 99_999_999_999 } },
        ],
      ],
    ])('%s to %s: %s', async (field, login, _, request) => {
      const [query, variables] = request();
      const answer = await (await app.as(login)).send(query, variables as Record<string, unknown>);
      expectClosed(answer);
      expect(answer.errors.map((error) => error.extensions)).toEqual([{ code: 'INVALID_INPUT', field }]);
    });

    test('one by one, five at most', async () => {
      const input = { givenName: 1, familyName: 2, chosenName: 3, birthDate: 4.5, phone: 5, safeContact: 6 };
      const answer = await (await app.as('reception.sevran')).send(REGISTER, {
        x: { districtId: [], ...input },
      });
      expect(answer.status).toBe(400);
      expect(answer.codes).toEqual(Array.from({ length: 5 }, () => 'INVALID_INPUT'));
      expect(new Set(answer.errors.map((error) => error.extensions['field'])).size).toBe(5);
    });
  });

  describe('statistics that are refused say why, in two languages', () => {
    const question = (indicator: string, period: string, by: readonly string[], districtId?: string) => ({
      document: `query ($indicator: String!, $period: String!, $districtId: ID, $by: [String!]) {
      statistics(indicator: $indicator, period: $period, districtId: $districtId, by: $by) { period } }`,
      variables: { indicator, period, districtId, by },
    });
    const proposal = (
      labelFr: string,
      dimensions: readonly string[] | null = null,
      measure: string | null = 'APPOINTMENTS',
    ) => ({
      document: 'mutation ($input: ProposeIndicatorInput!) { proposeIndicator(input: $input) { id } }',
      variables: {
        input: {
          districtId: real['districtId'],
          code: 'ESSAI',
          labelFr,
          labelEn: 'x',
          definitionFr: 'x',
          countsFr: 'x',
          doesNotCountFr: 'x',
          measure,
          dimensions,
        },
      },
    });
    const simulation = (districtId: string | undefined, typeCode: string) => ({
      document: 'mutation ($input: SimulateWaitInput!) { simulateWait(input: $input) { id } }',
      variables: { input: { districtId, typeCode, halfDaysNow: 24 } },
    });
    const adoption = (id: string | undefined) => ({
      document: 'mutation ($input: AdoptIndicatorInput!) { adoptIndicator(input: $input) { id } }',
      variables: { input: { id } },
    });
    /** In consultation, and what each team has said of it. */
    const consulted = async (position: 'FOR' | 'AGAINST' | 'RESERVED'): Promise<string> => {
      const id = await make.indicator({
        code: `X${randomUUID().replaceAll('-', '').toUpperCase()}`,
        status: 'CONSULTED',
        consultedFrom: dayAhead(0),
        consultedUntil: dayAhead(20),
      });
      await database.sql(everyTeamSays(position), [[id]]);
      return id;
    };

    const adopted = (place: number): Promise<string> =>
      make.indicator({
        code: `FULL_${place}`,
        status: 'ADOPTED',
        consultedFrom: '2024-12-02',
        consultedUntil: '2024-12-20',
        adoptedOn: '2025-01-01',
        givenBy: 'DISTRICT',
        place,
      });

    test.each<
      [
        reason: string,
        field: string | undefined,
        login: string,
        request: () =>
          | { document: string; variables: Record<string, unknown> }
          | Promise<{ document: string; variables: Record<string, unknown> }>,
      ]
    >([
      ['WORKER_DIMENSION', 'by', 'worker.sevran', () => question('VISITS', '2026-03', ['WORKER'])],
      ['WORKER_DIMENSION', 'by', 'head.sevran', () => question('VISITS', '2026-03', ['VISIT_KIND', 'agent'])],
      ['RANKING', 'by', 'adviser', () => question('VISITS', '2026-03', ['DISTRICT'])],
      ['UNKNOWN_DIMENSION', 'by', 'dpo', () => question('VISITS', '2026-03', ['COLOUR'])],
      ['UNKNOWN_DIMENSION', 'by', 'dpo', () => question('VISITS', '2026-03', ['MODE\u0000'])],
      ['UNKNOWN_DIMENSION', 'by', 'dpo', () => question('VISITS', '2026-03', ['AGE_BAND'])],
      ['NOT_IN_PROGRAMME', 'by', 'worker.sevran', () => question('APPOINTMENTS', '2026-03', ['MODE'])],
      ['NOT_FROZEN', 'period', 'client.reporting', () => question('VISITS', '2199-01', [])],
      ['SUBJECTIVE', 'input.labelFr', 'worker.sevran', () => proposal('Écoute et soutien')],
      ['ABOUT_WORKERS', 'input.labelFr', 'head.sevran', () => proposal('Rendez-vous par agent')],
      ['NOT_COLLECTED', 'input.labelFr', 'worker.sevran', () => proposal('Personnes par nationalité')],
      ['WORKER_DIMENSION', 'input.dimensions', 'worker.sevran', () => proposal('Rendez-vous', ['WORKER'])],
      ['UNKNOWN_DIMENSION', 'input.dimensions', 'worker.sevran', () => proposal('Rendez-vous', ['URGENCY'])],
      [
        'TEAMS_TO_BE_HEARD',
        'input.id',
        'adviser',
        async () => {
          const id = await consulted('FOR');
          await database.sql('delete from indicator_voice where indicator_id = $1 and district_id = $2', [
            id,
            real['districtId'],
          ]);
          return adoption(id);
        },
      ],
      [
        'TELLS_OF_ONE',
        'input.districtId',
        'adviser',
        async () => {
          const slug = `x-${randomUUID()}`;
          return simulation(await make.district({ slug, name: slug }), 'FIRST_RECEPTION');
        },
      ],
      // Nothing is measured of a type that not everyone may book.
      [
        'TOO_FEW_WEEKS',
        'input.typeCode',
        'worker.sevran',
        () => simulation(real['districtId'], 'SOCIAL_ASSESSMENT'),
      ],
      ['TIED', 'input.id', 'adviser', async () => adoption(await consulted('RESERVED'))],
      [
        'TOO_FEW_HEARD',
        'input.id',
        'adviser',
        async () => {
          const id = await consulted('FOR');
          await database.sql('delete from indicator_voice where indicator_id = $1', [id]);
          await database.sql(`alter table indicator disable trigger indicator_steps;
            update indicator set consulted_from = current_date - 60, consulted_until = current_date - 2 where id = '${id}';
            alter table indicator enable trigger indicator_steps`);
          return adoption(id);
        },
      ],
      [
        'SECOND_ADVISER',
        'input.id',
        'adviser',
        async () => {
          const id = await consulted('FOR');
          const { document, variables } = adoption(id);
          await (await app.as('adviser')).send(document, variables);
          return adoption(id);
        },
      ],
      ['NOT_AGREED', 'input.id', 'adviser', async () => adoption(await consulted('AGAINST'))],
      [
        'SECOND_READER',
        'input.id',
        'worker.sevran',
        async () => {
          const id = await make.indicator({
            code: 'OWN_WORDS',
            proposedInId: real['districtId'],
            confirmedOn: null,
          });
          await make.wordsAuthor({ wordsId: id, workerId: real['me'] });
          return {
            document: 'mutation ($input: ConfirmWordsInput!) { confirmWords(input: $input) { confirmedOn } }',
            variables: { input: { of: 'PROPOSAL', id } },
          };
        },
      ],
      [
        'FIVE_OPEN',
        'input.districtId',
        'worker.sevran',
        async () => {
          await Promise.all(
            [1, 2, 3, 4, 5].map((nth) =>
              make.indicator({ code: `OPEN_${nth}`, proposedInId: real['districtId'] }),
            ),
          );
          return proposal('Dossiers de trop');
        },
      ],
      ['NOT_RECORDED', 'input.measure', 'worker.sevran', () => proposal('Domiciliations', null, null)],
      [
        'NOT_SIGNED',
        'input.year',
        'adviser',
        async () => {
          const [draft] = await database.sql<{ districtId: string; year: number; expectedVersion: number }>(
            `select r.district_id as "districtId", r.year, r.version as "expectedVersion" from activity_report r join district d on d.id = r.district_id
             where d.slug = 'saint-ouen'`,
          );
          return {
            document:
              'mutation ($input: PublishActivityReportInput!) { publishActivityReport(input: $input) { id } }',
            variables: { input: { ...draft } },
          };
        },
      ],
      [
        'NO_PLACE_LEFT',
        undefined,
        'adviser',
        async () => {
          const free = await database.sql<{ place: number }>(
            'select place from generate_series(1, 40) place where not exists (select from indicator i where i.place = place.place)',
          );
          await Promise.all(free.map(({ place }) => adopted(place)));
          return adoption(await consulted('FOR'));
        },
      ],
    ])('%s of %s, to %s', async (reason, field, login, request) => {
      const { document, variables } = await request();
      for (const locale of ['fr', 'en'] as const) {
        const answer = await (await app.as(login)).send(document, variables, { 'accept-language': locale });
        expectClosed(answer);
        expect(answer.status).toBe(200);
        expect(answer.errors.map(({ message, extensions }) => ({ message, extensions }))).toEqual([
          {
            message: messageText(`statistics.${reason}`, locale),
            extensions: { code: 'STATISTICS_REFUSED', reason, ...(field === undefined ? {} : { field }) },
          },
        ]);
      }
      expect(messageText(`statistics.${reason}`, 'fr')).not.toBe(messageText(`statistics.${reason}`, 'en'));
    });

    test('a code that nothing can have finds nothing, NUL and all', async () => {
      const who = await app.as('worker.sevran');
      for (const code of ['NONE', 'x\u0000', '', '%']) {
        const { document, variables } = question(code, '2026-03', []);
        expect((await who.send(document, variables)).errors.map(({ extensions }) => extensions)).toEqual([
          { code: 'NOT_FOUND', field: 'indicator' },
        ]);
        const listed = await who.send(
          `query ($code: String, $d: ID!) { indicators(code: $code) { id }
          indicatorObservations(districtId: $d, year: 2026, code: $code) { id } }`,
          { code, d: real['districtId'] },
        );
        expect(listed.data).toEqual({ indicators: [], indicatorObservations: [] });
        const added = await who.send(
          'mutation ($input: AddObservationInput!) { addObservation(input: $input) { id } }',
          {
            input: { code, districtId: real['districtId'], year: new Date().getFullYear(), text: 'x' },
          },
        );
        expect(added.errors.map(({ extensions }) => extensions)).toEqual([
          { code: 'NOT_FOUND', field: 'input.code' },
        ]);
      }
    });
  });

  test.each(['', ' ', 'é', 'x'.repeat(129), `${CANARY} a`, 'a\tb'])(
    'an idempotency key that is none is refused by its name: %j',
    async (key) => {
      const query = 'mutation ($x: RegisterPersonInput!) { registerPerson(input: $x) { id } }';
      const headers = { 'idempotency-key': key };
      const answer = await (await app.as('reception.sevran')).send(
        query,
        { x: { districtId: real['districtId'] } },
        headers,
      );
      expectClosed(answer);
      expect(answer.errors.map((error) => error.extensions)).toEqual([
        { code: 'INVALID_INPUT', field: 'Idempotency-Key' },
      ]);
    },
  );

  test('a defect shows nothing of itself: its code, a sentence, and where in the document', async () => {
    const secret = `select body from interview_note where id = '${CANARY}'`;
    const broken = await startTestApp(database, {
      guard: (bare) => {
        const guarded = guardSchema(bare);
        const field = guarded.getQueryType()?.getFields()['needCodes'];
        if (field !== undefined) {
          field.resolve = () => {
            throw Object.assign(new TypeError(secret), {
              code: '23505',
              extensions: { code: CANARY, sql: secret },
              table: 'person',
            });
          };
        }
        return guarded;
      },
    });
    try {
      const answer = await (await broken.as('worker.sevran')).send('{ needCodes { code } }');
      expect(answer.text).not.toContain(CANARY);
      expect(answer.errors).toEqual([
        {
          message: 'Erreur interne, consignée.',
          locations: [{ line: 1, column: 3 }],
          path: ['needCodes'],
          extensions: { code: 'INTERNAL', requestId: answer.headers['x-request-id'] },
        },
      ]);
      expect((await broken.anonymous.send('{ viewer { kind } }')).status).toBe(200);
    } finally {
      await broken.close();
    }
  });
}
