import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';
import { StatisticsWithheld } from './statistics.enums.js';

const LOW =
  'The lower end of the interval: what was counted is no less, in 95 cases of 100. Null where it is not told.';
const HIGH =
  'The upper end of the interval: what was counted is no more, in 95 cases of 100. Null where it is not told.';
const BASE = 'The number that a rate is a share of, protected as well. Null for a count.';

@ObjectType({
  description: 'A method by which figures are protected: its parameters and its text, and never its secret.',
})
export class StatisticsMethod {
  @Field(() => Int, { description: 'The number of the method, from 1; each snapshot names its own.' })
  version!: number;

  @Field(() => Int, {
    description: 'The number of different keys that a cell can have: they go from 0 to below this number.',
  })
  modulus!: number;

  @Field(() => Int, { description: 'The variance of the noise that is added to a count, at most.' })
  variance!: number;

  @Field(() => Int, {
    description: 'The most by which a count that is told may differ from what was counted.',
  })
  maxPerturbation!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'A count that is below this number with its noise is not told. Null means that each indicator had a threshold of its own (methods 1 and 2), or that there is none.',
  })
  threshold!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The threshold of a count about health or violence. Null means that it had the same as the others.',
  })
  sensitiveThreshold!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'A rate of a district is told if its base is at least this number. Null means that there was no such bound.',
  })
  leastBase!: number | null;

  @Field(() => String, { description: 'The method explained in French.' })
  textFr!: string;

  @Field(() => String, { description: 'The method explained in English.' })
  textEn!: string;
}

@ObjectType({ description: 'Arrêté: that the figures of a month, a quarter or a year were frozen.' })
export class Snapshot {
  @Field(() => String, {
    nullable: true,
    description: 'The month, as in `2026-03`, the quarter, as in `2026-Q1`, or the year, as in `2026`.',
  })
  period!: string;

  @Field(() => Day, {
    nullable: true,
    description:
      'The day on which it was done, in Paris, once and for all. What is recorded later is in none of its figures.',
  })
  frozenOn!: Date;

  @Field(() => Int, {
    nullable: true,
    description: 'The `version` of the method by which its figures are protected.',
  })
  methodVersion!: number;
}

@ObjectType({ description: 'A category of a dimension, such as a band of ages.' })
export class StatisticsCategory {
  @Field(() => String, { nullable: true, description: 'A short name that programs can rely on.' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'The name of the category in French.' })
  labelFr!: string;

  @Field(() => String, { nullable: true, description: 'The name of the category in English.' })
  labelEn!: string;
}

@ObjectType({ description: 'The category that a cell has in one dimension.' })
export class StatisticsCellCategory {
  @Field(() => String, { nullable: true, description: 'The `code` of the dimension.' })
  dimension!: string;

  @Field(() => String, { nullable: true, description: 'The short name of the category.' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'The name of the category in French.' })
  labelFr!: string;

  @Field(() => String, { nullable: true, description: 'The name of the category in English.' })
  labelEn!: string;
}

@ObjectType({ description: 'A dimension of a table, with its categories as they were when it was frozen.' })
export class StatisticsDimension {
  @Field(() => String, { nullable: true, description: 'The value that `statistics(by:)` takes.' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'The name of the dimension in French.' })
  labelFr!: string;

  @Field(() => String, { nullable: true, description: 'The name of the dimension in English.' })
  labelEn!: string;

  @Field(() => [StatisticsCategory], {
    nullable: true,
    description: 'The values that the dimension distinguishes, in the order in which tables show them.',
  })
  categories!: readonly StatisticsCategory[];
}

@ObjectType({ description: 'A protected figure with its interval, or why it is not told.' })
export class StatisticsFigure {
  @Field(() => Int, {
    nullable: true,
    description: 'A count, or whole per cent of a rate; null where it is withheld.',
  })
  value!: number | null;

  @Field(() => Int, { nullable: true, description: LOW })
  low!: number | null;

  @Field(() => Int, { nullable: true, description: HIGH })
  high!: number | null;

  @Field(() => Int, { nullable: true, description: BASE })
  base!: number | null;

  @Field(() => StatisticsWithheld, {
    nullable: true,
    description: 'Why the figure is not told; null where it is told.',
  })
  withheld!: string | null;
}

@ObjectType({
  description:
    'A cell of a table: a count, or whole per cent of a rate. It is protected by itself, so that cells do not add up exactly.',
})
export class StatisticsCell extends StatisticsFigure {
  @Field(() => [StatisticsCellCategory], {
    nullable: true,
    description: 'The category that the cell has in each dimension, in their order.',
  })
  categories!: readonly StatisticsCellCategory[];
}

@ObjectType({
  description:
    'The median of a wait. It is worked out from the published counts of the bands: within a band, the days are taken as even.',
})
export class StatisticsMedian {
  @Field(() => Float, {
    nullable: true,
    description: 'Half of them waited fewer days than this, to a tenth.',
  })
  days!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'The lower end of the interval that the noise leaves, in days: in 95 cases of 100.',
  })
  low!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'The upper end of the interval that the noise leaves, in days: in 95 cases of 100.',
  })
  high!: number;
}

@ObjectType({
  description:
    'A table of the public programme: one indicator, one territory, one period. It is the same for everyone, and stays as it is.',
})
export class StatisticsTable {
  @Field(() => String, {
    nullable: true,
    description: 'The month, as in `2026-03`, the quarter, as in `2026-Q1`, or the year, as in `2026`.',
  })
  period!: string;

  @Field(() => Day, { nullable: true, description: 'The day on which its figures were frozen, in Paris.' })
  frozenOn!: Date;

  @Field(() => [StatisticsDimension], {
    nullable: true,
    description: 'By what it is broken down. In `cells` the categories of the last dimension change fastest.',
  })
  dimensions!: readonly StatisticsDimension[];
}

@ObjectType({
  description:
    'The part of a period that the figures cover. A district is counted from the day on which it was switched on. What is recorded after the figures are frozen is in none of them.',
})
export class StatisticsCoverage {
  @Field(() => Day, { nullable: true, description: 'The first day that is counted; null where none is.' })
  from!: Date | null;

  @Field(() => Day, { description: 'The first day that is not counted any more.' })
  until!: Date;

  @Field(() => Int, { description: 'The number of districts that are counted, at the end of the period.' })
  districts!: number;

  @Field(() => Int, {
    description:
      'The number of districts that there were: those that are counted, or that served a sector in the period.',
  })
  ofDistricts!: number;
}
