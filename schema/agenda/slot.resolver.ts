import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { listBusyTimes } from '../../src/services/busy-times.js';
import { loadDistrict, loadWorkers } from '../../src/services/directory.js';
import * as slots from '../../src/services/slots.js';
import { District, Worker } from '../directory/directory.type.js';
import { DateTime } from '../scalars.js';
import { SlotFilter } from './agenda.input.js';
import { FreeSlot, Slot, SlotSearch } from './slot.type.js';

@ArgsType()
class BusyTimesArgs {
  @Field(() => ID)
  districtId!: string;

  @Field(() => ID)
  workerId!: string;

  @Field(() => DateTime)
  from!: Date;

  @Field(() => DateTime)
  to!: Date;
}

@Resolver(() => FreeSlot)
export class SlotResolver {
  @Query(() => SlotSearch, {
    nullable: true,
    description: 'The earliest free slots for an appointment of a type, or why there is none.',
  })
  slots(
    @Ctx() op: Operation,
    @Arg('filter', () => SlotFilter) filter: SlotFilter,
    @Arg('first', () => Int, { nullable: true, description: '1 to 50; 10 unless given.' })
    first?: number | null,
  ) {
    return slots.searchSlots(op, filter, first ?? 10);
  }

  @Query(() => [Slot], {
    nullable: true,
    description: 'When a worker is busy or away, never with whom; at most eight weeks. Logged.',
  })
  busyTimes(@Ctx() op: Operation, @Args(() => BusyTimesArgs) args: BusyTimesArgs) {
    return listBusyTimes(op, args);
  }

  @FieldResolver(() => District)
  district(@Ctx() op: Operation, @Root() slot: slots.FreeSlot) {
    return loadDistrict(op, slot.districtId);
  }

  @FieldResolver(() => [Worker], {
    nullable: true,
    description: 'Who is free then, to colleagues of the district.',
  })
  workers(@Ctx() op: Operation, @Root() slot: slots.FreeSlot) {
    return loadWorkers(op, slot.workerIds);
  }
}
