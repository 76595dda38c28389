import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as times from '../../src/services/person-times.js';
import { PersonTime, SendTimesAgainInput, TimesSentAgain } from './person-time.type.js';

@Resolver(() => PersonTime)
export class PersonTimeResolver {
  @Query(() => [PersonTime], {
    nullable: true,
    description:
      'Of who stands at the counter: what is booked for them, or their times of the last twelve months. A call is told nothing: `sendTimesAgain`. Logged.',
  })
  timesOfPresent(
    @Ctx() op: Operation,
    @Arg('visitId', () => ID, { description: 'Their visit of today, at the desk that asks.' })
    visitId: string,
    @Arg('past', () => Boolean, { nullable: true, description: 'The last twelve months, the latest first.' })
    past?: boolean | null,
  ) {
    return times.timesOfPresent(op, { visitId, past });
  }

  @Mutation(() => TimesSentAgain, {
    nullable: true,
    description:
      'Someone calls about an appointment: it goes again to who is named, by their safe contact. The answer is the same for everyone. It counts as a look-up.',
  })
  sendTimesAgain(@Ctx() op: Operation, @Arg('input', () => SendTimesAgainInput) input: SendTimesAgainInput) {
    return times.sendTimesAgain(op, input);
  }
}
