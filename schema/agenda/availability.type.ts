import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';
import { AppointmentMode } from './agenda.enums.js';

@ObjectType({
  description:
    'Plage d’ouverture: hours in which a worker can be booked, on the days of a recurrence. Times are local time in Paris (Europe/Paris).',
})
export class Availability {
  @Field(() => ID)
  id!: string;

  @Field(() => [AppointmentMode], {
    nullable: true,
    description: 'The ways in which appointments in these hours can be held.',
  })
  modes!: string[];

  @Field(() => String, {
    nullable: true,
    description: 'The room or address where the worker receives; null is the district’s address.',
  })
  place!: string | null;

  @Field(() => Day, { nullable: true, description: 'The first day of the hours.' })
  startsOn!: Date;

  @Field(() => Day, {
    nullable: true,
    description: 'The first day without these hours: from this day on they are closed.',
  })
  endsOn!: Date;

  @Field(() => String, {
    nullable: true,
    description: 'When the hours begin on each of their days: `HH:MM`, local time in Paris.',
  })
  opensAt!: string;

  @Field(() => String, {
    nullable: true,
    description: 'When the hours end on each of their days: `HH:MM`, local time in Paris.',
  })
  closesAt!: string;

  @Field(() => String, {
    nullable: true,
    description: 'On which days: a recurrence rule (RFC 5545, section 3.3.10); null is every day.',
  })
  recurrence!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the hours are kept for persons who must be seen soon, as a social worker judged it. Two working days before, they are for everyone.',
  })
  keptForUrgent!: boolean;

  @Field(() => Int, { nullable: true })
  version!: number;
}
