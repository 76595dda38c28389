import { Field, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';
import { IndicatorDecisionKind, IndicatorRefusal } from './indicator.enums.js';

@ObjectType({
  description:
    'That a technical adviser is for refusing or retiring an indicator. Public, with the name: two of them decide.',
})
export class IndicatorDecision {
  @Field(() => IndicatorDecisionKind)
  kind!: string;

  @Field(() => IndicatorRefusal, { nullable: true, description: 'Null of what is to be retired.' })
  refusal!: string | null;

  @Field(() => String)
  reason!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Day)
  saidOn!: Date;
}
