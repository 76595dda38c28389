import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type {
  InformationGround as InformationGroundValue,
  PartnerKind as PartnerValue,
} from '../../prisma/generated/enums.js';
import { connectionOf } from '../connection.js';
import { InformationGround } from '../data-protection/data-protection.enums.js';
import { DateTime, Day } from '../scalars.js';
import { IncomingRequestStatus, PartnerKind } from './orientation.enums.js';

@ObjectType({
  description: 'Saisine: a partner asks the service, with a clock. Who took it down reads it no longer.',
})
export class IncomingRequest {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => IncomingRequestStatus, { nullable: true })
  status!: string;

  @Field(() => PartnerKind, { nullable: true, description: 'Who asks: a category.' })
  partner!: string;

  @Field(() => Boolean, { nullable: true, description: 'By a mandate (of a court, of the county).' })
  mandated!: boolean;

  @Field(() => Day, { nullable: true, description: 'When it came.' })
  receivedOn!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the person was told that the service has their data.',
  })
  informedAt!: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'About a child to protect: no day is set for informing anyone (CASF L226-2-1).',
  })
  childProtection!: boolean;

  @Field(() => InformationGround, {
    nullable: true,
    description: 'Why they are not informed for now: to who has it alone.',
  })
  deferralGround!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was answered or declined.' })
  closedAt!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

export const { Connection: IncomingRequestConnection } = connectionOf(
  'IncomingRequest',
  () => IncomingRequest,
);

@ObjectType({ description: 'That it was taken down: whoever did reads it no longer.' })
export class RecordedIncomingRequest {
  @Field(() => ID, { nullable: true })
  id!: string;
}

@InputType()
export class RecordIncomingRequestInput {
  @Field(() => ID)
  districtId!: string;

  @Field(() => PartnerKind, { description: 'Who asks: a category, and never who.' })
  partner!: PartnerValue;

  @Field(() => Boolean, { nullable: true, description: 'No, unless said.' })
  mandated?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Of someone whom the service knows.' })
  personId?: string | null;

  @Field(() => String, { nullable: true, description: 'Of someone else, as the partner says it.' })
  name?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Nobody has met them; of someone who is not known, yes unless said otherwise.',
  })
  neverMet?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'About a child to protect: then no day is set for informing anyone. No, unless said.',
  })
  childProtection?: boolean | null;

  @Field(() => String, { nullable: true, description: '4,000 characters at most.' })
  text?: string | null;

  @Field(() => Day, { nullable: true, description: 'When it came: today unless given, a year back at most.' })
  receivedOn?: Date | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The last day on which to answer; in 30 days unless said otherwise.',
  })
  answerBy?: Date | null;
}

@InputType()
export class AllocateIncomingRequestInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => ID)
  workerId!: string;
}

@InputType()
export class DeferInformationInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => InformationGround)
  ground!: InformationGroundValue;

  @Field(() => Day, { description: 'When to look at it again: from tomorrow to a year ahead.' })
  reviewOn!: Date;
}
