import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as visits from '../../src/services/appointment/home-visits.js';
import { loadWorkers } from '../../src/services/directory/directory.js';
import { Worker } from '../directory/directory.type.js';
import { HomeVisitNotBack } from './home-visit.type.js';

@Resolver(() => HomeVisitNotBack)
export class HomeVisitResolver {
  @Query(() => [HomeVisitNotBack], {
    nullable: true,
    description:
      'Home visits of today and yesterday that ended over thirty minutes ago, and from which nobody is recorded as back; the longest ago first, 100 at most. For the district’s head, and for a social worker who is on duty: the desk has sent someone to them that day. Logged.',
  })
  homeVisitsNotBack(
    @Ctx() op: Operation,
    @Arg('districtId', () => ID, { description: 'The district whose workers went out.' }) districtId: string,
  ) {
    return visits.listNotBack(op, districtId);
  }

  @FieldResolver(() => [Worker], { nullable: true, description: 'The workers who went there.' })
  workers(@Ctx() op: Operation, @Root() row: visits.NotBackRow) {
    return loadWorkers(op, row.workerIds);
  }
}
