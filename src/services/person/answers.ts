import { Prisma } from '../../../prisma/generated/client.js';
import { uuids } from '../../access/operation/sql.js';
import { whereOfOwnCase, whereServesInCase, whereServesUnfollowed } from '../../access/person/person.js';
import { InvalidInputError, NotFoundError } from '../../errors.js';
import type { AccessAction } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import { parseId } from '../operation/input.js';

/** The other persons of the case: those with a yes, and those with a no. */
interface Answers {
  readonly alsoFor?: readonly string[] | null;
  readonly notFor?: readonly string[] | null;
}

interface Asked {
  readonly personId: string;
  /** The case for which the viewer answers; null for every case of the person that the viewer follows, or has opened on duty. */
  readonly caseId: string | null;
  /** True if the viewer must answer for each person: on duty nobody is hidden, or left out, because somebody forgot to ask. */
  readonly each: boolean;
  /** True if the answer on duty may be yes only for a person whom nobody follows. */
  readonly unfollowed: boolean;
}

/**
 * Returns the other persons of the case for whom the answer is yes, and logs each of them.
 * @throws NotFoundError at `input.alsoFor` or `input.notFor` for somebody who is not of the case, or has a worker already;
 * InvalidInputError answerEach at `input.alsoFor` if somebody has two answers, or has none although each must have one
 */
export async function requireAnswers(
  op: Operation,
  action: AccessAction,
  input: Answers,
  { personId, caseId, each, unfollowed }: Asked,
): Promise<readonly string[]> {
  const [yes, no] = [parse(input.alsoFor, 'input.alsoFor'), parse(input.notFor, 'input.notFor')];
  if (!each && yes.length + no.length === 0) return [];
  const cp = Prisma.sql`cp`;
  const rows = await op.tx.rows<{ id: string }>`select distinct o.person_id as id
    from case_person cp join case_person o on o.case_id = cp.case_id and o.person_id <> cp.person_id
    where cp.person_id = ${personId}::uuid and (${caseId}::uuid is null or cp.case_id = ${caseId}::uuid)
      and (${whereOfOwnCase(op.viewer, cp)} or ${whereServesInCase(op.viewer, cp)})`;
  const others = new Set(rows.map(({ id }) => id));
  if (yes.some((id) => !others.has(id))) throw new NotFoundError('input.alsoFor');
  if (no.some((id) => !others.has(id))) throw new NotFoundError('input.notFor');
  const answered = new Set([...yes, ...no]);
  if (answered.size < yes.length + no.length || (each && answered.size < others.size))
    throw new InvalidInputError('input.alsoFor', 'answerEach');
  if (each && unfollowed && yes.length > 0) {
    const alone = await op.tx.rows`select from unnest(${uuids(yes)}) id where shelters_on_duty(id)`;
    if (alone.length < yes.length) throw new NotFoundError('input.alsoFor');
  }
  for (const id of yes) op.log.record(action, { personId: id });
  return yes;
}

/** A text that cannot be an id names nobody. */
function parse(ids: readonly string[] | null | undefined, field: string): string[] {
  return (ids ?? []).map((id) => {
    const key = parseId(id);
    if (key === null) throw new NotFoundError(field);
    return key;
  });
}

/**
 * Returns true if the viewer serves the person now, and nobody is assigned to the person. The database looks at the visit, and at every
 * case of the person.
 */
export async function servesUnfollowed(op: Operation, personId: string): Promise<boolean> {
  const found = await op.tx.rows`select where ${whereServesUnfollowed(Prisma.sql`${personId}::uuid`)}`;
  return found.length > 0;
}
