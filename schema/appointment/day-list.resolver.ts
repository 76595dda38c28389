import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { dayListOf } from '../../src/services/appointment/day-list.js';
import { Day } from '../scalars.js';

@Resolver()
export class DayListResolver {
  @Query(() => String, {
    nullable: true,
    description:
      'The appointments of a day as French text in columns of one width, to be printed: times, worker, public label, name, place, and lines to write on. The desk gets those of its district, a social worker their own.',
  })
  dayList(
    @Ctx() op: Operation,
    @Arg('districtId', () => ID, { description: 'The district of the list.' }) districtId: string,
    @Arg('day', () => Day, {
      nullable: true,
      description: 'The day in Paris: today unless given, and at most eight weeks ahead.',
    })
    day?: Date | null,
  ) {
    return dayListOf(op, { districtId, day: day ?? null });
  }
}
