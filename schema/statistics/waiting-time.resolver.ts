import { Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { listThirdNextAvailable } from '../../src/services/waiting-time.js';
import { Day } from '../scalars.js';
import { ThirdNextAvailable } from './waiting-time.type.js';

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

@Resolver(() => ThirdNextAvailable)
export class WaitingTimeResolver {
  @Query(() => [ThirdNextAvailable], {
    nullable: true,
    description:
      'Third next available appointment of one district, day by day, the oldest first; days on which it was not measured are not among them.',
  })
  thirdNextAvailable(@Ctx() op: Operation, @Args(() => ThirdNextAvailableArgs) args: ThirdNextAvailableArgs) {
    return listThirdNextAvailable(op, args);
  }
}
