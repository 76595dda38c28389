import { Field, ObjectType } from 'type-graphql';
import { AppointmentMode } from '../appointment/appointment.enums.js';
import { DateTime } from '../scalars.js';
import { NoSlotReason } from './agenda.enums.js';

@ObjectType({ description: 'A half-open interval of instants.' })
export class Slot {
  @Field(() => DateTime)
  startsAt!: Date;

  @Field(() => DateTime)
  endsAt!: Date;
}

@ObjectType({ description: 'Créneau libre.' })
export class FreeSlot {
  @Field(() => DateTime)
  startsAt!: Date;

  @Field(() => DateTime)
  endsAt!: Date;

  @Field(() => [AppointmentMode])
  modes!: string[];

  @Field(() => String, { nullable: true, description: 'Null is the district’s address.' })
  place!: string | null;
}

@ObjectType({ description: 'What a search found, or why it found nothing.' })
export class SlotSearch {
  @Field(() => [FreeSlot])
  slots!: FreeSlot[];

  @Field(() => NoSlotReason, { nullable: true, description: 'Null when there are slots.' })
  whyNone!: string | null;
}
