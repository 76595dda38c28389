import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEVELOPMENT_ISSUER } from '../../../src/auth/development-issuer.js';
import { proofFor, TEST_LOGIN_SECRET } from '../../support/login.js';
import { NOBODY, type Scene, setScene } from './scene.js';
import { openSession, type Session } from './session.js';

/** What login() makes of proofs that are used, cut, moved to other claims, or rolled back, and of claims that are odd. */
let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
});
afterAll(() => scene.database.drop());

const HAND = { subject: 'worker.sevran', scopes: ['notes:read'] };

async function withSessions<T>(act: (one: Session, other: Session) => Promise<T>): Promise<T> {
  const sessions = await Promise.all([0, 1].map(() => openSession(scene.database, NOBODY)));
  const [one, other] = sessions as [Session, Session];
  try {
    for (const session of sessions) await session.begin();
    return await act(one, other);
  } finally {
    for (const session of sessions) {
      await session.rollback();
      await session.close();
    }
  }
}

const logInWith = async (session: Session, claims: string, proof: Buffer): Promise<string> =>
  (await session.say('select login($1, $2) as viewer', [claims, proof])).text;
const viewerOf = async (session: Session): Promise<string> =>
  (await session.say(`select current_setting('backtrace_functions') as viewer`)).text;
const NOT_ANYONE = '[{"viewer":""}]';
/** The proof of a text, as the API signs it. */
const sign = (text: string): Buffer =>
  createHmac('sha256', TEST_LOGIN_SECRET).update(`cosmos login\n${text}`).digest();

describe('a proof', () => {
  test('that is used makes no viewer: at once, later, in a savepoint, after RESET ALL, or beside another', async () => {
    const [claims, proof] = proofFor(HAND);
    await withSessions(async (one, other) => {
      expect(await logInWith(one, claims, proof)).toContain('clientId');
      await one.say('commit');
      for (const statements of [
        [],
        ['savepoint s'],
        ['reset all'],
        ['set local search_path = pg_catalog, public'],
        ['commit', 'discard all', 'begin'],
        ['commit', 'begin isolation level serializable'],
      ])
        for (const session of [one, other]) {
          await session.rollback();
          await session.say('begin');
          for (const sql of statements) await session.say(sql);
          expect(await logInWith(session, claims, proof)).not.toContain('clientId');
          expect(await viewerOf(session)).toBe(NOT_ANYONE);
        }
    });
  });

  test('that is forgotten makes a viewer again: the check above can fail', async () => {
    const [claims, proof] = proofFor(HAND);
    await withSessions(async (one) => {
      await logInWith(one, claims, proof);
      await one.say('commit');
      await scene.database.sql('delete from login_proof');
      await one.say('begin');
      expect(await logInWith(one, claims, proof)).toContain('clientId');
    });
  });

  test('serves one of two connections that use it at the same time', async () => {
    const [claims, proof] = proofFor(HAND);
    await withSessions(async (one, other) => {
      const both = Promise.all(
        [one, other].map(async (session) => {
          const text = await logInWith(session, claims, proof);
          await session.say('commit');
          return text.includes('clientId');
        }),
      );
      expect((await both).filter(Boolean)).toHaveLength(1);
    });
  });

  test('makes no viewer that outlives its savepoint, its statement or its transaction', async () => {
    await withSessions(async (one) => {
      const [claims, proof] = proofFor(HAND);
      await one.say('savepoint here');
      expect(await logInWith(one, claims, proof)).toContain('clientId');
      await one.say('rollback to savepoint here');
      expect(await viewerOf(one)).toBe(NOT_ANYONE);
      await one.say('commit and chain');
      expect(await viewerOf(one)).toBe(NOT_ANYONE);
    });
  });

  test('makes no second viewer, and none after the first was thrown away', async () => {
    await withSessions(async (one) => {
      const first = proofFor(HAND);
      await logInWith(one, ...first);
      const viewer = await viewerOf(one);
      expect(await logInWith(one, ...proofFor({ ...HAND, subject: 'head.sevran' }))).toContain(
        'second-login',
      );
      expect(await viewerOf(one)).toBe(viewer);
      await one.say('reset all');
      expect(await logInWith(one, ...first)).toContain('proof-used');
      expect(await viewerOf(one)).toBe(NOT_ANYONE);
    });
  });

  test('that is cut, longer, empty, null or beside a changed text makes no viewer', async () => {
    const [claims, proof] = proofFor(HAND);
    const tries: readonly (readonly [string, Buffer])[] = [
      ...[0, 1, 31].map((length) => [claims, proof.subarray(0, length)] as const),
      [claims, Buffer.concat([proof, Buffer.alloc(1)])],
      [claims, Buffer.from(proof.toString('hex'))],
      [claims, Buffer.from(proof.toString('base64'))],
      [`${claims} `, proof],
      [`\n${claims}`, proof],
      [claims.replace('"worker.sevran"', '"\\u0077orker.sevran"'), proof],
      [claims.replace('{', '{"subject":"head.sevran",'), proof],
      [claims.replace('}', ',"subject":"head.sevran"}'), proof],
      [claims.replace('worker.sevran', 'head.sevran'), proof],
      [`${claims}${'x'.repeat(1_000_000)}`, proof],
    ];
    await withSessions(async (one) => {
      for (const [text, signature] of tries) {
        expect(await logInWith(one, text, signature)).toContain('proof-unknown');
        expect(await viewerOf(one)).toBe(NOT_ANYONE);
      }
      for (const sql of [
        'select login(null, null)',
        `select login('${claims}', null)`,
        `select login(null, '\\x00')`,
      ])
        expect((await one.say(sql)).text).not.toContain('clientId');
    });
  });
});

/** Claims that a token of the identity provider could hold, if the API signed them as they are. */
const odd = (changes: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    issuer: DEVELOPMENT_ISSUER,
    subject: HAND.subject,
    client: 'front.demo',
    scopes: HAND.scopes,
    token: 'ab',
    nonce: randomUUID(),
    at: Date.now() / 1_000,
    ...changes,
  });

describe('claims that are odd, and proven, make no viewer with more', () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['a subject that is an array', { subject: ['worker.sevran'] }],
    ['a subject that is an object', { subject: { worker: 'sevran' } }],
    ['a subject that is null', { subject: null }],
    ['a subject with a space', { subject: 'worker.sevran ' }],
    ['a subject in upper case', { subject: 'WORKER.SEVRAN' }],
    ['a subject with a wildcard', { subject: 'worker%' }],
    ['a subject with a comma', { subject: 'worker.sevran,cosmos' }],
    ['a client that is an array', { client: ['front.demo'] }],
    ['a client that is null', { client: null }],
    ['an issuer that is null', { issuer: null }],
    ['scopes that are a text', { scopes: 'notes:read' }],
    ['scopes that the client has not', { scopes: ['notes:read', 'booking'] }],
    ['scopes with a comma', { scopes: ['notes:read,,,'] }],
    ['scopes with a space', { scopes: ['notes:read log:read'] }],
    ['a nonce that is null', { nonce: null }],
    ['a nonce that is no id', { nonce: 'x' }],
    ['a time that is not a number', { at: 'NaN' }],
    ['a time that is infinite', { at: 'Infinity' }],
    ['a time that is a text', { at: 'now' }],
  ])('%s', async (_name, changes) => {
    await withSessions(async (one) => {
      const text = odd(changes);
      expect(await logInWith(one, text, sign(text))).not.toContain('clientId');
      expect(await viewerOf(one)).toBe(NOT_ANYONE);
    });
  });

  test('a digest of the token moves no part of the viewer', async () => {
    await withSessions(async (one) => {
      const text = odd({ token: 'ab,notesXwrite,TECHNICAL_ADVISER' });
      expect(await logInWith(one, text, sign(text))).toContain('clientId');
      expect(await viewerOf(one)).not.toMatch(/TECHNICAL_ADVISER|notesXwrite/);
    });
  });

  test('claims without a time', async () => {
    await withSessions(async (one) => {
      const text = odd({ at: undefined });
      expect(await logInWith(one, text, sign(text))).not.toContain('clientId');
    });
  });
});

test('no option of a connection makes a viewer or a role', async () => {
  const worker = scene.hidden.author.replaceAll('-', '');
  for (const option of [
    `-c backtrace_functions=cosmos,${worker}`,
    `--backtrace_functions=cosmos,${worker}`,
    '-c role=cosmos_keeper',
    '-c session_authorization=cosmos_owner',
    '-c session_replication_role=replica',
    '-c log_statement=all',
  ])
    await expect(openSession(scene.database, NOBODY, option)).rejects.toMatchObject({ code: '42501' });
});
