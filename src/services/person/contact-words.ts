import type { ContactWordBy, ContactWordKind, SafeContact } from '../../../prisma/generated/enums.js';
import { uuids } from '../../access/operation/sql.js';
import { answersContactWords, knowsContactWords, type PersonReach } from '../../access/person/person.js';
import { ConflictError, ForbiddenError } from '../../errors.js';
import type { AnswerContactWordInput } from '../../generated/inputs.js';
import { batched, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';
import { loadPerson, type PersonRow, requireTried } from './persons.js';

/**
 * What somebody has said of how a person is reached whose word can be false, with the viewer's relation to the person, so that the policy
 * judges the row alone. The database leaves out a value that the viewer may not read.
 */
export interface ContactWordRow {
  readonly reach: PersonReach;
  readonly id: string;
  readonly personId: string;
  readonly kind: ContactWordKind;
  readonly saidAs: ContactWordBy;
  readonly saidAt: Date;
  readonly countsFrom: Date | null;
  readonly usedSince: Date | null;
  readonly removes: boolean | null;
  readonly safeContact: SafeContact | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly address: string | null;
}

/** At most so many are shown. */
const MOST_WORDS = 20;

/** Lists what others have said of how the person is reached, for the workers who follow the person. */
export async function loadContactWords(op: Operation, person: PersonRow): Promise<readonly ContactWordRow[]> {
  if (!knowsContactWords(op.viewer, person)) return [];
  const rows = await batched(op, 'contact-words', async (ids) =>
    groupedBy(
      await op.tx.rows<Omit<ContactWordRow, 'reach'>>`select w.id, w.person_id as "personId", w.kind,
        w.said_as as "saidAs", w.said_at as "saidAt", w.counts_from as "countsFrom", w.used_since as "usedSince", w.removes,
        w.safe_contact as "safeContact", w.phone, w.email, w.address
        from contact_words_of(${uuids(ids)}) w order by w.said_at, w.id`,
      (found) => found.personId,
    ),
  ).load(person.id);
  return (rows ?? []).slice(0, MOST_WORDS).map((row) => ({ ...row, reach: person.reach }));
}

/**
 * Agrees to a word about contact, or takes it back. Only the assigned worker of the person's oldest case agrees, and not their stand-in.
 * The input has no version: the id of the word names one text.
 * @throws NotFoundError for a person not known to the viewer; ForbiddenError to anyone else who knows the person; ConflictError
 * STATE_CHANGED if the word was answered or replaced
 */
export async function answerContactWord(
  op: Operation,
  input: AnswerContactWordInput,
): Promise<PersonRow | null> {
  const id = await once(op, 'answerContactWord', input, async () => {
    const person = await requireTried(op, 'ANSWER_CONTACT_WORD', input.personId, 'input.personId');
    if (!answersContactWords(op.viewer, person)) throw new ForbiddenError();
    const wordId = parseId(input.wordId);
    if (wordId === null) throw new ConflictError('STATE_CHANGED');
    const [answered] = await op.tx.rows<{
      outcome: 'DONE' | 'FORBIDDEN' | 'STATE_CHANGED';
    }>`select answer_contact_word(${person.id}::uuid, ${wordId}::uuid, ${input.agree}) as outcome`;
    const outcome = answered?.outcome ?? 'FORBIDDEN';
    if (outcome === 'FORBIDDEN') throw new ForbiddenError();
    if (outcome !== 'DONE') throw new ConflictError(outcome);
    return person.id;
  });
  return loadPerson(op, id);
}
