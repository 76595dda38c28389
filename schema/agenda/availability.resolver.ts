import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as availabilities from '../../src/services/agenda/availabilities.js';
import { loadDistrict, loadWorker } from '../../src/services/directory/directory.js';
import { District, Worker } from '../directory/directory.type.js';
import { Day } from '../scalars.js';
import { CloseAvailabilityOnInput, EndAvailabilityInput, OpenAvailabilityInput } from './agenda.input.js';
import { AppointmentType } from './appointment-type.type.js';
import { Availability } from './availability.type.js';

/** The worker and the district of the agenda that is read. */
@ArgsType()
export class AgendaArgs {
  @Field(() => ID, { description: 'The district in which the worker has the agenda.' })
  districtId!: string;

  @Field(() => ID, { description: 'The worker whose agenda is read.' })
  workerId!: string;
}

@Resolver(() => Availability)
export class AvailabilityResolver {
  @Query(() => [Availability], {
    nullable: true,
    description:
      'The opening hours of a worker in a district that are in force or to come, by start; 100 at most. Reading a colleague’s is logged.',
  })
  availabilities(@Ctx() op: Operation, @Args(() => AgendaArgs) args: AgendaArgs) {
    return availabilities.listAvailabilities(op, args);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The worker who receives in these hours.' })
  worker(@Ctx() op: Operation, @Root() row: availabilities.AvailabilityRow) {
    return loadWorker(op, row.workerId);
  }

  @FieldResolver(() => District, {
    nullable: true,
    description: 'The district for which the worker receives.',
  })
  district(@Ctx() op: Operation, @Root() row: availabilities.AvailabilityRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => [AppointmentType], {
    nullable: true,
    description: 'The appointment types that can be booked in these hours, by code.',
  })
  types(@Ctx() op: Operation, @Root() row: availabilities.AvailabilityRow) {
    return availabilities.loadTypesOfAvailability(op, row.id);
  }

  @FieldResolver(() => [Day], {
    nullable: true,
    description: 'Days of the recurrence that were closed afterwards: from today on, 100 at most.',
  })
  closedOn(@Ctx() op: Operation, @Root() row: availabilities.AvailabilityRow) {
    return availabilities.loadClosedDays(op, row.id);
  }

  @Mutation(() => Availability, {
    nullable: true,
    description:
      'Opens hours of a worker on the days of a recurrence. Public holidays are left out. Hours that overlap others of the same worker, in any district, are a CONFLICT with the reason HOURS_TAKEN.',
  })
  openAvailability(
    @Ctx() op: Operation,
    @Arg('input', () => OpenAvailabilityInput) input: OpenAvailabilityInput,
  ) {
    return availabilities.openAvailability(op, input);
  }

  @Mutation(() => Availability, {
    nullable: true,
    description:
      'Ends hours from a day on. Appointments that are booked after it stay, and are flagged in `appointmentsLeft`.',
  })
  endAvailability(
    @Ctx() op: Operation,
    @Arg('input', () => EndAvailabilityInput) input: EndAvailabilityInput,
  ) {
    return availabilities.endAvailability(op, input);
  }

  @Mutation(() => Availability, {
    nullable: true,
    description:
      'Closes the hours on one day. Appointments that are booked in them stay, and are flagged in `appointmentsLeft`.',
  })
  closeAvailabilityOn(
    @Ctx() op: Operation,
    @Arg('input', () => CloseAvailabilityOnInput) input: CloseAvailabilityOnInput,
  ) {
    return availabilities.closeAvailabilityOn(op, input);
  }
}
