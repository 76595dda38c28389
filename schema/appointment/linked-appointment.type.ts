import { Field, InputType, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars.js';

@ObjectType({
  description:
    'Rendez-vous annoncé par un message: what the message with the link said of an appointment, and nothing else.',
})
export class LinkedAppointment {
  @Field(() => String, {
    nullable: true,
    description: 'A neutral French word for the form of the appointment, such as entretien, visite or appel.',
  })
  publicLabel!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The instant at which the appointment starts; null if the message named only the day.',
  })
  startsAt!: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it was cancelled by this link, within the last hour.',
  })
  cancelled!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether somebody has called it off by telephone, and its time is held. `restoreByLink` lets it stand; `cancelByLink` confirms it.',
  })
  calledOff!: boolean;
}

@InputType({ description: 'The link of a message, and whether the person wants another time.' })
export class CancelByLinkInput {
  @Field(() => String, { description: 'The part of the link that is different in each message.' })
  secret!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True puts the person on the waiting list, for the same kind of appointment: they are offered another time. No, unless given.',
  })
  wantsAnother?: boolean | null;
}

@InputType({ description: 'The link of a message.' })
export class RestoreByLinkInput {
  @Field(() => String, { description: 'The part of the link that is different in each message.' })
  secret!: string;
}
