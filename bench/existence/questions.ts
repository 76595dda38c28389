import { randomUUID } from 'node:crypto';
import type { BenchCounty } from '../support/app.js';

/** A question about a thing that exists, and about one that does not. Only the variables differ. */
export interface ExistenceQuestion {
  readonly name: string;
  readonly login: string;
  readonly query: string;
  /** Variables that name things the viewer may not know of. */
  readonly forbidden: readonly Variables[];
  /** The same number of variables that name nothing. */
  readonly missing: readonly Variables[];
}

type Variables = Readonly<Record<string, unknown>>;

/** The number of things on each side that are asked in turn. It is small, so that both sides are equally warm in memory. */
const EACH = 20;

/** The things that worker.sevran, or the desk there, may not know of. The handovers are unknown to worker.gagny. */
const FORBIDDEN = {
  cases: `select c.id as value from "case" c join district d on d.id = c.district_id
    where d.slug <> 'sevran' and c.status = 'OPEN' and c.assigned_worker_id is not null order by c.id`,
  references: `select c.reference as value from "case" c join district d on d.id = c.district_id
    where d.slug <> 'sevran' order by c.id`,
  appointments: `select a.id as value from appointment a join district d on d.id = a.district_id
    where d.slug <> 'sevran' and a.status = 'BOOKED' and a.starts_at > now() order by a.id`,
  notes: `select n.id as value from interview_note n join worker w on w.id = n.reader_id
    where w.subject <> 'worker.sevran' and n.status = 'FINAL' order by n.id`,
  handovers: `select h.id as value from handover h join worker f on f.id = h.from_worker_id
    join worker t on t.id = h.to_worker_id where 'worker.gagny' not in (f.subject, t.subject) order by h.id`,
  needs: `select n.id as value from need n join "case" c on c.id = n.case_id join district d on d.id = c.district_id
    where d.slug <> 'sevran' order by n.id`,
  sensitive: `select p.id as value from person p join district d on d.id = p.district_id
    where d.slug = 'sevran' and p.sensitive_file order by p.id`,
  foreignPersons: `select p.id as value from person p join district d on d.id = p.district_id
    where d.slug = 'saint-ouen' and not exists (select from appointment_person ap join appointment a
      on a.id = ap.appointment_id join district o on o.id = a.district_id
      where ap.person_id = p.id and o.slug = 'sevran') order by p.id`,
} as const;

async function values(county: BenchCounty, sql: string): Promise<readonly string[]> {
  const rows = await county.sql<{ value: string }>(`${sql} limit ${EACH}`);
  if (rows.length === 0) throw new Error(`nothing is forbidden: ${sql}`);
  return rows.map(({ value }) => value);
}

const mutation = (name: string, input: string): string =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { __typename } }`;

/** Makes references of the same form that no case has. */
async function missingReferences(county: BenchCounty, like: readonly string[]): Promise<readonly string[]> {
  const made = like.map((reference) => {
    const last = reference.slice(-1);
    return `${reference.slice(0, -1)}${last === 'Z' ? 'Y' : 'Z'}`;
  });
  const taken = await county.sql('select from "case" where reference = any ($1)', [made]);
  if (taken.length > 0) throw new Error('a reference made up is taken');
  return made;
}

/** Makes look-ups by reference, as a desk asks: a name, and the reference that the person says. */
async function lookUps(county: BenchCounty, where: string) {
  const rows = await county.sql<{ name: string; reference: string }>(
    `select given_name || ' ' || family_name as name, p.reference from person p
      join district d on d.id = p.district_id
      where ${where} and given_name is not null and family_name is not null order by p.id limit ${EACH}`,
  );
  if (rows.length === 0) throw new Error('nobody to look up');
  const input = (fullName: string, reference: string) => ({ input: { fullName, reference } });
  return {
    forbidden: rows.map(({ name, reference }) => input(name, reference)),
    // The same length and form: two letters of the name changed, and the reference.
    missing: rows.map(({ name, reference }) => input(`Zz${name.slice(2)}`, `${reference.slice(0, -2)}ZZ`)),
  };
}

/** The open cases of a worker that have notes, in two halves. The second half then loses its notes, as if it never had one. */
async function withAndWithoutNotes(
  county: BenchCounty,
  subject: string,
): Promise<readonly [noted: readonly string[], empty: readonly string[]]> {
  const cases = await county.sql<{ id: string }>(
    `select c.id from "case" c join worker w on w.id = c.assigned_worker_id where w.subject = $1 and c.status = 'OPEN'
       and c.version = 1 and exists (select from interview_note n where n.case_id = c.id) order by c.id limit ${2 * EACH}`,
    [subject],
  );
  const half = Math.floor(cases.length / 2);
  if (half === 0) throw new Error(`${subject} has no case with notes`);
  const noted = cases.slice(0, half).map(({ id }) => id);
  const empty = cases.slice(half, 2 * half).map(({ id }) => id);
  const ofEmpty = 'note_id in (select id from interview_note where case_id = any ($1))';
  await county.sql('alter table interview_note disable trigger user');
  await county.sql(`delete from handover_note where ${ofEmpty}`, [empty]);
  await county.sql('delete from interview_note where case_id = any ($1)', [empty]);
  await county.sql('delete from case_key where case_id = any ($1)', [empty]);
  await county.sql('alter table interview_note enable trigger user');
  return [noted, empty];
}

/** A worker's own cases: those with notes that the worker does not get, as after a reassignment, and those without notes. */
async function hiddenNotes(county: BenchCounty, subject: string) {
  const [hidden, empty] = await withAndWithoutNotes(county, subject);
  await county.sql('alter table interview_note disable trigger user');
  await county.sql('update interview_note set reader_id = null where case_id = any ($1)', [hidden]);
  await county.sql('alter table interview_note enable trigger user');
  await county.sql('vacuum analyze interview_note');
  return { forbidden: hidden.map((id) => ({ id })), missing: empty.map((id) => ({ id })) };
}

/**
 * Cases with notes and cases without. A head might tell them apart by a reassignment that is undone: the head asks for a field that is
 * refused once the reassignment is done. In a case with notes, each note's reader would change.
 */
async function undoneReassignments(county: BenchCounty, from: string, to: string) {
  const [noted, empty] = await withAndWithoutNotes(county, from);
  const [worker] = await county.sql<{ id: string }>('select id from worker where subject = $1', [to]);
  await county.sql('vacuum analyze interview_note');
  const input = (caseId: string) => ({ input: { caseId, workerId: worker?.id, expectedVersion: 1 } });
  return { forbidden: noted.map(input), missing: empty.map(input) };
}

/** Returns all questions that are measured. */
export async function existenceQuestions(county: BenchCounty): Promise<readonly ExistenceQuestion[]> {
  const of = {
    cases: await values(county, FORBIDDEN.cases),
    references: await values(county, FORBIDDEN.references),
    appointments: await values(county, FORBIDDEN.appointments),
    notes: await values(county, FORBIDDEN.notes),
    handovers: await values(county, FORBIDDEN.handovers),
    needs: await values(county, FORBIDDEN.needs),
    sensitive: await values(county, FORBIDDEN.sensitive),
    foreignPersons: await values(county, FORBIDDEN.foreignPersons),
  };
  const missingOf = (ids: readonly string[]): readonly string[] => ids.map(() => randomUUID());
  const asked = (
    name: string,
    login: string,
    query: string,
    ids: readonly string[],
    variables: (id: string) => Variables,
  ): ExistenceQuestion => ({
    ...{ name, login, query },
    forbidden: ids.map(variables),
    missing: missingOf(ids).map(variables),
  });
  const worker = 'worker.sevran';
  const byReference = (reference: string): Variables => ({ reference });
  const look = 'query ($input: PersonLookUpInput!) { personLookUp(input: $input) { id displayName } }';
  return [
    asked('case(id)', worker, 'query ($id: ID!) { case(id: $id) { id status } }', of.cases, (id) => ({ id })),
    asked(
      'case(id) with notes and persons',
      worker,
      `query ($id: ID!) { case(id: $id) { id persons { displayName } needs { id }
        interviewNotes { edges { node { body } } } appointments { edges { node { id } } } } }`,
      of.cases,
      (id) => ({ id }),
    ),
    {
      name: 'notes that one does not get, in one’s own case',
      login: 'worker2.sevran',
      query: 'query ($id: ID!) { case(id: $id) { interviewNotes(first: 5) { edges { node { body } } } } }',
      ...(await hiddenNotes(county, 'worker2.sevran')),
    },
    {
      name: 'reassignCase, undone, with and without notes',
      login: 'head.sevran',
      query: `mutation ($input: AssignCaseInput!) { reassignCase(input: $input) { assignedWorker { version } } }`,
      ...(await undoneReassignments(county, 'worker.sevran', 'worker2.sevran')),
    },
    asked(
      'appointment(id)',
      worker,
      'query ($id: ID!) { appointment(id: $id) { id startsAt persons { displayName } case { id } } }',
      of.appointments,
      (id) => ({ id }),
    ),
    {
      name: 'caseByReference',
      login: worker,
      query: 'query ($reference: String!) { caseByReference(reference: $reference) { id } }',
      forbidden: of.references.map(byReference),
      missing: (await missingReferences(county, of.references)).map(byReference),
    },
    {
      name: 'accessLog(filter: { caseReference })',
      login: worker,
      query:
        'query ($reference: String!) { accessLog(filter: { caseReference: $reference, ground: CONTROL }) { edges { cursor } } }',
      forbidden: of.references.map(byReference),
      missing: (await missingReferences(county, of.references)).map(byReference),
    },
    asked('closeCase', worker, mutation('closeCase', 'CloseCaseInput'), of.cases, (caseId) => ({
      input: { caseId, expectedVersion: 1 },
    })),
    asked('writeNote', worker, mutation('writeNote', 'WriteNoteInput'), of.cases, (caseId) => ({
      input: { caseId, body: 'x' },
    })),
    asked('amendNote', worker, mutation('amendNote', 'AmendNoteInput'), of.notes, (id) => ({
      input: { id, expectedVersion: 1, body: 'x' },
    })),
    asked(
      'acceptHandover',
      'worker.gagny',
      mutation('acceptHandover', 'AcceptHandoverInput'),
      of.handovers,
      (id) => ({
        input: { id },
      }),
    ),
    asked('endNeed', worker, mutation('endNeed', 'EndNeedInput'), of.needs, (id) => ({
      input: { id, expectedVersion: 1, endsOn: '2030-01-01' },
    })),
    asked(
      'cancelAppointment',
      worker,
      mutation('cancelAppointment', 'CancelAppointmentInput'),
      of.appointments,
      (id) => ({ input: { id, expectedVersion: 1, by: 'SERVICE' } }),
    ),
    asked(
      'updatePerson, a sensitive file',
      'reception.sevran',
      mutation('updatePerson', 'UpdatePersonInput'),
      of.sensitive,
      (id) => ({ input: { id, expectedVersion: 1, chosenName: 'Sam' } }),
    ),
    asked(
      'updatePerson, of another district',
      'reception.sevran',
      mutation('updatePerson', 'UpdatePersonInput'),
      of.foreignPersons,
      (id) => ({ input: { id, expectedVersion: 1, chosenName: 'Sam' } }),
    ),
    {
      name: 'personLookUp, a sensitive file',
      login: 'reception.sevran',
      query: look,
      ...(await lookUps(county, `d.slug = 'sevran' and p.sensitive_file`)),
    },
    {
      name: 'personLookUp, of another district',
      login: 'reception.sevran',
      query: look,
      ...(await lookUps(county, `d.slug = 'saint-ouen'`)),
    },
  ];
}
