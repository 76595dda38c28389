import { describe, expect, test } from '@jest/globals';
import { buildSchema, type ExecutionResult, parse, subscribe } from 'graphql';
import { compilePolicies, type Policies } from '../../policies/rules/compile.js';
import { allow, and, deny, not, or, type Policy, rowRule, viewerRule } from '../../policies/rules/rules.js';
import { rule as shieldRule } from '../../policies/rules/shield.js';
import { CosmosError } from '../../src/errors.js';
import { ask, bothGuarded, operationOf, shieldedSchema } from './against-shield.js';
import { answersLikeShield } from './like-shield.js';

/**
 * The compiled policies answer as graphql-shield's own run-time does, on random schemas, rule trees, rows, viewers and
 * queries: the same data, and the same paths refused; but for these, each shown below.
 *
 *  1. `not` of a rule that fails: shield grants, ours is unavailable.
 *  2. A rule that fails before one that grants, in an `or` or `race`: shield grants, ours is unavailable.
 *  3. A rule that fails: shield says "Not Authorised!", or the words that it returned; ours UNAVAILABLE.
 *  4. `and` asks its rules in turn and stops at the first refusal; shield asks them all at once.
 *  5. A rule about the viewer is asked once per operation; shield asks it for each field of each row.
 *  6. No rule is kept from one row to the next; shield's `contextual` cache grants all rows what it granted the first.
 *  7. An undefined or a plain function where a rule should be does not compile; shield drops the type's whole map, and
 *     its fallback applies.
 *  8. `*` does not compile; in shield a field's own rule takes its place rather than adding to it.
 *  9. `subscribe` is guarded, and each event; in shield a subscription with a `resolve` is opened unguarded.
 * 10. An operator without rules does not compile; shield grants an empty `and`.
 *
 * The random trees leave out 1 and 2 alone, the comparison of errors 3; 6 to 10 are no trees of our rules.
 */

describe('compiled policies and graphql-shield', () => answersLikeShield(600));

const words = { fr: 'x', en: 'x' };
const yes = viewerRule(words, () => true);
const no = viewerRule(words, () => false);
const broken = viewerRule(words, () => {
  throw new Error('the directory is gone');
});
const mine = rowRule<{ mine: boolean }>(words, (_viewer, row) => row.mine);

const SDL = 'type Query { rows: [Row!] } type Row { secret: String }';
const ROWS = {
  rows: [
    { mine: true, secret: 'a' },
    { mine: false, secret: 'b' },
    { mine: false, secret: 'c' },
  ],
};
const guarding = (secret: Policy): Policies => ({ Query: { rows: allow }, Row: { secret } });

/** What each answers for the three secrets, and how its errors read. */
async function answers(secret: Policy) {
  const { compiled, shielded } = bothGuarded(SDL, guarding(secret));
  const of = ({ data, errors }: ExecutionResult) => ({
    secrets: (data as unknown as typeof ROWS).rows.map((row) => row.secret),
    errors: (errors ?? []).map(({ originalError, message }) =>
      originalError instanceof CosmosError ? originalError.code : message,
    ),
  });
  return {
    ours: of(await ask(compiled, '{ rows { secret } }', ROWS)),
    shields: of(await ask(shielded, '{ rows { secret } }', ROWS)),
  };
}

const ALL = { secrets: ['a', 'b', 'c'], errors: [] };
const UNAVAILABLE = { secrets: [null, null, null], errors: Array(3).fill('UNAVAILABLE') };

describe('on purpose, they differ', () => {
  test('1. `not` of a rule that fails: shield grants, ours is unavailable', async () => {
    expect(await answers(not(broken))).toEqual({ ours: UNAVAILABLE, shields: ALL });
    const vague = viewerRule(words, () => undefined as unknown as boolean);
    expect(await answers(not(vague))).toEqual({ ours: UNAVAILABLE, shields: ALL });
  });

  test('2. a rule that fails before one that grants: shield grants, ours is unavailable', async () => {
    expect(await answers(or(broken, yes))).toEqual({ ours: UNAVAILABLE, shields: ALL });
    expect(await answers(or(yes, broken))).toEqual({ ours: ALL, shields: ALL });
  });

  test('3. a rule that fails: shield says not authorised or the rule’s own words, ours UNAVAILABLE', async () => {
    const { ours, shields } = await answers(broken);
    expect(ours).toEqual(UNAVAILABLE);
    expect(new Set(shields.errors)).toEqual(new Set(['Not Authorised!']));
    const talkative = await answers(viewerRule(words, () => 'told by the rule' as unknown as boolean));
    expect(talkative.ours).toEqual(UNAVAILABLE);
    expect(new Set(talkative.shields.errors)).toEqual(new Set(['told by the rule']));
  });

  test('4. `and` stops at the first refusal, where shield asks on', async () => {
    let asked = 0;
    const counts = rowRule(words, () => {
      asked += 1;
      return true;
    });
    const { compiled, shielded } = bothGuarded(SDL, guarding(and(no, counts)));
    await ask(compiled, '{ rows { secret } }', ROWS);
    expect(asked).toBe(0);
    await ask(shielded, '{ rows { secret } }', ROWS);
    expect(asked).toBe(3);
  });

  test('5. a rule about the viewer is asked once per operation, where shield asks for each row', async () => {
    let asked = 0;
    const counts = viewerRule(words, () => {
      asked += 1;
      return true;
    });
    const { compiled, shielded } = bothGuarded(SDL, guarding(or(and(counts, mine), counts)));
    await ask(compiled, '{ rows { secret again: secret } }', ROWS);
    expect(asked).toBe(1);
    asked = 0;
    await ask(shielded, '{ rows { secret again: secret } }', ROWS);
    expect(asked).toBe(12);
  });

  test('6. no row is granted what another was, as by shield’s contextual cache', async () => {
    const cached = shieldRule('mine', { cache: 'contextual' })((row: { mine: boolean }) => row.mine);
    const leaking = shieldedSchema(buildSchema(SDL), guarding(cached));
    const { data } = await ask(leaking, '{ rows { secret } }', ROWS);
    expect(data).toEqual({ rows: [{ secret: 'a' }, { secret: 'b' }, { secret: 'c' }] });
    expect(() => compilePolicies(buildSchema(SDL), guarding(cached))).toThrow('Row.secret: not a rule');
    expect((await answers(mine)).ours.secrets).toEqual(['a', null, null]);
  });

  test('7. what is no rule does not compile, where shield drops its whole map for the fallback', async () => {
    const wide = 'type Query { open: String closed: String }';
    for (const slip of [undefined, () => false]) {
      const policies = { Query: { open: slip, closed: deny } } as unknown as Policies;
      expect(() => compilePolicies(buildSchema(wide), policies)).toThrow(/^Query\.open/);
      const { applyMiddleware, shield } = await import('../../policies/rules/shield.js');
      // The fallback is `allow` unless told otherwise: `closed` is denied, and is answered.
      const shielded = applyMiddleware(buildSchema(wide), shield(policies as never));
      const { data } = await ask(shielded, '{ closed }', { closed: 'told' });
      expect(data).toEqual({ closed: 'told' });
    }
  });

  test('8. `*` does not compile, where in shield a field’s own rule replaces it', async () => {
    const policies = { Query: { rows: allow }, Row: { '*': deny, secret: yes } };
    const { data } = await ask(shieldedSchema(buildSchema(SDL), policies), '{ rows { secret } }', ROWS);
    expect(data).toEqual({ rows: [{ secret: 'a' }, { secret: 'b' }, { secret: 'c' }] });
    expect(() => compilePolicies(buildSchema(SDL), { ...policies, Row: { '*': deny } })).toThrow(
      'Row.secret has no rule',
    );
  });

  test('9. a refused subscription opens no source of events, where shield opens it', async () => {
    let opened = 0;
    const build = () => {
      const schema = buildSchema('type Query { a: String } type Subscription { told: String }');
      const field = schema.getSubscriptionType()?.getFields()['told'];
      if (field === undefined) throw new Error('no field');
      field.subscribe = async function* () {
        opened += 1;
        yield { told: 'x' };
      };
      field.resolve = (event: { told: string }) => event.told;
      return schema;
    };
    const policies = { Query: { a: allow }, Subscription: { told: no } };
    const document = parse('subscription { told }');
    const listen = async (schema: ReturnType<typeof build>) => {
      const events = await subscribe({ schema, document, contextValue: operationOf() });
      if (Symbol.asyncIterator in events) for await (const _ of events);
    };
    await listen(compilePolicies(build(), policies));
    expect(opened).toBe(0);
    await listen(shieldedSchema(build(), policies));
    expect(opened).toBe(1);
  });

  test('10. an operator without rules does not compile, where shield grants an empty `and`', async () => {
    const { data } = await ask(
      shieldedSchema(buildSchema(SDL), guarding(and())),
      '{ rows { secret } }',
      ROWS,
    );
    expect(data).toEqual({ rows: [{ secret: 'a' }, { secret: 'b' }, { secret: 'c' }] });
    expect(() => compilePolicies(buildSchema(SDL), guarding(and()))).toThrow('Row.secret: joins no rules');
  });
});
