import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as reports from '../../src/services/activity-reports.js';
import { coverageOf } from '../../src/services/coverage.js';
import { loadDistrict } from '../../src/services/directory.js';
import { errataOfReport } from '../../src/services/errata.js';
import { listReportedObservations } from '../../src/services/observations.js';
import { loadReportSections, type ReportFigureRow } from '../../src/services/report-figures.js';
import { District } from '../directory/directory.type.js';
import {
  ActivityReportArgs,
  DeclineNarrativeInput,
  PublishActivityReportInput,
  SignNarrativeInput,
  WriteNarrativeInput,
} from './activity-report.input.js';
import {
  ActivityReport,
  ReportFigure,
  ReportSection,
  ReportSignature,
  ReportText,
} from './activity-report.type.js';
import { Erratum } from './erratum.type.js';
import { Indicator } from './indicator.type.js';
import { IndicatorObservation } from './observation.type.js';
import { StatisticsCoverage } from './statistics.type.js';

@Resolver(() => ActivityReport)
export class ActivityReportResolver {
  @Query(() => [ActivityReport], { description: 'The published ones, the latest year first.' })
  activityReports(@Ctx() op: Operation) {
    return reports.listPublishedReports(op);
  }

  @Query(() => ActivityReport, {
    nullable: true,
    description:
      'Of a district or the county, and a year: published, or a draft for those who work with statistics.',
  })
  activityReport(@Ctx() op: Operation, @Args(() => ActivityReportArgs) args: ActivityReportArgs) {
    return reports.loadActivityReport(op, args);
  }

  @FieldResolver(() => District, { nullable: true, description: 'Null is the county.' })
  district(@Ctx() op: Operation, @Root() { districtId }: reports.ActivityReportRow) {
    return districtId === null ? null : loadDistrict(op, districtId);
  }

  @FieldResolver(() => [ReportSection], {
    nullable: true,
    description: 'Of one district in an operation: of a second one they are refused as RANKING.',
  })
  sections(@Ctx() op: Operation, @Root() report: reports.ActivityReportRow) {
    return loadReportSections(op, report);
  }

  @FieldResolver(() => [IndicatorObservation], {
    nullable: true,
    description: 'What members of the team observed that no figure says; published, until then.',
  })
  observations(@Ctx() op: Operation, @Root() report: reports.ActivityReportRow) {
    return listReportedObservations(op, report);
  }

  @FieldResolver(() => StatisticsCoverage, {
    nullable: true,
    description: 'Since when in the year, and of how many districts it tells.',
  })
  coverage(@Ctx() op: Operation, @Root() { year, districtId }: reports.ActivityReportRow) {
    return coverageOf(op, { period: String(year), districtId });
  }

  @FieldResolver(() => [Erratum], {
    nullable: true,
    description:
      'What was found wrong since in the report, first, and in its figures; 100 at most. One that `recalls` says that it is not to be used any more.',
  })
  errata(@Ctx() op: Operation, @Root() report: reports.ActivityReportRow) {
    return errataOfReport(op, report);
  }

  @FieldResolver(() => [ReportSignature], {
    nullable: true,
    description: 'Who has signed what is said, by name. A text that is written anew is signed anew.',
  })
  signatures(@Ctx() op: Operation, @Root() report: reports.ActivityReportRow) {
    return reports.loadSignatures(op, report);
  }

  @FieldResolver(() => [ReportText], {
    nullable: true,
    description: 'What was said before it was written anew, the latest first; for those who read drafts.',
  })
  earlierTexts(@Ctx() op: Operation, @Root() report: reports.ActivityReportRow) {
    return reports.loadEarlierTexts(op, report);
  }

  @Mutation(() => ActivityReport, {
    nullable: true,
    description:
      'What a team says of its year, by one of its social workers; of the county, by one of any team. It is to be signed.',
  })
  writeNarrative(@Ctx() op: Operation, @Arg('input', () => WriteNarrativeInput) input: WriteNarrativeInput) {
    return reports.writeNarrative(op, input);
  }

  @Mutation(() => ActivityReport, {
    nullable: true,
    description: 'That it declines to write one, by the same: to be signed, too.',
  })
  declineNarrative(
    @Ctx() op: Operation,
    @Arg('input', () => DeclineNarrativeInput) input: DeclineNarrativeInput,
  ) {
    return reports.declineNarrative(op, input);
  }

  @Mutation(() => ActivityReport, {
    nullable: true,
    description:
      'Signs what the team says, or that it declines, in one’s own name. It takes two members of the team; for the county, of two teams.',
  })
  signNarrative(@Ctx() op: Operation, @Arg('input', () => SignNarrativeInput) input: SignNarrativeInput) {
    return reports.signNarrative(op, input);
  }

  @Mutation(() => ActivityReport, {
    nullable: true,
    description:
      'For good: what was said, and the figures as they are frozen. By a technical adviser, who has neither written nor signed it.',
  })
  publishActivityReport(
    @Ctx() op: Operation,
    @Arg('input', () => PublishActivityReportInput) input: PublishActivityReportInput,
  ) {
    return reports.publishActivityReport(op, input);
  }
}

@Resolver(() => ReportFigure)
export class ReportFigureResolver {
  @FieldResolver(() => Indicator, { nullable: true, description: 'As it was counted.' })
  indicator(@Root() { indicator }: ReportFigureRow) {
    return indicator;
  }
}
