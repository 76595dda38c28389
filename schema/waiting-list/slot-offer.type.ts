import { Field, ID, Int, ObjectType } from 'type-graphql';
import { AppointmentMode } from '../agenda/agenda.enums.js';
import { DispatchStatus } from '../appointment/appointment.enums.js';
import { connectionOf } from '../connection.js';
import { DateTime } from '../scalars.js';
import { OfferChannel, OfferStatus, SkipReason } from './waiting-list.enums.js';

@ObjectType({
  description:
    'Proposition: a time that is held for someone who waits, until a deadline. Or, at short notice, a time for which several are asked: the first yes has it.',
})
export class SlotOffer {
  @Field(() => ID)
  id!: string;

  @Field(() => OfferStatus, {
    nullable: true,
    description: 'Whether the person can still answer, and what came of the offer if not.',
  })
  status!: string;

  @Field(() => DateTime, { nullable: true, description: 'The instant at which the appointment would start.' })
  startsAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The instant at which the appointment would end; the end itself is free again.',
  })
  endsAt!: Date;

  @Field(() => AppointmentMode, {
    nullable: true,
    description: 'Whether it would be held on site, at home, by phone or by video.',
  })
  mode!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where they would be received. Null is the district’s address, or follows from the mode.',
  })
  place!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The deadline: from this instant on the time can go to someone else.',
  })
  answerBy!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When they accepted or declined; null until then.' })
  answeredAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the offer was made.' })
  offeredAt!: Date;

  @Field(() => OfferChannel, {
    nullable: true,
    description: 'The only channel by which the person is to be told.',
  })
  channel!: string;

  @Field(() => DateTime, { nullable: true, description: 'When they were told; null until then.' })
  toldAt!: Date | null;

  @Field(() => DispatchStatus, {
    nullable: true,
    description:
      'The state of the message that the software sends by itself; null where staff tell the person.',
  })
  sending!: string | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

export const { Connection: SlotOfferConnection } = connectionOf('SlotOffer', () => SlotOffer);

@ObjectType({ description: 'A time that went to someone further down the waiting list, and why.' })
export class OfferSkip {
  @Field(() => ID)
  id!: string;

  @Field(() => SkipReason, { nullable: true, description: 'Why the time was not for this request.' })
  reason!: string;

  @Field(() => DateTime, { nullable: true, description: 'The instant at which that time starts.' })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the time was offered to someone else.' })
  skippedAt!: Date;
}
