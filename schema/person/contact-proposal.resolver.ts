import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as proposals from '../../src/services/person/contact-proposals.js';
import type { PersonRow } from '../../src/services/person/persons.js';
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
      'The contact that the person proposed online, while nobody has answered; null otherwise. For the workers who follow the person, and the person.',
  })
  contactProposal(@Ctx() op: Operation, @Root() person: PersonRow) {
    return proposals.loadContactProposal(op, person);
  }

  @Mutation(() => Person, {
    nullable: true,
    description:
      'A person proposes online how to be reached. Nothing changes until a worker who follows them accepts; the workers are told.',
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
      'Accepts what a person has proposed, or drops it. Only the assigned worker and the stand-in may. It lifts no suspension.',
  })
  answerContactProposal(
    @Ctx() op: Operation,
    @Arg('input', () => AnswerContactProposalInput) input: AnswerContactProposalInput,
  ) {
    return proposals.answerContactProposal(op, input);
  }
}
