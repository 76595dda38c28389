import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadDistrict } from '../../src/services/directory/directory.js';
import * as reports from '../../src/services/statistics/activity-reports.js';
import { coverageOf } from '../../src/services/statistics/coverage.js';
import { errataOfReport } from '../../src/services/statistics/errata.js';
import { openNarrative } from '../../src/services/statistics/narratives.js';
import { listReportedObservations } from '../../src/services/statistics/observations.js';
import { loadReportSections, type ReportFigureRow } from '../../src/services/statistics/report-figures.js';
import { loadShownSimulation } from '../../src/services/statistics/wait-simulations.js';
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
import { WaitSimulation } from './wait-simulation.type.js';

@Resolver(() => ActivityReport)
export class ActivityReportResolver {
  @Query(() => [ActivityReport], {
    description: 'The published reports, the latest year first; 200 at most. Public.',
  })
  activityReports(@Ctx() op: Operation) {
    return reports.listPublishedReports(op);
  }

  @Query(() => ActivityReport, {
    nullable: true,
    description:
      'The report of a district or of the county, and of a year: published, or a draft for those who work with statistics.',
  })
  activityReport(@Ctx() op: Operation, @Args(() => ActivityReportArgs) args: ActivityReportArgs) {
    return reports.loadActivityReport(op, args);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The words of the team on its year, in French; null if it has not written.',
  })
  async narrative(@Ctx() op: Operation, @Root() report: reports.ActivityReportRow) {
    return (await openNarrative(op, reports.standingText(report)))?.fr;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The same in English; null where the team gives none.',
  })
  async narrativeEn(@Ctx() op: Operation, @Root() report: reports.ActivityReportRow) {
    return (await openNarrative(op, reports.standingText(report)))?.en;
  }

  @FieldResolver(() => District, {
    nullable: true,
    description: 'The district that it is about; null is the county.',
  })
  district(@Ctx() op: Operation, @Root() { districtId }: reports.ActivityReportRow) {
    return districtId === null ? null : loadDistrict(op, districtId);
  }

  @FieldResolver(() => WaitSimulation, {
    nullable: true,
    description:
      'The wait under other means, if the team shows it: simulated, with its assumptions. Null if it shows none. One district per operation: that of a second district is refused as RANKING.',
  })
  simulation(@Ctx() op: Operation, @Root() report: reports.ActivityReportRow) {
    return loadShownSimulation(op, report);
  }

  @FieldResolver(() => [ReportSection], {
    nullable: true,
    description:
      'The figures, part by part. One district per operation: the figures of a second district are refused as RANKING.',
  })
  sections(@Ctx() op: Operation, @Root() report: reports.ActivityReportRow) {
    return loadReportSections(op, report);
  }

  @FieldResolver(() => [IndicatorObservation], {
    nullable: true,
    description:
      'Observations of members of the team that no figure tells. A published report has those that somebody else than the author had read by then.',
  })
  observations(@Ctx() op: Operation, @Root() report: reports.ActivityReportRow) {
    return listReportedObservations(op, report);
  }

  @FieldResolver(() => StatisticsCoverage, {
    nullable: true,
    description: 'The first day of the year that the figures cover, and how many districts they cover.',
  })
  coverage(@Ctx() op: Operation, @Root() { year, districtId }: reports.ActivityReportRow) {
    return coverageOf(op, { period: String(year), districtId });
  }

  @FieldResolver(() => [Erratum], {
    nullable: true,
    description:
      'The errors that were found since, in the report first, then in its figures; 100 at most. An erratum with `recalls` says that the report is not to be used any more.',
  })
  errata(@Ctx() op: Operation, @Root() report: reports.ActivityReportRow) {
    return errataOfReport(op, report);
  }

  @FieldResolver(() => [ReportSignature], {
    nullable: true,
    description:
      'The members who have signed what the team says, by name. A text that is written anew has to be signed anew. Until then, the signed one stands.',
  })
  signatures(@Ctx() op: Operation, @Root() report: reports.ActivityReportRow) {
    return reports.loadSignatures(op, report);
  }

  @FieldResolver(() => [ReportText], {
    nullable: true,
    description:
      'The earlier words of the team, before it wrote anew, the latest first; for those who read drafts.',
  })
  earlierTexts(@Ctx() op: Operation, @Root() report: reports.ActivityReportRow) {
    return reports.loadEarlierTexts(op, report);
  }

  @FieldResolver(() => [ReportText], {
    nullable: true,
    description:
      'The words that were written since the text that stands was signed, the latest first; for those who read drafts. The latest one takes its place once it is signed.',
  })
  laterTexts(@Ctx() op: Operation, @Root() report: reports.ActivityReportRow) {
    return reports.loadLaterTexts(op, report);
  }

  @Mutation(() => ActivityReport, {
    nullable: true,
    description:
      'Writes what a team says of its year. A social worker of the team may; for the county, one of any team. It then has to be signed. Until it is, a text that was signed before stands, and who signed that one is told.',
  })
  writeNarrative(@Ctx() op: Operation, @Arg('input', () => WriteNarrativeInput) input: WriteNarrativeInput) {
    return reports.writeNarrative(op, input);
  }

  @Mutation(() => ActivityReport, {
    nullable: true,
    description:
      'States that a team declines to write of its year. A social worker of the team may; for the county, one of any team. It then has to be signed, too.',
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
      'Signs what the team says, or that it declines, in the viewer’s own name. It takes two members of the team; for the county, members of two teams.',
  })
  signNarrative(@Ctx() op: Operation, @Arg('input', () => SignNarrativeInput) input: SignNarrativeInput) {
    return reports.signNarrative(op, input);
  }

  @Mutation(() => ActivityReport, {
    nullable: true,
    description:
      'Publishes a report for good: what the team says, and the figures as they are frozen. Only a technical adviser may, who has neither written nor signed it.',
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
  @FieldResolver(() => Indicator, {
    nullable: true,
    description: 'The version of the indicator by which it was counted.',
  })
  indicator(@Root() { indicator }: ReportFigureRow) {
    return indicator;
  }
}

@Resolver(() => ReportText)
export class ReportTextResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The earlier text of the team, in French; null if it had declined to write.',
  })
  async narrative(@Ctx() op: Operation, @Root() text: reports.ReportTextRow) {
    return (await openNarrative(op, text))?.fr;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The same in English; null where the team gave none.',
  })
  async narrativeEn(@Ctx() op: Operation, @Root() text: reports.ReportTextRow) {
    return (await openNarrative(op, text))?.en;
  }
}
