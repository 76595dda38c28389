import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';

@ObjectType({
  description:
    'What a member of a team says of an indicator and a year, that no figure says. The team’s own word is its signed narrative.',
})
export class IndicatorObservation {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => String, { nullable: true, description: 'The indicator’s code.' })
  code!: string;

  @Field(() => Int, { nullable: true })
  year!: number;

  @Field(() => String, { nullable: true })
  body!: string;

  @Field(() => Day, { nullable: true })
  statedOn!: Date;
}
