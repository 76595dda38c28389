import { randomUUID } from 'node:crypto';
import { LOGINS } from '../../src/auth/logins.js';
import type { BenchApp, BenchCounty, Requester } from './app.js';

/** Social workers of all three districts who have no demo login. */
const MORE_WORKERS = ['agent-01', 'agent-02', 'agent-04', 'agent-06', 'agent-08', 'agent-12', 'agent-14'];
/** More subjects: those workers, two receptionists and a head. */
const MORE_LOGINS = [...MORE_WORKERS, 'agent-18', 'agent-19', 'agent-20'];

/** Returns the viewers: every demo login, some more subjects, and somebody without a token. */
export async function viewersOf(app: Pick<BenchApp, 'as' | 'anonymous'>): Promise<readonly Requester[]> {
  const logins = [...LOGINS.map(({ login }) => login), ...MORE_LOGINS];
  return [...(await Promise.all(logins.map((login) => app.as(login)))), app.anonymous];
}

/** Two cases of a social worker: one that is read, with a canary in its note, and one that is written to. */
export interface Own {
  readonly workerId: string;
  readonly read: string;
  readonly written: string;
  readonly canary: string;
}

export const WRITE_NOTE = `mutation ($input: WriteNoteInput!) {
  writeNote(input: $input) { id body author { id } case { id } } }`;

/** Finds two cases of each social worker, and has them write a canary into one. */
export async function plantCanaries(
  county: BenchCounty,
  viewers: readonly Requester[],
): Promise<ReadonlyMap<string, Own>> {
  const owns = new Map<string, Own>();
  for (const viewer of viewers) {
    const [first, second] = await county.sql<{ workerId: string; id: string }>(
      `select w.id as "workerId", c.id from "case" c join worker w on w.id = c.assigned_worker_id
        where w.subject = $1 and c.status = 'OPEN' order by c.id limit 2`,
      [viewer.login],
    );
    if (first === undefined || second === undefined) continue;
    const canary = `canary-${viewer.login}-${randomUUID()}`;
    const answer = await viewer.send(WRITE_NOTE, { input: { caseId: first.id, body: canary } });
    if (answer.codes.length > 0) throw new Error(`${viewer.login} cannot write: ${answer.text}`);
    owns.set(viewer.login, { workerId: first.workerId, read: first.id, written: second.id, canary });
  }
  return owns;
}

export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The case that the question asks for, if it asks for one. */
  readonly caseId?: string;
}

const GENERAL: readonly string[] = [
  `{ viewer { kind scopes worker { id displayName memberships { role district { slug } } }
    memberships { role district { slug } } } }`,
  `{ cases(first: 5) { edges { cursor node { id reference mission assignedWorker { displayName }
    persons { displayName phone address { line } } } } pageInfo { hasNextPage endCursor } } }`,
  `{ cases(first: 4, filter: { assignedToMe: true, status: CLOSED }) { edges { node { id reference
    interviewNotes(first: 2) { edges { node { body author { displayName } } } } } } } }`,
  `{ appointments(first: 5) { edges { node { id startsAt subject publicLabel workers { id displayName }
    persons { displayName } case { reference } } } } }`,
  '{ pendingHandovers { id case { reference } fromWorker { displayName } } }',
  '{ me { displayName phone cases { reference status } } }',
  '{ notifications { edges { node { id kind case { reference } } } } }',
  '{ clients { clientId scopes } }',
  '{ pendingReleases { id caseReference requestedBy { displayName } } }',
];
const CASE = `query ($id: ID!) { case(id: $id) { id reference mission status assignedWorker { displayName }
  persons { displayName phone } needs { code { labelFr } }
  interviewNotes(first: 3) { edges { cursor node { id body status author { id displayName } } } } } }`;
const LOOK_UP = `query ($input: PersonLookUpInput!) {
  personLookUp(input: $input) { id displayName reference birthYear } }`;

/** Returns the questions that every viewer asks: general questions, each case with a canary, and some people. */
export async function questionsOf(
  county: BenchCounty,
  owns: ReadonlyMap<string, Own>,
): Promise<readonly Question[]> {
  const people = await county.sql<{ name: string; reference: string }>(
    `select given_name || ' ' || family_name as name, reference from person
      where given_name is not null and family_name is not null order by reference limit 8`,
  );
  return [
    ...GENERAL.map((query) => ({ query })),
    ...[...owns.values()].map(({ read }) => ({ query: CASE, variables: { id: read }, caseId: read })),
    ...people.map(({ name, reference }) => ({
      query: LOOK_UP,
      variables: { input: { fullName: name, reference } },
    })),
  ];
}

const NO_ANSWERS = ['INTERNAL', 'UNAVAILABLE', 'INVALID_DOCUMENT', 'DOCUMENT_TOO_COSTLY', 'INVALID_INPUT'];

/**
 * Returns each viewer's answer to each question, by login. Each is asked alone, and twice: an answer that changes by itself could not be
 * compared.
 */
export async function expectedAnswers(
  viewers: readonly Requester[],
  questions: readonly Question[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const expected = new Map<string, readonly string[]>();
  for (const viewer of viewers) {
    const answers: string[] = [];
    for (const { query, variables } of questions) {
      const { text, codes } = await viewer.send(query, variables);
      if (codes.some((code) => NO_ANSWERS.includes(code)))
        throw new Error(`${viewer.login} was to be answered, and got ${text}`);
      if ((await viewer.send(query, variables)).text !== text)
        throw new Error(`${viewer.login} is answered in two ways: ${text}`);
      answers.push(text);
    }
    expected.set(viewer.login, answers);
  }
  return expected;
}
