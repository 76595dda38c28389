import { Field, Int, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';

@ObjectType({
  description:
    'Third next available appointment of a week: how many days lay between a morning, at six in Paris, and the third free time, on average. It is told once the week is over. Held times, and hours for urgent receptions, are not free.',
})
export class ThirdNextAvailable {
  @Field(() => Day, { nullable: true, description: 'The Monday on which the week begins.' })
  week!: Date;

  @Field(() => Int, {
    nullable: true,
    description:
      'The mean of its mornings, in whole days: 0 is the same day. A morning without a free time within 92 days counts as 92. A week has this number whoever was there.',
  })
  days!: number;
}
