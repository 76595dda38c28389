import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type {
  InformationGround as InformationGroundValue,
  PartnerKind as PartnerValue,
} from '../../prisma/generated/enums.js';
import { LONGEST } from '../../src/services/operation/longest.js';
import { charactersOf } from '../characters-of.js';
import { connectionOf } from '../connection.js';
import { InformationGround } from '../data-protection/data-protection.enums.js';
import { DateTime, Day } from '../scalars.js';
import { IncomingRequestStatus, PartnerKind } from './orientation.enums.js';

@ObjectType({
  description:
    'Saisine: a partner asks the service for something, with a day for the answer. The worker who took it down no longer reads it.',
})
export class IncomingRequest {
  @Field(() => ID)
  id!: string;

  @Field(() => IncomingRequestStatus, { nullable: true, description: 'The stage that it has reached.' })
  status!: string;

  @Field(() => PartnerKind, { nullable: true, description: 'The partner who asks, as a category.' })
  partner!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the partner acts by a mandate, of a court or of the county.',
  })
  mandated!: boolean;

  @Field(() => Day, { nullable: true, description: 'The day on which it came.' })
  receivedOn!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the person was told that the service has their data; null until then.',
  })
  informedAt!: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it is about a child to protect. Then no day is set for informing anyone (CASF L226-2-1).',
  })
  childProtection!: boolean;

  @Field(() => InformationGround, {
    nullable: true,
    description:
      'Why the person is not informed for now; null otherwise. Only the worker who deals with the request reads it.',
  })
  deferralGround!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was answered or declined; null until then.',
  })
  closedAt!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

export const { Connection: IncomingRequestConnection } = connectionOf(
  'IncomingRequest',
  () => IncomingRequest,
);

@ObjectType({
  description: 'Confirms that a partner’s request was taken down. The worker who did so no longer reads it.',
})
export class RecordedIncomingRequest {
  @Field(() => ID, { description: 'The `id` of the request.' })
  id!: string;
}

@InputType({
  description:
    'A partner’s request to take down. Only the district and the category of the partner are required.',
})
export class RecordIncomingRequestInput {
  @Field(() => ID, { description: 'The district that is asked.' })
  districtId!: string;

  @Field(() => PartnerKind, { description: 'The partner who asks, as a category; never by name.' })
  partner!: PartnerValue;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the partner acts by a mandate, of a court or of the county; no unless given.',
  })
  mandated?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'The person that it is about, if the service knows them.' })
  personId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `The name of someone that the service does not know, as the partner says it, at most ${charactersOf(LONGEST.fullName)}. Refused beside \`personId\`.`,
  })
  name?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether nobody of the service has met the person. Unless given, it is yes for someone that the service does not know, and no otherwise.',
  })
  neverMet?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it is about a child to protect. Then no day is set for informing anyone. No unless given.',
  })
  childProtection?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: `The text of the partner’s request, at most ${charactersOf(LONGEST.partnersRequest)}.`,
  })
  text?: string | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The day on which it came: today unless given, a year back at most.',
  })
  receivedOn?: Date | null;

  @Field(() => Day, {
    nullable: true,
    description:
      'The last day on which to answer, in Paris: in 30 days unless given, and at most 366 days ahead.',
  })
  answerBy?: Date | null;
}

@InputType({ description: 'The request, and the worker who deals with it.' })
export class AllocateIncomingRequestInput {
  @Field(() => ID, { description: 'The `id` of the request.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => ID, {
    description: 'A social worker of the district who does not head it, and never the viewer.',
  })
  workerId!: string;
}

@InputType({ description: 'The request, and why the person is not informed for now.' })
export class DeferInformationInput {
  @Field(() => ID, { description: 'The `id` of the request.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => InformationGround, { description: 'Why the person is not informed for now.' })
  ground!: InformationGroundValue;

  @Field(() => Day, {
    description: 'The day on which to look at it again, in Paris: from tomorrow to a year ahead.',
  })
  reviewOn!: Date;
}
