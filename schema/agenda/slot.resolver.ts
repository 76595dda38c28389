import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Extensions,
  Field,
  FieldResolver,
  ID,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { listBusyTimes } from '../../src/services/agenda/busy-times.js';
import type { FreeSlot as FreeSlotRow } from '../../src/services/agenda/free-slots.js';
import { costOfSlots } from '../../src/services/agenda/slot-search-cost.js';
import * as slots from '../../src/services/agenda/slots.js';
import { loadDistrict, loadWorkers } from '../../src/services/directory/directory.js';
import { District, Worker } from '../directory/directory.type.js';
import { DateTime } from '../scalars.js';
import { SlotFilter } from './agenda.input.js';
import { FreeSlot, Slot, SlotSearch } from './slot.type.js';

@ArgsType()
class BusyTimesArgs {
  @Field(() => ID, { description: 'A district in which the viewer works.' })
  districtId!: string;

  @Field(() => ID, { description: 'The worker whose busy times are read.' })
  workerId!: string;

  @Field(() => DateTime, { description: 'The start of the period. For a colleague it is not before today.' })
  from!: Date;

  @Field(() => DateTime, {
    description: 'The end of the period, at most 56 days after `from`. The end itself is not part of it.',
  })
  to!: Date;
}

@Resolver(() => SlotSearch)
export class SlotSearchResolver {
  @FieldResolver(() => FreeSlot, {
    nullable: true,
    description:
      'The earliest time with any worker of the district, if it begins before all of `slots`. So a person hears both: when their own worker is free, and when somebody is. Null if nobody is free sooner, or if the search names neither a case nor a worker. Only the desk of the district and the person may read it. It is not stored and not counted.',
  })
  soonerWithAnyone(@Root() search: slots.SlotSearch) {
    return search.soonerWithAnyone();
  }
}

@Resolver(() => FreeSlot)
export class SlotResolver {
  @Query(() => SlotSearch, {
    nullable: true,
    description:
      'The earliest free times for an appointment of a type, or why there is none. Anyone may search for public types. A time that would leave a rest in which no appointment fits is left out until two working days before, unless any other time is two weeks later. Each day of each district counts toward the cost of the document; the whole county counts as twenty districts.',
  })
  @Extensions({ costOfSearch: costOfSlots })
  slots(
    @Ctx() op: Operation,
    @Arg('filter', () => SlotFilter, { description: 'Which type, where, when and with which workers.' })
    filter: SlotFilter,
    @Arg('first', () => Int, {
      nullable: true,
      description: 'The most free times to answer: 1 to 50; 10 unless given.',
    })
    first?: number | null,
  ) {
    return slots.searchSlots(op, filter, first ?? 10);
  }

  @Query(() => [Slot], {
    nullable: true,
    description:
      'The times at which a worker is busy or away; the reason is not told. Times that touch are joined into one. At most eight weeks and one colleague at once. Logged.',
  })
  busyTimes(@Ctx() op: Operation, @Args(() => BusyTimesArgs) args: BusyTimesArgs) {
    return listBusyTimes(op, args);
  }

  @FieldResolver(() => District, { description: 'The district that would receive the person.' })
  district(@Ctx() op: Operation, @Root() slot: FreeSlotRow) {
    return loadDistrict(op, slot.districtId);
  }

  @FieldResolver(() => [Worker], {
    nullable: true,
    description: 'The workers who are free then. Only colleagues of the district may read them.',
  })
  workers(@Ctx() op: Operation, @Root() slot: FreeSlotRow) {
    return loadWorkers(op, slot.workerIds);
  }
}
