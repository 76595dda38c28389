import { randomUUID } from 'node:crypto';
import { proposedIndicators } from '../../prisma/seed/indicators.js';
import { freezeNextSnapshot, freezeSnapshots } from '../../src/jobs/freeze-snapshots.js';
import { dayInParis } from '../../src/services/operation/period.js';
import type { MeasureCode } from '../../src/statistics/measures.js';
import type { Answer } from '../support/app.js';
import type { Given } from '../support/county/rows.js';
import type { TestDatabase } from '../support/database.js';
import { together } from '../support/together.js';
import { TEST_VAULT_KEY } from '../support/vault-key.js';
import { instantInParis, raiseStage, type Stage } from './waiting-time/scene.js';

export const SECRET = Buffer.from(TEST_VAULT_KEY);

/** Year, month and day in Paris: there a month begins an hour or two before it does in UTC. */
function today(): readonly [year: number, month: number, day: number] {
  const [year = 0, month = 0, day = 0] = dayInParis(new Date()).split('-').map(Number);
  return [year, month, day];
}

/** A month by how many it was before this one, `2026-03`; two ago, it is due on any day. */
export function monthsAgo(count: number): string {
  const [year, month] = today();
  return new Date(Date.UTC(year, month - 1 - count, 1)).toISOString().slice(0, 7);
}

/** The last year that is frozen, on this day: a year is on the tenth of February. */
export function frozenYear(): string {
  const [year, month, day] = today();
  return String(year - (month > 2 || (month === 2 && day > 10) ? 1 : 2));
}

/** Adopts indicators of the catalogue, as of long ago; without any, all of them. */
export async function adopt(database: TestDatabase, ...codes: readonly MeasureCode[]): Promise<void> {
  const rows = proposedIndicators()
    .filter(({ code }) => codes.length === 0 || codes.includes(String(code) as MeasureCode))
    .map((row, nth) => ({
      ...row,
      status: 'ADOPTED',
      consulted_from: '2025-01-06',
      consulted_until: '2025-01-31',
      adopted_on: '2025-02-03',
      given_by: 'DISTRICT',
      place: nth + 1,
    }));
  const { insert } = together(database);
  await Promise.all(rows.map((row) => insert('indicator', row)));
}

/** An indicator like an adopted one, but for these columns; answers its id. */
export async function indicatorLike(
  database: TestDatabase,
  code: string,
  columns: Record<string, unknown>,
): Promise<string> {
  const [adopted] = await database.sql<{ row: Record<string, unknown> }>(
    `select to_jsonb(i) as row from indicator i where i.code = $1 and i.status = 'ADOPTED'`,
    [code],
  );
  return together(database).insert('indicator', { ...adopted?.row, id: randomUUID(), ...columns });
}

/** The ids of the districts, by their short names. */
export async function districtIds(database: TestDatabase): Promise<Record<string, string>> {
  const rows = await database.sql<{ id: string; slug: string }>('select id, slug from district');
  return Object.fromEntries(rows.map(({ id, slug }) => [slug, id]));
}

export const TABLE = `query ($indicator: String!, $period: String!, $districtId: ID, $by: [String!], $first: Int, $after: String) {
  statistics(indicator: $indicator, period: $period, districtId: $districtId, by: $by) {
    period frozenOn
    indicator { code version labelFr definitionFr givenBy unit kind }
    district { name }
    method { version variance }
    dimensions { code labelFr categories { code labelFr labelEn } }
    cells(first: $first, after: $after) {
      edges { cursor node { categories { dimension code labelFr } value low high base withheld } }
      pageInfo { hasNextPage endCursor } } } }`;

export interface Cell {
  readonly categories: readonly { readonly dimension: string; readonly code: string }[];
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly base: number | null;
  readonly withheld: string | null;
}

/** What was answered. */
export function dataOf({ data, text }: Pick<Answer, 'data' | 'text'>): NonNullable<Answer['data']> {
  if (data == null) throw new Error(text);
  return data;
}

/** The cells of an answer, by their categories: `HONOURED/ON_SITE`; the total is ''. */
export function cellsOf(answer: Pick<Answer, 'data' | 'text'>): Record<string, number | string | null> {
  const table = dataOf(answer)['statistics'];
  if (table === null) throw new Error(answer.text);
  return Object.fromEntries(
    (table.cells.edges as { node: Cell }[]).map(({ node }) => [
      node.categories.map(({ code }) => code).join('/'),
      node.value ?? node.withheld,
    ]),
  );
}

/** Why it was refused: code, reason, field. */
export function refusalOf({ errors }: Answer): (string | undefined)[] {
  const [error] = errors;
  return [error?.extensions.code, error?.extensions['reason'], error?.extensions['field']];
}

export interface StatisticsStage extends Stage {
  /** Runs the job until nothing is due. */
  freeze(): Promise<number>;
  /** Freezes one after the other, until a period is. */
  freezeUntil(period: string): Promise<void>;
  /** A visit of someone, or of nobody, received by a worker, or by nobody, at noon of a day. */
  visit(
    districtId: string,
    day: string,
    more?: { person?: string; worker?: string; outcome?: Given<'visit'>['outcome'] },
  ): Promise<string>;
}

export async function raiseStatistics(...codes: readonly MeasureCode[]): Promise<StatisticsStage> {
  const stage = await raiseStage();
  const { database, jobs } = stage;
  await adopt(database, ...codes);
  return {
    ...stage,
    freeze: () => freezeSnapshots(jobs, SECRET),
    freezeUntil: async (period) => {
      const client = await jobs.connect();
      try {
        for (;;) {
          await client.query('begin isolation level repeatable read');
          const found = await freezeNextSnapshot(client, SECRET);
          await client.query('commit');
          const { length } = await database.sql('select from snapshot where period = $1', [period]);
          if (length > 0) return;
          if (!found) throw new Error(`${period} is not due`);
        }
      } finally {
        client.release();
      }
    },
    visit: async (districtId, day, { person, worker, outcome = 'RECEIVED' } = {}) => {
      const noon = instantInParis(`${day} 12:00`);
      return stage.make.visit({
        districtId,
        kind: 'WALK_IN',
        personId: person,
        workerId: worker,
        arrivedAt: noon,
        takenInAt: worker === undefined ? undefined : noon,
        closedAt: noon,
        outcome,
      });
    },
  };
}
