import type { SafeContact } from '../../../prisma/generated/enums.js';
import { uuids } from '../../access/operation/sql.js';
import {
  answersProposal,
  knowsProposal,
  type PersonReach,
  proposesContact,
} from '../../access/person/person.js';
import { ConflictError, ForbiddenError, InvalidInputError } from '../../errors.js';
import type { AnswerContactProposalInput, ProposeSafeContactInput } from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';
import { cleanEmail, cleanPhone, loadPerson, type PersonRow, requireTried } from './persons.js';

/** The contact data that a person proposes, with the viewer's relation to the person, so that the policy judges the row alone. */
export interface ContactProposalRow {
  readonly reach: PersonReach;
  readonly id: string;
  readonly personId: string;
  readonly safeContact: SafeContact;
  /** Null leaves the number as it is. */
  readonly phone: string | null;
  /** Null leaves the mail address as it is. */
  readonly email: string | null;
  readonly proposedAt: Date;
}

/** Returns the person's proposal, for the worker who follows them and for the person; otherwise null. */
export async function loadContactProposal(
  op: Operation,
  person: PersonRow,
): Promise<ContactProposalRow | null> {
  if (!knowsProposal(op.viewer, person)) return null;
  const row = await batched(op, 'contact-proposal', async (ids) =>
    byKey(
      await op.tx.rows<Omit<ContactProposalRow, 'reach'>>`select c.id, c.person_id as "personId",
        c.safe_contact::text as "safeContact", c.phone, c.email, c.proposed_at as "proposedAt" from contact_proposal c
        where c.person_id = any (${uuids(ids)})`,
      (found) => found.personId,
    ),
  ).load(person.id);
  return row === null ? null : { ...row, reach: person.reach };
}

/**
 * Records the contact data that the person proposes, online. Nothing changes until the worker who follows the person accepts (domain,
 * rule 8: an online change only tightens). `NONE` is no proposal: `suspendContact` closes every channel at once.
 * @throws NotFoundError for a person not known to the viewer; ForbiddenError to a worker who serves the person; InvalidInputError
 * suspendsAtOnce, or naming what is no number or mail address
 */
export async function proposeSafeContact(
  op: Operation,
  input: ProposeSafeContactInput,
): Promise<PersonRow | null> {
  const id = await once(op, 'proposeSafeContact', input, async () => {
    const person = await requireTried(op, 'PROPOSE_SAFE_CONTACT', input.personId, 'input.personId');
    if (!proposesContact(op.viewer, person)) throw new ForbiddenError();
    const contact = input.safeContact ?? null;
    if (contact === 'NONE') throw new InvalidInputError('input.safeContact', 'suspendsAtOnce');
    const [said] = await op.tx.rows<{ done: boolean }>`select propose_safe_contact(${person.id}::uuid,
      ${contact}::"SafeContact", ${cleanPhone(input.phone ?? null)}, ${cleanEmail(input.email ?? null)}) as done`;
    if (said?.done !== true) throw new ForbiddenError();
    return person.id;
  });
  return loadPerson(op, id);
}

/**
 * Accepts or drops the person's proposal, for the assigned worker and the stand-in. It lifts no suspension: `setSafeContact` does.
 * @throws NotFoundError for a person not known to the viewer; ForbiddenError to anyone else who knows the person; ConflictError
 * STATE_CHANGED if the proposal was answered, withdrawn or replaced, or every channel is closed; VERSION_CHANGED
 */
export async function answerContactProposal(
  op: Operation,
  input: AnswerContactProposalInput,
): Promise<PersonRow | null> {
  const id = await once(op, 'answerContactProposal', input, async () => {
    const person = await requireTried(op, 'ANSWER_CONTACT_PROPOSAL', input.personId, 'input.personId');
    if (!answersProposal(op.viewer, person)) throw new ForbiddenError();
    const proposalId = parseId(input.proposalId);
    if (proposalId === null) throw new ConflictError('STATE_CHANGED');
    const [answered] = await op.tx.rows<{
      outcome: 'DONE' | 'FORBIDDEN' | 'STATE_CHANGED' | 'VERSION_CHANGED';
    }>`select answer_contact_proposal(${person.id}::uuid, ${proposalId}::uuid, ${input.expectedVersion}::integer,
      ${input.accept}) as outcome`;
    const outcome = answered?.outcome ?? 'FORBIDDEN';
    if (outcome === 'FORBIDDEN') throw new ForbiddenError();
    if (outcome !== 'DONE') throw new ConflictError(outcome);
    return person.id;
  });
  return loadPerson(op, id);
}
