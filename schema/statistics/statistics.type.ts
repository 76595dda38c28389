import { Field, Int, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';
import { StatisticsWithheld } from './statistics.enums.js';

const LOW = 'What was counted is no less, in 95 cases of 100; null where it is not told.';
const HIGH = 'And no more.';
const BASE = 'Of a rate: of how many it is the share, protected as well. Null of a count.';

@ObjectType({ description: 'How figures are protected: its parameters and its text, and never its secret.' })
export class StatisticsMethod {
  @Field(() => Int)
  version!: number;

  @Field(() => Int, { description: 'Keys are below it.' })
  modulus!: number;

  @Field(() => Int, { description: 'Of what is added to a count, at most.' })
  variance!: number;

  @Field(() => Int, { description: 'How far a count that is told may be from what was counted.' })
  maxPerturbation!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'A count that is less, with its noise, is not told. Null: each indicator had its own.',
  })
  threshold!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Of how many a rate is the share, at least; null: there was no such bound.',
  })
  leastBase!: number | null;

  @Field(() => String)
  textFr!: string;

  @Field(() => String)
  textEn!: string;
}

@ObjectType({ description: 'Arrêté: what was frozen of a month or a year.' })
export class Snapshot {
  @Field(() => String, { nullable: true, description: '`2026-03`, or `2026`.' })
  period!: string;

  @Field(() => Day, {
    nullable: true,
    description: 'Once and for all: what is recorded later is in none of its figures.',
  })
  frozenOn!: Date;

  @Field(() => Int, { nullable: true, description: 'Of `statisticsMethods`.' })
  methodVersion!: number;
}

@ObjectType()
export class StatisticsCategory {
  @Field(() => String, { nullable: true })
  code!: string;

  @Field(() => String, { nullable: true })
  labelFr!: string;

  @Field(() => String, { nullable: true })
  labelEn!: string;
}

@ObjectType({ description: 'Of which dimension a cell has which category.' })
export class StatisticsCellCategory {
  @Field(() => String, { nullable: true })
  dimension!: string;

  @Field(() => String, { nullable: true })
  code!: string;

  @Field(() => String, { nullable: true })
  labelFr!: string;

  @Field(() => String, { nullable: true })
  labelEn!: string;
}

@ObjectType({ description: 'A dimension of a table, with its categories as they were when it was frozen.' })
export class StatisticsDimension {
  @Field(() => String, { nullable: true })
  code!: string;

  @Field(() => String, { nullable: true })
  labelFr!: string;

  @Field(() => String, { nullable: true })
  labelEn!: string;

  @Field(() => [StatisticsCategory], { nullable: true })
  categories!: readonly StatisticsCategory[];
}

@ObjectType({ description: 'A protected figure with its interval, or why it is not told.' })
export class StatisticsFigure {
  @Field(() => Int, { nullable: true })
  value!: number | null;

  @Field(() => Int, { nullable: true, description: LOW })
  low!: number | null;

  @Field(() => Int, { nullable: true, description: HIGH })
  high!: number | null;

  @Field(() => Int, { nullable: true, description: BASE })
  base!: number | null;

  @Field(() => StatisticsWithheld, { nullable: true, description: 'Null where the figure is told.' })
  withheld!: string | null;
}

@ObjectType({
  description:
    'A cell of a table: a count, or whole per cent of a rate. It is protected by itself, so that cells do not add up exactly.',
})
export class StatisticsCell extends StatisticsFigure {
  @Field(() => [StatisticsCellCategory], {
    nullable: true,
    description: 'One of each dimension, in their order.',
  })
  categories!: readonly StatisticsCellCategory[];
}

@ObjectType({
  description:
    'A table of the public programme: one indicator, one territory, one period. It is the same for everyone, and stays.',
})
export class StatisticsTable {
  @Field(() => String, { nullable: true })
  period!: string;

  @Field(() => Day, { nullable: true })
  frozenOn!: Date;

  @Field(() => [StatisticsDimension], {
    nullable: true,
    description: 'The last one’s categories come fastest.',
  })
  dimensions!: readonly StatisticsDimension[];
}

@ObjectType({
  description:
    'Of how much of a period figures tell. A district is counted from the day on which it was switched on; what is recorded after the figures are frozen is in none.',
})
export class StatisticsCoverage {
  @Field(() => Day, { nullable: true, description: 'The first day that is counted; null where none is.' })
  from!: Date | null;

  @Field(() => Day, { description: 'The first day that is not.' })
  until!: Date;

  @Field(() => Int, { description: 'How many districts are counted, at the end of the period.' })
  districts!: number;

  @Field(() => Int, { description: 'Of how many that the county has today.' })
  ofDistricts!: number;
}
