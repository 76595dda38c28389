import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';
import {
  IndicatorKind,
  IndicatorRefusal,
  IndicatorStatus,
  IndicatorTerritory,
  IndicatorUnit,
} from './indicator.enums.js';
import { ProgrammePeriod } from './statistics.enums.js';

@ObjectType({ description: 'By what a figure may be broken down.' })
export class IndicatorDimension {
  @Field(() => String, { description: 'What `statistics(by:)` takes.' })
  code!: string;

  @Field(() => String)
  labelFr!: string;

  @Field(() => String)
  labelEn!: string;
}

@ObjectType({
  description: 'A table that is released of an indicator, to everyone; nothing finer is answered to anyone.',
})
export class IndicatorTable {
  @Field(() => IndicatorTerritory, { description: 'Of each district, or of the county.' })
  territory!: string;

  @Field(() => ProgrammePeriod)
  period!: string;

  @Field(() => [String], { description: 'What `statistics(by:)` takes; empty is the total.' })
  by!: readonly string[];
}

@ObjectType({
  description:
    'Indicateur: what is counted, in words that were agreed on. Its words never change: another wording is another version, and years gone by keep the one they were counted with.',
})
export class Indicator {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The same for all its versions.' })
  code!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => String)
  labelFr!: string;

  @Field(() => String)
  labelEn!: string;

  @Field(() => String)
  definitionFr!: string;

  @Field(() => String, { description: 'What counts, by examples.' })
  countsFr!: string;

  @Field(() => String, { description: 'What does not.' })
  doesNotCountFr!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Which of the records it is counted from; null where it was refused since nothing records it.',
  })
  measure!: string | null;

  @Field(() => IndicatorUnit)
  unit!: string;

  @Field(() => IndicatorKind)
  kind!: string;

  @Field(() => IndicatorTerritory, {
    nullable: true,
    description:
      'By what it is given: decided from a trial count when it is adopted, and null until then. A district takes three workers who feed it, or a team half of whose figure is nobody’s in particular.',
  })
  givenBy!: string | null;

  @Field(() => IndicatorStatus)
  status!: string;

  @Field(() => Day)
  proposedOn!: Date;

  @Field(() => Day, { nullable: true })
  consultedFrom!: Date | null;

  @Field(() => Day, { nullable: true, description: 'The last day on which the teams are asked.' })
  consultedUntil!: Date | null;

  @Field(() => Day, {
    nullable: true,
    description: 'A period is counted by the version that is adopted on its last day.',
  })
  adoptedOn!: Date | null;

  @Field(() => Day, { nullable: true })
  retiredOn!: Date | null;

  @Field(() => IndicatorRefusal, { nullable: true })
  refusal!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused, in words.' })
  refusalText!: string | null;
}
