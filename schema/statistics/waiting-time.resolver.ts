import { Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { listThirdNextAvailable, listWaitingTimes } from '../../src/services/waiting-time.js';
import { Day } from '../scalars.js';
import { ThirdNextAvailable, WaitingTime } from './waiting-time.type.js';

@ArgsType()
class WaitingTimesArgs {
  @Field(() => ID)
  districtId!: string;

  @Field(() => Day, { description: 'Months that begin on this day or later.' })
  from!: Date;

  @Field(() => Day, { description: 'And before this one; two years later at most.' })
  to!: Date;
}

@ArgsType()
class ThirdNextAvailableArgs {
  @Field(() => ID)
  districtId!: string;

  @Field(() => String, { description: 'One that everyone may book: of others nothing is measured.' })
  typeCode!: string;

  @Field(() => Day)
  from!: Date;

  @Field(() => Day, { description: 'The first day left out; 92 days later at most.' })
  to!: Date;
}

@Resolver(() => WaitingTime)
export class WaitingTimeResolver {
  @Query(() => [WaitingTime], {
    nullable: true,
    description: 'Waiting time of one district, month by month, the oldest first.',
  })
  waitingTimes(@Ctx() op: Operation, @Args(() => WaitingTimesArgs) args: WaitingTimesArgs) {
    return listWaitingTimes(op, args);
  }

  @Query(() => [ThirdNextAvailable], {
    nullable: true,
    description:
      'Third next available appointment of one district, day by day, the oldest first; days on which it was not measured are not among them.',
  })
  thirdNextAvailable(@Ctx() op: Operation, @Args(() => ThirdNextAvailableArgs) args: ThirdNextAvailableArgs) {
    return listThirdNextAvailable(op, args);
  }
}
