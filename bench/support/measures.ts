import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/database/project-root.js';

/**
 * Returns the SQL that gives a database its measures of acts: those of the product, or none, for a login that does in a minute what a desk
 * does in days.
 */
export function measuresOfActs(measures: 'real' | 'none'): string {
  const head =
    'create or replace function measure_of(p_kind "ActKind") returns integer language sql immutable parallel safe';
  if (measures === 'none') return `${head} return 1000000`;
  const text = readFileSync(join(projectRoot, 'prisma/sql/act/functions.sql'), 'utf8');
  const body = /create function measure_of[\s\S]*?(return case[\s\S]*? end);/.exec(text)?.[1];
  if (body === undefined) throw new Error('measure_of is not where it was');
  return `${head} ${body}`;
}
