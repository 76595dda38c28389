import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { listAppointmentsLeft } from '../../src/services/appointment-warnings.js';
import * as availabilities from '../../src/services/availabilities.js';
import { loadDistrict, loadWorker } from '../../src/services/directory.js';
import { Appointment, AppointmentType } from '../appointment/appointment.type.js';
import { District, Worker } from '../directory/directory.type.js';
import { Day } from '../scalars.js';
import { CloseAvailabilityOnInput, EndAvailabilityInput, OpenAvailabilityInput } from './agenda.input.js';
import { Availability } from './availability.type.js';

/** Whose agenda, in which district. */
@ArgsType()
export class AgendaArgs {
  @Field(() => ID)
  districtId!: string;

  @Field(() => ID)
  workerId!: string;
}

@Resolver(() => Availability)
export class AvailabilityResolver {
  @Query(() => [Availability], {
    nullable: true,
    description: 'A worker’s hours in a district, in force or to come, by start. Logged for a colleague’s.',
  })
  availabilities(@Ctx() op: Operation, @Args(() => AgendaArgs) args: AgendaArgs) {
    return availabilities.listAvailabilities(op, args);
  }

  @FieldResolver(() => Worker, { nullable: true })
  worker(@Ctx() op: Operation, @Root() row: availabilities.AvailabilityRow) {
    return loadWorker(op, row.workerId);
  }

  @FieldResolver(() => District, { nullable: true })
  district(@Ctx() op: Operation, @Root() row: availabilities.AvailabilityRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => [AppointmentType], { nullable: true, description: 'For which types, by code.' })
  types(@Ctx() op: Operation, @Root() row: availabilities.AvailabilityRow) {
    return availabilities.loadTypesOfAvailability(op, row.id);
  }

  @FieldResolver(() => [Day], {
    nullable: true,
    description: 'Days of the recurrence that were closed since; from today on, at most 100.',
  })
  closedOn(@Ctx() op: Operation, @Root() row: availabilities.AvailabilityRow) {
    return availabilities.loadClosedDays(op, row.id);
  }

  @FieldResolver(() => [Appointment], {
    nullable: true,
    description: 'What is booked in hours that were closed since, and is to be moved or cancelled; by start.',
  })
  appointmentsLeft(
    @Ctx() op: Operation,
    @Root() row: availabilities.AvailabilityRow,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless given.' })
    first?: number | null,
  ) {
    return listAppointmentsLeft(op, row.id, { first });
  }

  @Mutation(() => Availability, {
    nullable: true,
    description:
      'Opens hours on the days of a recurrence; public holidays are left out. A worker who is open then already is a CONFLICT.',
  })
  openAvailability(
    @Ctx() op: Operation,
    @Arg('input', () => OpenAvailabilityInput) input: OpenAvailabilityInput,
  ) {
    return availabilities.openAvailability(op, input);
  }

  @Mutation(() => Availability, {
    nullable: true,
    description: 'Ends hours. What is booked in them stays, and is flagged.',
  })
  endAvailability(
    @Ctx() op: Operation,
    @Arg('input', () => EndAvailabilityInput) input: EndAvailabilityInput,
  ) {
    return availabilities.endAvailability(op, input);
  }

  @Mutation(() => Availability, {
    nullable: true,
    description: 'Closes the hours of one day. What is booked in them stays, and is flagged.',
  })
  closeAvailabilityOn(
    @Ctx() op: Operation,
    @Arg('input', () => CloseAvailabilityOnInput) input: CloseAvailabilityOnInput,
  ) {
    return availabilities.closeAvailabilityOn(op, input);
  }
}
