import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as times from '../../src/services/reception/person-times.js';
import { PersonTime, SendTimesAgainInput, TimesSentAgain } from './person-time.type.js';

@Resolver(() => PersonTime)
export class PersonTimeResolver {
  @Query(() => [PersonTime], {
    nullable: true,
    description:
      'The times that the desk tells a person at the counter: their booked times, or those of the last three months; 100 at most. By telephone nobody is told: `sendTimesAgain`. Logged. It counts as a look-up: one an operation.',
  })
  timesOfPresent(
    @Ctx() op: Operation,
    @Arg('visitId', () => ID, {
      description: 'The person’s visit of today, at the desk that asks, until it is closed.',
    })
    visitId: string,
    @Arg('past', () => Boolean, {
      nullable: true,
      description:
        'True answers the times of the last three months, the latest first, instead of those that are booked.',
    })
    past?: boolean | null,
  ) {
    return times.timesOfPresent(op, { visitId, past });
  }

  @Mutation(() => TimesSentAgain, {
    nullable: true,
    description:
      'Sends a person their booked times again by their safe contact, because someone called about them. The answer is the same for everyone. It counts as a look-up.',
  })
  sendTimesAgain(@Ctx() op: Operation, @Arg('input', () => SendTimesAgainInput) input: SendTimesAgainInput) {
    return times.sendTimesAgain(op, input);
  }
}
