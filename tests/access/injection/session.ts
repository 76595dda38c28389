import pg from 'pg';
import { LOGINS } from '../../../src/auth/logins.js';
import { derivedPassword, urlAs } from '../../../src/database/roles.js';
import type { TestDatabase } from '../../support/database.js';
import { logIn } from '../../support/login.js';
import type { Sender } from './scene.js';

/** What a statement answered: its rows, or each part of its error, as one text; and how many rows it changed or found. */
export interface Said {
  readonly text: string;
  readonly count: number;
  /** The SQLSTATE of the refusal; null if it was not refused. */
  readonly code: string | null;
}

/** A connection of a sender. */
export interface Session {
  /** Begins a transaction, and logs in if the sender has a login. */
  begin(): Promise<void>;
  /** Says a statement. A refusal undoes that statement alone. */
  say(sql: string, values?: readonly unknown[]): Promise<Said>;
  rollback(): Promise<void>;
  close(): Promise<void>;
}

/** Bytes as hexadecimal digits, so that a canary in them is found. */
const readable = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && 'type' in value && value.type === 'Buffer' && 'data' in value
    ? Buffer.from(value.data as number[]).toString('hex')
    : value;

function saidOf(answer: pg.QueryResult | pg.QueryResult[], notices: readonly string[]): Said {
  const last = [answer].flat().at(-1);
  const rows = JSON.stringify(last?.rows ?? [], readable);
  return { text: [rows, ...notices].join('\n'), count: last?.rowCount ?? 0, code: null };
}

function refusalOf(error: unknown, notices: readonly string[]): Said {
  const { code = '', message, detail, hint, where, column, constraint } = error as pg.DatabaseError;
  const parts = [code, message, detail, hint, where, column, constraint, ...notices];
  return { text: parts.filter(Boolean).join('\n'), count: 0, code };
}

/** Opens a connection of a sender. @param options as `PGOPTIONS` has them */
export async function openSession(
  database: TestDatabase,
  sender: Sender,
  options?: string,
): Promise<Session> {
  const connectionString = urlAs(database.url, sender.role, derivedPassword('tests', sender.role));
  const client = new pg.Client({ connectionString, ...(options === undefined ? {} : { options }) });
  client.on('error', () => undefined);
  const notices: string[] = [];
  client.on('notice', ({ message }) => notices.push(message ?? ''));
  await client.connect();
  return {
    begin: async () => {
      await client.query('begin');
      if (sender.login === null) return;
      const known = LOGINS.find(({ login }) => login === sender.login);
      if (known === undefined) throw new Error(`no login ${sender.login}`);
      const { refused } = await logIn(client, known);
      if (refused !== undefined) throw new Error(`${sender.login}: ${String(refused)}`);
    },
    say: async (sql, values = []) => {
      notices.length = 0;
      const inside = await client.query('savepoint statement').then(
        () => true,
        () => false,
      );
      try {
        return saidOf(await client.query(sql, [...values]), notices);
      } catch (error) {
        if (inside) await client.query('rollback to savepoint statement').catch(() => undefined);
        return refusalOf(error, notices);
      }
    },
    rollback: async () => {
      await client.query('rollback').catch(() => undefined);
    },
    close: () => client.end(),
  };
}

/** The answers of a sender's statements, in one transaction, which is rolled back unless it is said otherwise. */
export async function sayAll(
  database: TestDatabase,
  sender: Sender,
  statements: readonly string[],
  end: 'commit' | 'rollback' = 'rollback',
): Promise<readonly Said[]> {
  const session = await openSession(database, sender);
  try {
    await session.begin();
    const answers: Said[] = [];
    for (const sql of statements) answers.push(await session.say(sql));
    if (end === 'commit') await session.say('commit');
    return answers;
  } finally {
    await session.rollback();
    await session.close();
  }
}
