import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { listChangesOfDay, takeBackActs } from '../../src/services/act/acts.js';
import { ActsTakenBack, ChangeOfDay, TakeBackActsInput } from './act.type.js';

@Resolver()
export class ActResolver {
  @Query(() => [ChangeOfDay], {
    nullable: true,
    description:
      'What others changed today of persons without a worker who follows them: identity, contact, objection to statistics, requests, cancelled appointments. It is for a social worker on duty: somebody else has sent them a person today. One line for a person and a kind, the latest first, 500 at most. Logged.',
  })
  changesOfDay(
    @Ctx() op: Operation,
    @Arg('districtId', () => ID, { description: 'The district of the worker on duty.' }) districtId: string,
  ) {
    return listChangesOfDay(op, districtId);
  }

  @Mutation(() => ActsTakenBack, {
    nullable: true,
    description:
      'Takes back at once all acts of one kind that a login did within the hour: the viewer’s own of the last hour; or those of a worker named to the viewer by MEASURE_REACHED, for two days. Who was told of an act is told again. What cannot be taken back here is corrected by hand: an outcome, a visit, a booking, a recorded presence.',
  })
  takeBackActs(@Ctx() op: Operation, @Arg('input', () => TakeBackActsInput) input: TakeBackActsInput) {
    return takeBackActs(op, input);
  }
}
