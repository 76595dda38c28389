import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadDistrict } from '../../src/services/directory/directory.js';
import { coverageOf } from '../../src/services/statistics/coverage.js';
import { errataOfTable } from '../../src/services/statistics/errata.js';
import { medianOf } from '../../src/services/statistics/figures.js';
import { loadIndicator } from '../../src/services/statistics/indicators.js';
import * as statistics from '../../src/services/statistics/statistics.js';
import { ConnectionArgs, connectionOf } from '../connection.js';
import { District } from '../directory/directory.type.js';
import { Erratum } from './erratum.type.js';
import { Indicator } from './indicator.type.js';
import {
  Snapshot,
  StatisticsCell,
  StatisticsCoverage,
  StatisticsFigure,
  StatisticsMedian,
  StatisticsMethod,
  StatisticsTable,
} from './statistics.type.js';

const { Connection: StatisticsCellConnection } = connectionOf('StatisticsCell', () => StatisticsCell);

@ArgsType()
class StatisticsArgs {
  @Field(() => String, {
    description:
      'The `code` of an indicator. It is counted by the version that is adopted on the last day of the period.',
  })
  indicator!: string;

  @Field(() => String, {
    description: 'A month, as in `2026-03`, a quarter, as in `2026-Q1`, or a year, as in `2026`.',
  })
  period!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The district, one per operation; the county unless given.',
  })
  districtId?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The dimensions, as the `programme` of the indicator has them; the total unless given.',
  })
  by?: string[] | null;
}

@Resolver(() => StatisticsTable)
export class StatisticsResolver {
  @Query(() => StatisticsTable, {
    nullable: true,
    description:
      'Protected statistics, from what was frozen: for everyone, without a token too. Refused with STATISTICS_REFUSED and one of the reasons WORKER_DIMENSION, RANKING, UNKNOWN_DIMENSION, NOT_IN_PROGRAMME, NOT_FROZEN.',
  })
  statistics(@Ctx() op: Operation, @Args(() => StatisticsArgs) args: StatisticsArgs) {
    return statistics.askStatistics(op, args);
  }

  @Query(() => [Snapshot], {
    nullable: true,
    description:
      'The frozen periods of a year: its months, its quarters and the year itself, the oldest first.',
  })
  snapshots(
    @Ctx() op: Operation,
    @Arg('year', () => Int, { description: 'The calendar year.' }) year: number,
  ) {
    return statistics.listSnapshots(op, year);
  }

  @Query(() => [StatisticsMethod], {
    description: 'The methods by which figures are protected: every version that there was.',
  })
  statisticsMethods() {
    return statistics.listMethods();
  }

  @FieldResolver(() => Indicator, {
    nullable: true,
    description: 'The version of the indicator by which it was counted.',
  })
  indicator(@Ctx() op: Operation, @Root() table: statistics.StatisticsTableRow) {
    return loadIndicator(op, table.indicatorId);
  }

  @FieldResolver(() => District, {
    nullable: true,
    description: 'The district that it is about; null is the county.',
  })
  district(@Ctx() op: Operation, @Root() { districtId }: statistics.StatisticsTableRow) {
    return districtId === null ? null : loadDistrict(op, districtId);
  }

  @FieldResolver(() => StatisticsMethod, {
    nullable: true,
    description: 'The version of the method by which it was protected.',
  })
  method(@Root() table: statistics.StatisticsTableRow) {
    return statistics.listMethods().find(({ version }) => version === table.methodVersion) ?? null;
  }

  @FieldResolver(() => StatisticsCoverage, {
    nullable: true,
    description: 'The first day that it covers, and how many districts it covers.',
  })
  coverage(@Ctx() op: Operation, @Root() { period, districtId }: statistics.StatisticsTableRow) {
    return coverageOf(op, { period, districtId });
  }

  @FieldResolver(() => StatisticsMedian, {
    nullable: true,
    description:
      'The median of a waiting time that is broken down by `WAIT` alone; null for other tables, and where the noise leaves no bounds.',
  })
  medianWait(@Root() table: statistics.StatisticsTableRow) {
    return medianOf(table);
  }

  @FieldResolver(() => [Erratum], {
    nullable: true,
    description:
      'The errors that were found in it since, the latest first; 100 at most. The figures stay as they are.',
  })
  errata(@Ctx() op: Operation, @Root() table: statistics.StatisticsTableRow) {
    return errataOfTable(op, table);
  }

  @FieldResolver(() => StatisticsCellConnection, {
    nullable: true,
    description: 'Every combination of categories, whether its figure is told or withheld.',
  })
  cells(@Root() table: statistics.StatisticsTableRow, @Args(() => ConnectionArgs) args: ConnectionArgs) {
    return statistics.cellsOf(table, args);
  }
}

@Resolver(() => StatisticsCell)
export class StatisticsCellResolver {
  @FieldResolver(() => StatisticsFigure, {
    nullable: true,
    description: 'The same cell of the previous year.',
  })
  yearBefore(@Ctx() op: Operation, @Root() cell: statistics.CellRow) {
    return statistics.yearBefore(op, cell);
  }
}
