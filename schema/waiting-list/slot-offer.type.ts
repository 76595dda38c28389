import { Field, ID, Int, ObjectType } from 'type-graphql';
import { AppointmentMode, DispatchStatus } from '../appointment/appointment.enums.js';
import { connectionOf } from '../connection.js';
import { DateTime } from '../scalars.js';
import { OfferChannel, OfferStatus, SkipReason } from './waiting-list.enums.js';

@ObjectType({ description: 'Proposition: a time that is held for someone who waits, until a deadline.' })
export class SlotOffer {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => OfferStatus, { nullable: true })
  status!: string;

  @Field(() => DateTime, { nullable: true })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true })
  endsAt!: Date;

  @Field(() => AppointmentMode, { nullable: true })
  mode!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Null is the district’s address, or what the mode says.',
  })
  place!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'The deadline: from then on it is another’s.' })
  answerBy!: Date;

  @Field(() => DateTime, { nullable: true })
  answeredAt!: Date | null;

  @Field(() => DateTime, { nullable: true })
  offeredAt!: Date;

  @Field(() => OfferChannel, { nullable: true, description: 'How they are to be told, and by nothing else.' })
  channel!: string;

  @Field(() => DateTime, { nullable: true, description: 'Null until they were told.' })
  toldAt!: Date | null;

  @Field(() => DispatchStatus, {
    nullable: true,
    description: 'How it goes where it is sent without anyone’s doing; null where people tell them.',
  })
  sending!: string | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

export const { Connection: SlotOfferConnection } = connectionOf('SlotOffer', () => SlotOffer);

@ObjectType({ description: 'That a time went to someone further down the waiting list, and why.' })
export class OfferSkip {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => SkipReason, { nullable: true })
  reason!: string;

  @Field(() => DateTime, { nullable: true, description: 'When the time begins that went to another.' })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true })
  skippedAt!: Date;
}
