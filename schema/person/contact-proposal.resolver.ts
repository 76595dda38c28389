import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as proposals from '../../src/services/contact-proposals.js';
import type { PersonRow } from '../../src/services/persons.js';
import {
  AnswerContactProposalInput,
  ContactProposal,
  ProposeSafeContactInput,
} from './contact-proposal.type.js';
import { Person } from './person.type.js';

@Resolver(() => Person)
export class ContactProposalResolver {
  @FieldResolver(() => ContactProposal, {
    nullable: true,
    description:
      'What the person has proposed online and nobody has answered, to who follows them and to themselves.',
  })
  contactProposal(@Ctx() op: Operation, @Root() person: PersonRow) {
    return proposals.loadContactProposal(op, person);
  }

  @Mutation(() => Person, {
    nullable: true,
    description:
      'The person proposes by what they are reached. Nothing changes until who follows them accepts; they are told.',
  })
  proposeSafeContact(
    @Ctx() op: Operation,
    @Arg('input', () => ProposeSafeContactInput) input: ProposeSafeContactInput,
  ) {
    return proposals.proposeSafeContact(op, input);
  }

  @Mutation(() => Person, {
    nullable: true,
    description:
      'Accepts what the person has proposed, or drops it: the assigned worker, the stand-in. It lifts no suspension.',
  })
  answerContactProposal(
    @Ctx() op: Operation,
    @Arg('input', () => AnswerContactProposalInput) input: AnswerContactProposalInput,
  ) {
    return proposals.answerContactProposal(op, input);
  }
}
