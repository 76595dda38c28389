import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadDistrict } from '../../src/services/directory/directory.js';
import { loadDecisions } from '../../src/services/statistics/indicator-decisions.js';
import * as life from '../../src/services/statistics/indicator-life.js';
import { loadOpinions } from '../../src/services/statistics/indicator-voices.js';
import * as indicators from '../../src/services/statistics/indicators.js';
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
    description:
      'The indicators that are counted, were counted, are proposed or were refused, by code and version; 500 at most. Public, once somebody else than the author has read their words.',
  })
  indicators(@Ctx() op: Operation, @Args(() => IndicatorsArgs) args: IndicatorsArgs) {
    return indicators.listIndicators(op, args);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The recorded fact that it counts, in French words that are made from its measure, so that no label claims something else. Null where nothing records it.',
  })
  countedFactFr(@Root() indicator: indicators.IndicatorRow) {
    return indicators.countedFact(indicator).fr;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The recorded fact that it counts, in English words that are made from its measure. Null where nothing records it.',
  })
  countedFactEn(@Root() indicator: indicators.IndicatorRow) {
    return indicators.countedFact(indicator).en;
  }

  @FieldResolver(() => [IndicatorDimension], { description: 'By what it may be broken down.' })
  dimensions(@Root() indicator: indicators.IndicatorRow) {
    return indicators.dimensionsOf(indicator);
  }

  @FieldResolver(() => [IndicatorTable], {
    description:
      'The public programme: every table that is released of it. Before its adoption, as it would be if figures were given of every district.',
  })
  programme(@Root() indicator: indicators.IndicatorRow) {
    return indicators.programmeOfIndicator(indicator);
  }

  @FieldResolver(() => District, {
    nullable: true,
    description: 'The district whose team proposed it; null is the county’s technical adviser.',
  })
  proposedIn(@Ctx() op: Operation, @Root() { proposedInId }: indicators.IndicatorRow) {
    return proposedInId === null ? null : loadDistrict(op, proposedInId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The functions in SQL that find what is counted, as the database has them; null where nothing measures it.',
  })
  countingSql(@Ctx() op: Operation, @Root() indicator: indicators.IndicatorRow) {
    return indicators.countingSqlOf(op, indicator);
  }

  @FieldResolver(() => [IndicatorOpinion], {
    description:
      'The opinion of each team on it, by the name of the district. A team whose members have said nothing is missing.',
  })
  opinions(@Ctx() op: Operation, @Root() { id }: indicators.IndicatorRow) {
    return loadOpinions(op, id);
  }

  @FieldResolver(() => [IndicatorDecision], {
    description:
      'Which technical advisers said that it is to be adopted, refused or retired. One adviser alone adopts none, and decides nothing against the teams.',
  })
  decisions(@Ctx() op: Operation, @Root() indicator: indicators.IndicatorRow) {
    return loadDecisions(op, indicator);
  }

  @Mutation(() => Indicator, {
    nullable: true,
    description:
      'Proposes an indicator. A social worker or the head of a team may, and the technical adviser. A proposal is refused, with the reason, if it is felt or judged, is about workers, or counts no recorded fact; so is a sixth open proposal of a team. The county’s workers read it, and everyone once somebody else has read it (`confirmWords`).',
  })
  proposeIndicator(
    @Ctx() op: Operation,
    @Arg('input', () => ProposeIndicatorInput) input: ProposeIndicatorInput,
  ) {
    return life.proposeIndicator(op, input);
  }

  @Mutation(() => Indicator, {
    nullable: true,
    description:
      'Asks every team about an indicator that is proposed, for six weeks. The days of July and August do not count. If too few teams were heard in time, or as many are for it as against, it asks them again, once. Only the technical adviser may.',
  })
  openConsultation(
    @Ctx() op: Operation,
    @Arg('input', () => OpenConsultationInput) input: OpenConsultationInput,
  ) {
    return life.openConsultation(op, input);
  }

  @Mutation(() => Indicator, {
    nullable: true,
    description:
      'Says that an indicator is to be adopted. One technical adviser proposes the adoption, and another one confirms it. At least half of the teams were heard, by two voices each; all of them, while they are asked. More teams are for it than against it. At most 40 are adopted at a time. A trial count decides whether figures are given of each district. Only a technical adviser may.',
  })
  adoptIndicator(@Ctx() op: Operation, @Arg('input', () => AdoptIndicatorInput) input: AdoptIndicatorInput) {
    return life.adoptIndicator(op, input);
  }

  @Mutation(() => Indicator, {
    nullable: true,
    description:
      'Says that a proposal is to be refused, with a public reason. Two technical advisers refuse it together. One adviser alone does, if the teams were asked and are against it.',
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
      'Says that an indicator is to be counted no more, with a public reason. Two technical advisers retire it, from that day on. What was counted stays.',
  })
  retireIndicator(
    @Ctx() op: Operation,
    @Arg('input', () => RetireIndicatorInput) input: RetireIndicatorInput,
  ) {
    return life.retireIndicator(op, input);
  }
}
