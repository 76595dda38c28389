import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars.js';

@ObjectType({
  description:
    'Indisponibilité: time off of a worker for a while, never its cause. It is in force in every district of the worker.',
})
export class Unavailability {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTime, { nullable: true, description: 'The first instant of the time off.' })
  startsAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The end of the time off; from this instant on the worker can be booked again.',
  })
  endsAt!: Date;

  @Field(() => Int, { nullable: true })
  version!: number;
}
