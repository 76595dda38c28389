import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { SafeContact as SafeContactValue } from '../../prisma/generated/enums.js';
import { DateTime } from '../scalars.js';
import { SafeContact } from './person.enums.js';

@ObjectType({
  description: 'By what a person proposes online to be reached. Nothing changes until it is accepted.',
})
export class ContactProposal {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => SafeContact, { nullable: true })
  safeContact!: SafeContactValue;

  @Field(() => String, { nullable: true, description: 'Null leaves the number as it is.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'Null leaves the mail address as it is.' })
  email!: string | null;

  @Field(() => DateTime, { nullable: true })
  proposedAt!: Date;
}

@InputType()
export class ProposeSafeContactInput {
  @Field(() => ID)
  personId!: string;

  @Field(() => SafeContact, {
    nullable: true,
    description: 'Any but `NONE`, which `suspendContact` says; null takes back what was proposed.',
  })
  safeContact?: SafeContactValue | null;

  @Field(() => String, { nullable: true })
  phone?: string | null;

  @Field(() => String, { nullable: true })
  email?: string | null;
}

@InputType()
export class AnswerContactProposalInput {
  @Field(() => ID)
  personId!: string;

  @Field(() => ID, { description: 'As it was read: one that came since is not answered.' })
  proposalId!: string;

  @Field(() => Int, { description: 'Of the person.' })
  expectedVersion!: number;

  @Field(() => Boolean)
  accept!: boolean;
}
