import type { GraphQLSchema } from 'graphql';
import type { AppOptions } from '../../src/app.js';
import type { TestApp } from '../support/app.js';
import { county } from '../support/county.js';
import type { TestDatabase } from '../support/database.js';

export const CANARY = 'canari-7f3a';

/** A schema without its policies. */
export const open: NonNullable<AppOptions['guard']> = (schema: GraphQLSchema) => schema;

/** The database without its row-level security on notes and their keys. */
export async function openRows(database: TestDatabase): Promise<void> {
  await database.sql('alter table interview_note disable row level security');
  await database.sql('alter table case_key disable row level security');
}

/** A case of alice's with a note; a case with a note of hers that was then reassigned to bruno. */
export async function twoCases(database: TestDatabase): Promise<void> {
  const sevran = (await county(database)).district('Sevran');
  const alice = sevran.worker('alice');
  const bruno = await sevran.worker('bruno');
  await sevran.head('hélène');
  await alice.case().note(`${CANARY} kept`);
  const moved = await alice.case().note(`${CANARY} moved`);
  await database.sql('update assignment set ends_at = now() where case_id = $1', [moved.id]);
  await database.sql('insert into assignment (case_id, worker_id) values ($1, $2)', [moved.id, bruno.id]);
}

/** What each login gets of all notes by way of the case list. */
export async function notesAskedBy(app: TestApp, who: string): Promise<string> {
  const answer = await (await app.as(who)).send(
    '{ cases { edges { node { interviewNotes { edges { node { id body status writtenAt author { displayName } } } } } } } }',
  );
  return answer.text;
}
