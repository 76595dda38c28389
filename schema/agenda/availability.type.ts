import { Field, ID, Int, ObjectType } from 'type-graphql';
import { AppointmentMode } from '../appointment/appointment.enums.js';
import { Day } from '../scalars.js';

@ObjectType({
  description: 'Plage d’ouverture: hours of a worker’s agenda, local wall time in Europe/Paris.',
})
export class Availability {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => [AppointmentMode], { nullable: true })
  modes!: string[];

  @Field(() => String, { nullable: true, description: 'Null is the district’s address.' })
  place!: string | null;

  @Field(() => Day, { nullable: true })
  startsOn!: Date;

  @Field(() => Day, { nullable: true, description: 'The first day that is left out.' })
  endsOn!: Date;

  @Field(() => String, { nullable: true, description: '`HH:MM`.' })
  opensAt!: string;

  @Field(() => String, { nullable: true, description: '`HH:MM`.' })
  closesAt!: string;

  @Field(() => String, {
    nullable: true,
    description: 'On which days: a recurrence rule (RFC 5545, section 3.3.10); null is every day.',
  })
  recurrence!: string | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}
