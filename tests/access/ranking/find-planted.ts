import { expect, test } from '@jest/globals';
import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { startCrawledCounty } from '../../support/crawler/county.js';
import type { Pairs } from './gathered.js';
import { gather } from './measure.js';

type Row = Readonly<Record<string, unknown>>;

/** A field answers rows that have `marks`, as if the rules took them for something else. */
function plant(schema: GraphQLSchema, [type, name]: readonly [string, string], marks: Row): void {
  const owner = schema.getType(type);
  const field = isObjectType(owner) ? owner.getFields()[name] : undefined;
  const resolve = field?.resolve as GraphQLFieldResolver<unknown, unknown> | undefined;
  if (field === undefined || resolve === undefined) throw new Error(`${type}.${name} has no resolver`);
  field.resolve = async (...args) => {
    const found = (await resolve(...args)) as (Row & { readonly edges?: readonly { node: Row }[] }) | null;
    if (found?.edges === undefined) return found && { ...found, ...marks };
    return {
      ...found,
      edges: found.edges.map((edge) => ({ ...edge, node: { ...edge.node, ...marks } })),
    };
  };
}

interface Planted {
  readonly coordinate: readonly [type: string, field: string];
  readonly marks: Row;
  readonly found: keyof Pairs;
}

export const PLANTED = {
  'a list of visits that goes on showing who received them': {
    coordinate: ['Query', 'visits'],
    marks: { goesOn: true },
    found: 'pastVisits',
  },
  'an appointment that goes on showing the desk what became of it': {
    coordinate: ['Query', 'appointment'],
    marks: { saidNow: true },
    found: 'outcomes',
  },
} satisfies Readonly<Record<string, Planted>>;

/** What lets the desk rank, put into the schema on purpose, is found by the measure. */
export function findPlanted(names: readonly (keyof typeof PLANTED)[]): void {
  test.each(names)('%s is found', async (name) => {
    const { coordinate, marks, found }: Planted = PLANTED[name];
    const county = await startCrawledCounty((schema) => plant(schema, coordinate, marks));
    try {
      const gathered = await gather(county, { days: 1, logins: ['reception.sevran'] });
      expect(gathered.get('reception.sevran')?.pairs()[found].length).toBeGreaterThan(0);
    } finally {
      await county.close();
    }
  });
}
