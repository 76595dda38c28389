import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';
import { StatisticsWithheld } from './statistics.enums.js';

@ObjectType({ description: 'By which dimension a figure is told.' })
export class ReportDimension {
  @Field(() => String, { nullable: true })
  code!: string;

  @Field(() => String, { nullable: true })
  labelFr!: string;

  @Field(() => String, { nullable: true })
  labelEn!: string;
}

@ObjectType({ description: 'A protected figure with its context: the year before, and the county.' })
export class ReportLine {
  @Field(() => String, { nullable: true, description: 'Its category; null is the total.' })
  code!: string | null;

  @Field(() => String, { nullable: true })
  labelFr!: string | null;

  @Field(() => String, { nullable: true })
  labelEn!: string | null;

  @Field(() => Int, { nullable: true })
  value!: number | null;

  @Field(() => Int, { nullable: true, description: 'What was counted is no less, in 95 cases of 100.' })
  low!: number | null;

  @Field(() => Int, { nullable: true, description: 'And no more.' })
  high!: number | null;

  @Field(() => Int, { nullable: true, description: 'Of a rate: of how many it is the share.' })
  base!: number | null;

  @Field(() => StatisticsWithheld, { nullable: true, description: 'Null where the figure is told.' })
  withheld!: string | null;

  @Field(() => Int, { nullable: true })
  yearBefore!: number | null;

  @Field(() => StatisticsWithheld, {
    nullable: true,
    description: 'Null where that of the year before is told.',
  })
  yearBeforeWithheld!: string | null;

  @Field(() => Int, { nullable: true, description: 'Null in the county’s own report, too.' })
  county!: number | null;

  @Field(() => StatisticsWithheld, {
    nullable: true,
    description: 'Null where the county’s is told, and in its own report.',
  })
  countyWithheld!: string | null;
}

@ObjectType({ description: 'A month of a figure.' })
export class ReportMonth {
  @Field(() => String, { nullable: true, description: '`2026-03`.' })
  period!: string;

  @Field(() => Int, { nullable: true })
  value!: number | null;

  @Field(() => StatisticsWithheld, { nullable: true, description: 'Null where the figure is told.' })
  withheld!: string | null;
}

@ObjectType({
  description:
    'The rate of one district in a funnel plot, which does not name it. Whoever reads each district’s report can name each dot; a rate between its limits says nothing of its district.',
})
export class ReportFunnelDot {
  @Field(() => Int, { nullable: true, description: 'In whole per cent.' })
  rate!: number;

  @Field(() => Int, { nullable: true, description: 'Of how many it is the share.' })
  base!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'A rate of that base is no lower, in per cent, by chance alone: of all rates of all districts one is outside in fifty years.',
  })
  low!: number;

  @Field(() => Float, { nullable: true, description: 'And no higher.' })
  high!: number;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is of the report’s own district.' })
  isOwn!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether chance alone does not explain it. That is a question to its team, and no answer.',
  })
  isOutside!: boolean;
}

@ObjectType({ description: 'An indicator of a report, as a total or by one of its dimensions.' })
export class ReportFigure {
  @Field(() => ReportDimension, { nullable: true, description: 'Null is the total.' })
  dimension!: object | null;

  @Field(() => [ReportLine], { nullable: true })
  lines!: readonly object[];

  @Field(() => [ReportMonth], { nullable: true, description: 'Empty unless it is told month by month.' })
  months!: readonly object[];

  @Field(() => [ReportFunnelDot], {
    nullable: true,
    description:
      'Of a rate, that of each district, unnamed, the smallest base first. Empty for what is no rate, and where fewer than three districts have one.',
  })
  funnel!: readonly object[];
}

@ObjectType({ description: 'A part of a report; every report has the same, in the same order.' })
export class ReportSection {
  @Field(() => String, { nullable: true })
  code!: string;

  @Field(() => String, { nullable: true })
  labelFr!: string;

  @Field(() => String, { nullable: true })
  labelEn!: string;

  @Field(() => [ReportFigure], { nullable: true })
  figures!: readonly object[];
}

@ObjectType({ description: 'That a member of a team signs what it says, or that it declines.' })
export class ReportSignature {
  @Field(() => String, { nullable: true, description: 'The member’s name.' })
  name!: string;

  @Field(() => Day, { nullable: true })
  signedOn!: Date;
}

@ObjectType({ description: 'What a team had said of its year before it wrote anew.' })
export class ReportText {
  @Field(() => Int, { nullable: true })
  version!: number;

  @Field(() => String, { nullable: true })
  narrative!: string | null;

  @Field(() => String, { nullable: true, description: 'The same in English, where the team gives it.' })
  narrativeEn!: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it said that the team declines.' })
  declined!: boolean;

  @Field(() => Day, { nullable: true })
  statedOn!: Date;
}

@ObjectType({
  description:
    'Rapport d’activité of a year: figures with their context, and the team’s own narrative, or that it declined to write one. Published, it is everyone’s, and stays as it is. It compares no districts, and tells of no worker.',
})
export class ActivityReport {
  @Field(() => ID, { nullable: true, description: 'Null where nobody has said anything yet.' })
  id!: string | null;

  @Field(() => Int, { nullable: true })
  year!: number;

  @Field(() => String, { nullable: true })
  narrative!: string | null;

  @Field(() => String, { nullable: true, description: 'The same in English, where the team gives it.' })
  narrativeEn!: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the team declined to write one.' })
  declined!: boolean;

  @Field(() => Day, { nullable: true })
  statedOn!: Date | null;

  @Field(() => Day, { nullable: true, description: 'Null in a draft, whose figures are the latest.' })
  publishedOn!: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The means: how many social workers there were when the year ended.',
  })
  socialWorkers!: number | null;

  @Field(() => Int, { nullable: true, description: 'And how many receptionists.' })
  receptionists!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many people live in the communes that it serves, by INSEE; null where it serves some streets of one.',
  })
  population!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'On how many days of the year it was open, by its hours, since it was switched on.',
  })
  daysOpen!: number | null;

  @Field(() => Int, { nullable: true, description: '0 where nobody has said anything yet.' })
  version!: number;
}
