import { Field, ID, Int, ObjectType } from 'type-graphql';
import { AppointmentMode } from '../agenda/agenda.enums.js';
import { DateTime } from '../scalars.js';
import { AppointmentStatus, AskedBy, CancellationReason, ParticipantKind } from './appointment.enums.js';

@ObjectType({
  description:
    'Rendez-vous: a time that is booked with one or more workers, for one or more persons or for nobody named.',
})
export class Appointment {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTime, { nullable: true, description: 'The instant at which the appointment starts.' })
  startsAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The instant at which the appointment ends; the end itself is free again.',
  })
  endsAt!: Date;

  @Field(() => AppointmentStatus, {
    nullable: true,
    description:
      'Whether it is booked, was cancelled, or how it went. The desk reads it only as long as it is booked, and in the answer to its own recording.',
  })
  status!: string;

  @Field(() => AppointmentMode, {
    nullable: true,
    description: 'Whether it is held on site, at home, by phone or by video.',
  })
  mode!: string;

  @Field(() => AskedBy, {
    nullable: true,
    description: 'The one who asked for it, as a category; null if nobody said.',
  })
  askedBy!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The instant at which it was entered in the agenda.',
  })
  bookedAt!: Date;

  @Field(() => CancellationReason, {
    nullable: true,
    description: 'Why the service cancelled it, if it said so; null otherwise. A person is never asked why.',
  })
  cancellationReason!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether somebody cancelled it by the link of a message. The link tells nobody who used it: ask the person.',
  })
  cancelledByLink!: boolean;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The time at which the worker is expected back from a home visit. Until then the worker is not free. Null for any other appointment.',
  })
  expectedBackAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The time at which the worker was recorded as back from a home visit; null until then.',
  })
  backAt!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType({ description: 'Someone else who is at an appointment, such as an interpreter; never by name.' })
export class AppointmentParticipant {
  @Field(() => ID)
  id!: string;

  @Field(() => ParticipantKind, {
    nullable: true,
    description: 'Whether it is an interpreter, a partner or a relative.',
  })
  kind!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The interpreter’s language as an ISO 639-3 code; null for anyone else.',
  })
  language!: string | null;

  @Field(() => AppointmentMode, {
    nullable: true,
    description: 'Whether they come, or take part by phone or video.',
  })
  mode!: string;

  @Field(() => DateTime, { nullable: true, description: 'From when on they take part.' })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Until when they take part, this instant left out.' })
  endsAt!: Date;
}
