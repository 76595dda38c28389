import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars.js';
import {
  AppointmentMode,
  AppointmentStatus,
  AskedBy,
  CancellationReason,
  ParticipantKind,
} from './appointment.enums.js';

@ObjectType({ description: 'Rendez-vous.' })
export class Appointment {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => DateTime, { nullable: true })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true })
  endsAt!: Date;

  @Field(() => AppointmentStatus, { nullable: true })
  status!: string;

  @Field(() => AppointmentMode, { nullable: true })
  mode!: string;

  @Field(() => String, { nullable: true })
  subject!: string | null;

  @Field(() => AskedBy, { nullable: true, description: 'Null where nobody said.' })
  askedBy!: string | null;

  @Field(() => DateTime, { nullable: true })
  bookedAt!: Date;

  @Field(() => CancellationReason, { nullable: true })
  cancellationReason!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Of a home visit: until then, whoever goes there is not free.',
  })
  expectedBackAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When whoever went there was back.' })
  backAt!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType({ description: 'Who else is at an appointment; never by name.' })
export class AppointmentParticipant {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => ParticipantKind, { nullable: true })
  kind!: string;

  @Field(() => String, { nullable: true, description: 'ISO 639-3, of an interpreter.' })
  language!: string | null;

  @Field(() => AppointmentMode, { nullable: true, description: 'Whether they come, or are on the line.' })
  mode!: string;

  @Field(() => DateTime, { nullable: true })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true })
  endsAt!: Date;
}

@ObjectType({ description: 'Type de rendez-vous: public, its public label is neutral.' })
export class AppointmentType {
  @Field(() => ID)
  code!: string;

  @Field(() => String)
  labelFr!: string;

  @Field(() => String)
  labelEn!: string;

  @Field(() => String)
  publicLabelFr!: string;

  @Field(() => String)
  publicLabelEn!: string;

  @Field(() => Int)
  durationMinutes!: number;

  @Field(() => [AppointmentMode])
  modes!: string[];

  @Field(() => Int, {
    nullable: true,
    description: 'Of a collective type: for how many persons, unless said otherwise. Null of any other.',
  })
  places!: number | null;
}
