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
  @Field(() => String, { description: 'The value that `statistics(by:)` takes.' })
  code!: string;

  @Field(() => String, { description: 'The name of the dimension in French.' })
  labelFr!: string;

  @Field(() => String, { description: 'The name of the dimension in English.' })
  labelEn!: string;
}

@ObjectType({
  description: 'A table that is released of an indicator, to everyone. Nothing finer is answered to anyone.',
})
export class IndicatorTable {
  @Field(() => IndicatorTerritory, {
    description: 'Whether it is a table of each district, or of the county.',
  })
  territory!: string;

  @Field(() => ProgrammePeriod, {
    description:
      'Whether it is a table of each year, of each quarter, of each month, or of the months that end a quarter.',
  })
  period!: string;

  @Field(() => [String], {
    description: 'The values that `statistics(by:)` takes to ask for it; empty is the total.',
  })
  by!: readonly string[];
}

@ObjectType({
  description:
    'Indicateur: what is counted, in words that were agreed on. Its words never change: another wording is another version, and years gone by keep the version by which they were counted.',
})
export class Indicator {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    description: 'A short name that programs can rely on, the same for all its versions.',
  })
  code!: string;

  @Field(() => Int, { description: 'The number of this version, from 1.' })
  version!: number;

  @Field(() => String, { description: 'The name of the indicator in French.' })
  labelFr!: string;

  @Field(() => String, { description: 'The name of the indicator in English.' })
  labelEn!: string;

  @Field(() => String, { description: 'The meaning of the indicator, in French.' })
  definitionFr!: string;

  @Field(() => String, { description: 'The facts that count, by examples, in French.' })
  countsFr!: string;

  @Field(() => String, { description: 'The facts that do not count, in French.' })
  doesNotCountFr!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The short name of the recorded fact that it is counted from; null where it was refused since nothing records it.',
  })
  measure!: string | null;

  @Field(() => IndicatorUnit, { description: 'The things that it counts, each once.' })
  unit!: string;

  @Field(() => IndicatorKind, { description: 'The way in which its units are counted.' })
  kind!: string;

  @Field(() => IndicatorTerritory, {
    nullable: true,
    description:
      'Whether figures are given of each district, or of the county alone. A trial count of three months decides it at the adoption; null until then. They are given of each district if, in each, three workers feed the figure and none of them feeds four fifths of it, or if half of the figure belongs to no worker in particular.',
  })
  givenBy!: string | null;

  @Field(() => IndicatorStatus, { description: 'The stage that it has reached.' })
  status!: string;

  @Field(() => Day, { description: 'The day of the proposal, in Paris.' })
  proposedOn!: Date;

  @Field(() => Day, {
    nullable: true,
    description: 'The first day on which the teams are asked; null until it is set.',
  })
  consultedFrom!: Date | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The last day on which the teams are asked; null until it is set.',
  })
  consultedUntil!: Date | null;

  @Field(() => Boolean, {
    description:
      'True if the teams are asked a second time, or were: the first time too few of them were heard, or as many were for it as against.',
  })
  askedAgain!: boolean;

  @Field(() => Day, {
    nullable: true,
    description:
      'The day on which somebody else than its author had read it, in Paris; null until then: the county’s workers alone read it, until `confirmWords`.',
  })
  confirmedOn!: Date | null;

  @Field(() => Day, {
    nullable: true,
    description:
      'The day of the adoption, in Paris; null until then. A period is counted by the version that is adopted on its last day.',
  })
  adoptedOn!: Date | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The day from which on it is counted no more; null until then.',
  })
  retiredOn!: Date | null;

  @Field(() => IndicatorRefusal, {
    nullable: true,
    description: 'Why it was refused, as a category; null if it was not.',
  })
  refusal!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused, in words; null if it was not.' })
  refusalText!: string | null;
}
