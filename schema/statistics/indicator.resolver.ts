import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadDistrict } from '../../src/services/directory.js';
import { loadDecisions } from '../../src/services/indicator-decisions.js';
import * as life from '../../src/services/indicator-life.js';
import { loadOpinions } from '../../src/services/indicator-voices.js';
import * as indicators from '../../src/services/indicators.js';
import { District } from '../directory/directory.type.js';
import {
  AdoptIndicatorInput,
  IndicatorsArgs,
  OpenConsultationInput,
  ProposeIndicatorInput,
  RefuseIndicatorInput,
  RetireIndicatorInput,
} from './indicator.input.js';
import { Indicator, IndicatorDimension, IndicatorTable } from './indicator.type.js';
import { IndicatorDecision } from './indicator-decision.type.js';
import { IndicatorOpinion } from './indicator-opinion.type.js';

@Resolver(() => Indicator)
export class IndicatorResolver {
  @Query(() => [Indicator], {
    description: 'What is counted, what was, what is proposed and what was refused: by code and version.',
  })
  indicators(@Ctx() op: Operation, @Args(() => IndicatorsArgs) args: IndicatorsArgs) {
    return indicators.listIndicators(op, args);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What it counts, in words made from its measure: no label claims something else. Null where nothing records it.',
  })
  countedFactFr(@Root() indicator: indicators.IndicatorRow) {
    return indicators.countedFact(indicator).fr;
  }

  @FieldResolver(() => String, { nullable: true, description: 'The same in English.' })
  countedFactEn(@Root() indicator: indicators.IndicatorRow) {
    return indicators.countedFact(indicator).en;
  }

  @FieldResolver(() => [IndicatorDimension])
  dimensions(@Root() indicator: indicators.IndicatorRow) {
    return indicators.dimensionsOf(indicator);
  }

  @FieldResolver(() => [IndicatorTable], {
    description:
      'The public programme: every table that is released of it. Before its adoption, as it would be if every district were given.',
  })
  programme(@Root() indicator: indicators.IndicatorRow) {
    return indicators.programmeOfIndicator(indicator);
  }

  @FieldResolver(() => District, {
    nullable: true,
    description: 'Whose team proposed it; null is the county’s technical adviser.',
  })
  proposedIn(@Ctx() op: Operation, @Root() { proposedInId }: indicators.IndicatorRow) {
    return proposedInId === null ? null : loadDistrict(op, proposedInId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The function in SQL that finds what is counted, as the database has it; null where nothing measures it.',
  })
  countingSql(@Ctx() op: Operation, @Root() indicator: indicators.IndicatorRow) {
    return indicators.countingSqlOf(op, indicator);
  }

  @FieldResolver(() => [IndicatorOpinion], {
    description: 'By district. A team of which nobody has spoken is not among them.',
  })
  opinions(@Ctx() op: Operation, @Root() { id }: indicators.IndicatorRow) {
    return loadOpinions(op, id);
  }

  @FieldResolver(() => [IndicatorDecision], {
    description:
      'Who was for refusing or retiring it, and why: one adviser alone decides neither against the teams.',
  })
  decisions(@Ctx() op: Operation, @Root() indicator: indicators.IndicatorRow) {
    return loadDecisions(op, indicator);
  }

  @Mutation(() => Indicator, {
    nullable: true,
    description:
      'By a team’s social worker or head, or the technical adviser. What is felt or judged, is about workers or counts no recorded fact is refused with its reason.',
  })
  proposeIndicator(
    @Ctx() op: Operation,
    @Arg('input', () => ProposeIndicatorInput) input: ProposeIndicatorInput,
  ) {
    return life.proposeIndicator(op, input);
  }

  @Mutation(() => Indicator, { nullable: true, description: 'Asks every team. By the technical adviser.' })
  openConsultation(
    @Ctx() op: Operation,
    @Arg('input', () => OpenConsultationInput) input: OpenConsultationInput,
  ) {
    return life.openConsultation(op, input);
  }

  @Mutation(() => Indicator, {
    nullable: true,
    description:
      'Adopts what more teams are for than against, once two members of each have spoken or the time for it is over; 40 at most at a time. A trial count decides whether districts are given. By the technical adviser.',
  })
  adoptIndicator(@Ctx() op: Operation, @Arg('input', () => AdoptIndicatorInput) input: AdoptIndicatorInput) {
    return life.adoptIndicator(op, input);
  }

  @Mutation(() => Indicator, {
    nullable: true,
    description:
      'Says that a proposal is to be refused, with its reason, which is public. Two technical advisers refuse it, or one where the teams were asked and have not agreed.',
  })
  refuseIndicator(
    @Ctx() op: Operation,
    @Arg('input', () => RefuseIndicatorInput) input: RefuseIndicatorInput,
  ) {
    return life.refuseIndicator(op, input);
  }

  @Mutation(() => Indicator, {
    nullable: true,
    description:
      'Says that it is to be counted no more, with the reason, which is public. Two technical advisers retire it, from that day on; what was counted stays.',
  })
  retireIndicator(
    @Ctx() op: Operation,
    @Arg('input', () => RetireIndicatorInput) input: RetireIndicatorInput,
  ) {
    return life.retireIndicator(op, input);
  }
}
