import { Field, Int, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';
import { Withheld } from './statistics.enums.js';

@ObjectType({
  description:
    'Third next available appointment, as it stood at six in the morning in Paris: how many days lay between that day and the third free time. Held times and hours for urgent receptions are not free.',
})
export class ThirdNextAvailable {
  @Field(() => Day, { nullable: true })
  day!: Date;

  @Field(() => Int, { nullable: true, description: '0 is the same day.' })
  days!: number | null;

  @Field(() => Withheld, { nullable: true, description: 'Null where the figure is told.' })
  withheld!: string | null;
}
