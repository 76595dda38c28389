import { Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { listThirdNextAvailable } from '../../src/services/statistics/waiting-time.js';
import { Day } from '../scalars.js';
import { ThirdNextAvailable } from './waiting-time.type.js';

@ArgsType()
class ThirdNextAvailableArgs {
  @Field(() => ID, { description: 'The district that is measured, one per operation.' })
  districtId!: string;

  @Field(() => String, {
    description: 'The `code` of a type that everyone may book: nothing is measured of others.',
  })
  typeCode!: string;

  @Field(() => Day, { description: 'The day from which the weeks begin that are listed.' })
  from!: Date;

  @Field(() => Day, {
    description: 'A week that begins on this day is left out, at most 92 days after `from`.',
  })
  to!: Date;
}

@Resolver(() => ThirdNextAvailable)
export class WaitingTimeResolver {
  @Query(() => [ThirdNextAvailable], {
    nullable: true,
    description:
      'The third next available appointment of one district, week by week, the oldest first. A week is told once it is over. Weeks in which it was not measured are missing.',
  })
  thirdNextAvailable(@Ctx() op: Operation, @Args(() => ThirdNextAvailableArgs) args: ThirdNextAvailableArgs) {
    return listThirdNextAvailable(op, args);
  }
}
