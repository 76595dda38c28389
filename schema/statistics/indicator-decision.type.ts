import { Field, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';
import { IndicatorDecisionKind, IndicatorRefusal } from './indicator.enums.js';

@ObjectType({
  description:
    'The word of a technical adviser that an indicator is to be adopted, refused or retired. It is public, with the name: two advisers decide.',
})
export class IndicatorDecision {
  @Field(() => IndicatorDecisionKind, {
    description: 'Whether the indicator is to be adopted, refused or retired.',
  })
  kind!: string;

  @Field(() => IndicatorRefusal, {
    nullable: true,
    description: 'Why it is to be refused, as a category; null for one that is to be adopted or retired.',
  })
  refusal!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why, in words that everyone may read; null for one that is to be adopted.',
  })
  reason!: string | null;

  @Field(() => String, { description: 'What the adviser is called.' })
  name!: string;

  @Field(() => Day, { description: 'The day on which the adviser said so, in Paris.' })
  saidOn!: Date;
}
