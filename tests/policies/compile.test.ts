import { describe, expect, test } from '@jest/globals';
import { buildSchema, type ExecutionResult, executeSync, graphql, parse, subscribe } from 'graphql';
import { compilePolicies, compileRule } from '../../policies/rules/compile.js';
import {
  allow,
  and,
  chain,
  deny,
  not,
  or,
  type Policy,
  race,
  rowRule,
  type Verdict,
  viewerRule,
} from '../../policies/rules/rules.js';
import { rule as shieldRule } from '../../policies/rules/shield.js';
import { completed, MAX_REFUSALS } from '../../src/refusals.js';
import { ANONYMOUS } from '../../src/viewer.js';
import { operationOf as op } from './against-shield.js';

const words = { fr: 'x', en: 'x' };
const yes = viewerRule(words, () => true);
const no = viewerRule(words, () => false);
const broken = viewerRule(words, () => {
  throw new Error('the directory is gone');
});
const mine = rowRule<{ mine: boolean }>(words, (_viewer, row) => row.mine);

const decide = (policy: Policy, row: unknown = {}): Verdict => compileRule(policy, 'T.f')(op(), row);

describe('a compiled rule', () => {
  test('joins rules as graphql-shield does', () => {
    expect([decide(allow), decide(deny), decide(yes), decide(no)]).toEqual([true, false, true, false]);
    expect([decide(and(yes, yes)), decide(and(yes, no)), decide(chain(no, yes))]).toEqual([
      true,
      false,
      false,
    ]);
    expect([decide(or(no, yes)), decide(or(no, no)), decide(race(no, yes))]).toEqual([true, false, true]);
    expect([decide(not(no)), decide(not(yes)), decide(or(and(yes, not(no)), deny))]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('is decided for each row anew, never for the first and then for all', () => {
    const check = compileRule(mine, 'T.f');
    const context = op();
    expect([true, false, true].map((of) => check(context, { mine: of }))).toEqual([true, false, true]);
  });

  test('stops at the first refusal in a chain and an and', () => {
    expect(decide(chain(no, broken))).toBe(false);
    expect(decide(and(no, broken))).toBe(false);
  });

  test('grants nothing when it throws, not even under `not`', () => {
    expect(() => decide(broken)).toThrow();
    expect(() => decide(not(broken))).toThrow();
    expect(() => decide(or(broken, yes))).toThrow();
  });

  test('does not compile from undefined, a plain function or a rule made elsewhere', () => {
    const foreign = shieldRule('foreign', { cache: 'contextual' })(() => true);
    for (const made of [undefined, () => true, foreign, {}]) {
      expect(() => compileRule(made as unknown as Policy, 'T.f')).toThrow(
        'T.f: not a rule of policies/rules/rules.ts',
      );
    }
  });

  test('grants for true alone; what is neither true nor false is a broken rule, under `not` too', () => {
    for (const answer of [undefined, null, 1, 'yes', new Error('no'), {}]) {
      const vague = rowRule(words, () => answer as boolean);
      expect(() => decide(vague)).toThrow(TypeError);
      expect(() => decide(not(vague))).toThrow(TypeError);
    }
  });

  test('is a promise only where a rule answers one, and keeps the order', async () => {
    const asked: string[] = [];
    const later = (name: string, answer: boolean): Policy =>
      rowRule(words, async () => {
        asked.push(name);
        return answer;
      });
    expect(decide(or(yes, later('never', true)))).toBe(true);
    expect(decide(chain(no, later('never', true)))).toBe(false);
    expect(await decide(and(yes, later('a', true), not(later('b', false)), later('c', true)))).toBe(true);
    expect(await decide(chain(later('d', false), later('never', true)))).toBe(false);
    expect(await decide(race(later('e', false), later('f', true), later('never', true)))).toBe(true);
    expect(await decide(or(later('g', false), no))).toBe(false);
    expect(asked).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    await expect(decide(not(rowRule(words, () => Promise.reject(new Error('gone')))))).rejects.toThrow(
      'gone',
    );
    await expect(
      decide(not(rowRule(words, () => Promise.resolve(undefined as unknown as boolean)))),
    ).rejects.toThrow(TypeError);
  });

  test('about the viewer is asked once per operation, and anew in the next one, with its viewer', async () => {
    const asked: (string | null)[] = [];
    const isWorker = viewerRule(words, (viewer) => {
      asked.push(viewer.workerId);
      return viewer.workerId === 'w';
    });
    const checks = [compileRule(isWorker, 'T.a'), compileRule(not(not(isWorker)), 'T.b')];
    for (const workerId of ['w', null, 'w']) {
      const context = op({ ...ANONYMOUS, workerId });
      const answers = checks.flatMap((check) => [check(context, {}), check(context, { other: true })]);
      expect(answers).toEqual(Array(4).fill(workerId === 'w'));
    }
    expect(asked).toEqual(['w', null, 'w']);
  });

  test('about the viewer that answers a promise is asked once too', async () => {
    let asked = 0;
    const slow = viewerRule(words, async () => {
      asked += 1;
      return true;
    });
    const context = op();
    const check = compileRule(slow, 'T.f');
    expect(await Promise.all([check(context, {}), check(context, {})])).toEqual([true, true]);
    expect(asked).toBe(1);
  });
});

describe('a guarded schema', () => {
  const build = (policy: Policy) =>
    compilePolicies(buildSchema('type Query { rows: [Row!] } type Row { secret: String }'), {
      Query: { rows: allow },
      Row: { secret: policy },
    });
  const run = async (policy: Policy) =>
    graphql({
      schema: build(policy),
      source: '{ rows { secret again: secret } }',
      rootValue: {
        rows: [
          { mine: true, secret: 'a' },
          { mine: false, secret: 'b' },
          { mine: false, secret: 'c' },
        ],
      },
      contextValue: op(),
    });

  test('answers null for what is refused, with an error at each path', async () => {
    const { data, errors } = await run(mine);
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      rows: [
        { secret: 'a', again: 'a' },
        { secret: null, again: null },
        { secret: null, again: null },
      ],
    });
    expect(errors?.map((error) => error.path)).toEqual([
      ['rows', 1, 'secret'],
      ['rows', 1, 'again'],
      ['rows', 2, 'secret'],
      ['rows', 2, 'again'],
    ]);
    expect(errors?.[3]?.locations).toEqual([{ line: 1, column: 17 }]);
  });

  test('answers nothing but one error past a thousand refused fields', async () => {
    const ofRows = async (count: number) => {
      const contextValue = { ...op(), maxRefusals: MAX_REFUSALS };
      const rootValue = { rows: Array.from({ length: count }, () => ({ mine: false, secret: 'a' })) };
      const source = '{ rows { secret } }';
      return completed(await graphql({ schema: build(mine), source, rootValue, contextValue }), contextValue);
    };
    const most = await ofRows(MAX_REFUSALS);
    expect(most.errors).toHaveLength(1_000);
    expect(new Set(most.errors.map(({ path }) => String(path))).size).toBe(1_000);
    const [error, ...others] = (await ofRows(MAX_REFUSALS + 1)).errors;
    expect(error?.originalError).toMatchObject({ code: 'DOCUMENT_TOO_COSTLY' });
    expect(others).toEqual([]);
    expect((await ofRows(MAX_REFUSALS + 1)).data).toBeNull();
  });

  test('says once that a rule fails, in however many rows', async () => {
    const contextValue = { ...op(), maxRefusals: MAX_REFUSALS };
    const rootValue = { rows: Array.from({ length: 2 * MAX_REFUSALS }, () => ({ mine: true, secret: 'a' })) };
    const source = '{ rows { secret } }';
    const executed = await graphql({ schema: build(broken), source, rootValue, contextValue });
    const { errors } = completed(executed, contextValue);
    expect(errors.map(({ originalError }) => originalError)).toMatchObject([
      { code: 'DOCUMENT_TOO_COSTLY' },
      { code: 'UNAVAILABLE' },
    ]);
  });

  test('says unavailable, not forbidden, when a rule throws', async () => {
    const { errors } = await run(broken);
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'UNAVAILABLE' });
  });

  test('tells a rule that failed from one that refused, row by row', async () => {
    const brokenForOthers = rowRule<{ mine: boolean; secret: string }>(words, (_viewer, row) => {
      if (row.secret === 'b') return false;
      throw new Error('the directory is gone');
    });
    const { errors } = await run(brokenForOthers);
    expect(
      errors?.map(({ path, originalError }) => [path, (originalError as { code?: string }).code]),
    ).toEqual([
      [['rows', 0, 'secret'], 'UNAVAILABLE'],
      [['rows', 0, 'again'], 'UNAVAILABLE'],
      [['rows', 1, 'secret'], 'FORBIDDEN'],
      [['rows', 1, 'again'], 'FORBIDDEN'],
      [['rows', 2, 'secret'], 'UNAVAILABLE'],
      [['rows', 2, 'again'], 'UNAVAILABLE'],
    ]);
  });

  test('does not call a resolver before its rule has decided, nor after a refusal', async () => {
    const called: string[] = [];
    let decideLater: (answer: boolean) => void = () => {};
    const schema = buildSchema('type Query { held: String refused: String denied: String failed: String }');
    for (const [name, field] of Object.entries(schema.getQueryType()?.getFields() ?? {})) {
      field.resolve = () => {
        called.push(name);
        return name;
      };
    }
    const held = rowRule(words, () => new Promise<boolean>((resolve) => (decideLater = resolve)));
    const refusedLater = rowRule(words, async () => false);
    compilePolicies(schema, { Query: { held, refused: refusedLater, denied: deny, failed: broken } });
    const answer = graphql({ schema, source: '{ held refused denied failed }', contextValue: op() });
    await new Promise(setImmediate);
    expect(called).toEqual([]);
    decideLater(true);
    expect((await answer).data).toEqual({ held: 'held', refused: null, denied: null, failed: null });
    expect(called).toEqual(['held']);
  });

  test('is executed without a promise where its rules are synchronous, and leaves the stacks of errors alone', () => {
    const limit = Error.stackTraceLimit;
    const { data } = executeSync({
      schema: build(and(yes, mine, not(no))),
      document: parse('{ rows { secret } }'),
      rootValue: { rows: [{ mine: true, secret: 'a' }, { mine: false }] },
      contextValue: op(),
    });
    expect(JSON.parse(JSON.stringify(data))).toEqual({ rows: [{ secret: 'a' }, { secret: null }] });
    expect(limit).toBeGreaterThan(0);
    expect(Error.stackTraceLimit).toBe(limit);
  });

  test('leaves the resolver of what is allowed as it is', () => {
    const schema = buildSchema('type Query { a: String }');
    const field = schema.getQueryType()?.getFields()['a'];
    compilePolicies(schema, { Query: { a: allow } });
    expect(field?.resolve).toBeUndefined();
  });

  test('does not guard a field that has no rule: it does not compile', () => {
    expect(() => compilePolicies(buildSchema('type Query { a: String }'), { Query: {} })).toThrow(
      'Query.a has no rule',
    );
  });
});

describe('a guarded subscription', () => {
  const opened: string[] = [];

  function build(policy: Policy, secret: Policy = allow) {
    const schema = buildSchema(
      'type Query { a: String } type Subscription { told: Event } type Event { secret: String }',
    );
    const field = schema.getSubscriptionType()?.getFields()['told'];
    if (field === undefined) throw new Error('no field');
    field.subscribe = async function* () {
      opened.push('source');
      for (const secret of ['a', 'b', 'c']) yield { told: { secret } };
    };
    return compilePolicies(schema, {
      Query: { a: allow },
      Subscription: { told: policy },
      Event: { secret },
    });
  }

  async function listen(schema: ReturnType<typeof build>): Promise<readonly ExecutionResult[]> {
    opened.length = 0;
    const document = parse('subscription { told { secret } }');
    const events = await subscribe({ schema, document, contextValue: op() });
    if (!(Symbol.asyncIterator in events)) return [events];
    const results: ExecutionResult[] = [];
    for await (const event of events) results.push(event);
    return results;
  }
  const codes = ({ errors }: ExecutionResult) =>
    errors?.map(({ originalError }) => (originalError as { code?: string }).code);
  const secretsOf = (results: readonly ExecutionResult[]) =>
    results.map(({ data }) => (data?.['told'] as { secret: string } | null)?.secret);

  test('opens no source of events for who is refused, or when the rule fails, now or later', async () => {
    const later = viewerRule(words, async () => false);
    for (const [policy, code] of [
      [no, 'FORBIDDEN'],
      [deny, 'FORBIDDEN'],
      [later, 'FORBIDDEN'],
      [broken, 'UNAVAILABLE'],
    ] as const) {
      const results = await listen(build(policy));
      expect(results.map(codes)).toEqual([[code]]);
      expect(results[0]?.data).toBeUndefined();
      expect(opened).toEqual([]);
    }
  });

  test('opens it for who is granted', async () => {
    expect(secretsOf(await listen(build(yes)))).toEqual(['a', 'b', 'c']);
    expect(opened).toEqual(['source']);
  });

  test('judges each event anew: a right that ended is gone with the next, and each refusal is told', async () => {
    let asked = 0;
    const atFirst = viewerRule(words, () => {
      asked += 1;
      return asked <= 2;
    });
    const results = await listen(build(atFirst));
    expect(secretsOf(results)).toEqual(['a', undefined, undefined]);
    expect(results.map(codes)).toEqual([undefined, ['FORBIDDEN'], ['FORBIDDEN']]);
  });

  test('guards what an event carries, also where the subscription itself is for all', async () => {
    const first = rowRule<{ secret: string }>(words, (_viewer, row) => row.secret === 'a');
    const results = await listen(build(allow, first));
    expect(secretsOf(results)).toEqual(['a', null, null]);
    expect(results.map(codes)).toEqual([undefined, ['FORBIDDEN'], ['FORBIDDEN']]);
  });
});
