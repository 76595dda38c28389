import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { dayListOf } from '../../src/services/day-list.js';
import { Day } from '../scalars.js';

@Resolver()
export class DayListResolver {
  @Query(() => String, {
    nullable: true,
    description:
      'The appointments of a day, to be printed, in French and in columns of one width: times, worker, public label, name, place, and lines to write on. To the desk its district’s; to a social worker their own.',
  })
  dayList(
    @Ctx() op: Operation,
    @Arg('districtId', () => ID) districtId: string,
    @Arg('day', () => Day, { nullable: true, description: 'Today unless given; eight weeks ahead at most.' })
    day?: Date | null,
  ) {
    return dayListOf(op, { districtId, day: day ?? null });
  }
}
