import { Field, Int, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';
import { Withheld } from './statistics.enums.js';

@ObjectType({
  description:
    'Third next available appointment, as it stood at six in the morning in Paris: how many days lay between that day and the third free time. Held times, and hours for urgent receptions, are not free.',
})
export class ThirdNextAvailable {
  @Field(() => Day, { nullable: true, description: 'The day on which it was measured.' })
  day!: Date;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of days until that time: 0 is the same day. Null if it is withheld.',
  })
  days!: number | null;

  @Field(() => Withheld, {
    nullable: true,
    description: 'Why the figure is not told; null where it is told.',
  })
  withheld!: string | null;
}
