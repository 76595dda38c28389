import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadWorkers } from '../../src/services/directory.js';
import * as visits from '../../src/services/home-visits.js';
import { Worker } from '../directory/directory.type.js';
import { HomeVisitNotBack } from './home-visit.type.js';

@Resolver(() => HomeVisitNotBack)
export class HomeVisitResolver {
  @Query(() => [HomeVisitNotBack], {
    nullable: true,
    description:
      'Home visits of today and yesterday that ended over thirty minutes ago, and from which nobody is recorded as back; the longest ago first, 100 at most. To the district’s head, and to a social worker whom the desk has sent someone that day. Logged.',
  })
  homeVisitsNotBack(@Ctx() op: Operation, @Arg('districtId', () => ID) districtId: string) {
    return visits.listNotBack(op, districtId);
  }

  @FieldResolver(() => [Worker], { nullable: true, description: 'Who went there.' })
  workers(@Ctx() op: Operation, @Root() row: visits.NotBackRow) {
    return loadWorkers(op, row.workerIds);
  }
}
