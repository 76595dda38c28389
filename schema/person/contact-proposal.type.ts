import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { SafeContact as SafeContactValue } from '../../prisma/generated/enums.js';
import { DateTime } from '../scalars.js';
import { SafeContact } from './person.enums.js';

@ObjectType({
  description:
    'A contact that a person proposes online. Nothing changes until a worker who follows them accepts it.',
})
export class ContactProposal {
  @Field(() => ID)
  id!: string;

  @Field(() => SafeContact, { nullable: true, description: 'The channel that the person proposes.' })
  safeContact!: SafeContactValue;

  @Field(() => String, {
    nullable: true,
    description: 'The number that the person proposes; null leaves the number as it is.',
  })
  phone!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The mail address that the person proposes; null leaves the mail address as it is.',
  })
  email!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the person proposed it.' })
  proposedAt!: Date;
}

@InputType({ description: 'A contact that a person proposes online, for themselves.' })
export class ProposeSafeContactInput {
  @Field(() => ID, { description: 'The person, who is the viewer.' })
  personId!: string;

  @Field(() => SafeContact, {
    nullable: true,
    description:
      'The channel that the person proposes. NONE is refused: `suspendContact` closes every channel at once. Null takes the proposal back.',
  })
  safeContact?: SafeContactValue | null;

  @Field(() => String, {
    nullable: true,
    description: 'The number that the person proposes; the number stays as it is unless given.',
  })
  phone?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The mail address that the person proposes; the mail address stays as it is unless given.',
  })
  email?: string | null;
}

@InputType({ description: 'The proposal of a person, and the answer.' })
export class AnswerContactProposalInput {
  @Field(() => ID, { description: 'The person who made the proposal.' })
  personId!: string;

  @Field(() => ID, {
    description: 'The `id` of the proposal that was read. Another one that came since is not answered.',
  })
  proposalId!: string;

  @Field(() => Int, {
    description:
      'The `version` of the person that was last read. If the person’s record has changed since, it is a CONFLICT with the reason VERSION_CHANGED.',
  })
  expectedVersion!: number;

  @Field(() => Boolean, { description: 'True takes the proposal over, false drops it.' })
  accept!: boolean;
}
