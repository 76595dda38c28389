import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';

@ObjectType({
  description:
    'An observation of a member of a team about an indicator and a year, which no figure tells. The team’s own word is its signed narrative.',
})
export class IndicatorObservation {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: 'The `code` of the indicator that it is about.' })
  code!: string;

  @Field(() => Int, { nullable: true, description: 'The calendar year that it is about.' })
  year!: number;

  @Field(() => String, { nullable: true, description: 'The text of the member.' })
  body!: string;

  @Field(() => Day, { nullable: true, description: 'The day on which the member said so, in Paris.' })
  statedOn!: Date;

  @Field(() => Day, {
    nullable: true,
    description: 'The day on which somebody else than the author had read it, in Paris; null until then.',
  })
  confirmedOn!: Date | null;
}
