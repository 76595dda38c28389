import { Field, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars.js';
import { AppointmentMode, NoSlotReason } from './agenda.enums.js';

@ObjectType({
  description:
    'A time at which a worker is busy or away; the reason is not told. The interval is half-open: its end is not part of it.',
})
export class Slot {
  @Field(() => DateTime, { description: 'The first instant that is busy.' })
  startsAt!: Date;

  @Field(() => DateTime, { description: 'The end of the busy time; the end itself is free again.' })
  endsAt!: Date;
}

@ObjectType({
  description:
    'Créneau libre: a time at which an appointment could be booked. Nothing holds it until it is booked.',
})
export class FreeSlot {
  @Field(() => DateTime, { description: 'The instant at which the appointment would start.' })
  startsAt!: Date;

  @Field(() => DateTime, {
    description: 'The instant at which the appointment would end; the end itself is free again.',
  })
  endsAt!: Date;

  @Field(() => [AppointmentMode], { description: 'The ways in which the appointment could be held then.' })
  modes!: string[];

  @Field(() => String, {
    nullable: true,
    description: 'Where the person would be received; null is the district’s address.',
  })
  place!: string | null;
}

@ObjectType({ description: 'The free times that a search found, or the reason why it found none.' })
export class SlotSearch {
  @Field(() => [FreeSlot], { description: 'The free times that were found, the earliest first.' })
  slots!: FreeSlot[];

  @Field(() => NoSlotReason, {
    nullable: true,
    description: 'Why nothing was found; null when there are free times.',
  })
  whyNone!: string | null;
}
