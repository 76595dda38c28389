import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadDistrict } from '../../src/services/directory/directory.js';
import * as simulations from '../../src/services/statistics/wait-simulations.js';
import { District } from '../directory/directory.type.js';
import { SimulateWaitInput, WaitSimulationsArgs } from './wait-simulation.input.js';
import { WaitSimulation } from './wait-simulation.type.js';

@Resolver(() => WaitSimulation)
export class WaitSimulationResolver {
  @Query(() => [WaitSimulation], {
    nullable: true,
    description:
      'The questions about the wait of a district in the last quarter, with their answers, the latest first; 100 at most.',
  })
  waitSimulations(@Ctx() op: Operation, @Args(() => WaitSimulationsArgs) args: WaitSimulationsArgs) {
    return simulations.listWaitSimulations(op, args);
  }

  @FieldResolver(() => District, { nullable: true, description: 'The district whose wait it is.' })
  district(@Ctx() op: Operation, @Root() { districtId }: simulations.WaitSimulationRow) {
    return loadDistrict(op, districtId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The answer in French, in a sentence or two; null until it is ready.',
  })
  sentenceFr(@Root() { sentence }: simulations.WaitSimulationRow) {
    return sentence?.fr;
  }

  @FieldResolver(() => String, { nullable: true, description: 'The same in English.' })
  sentenceEn(@Root() { sentence }: simulations.WaitSimulationRow) {
    return sentence?.en;
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description: 'The assumptions in French. Show them wherever the answer is shown.',
  })
  assumptionsFr(@Root() { assumptions }: simulations.WaitSimulationRow) {
    return assumptions.map(({ fr }) => fr);
  }

  @FieldResolver(() => [String], { nullable: true, description: 'The same in English.' })
  assumptionsEn(@Root() { assumptions }: simulations.WaitSimulationRow) {
    return assumptions.map(({ en }) => en);
  }

  @Mutation(() => WaitSimulation, {
    nullable: true,
    description:
      'Asks what the wait of a district would be under other means. Its social workers, its head and the technical adviser may, 10 times a day. A job works it out: read it again in `waitSimulations`.',
  })
  simulateWait(@Ctx() op: Operation, @Arg('input', () => SimulateWaitInput) input: SimulateWaitInput) {
    return simulations.simulateWait(op, input);
  }
}
