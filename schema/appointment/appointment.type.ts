import { Field, ID, Int, ObjectType } from 'type-graphql';
import { AppointmentMode, AppointmentStatus } from '../enums.js';
import { DateTime } from '../scalars.js';

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

  @Field(() => Int, { nullable: true })
  version!: number;
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
}
