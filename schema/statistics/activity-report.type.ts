import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';
import { StatisticsWithheld } from './statistics.enums.js';

@ObjectType({ description: 'A dimension by which a figure of a report is broken down.' })
export class ReportDimension {
  @Field(() => String, { nullable: true, description: 'A short name that programs can rely on.' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'The name of the dimension in French.' })
  labelFr!: string;

  @Field(() => String, { nullable: true, description: 'The name of the dimension in English.' })
  labelEn!: string;
}

@ObjectType({ description: 'A protected figure with its context: the year before, and the county.' })
export class ReportLine {
  @Field(() => String, { nullable: true, description: 'The short name of its category; null is the total.' })
  code!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name of its category in French; null is the total.',
  })
  labelFr!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name of its category in English; null is the total.',
  })
  labelEn!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'A count, or whole per cent of a rate; null where it is withheld.',
  })
  value!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The lower end of the interval: what was counted is no less, in 95 cases of 100. Null where it is not told.',
  })
  low!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The upper end of the interval: what was counted is no more, in 95 cases of 100. Null where it is not told.',
  })
  high!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The number that a rate is a share of, protected as well. Null for a count.',
  })
  base!: number | null;

  @Field(() => StatisticsWithheld, {
    nullable: true,
    description: 'Why the figure is not told; null where it is told.',
  })
  withheld!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The same figure of the previous year; null where it is withheld.',
  })
  yearBefore!: number | null;

  @Field(() => StatisticsWithheld, {
    nullable: true,
    description: 'Why the figure of the previous year is not told; null where it is told.',
  })
  yearBeforeWithheld!: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The same figure of the whole county; null where it is withheld, and in the county’s own report.',
  })
  county!: number | null;

  @Field(() => StatisticsWithheld, {
    nullable: true,
    description:
      'Why the figure of the county is not told; null where it is told, and in the county’s own report.',
  })
  countyWithheld!: string | null;
}

@ObjectType({ description: 'A figure of one month.' })
export class ReportMonth {
  @Field(() => String, { nullable: true, description: 'The month, as in `2026-03`.' })
  period!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'A count, or whole per cent of a rate; null where it is withheld.',
  })
  value!: number | null;

  @Field(() => StatisticsWithheld, {
    nullable: true,
    description: 'Why the figure is not told; null where it is told.',
  })
  withheld!: string | null;
}

@ObjectType({
  description:
    'The rate of one district in a funnel plot, which does not name it. Whoever reads the reports of two districts can name their dots, so the plot is for the team of its report alone. A rate between its limits says nothing of its district.',
})
export class ReportFunnelDot {
  @Field(() => Int, { nullable: true, description: 'A share in whole per cent.' })
  rate!: number;

  @Field(() => Int, { nullable: true, description: 'The number that the rate is a share of.' })
  base!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'The lower limit in per cent: by chance alone, a rate of that base is no lower. Of all rates of all districts, chance alone puts one outside its limits in fifty years.',
  })
  low!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'The upper limit in per cent: by chance alone, a rate of that base is no higher.',
  })
  high!: number;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is of the district that the report is about.',
  })
  isOwn!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether chance alone does not explain the rate. That is a question to its team, and no answer.',
  })
  isOutside!: boolean;
}

@ObjectType({ description: 'An indicator of a report, as a total or by one of its dimensions.' })
export class ReportFigure {
  @Field(() => ReportDimension, {
    nullable: true,
    description: 'By what it is broken down; null is the total.',
  })
  dimension!: object | null;

  @Field(() => [ReportLine], {
    nullable: true,
    description: 'A figure for each category of the dimension, or the total alone.',
  })
  lines!: readonly object[];

  @Field(() => [ReportMonth], {
    nullable: true,
    description: 'The figure month by month; empty unless it is told so.',
  })
  months!: readonly object[];

  @Field(() => [ReportFunnelDot], {
    nullable: true,
    description:
      'The rate of each district, unnamed, the smallest base first: for the social workers of the district of the report. Empty for a count, and if fewer than three districts have a rate.',
  })
  funnel!: readonly object[];
}

@ObjectType({
  description:
    'The third next available appointment of a district in the year of the report, for a type that everyone may book: the mean of the weeks that begin in the year.',
})
export class ReportWait {
  @Field(() => String, {
    nullable: true,
    description: 'The `code` of the appointment type that it is about.',
  })
  typeCode!: string;

  @Field(() => String, { nullable: true, description: 'The name of the type in French.' })
  labelFr!: string;

  @Field(() => String, { nullable: true, description: 'The name of the type in English.' })
  labelEn!: string;

  @Field(() => Float, {
    nullable: true,
    description:
      'The mean number of days, to a tenth. A morning on which no time was free within 92 days counts as 92.',
  })
  days!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of weeks in which it was measured: 20 or more.',
  })
  measuredWeeks!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of these weeks in which no time was free on any morning.',
  })
  fullWeeks!: number;
}

@ObjectType({ description: 'A part of a report. Every report has the same parts in the same order.' })
export class ReportSection {
  @Field(() => String, { nullable: true, description: 'A short name that programs can rely on.' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'The heading in French.' })
  labelFr!: string;

  @Field(() => String, { nullable: true, description: 'The heading in English.' })
  labelEn!: string;

  @Field(() => [ReportFigure], { nullable: true, description: 'The indicators of this part.' })
  figures!: readonly object[];

  @Field(() => [ReportWait], {
    nullable: true,
    description:
      'The third next available appointment by type, in the section `WAITS` of a district: beside the figures that show how it could be bettered. Empty in other sections, in the county’s own report, and for a type with fewer than 20 measured weeks.',
  })
  thirdNext!: object[];
}

@ObjectType({
  description:
    'The signature of a member of a team, under what the team says or under its statement that it declines.',
})
export class ReportSignature {
  @Field(() => String, { nullable: true, description: 'What the member is called.' })
  name!: string;

  @Field(() => Day, { nullable: true, description: 'The day of the signature, in Paris.' })
  signedOn!: Date;
}

@ObjectType({
  description:
    'Words of a team on its year that do not stand: those before it wrote anew, and those that are not signed yet.',
})
export class ReportText {
  @Field(() => Int, { nullable: true, description: 'The number of this text, from 1.' })
  version!: number;

  @Field(() => Boolean, { nullable: true, description: 'Whether the team had declined to write.' })
  declined!: boolean;

  @Field(() => Day, { nullable: true, description: 'The day on which the team said so, in Paris.' })
  statedOn!: Date;
}

@ObjectType({
  description:
    'Rapport d’activité of a year: figures with their context, and the team’s own narrative, or the statement that the team declined to write one. Once published, everyone can read it, and it stays as it is. It compares no districts, and tells of no worker.',
})
export class ActivityReport {
  @Field(() => ID, {
    nullable: true,
    description: 'A random identifier; null where nobody has said anything yet.',
  })
  id!: string | null;

  @Field(() => Int, { nullable: true, description: 'The calendar year that it is about.' })
  year!: number;

  @Field(() => Boolean, { nullable: true, description: 'Whether the team declined to write a narrative.' })
  declined!: boolean;

  @Field(() => Day, {
    nullable: true,
    description: 'The day on which the team last wrote or declined, in Paris; null until then.',
  })
  statedOn!: Date | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The day of its publication, in Paris; null for a draft, whose figures are the latest.',
  })
  publishedOn!: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Of the means of the service: the number of social workers at the end of the year.',
  })
  socialWorkers!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Of the means of the service: the number of receptionists at the end of the year.',
  })
  receptionists!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The number of people who live in the communes that it serves, by INSEE; null where it serves only some streets of one.',
  })
  population!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'On how many days of the year it was open, by its opening hours, since it was switched on.',
  })
  daysOpen!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Which statement of the team stands: the last one that is signed, or the last one if none is; 0 where nobody has said anything yet. `publishActivityReport` sends it back as `expectedVersion`.',
  })
  textVersion!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Counts the statements of the team, from 1; 0 where nobody has said anything yet. An update sends it back as `expectedVersion`.',
  })
  version!: number;
}
