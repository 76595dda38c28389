import type { GraphQLSchema } from 'graphql';
import type { AppOptions } from '../../app/app.js';
import type { TestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { county } from '../support/county.js';
import type { TestDatabase } from '../support/database.js';
import { ahead } from '../support/days.js';

export const CANARY = 'canari-7f3a';

/** A schema without its policies. */
export const open: NonNullable<AppOptions['guard']> = (schema: GraphQLSchema) => schema;

/** The database without its row-level security on notes and their keys. */
export async function openRows(database: TestDatabase): Promise<void> {
  await database.sql('alter table interview_note disable row level security');
  await database.sql('alter table case_key disable row level security');
}

/**
 * A case of alice's with a note; a case with a note of hers that was then reassigned to bruno.
 * @returns their references
 */
export async function twoCases(database: TestDatabase): Promise<readonly string[]> {
  const sevran = (await county(database)).district('Sevran');
  const alice = sevran.worker('alice');
  const bruno = await sevran.worker('bruno');
  await sevran.head('hélène');
  const kept = await alice.case().note(`${CANARY} kept`);
  const moved = await alice.case().note(`${CANARY} moved`);
  await database.sql('update assignment set ends_at = now() where case_id = $1', [moved.id]);
  await rowsOf(database).assignment({ caseId: moved.id, workerId: bruno.id });
  return [kept.reference, moved.reference];
}

/** The database without its row-level security on those who wait. */
export async function openWaitingList(database: TestDatabase): Promise<void> {
  for (const table of ['appointment_request', 'slot_offer', 'offer_skip'])
    await database.sql(`alter table ${table} disable row level security`);
}

/** What gives away that someone waits, that something is offered to them, and that they were passed over. */
export type WaitingIds = Readonly<Record<'request' | 'offer' | 'skip', string>>;

/** Someone with a case of alice's waits, is offered something and was passed over; others there and elsewhere are none of it. */
export async function someoneWaits(database: TestDatabase): Promise<WaitingIds> {
  const built = await county(database);
  const sevran = built.district('Sevran');
  const alice = sevran.worker('alice');
  const file = await alice.case();
  const { id: districtId } = await sevran;
  const { id: workerId } = await alice;
  await sevran.worker('bruno');
  await sevran.head('hélène');
  await sevran.receptionist('rachida');
  await built.district('Gagny').receptionist('gisèle');
  const { id: onDuty } = await sevran.worker('denis');
  const make = rowsOf(database);
  const request = await make.appointmentRequest({
    districtId,
    personId: file.personId,
    caseId: file.id,
    typeCode: 'FOLLOW_UP',
    dutyWorkerId: onDuty,
  });
  const offer = await make.slotOffer({
    requestId: request,
    districtId,
    workerId,
    startsAt: ahead(9),
    endsAt: ahead(10),
  });
  const skip = await make.offerSkip({ offerId: offer, requestId: request, reason: 'BUSY_THEN' });
  return { request, offer, skip };
}

/** What each may get of it: all of what there is, by the rules. */
export const WAITING_READERS = {
  rachida: ['request', 'offer', 'skip'],
  alice: ['request', 'offer'],
  denis: ['request', 'offer'],
  hélène: ['request'],
  bruno: [],
  gisèle: [],
} as const satisfies Readonly<Record<string, readonly (keyof WaitingIds)[]>>;

/** Which of these a login gets, however it asks. */
export async function waitingAskedBy(
  app: TestApp,
  who: string,
  ids: WaitingIds,
): Promise<readonly (keyof WaitingIds)[]> {
  const request = 'id status offers { id status } skips { id reason }';
  const asker = await app.as(who);
  const answers = await Promise.all([
    asker.send(`{ waitingList { edges { node { ${request} } } } }`),
    asker.send(`query ($id: ID!) { appointmentRequest(id: $id) { ${request} } }`, { id: ids.request }),
    asker.send('query ($id: ID!) { slotOffer(id: $id) { id status startsAt text } }', { id: ids.offer }),
  ]);
  const text = answers.map((answer) => JSON.stringify(answer.data)).join('\n');
  return (['request', 'offer', 'skip'] as const).filter((kind) => text.includes(`"${ids[kind]}"`));
}

/** What each login gets of all notes: by way of the list of cases, and of each case by its reference. */
export async function notesAskedBy(
  app: TestApp,
  who: string,
  references: readonly string[],
): Promise<string> {
  const asker = await app.as(who);
  const notes = 'interviewNotes { edges { node { id body status writtenAt author { displayName } } } }';
  const answers = await Promise.all([
    asker.send(`{ cases { edges { node { ${notes} } } } }`),
    ...references.map((r) =>
      asker.send(`query ($r: String!) { caseByReference(reference: $r) { ${notes} } }`, { r }),
    ),
  ]);
  return answers.map(({ text }) => text).join('\n');
}
