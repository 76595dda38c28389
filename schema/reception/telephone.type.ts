import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { PersonLookUpInput } from '../person/person.input.js';
import { DateTime, Day } from '../scalars.js';

@InputType({
  description:
    'What a caller says of an appointment: the full name, one other thing or more, and the day. `reference` may also be that of a request, or the secret of what was booked online.',
})
export class NoteTelephoneCancellationInput extends PersonLookUpInput {
  @Field(() => ID, { description: 'The district of the desk.' })
  districtId!: string;

  @Field(() => Day, { description: 'The day of the appointment in Paris, as the caller says it.' })
  day!: Date;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True if the caller wants another time: once the old time is free, the person waits for another one. False unless given.',
  })
  wantsAnother?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The worker who is on duty. This worker is told if all others who are told are away.',
  })
  dutyWorkerId?: string | null;
}

@InputType({
  description: 'The appointment, or the visit of the person who is there: exactly one of the two.',
})
export class RestoreAppointmentInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The `id` of an appointment in `timesCalledOff`, for a worker who was told of it.',
  })
  id?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The person’s visit of today, until it is closed, for the desk and for the worker who receives the person. All their appointments in the district stand.',
  })
  visitId?: string | null;
}

@ObjectType({
  description:
    'Rendez-vous annulé par téléphone: an appointment that a caller called off, and that nobody has confirmed. Its time is held.',
})
export class TimeCalledOff {
  @Field(() => ID, { nullable: true, description: 'The `id` of the appointment.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'A neutral French word for the form of the appointment, such as entretien, visite or appel.',
  })
  publicLabel!: string;

  @Field(() => DateTime, { nullable: true, description: 'The instant at which the appointment starts.' })
  startsAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Until when the time is held for the person. Null if silence never frees it: then a worker cancels it, or it stands.',
  })
  heldUntil!: Date | null;

  @Field(() => String, { nullable: true, description: 'The name of the person, as it is registered.' })
  displayName!: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the caller wanted another time.' })
  wantsAnother!: boolean;
}
