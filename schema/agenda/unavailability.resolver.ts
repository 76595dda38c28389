import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { listAppointmentsOver } from '../../src/services/appointment-warnings.js';
import { clearUnavailability } from '../../src/services/clearing.js';
import { loadDistrict, loadWorker } from '../../src/services/directory.js';
import * as unavailabilities from '../../src/services/unavailabilities.js';
import { Appointment } from '../appointment/appointment.type.js';
import { VersionedInput } from '../directory/directory.input.js';
import { District, Worker } from '../directory/directory.type.js';
import { ClearUnavailabilityInput, DeclareUnavailabilityInput } from './agenda.input.js';
import { AgendaArgs } from './availability.resolver.js';
import { Unavailability } from './unavailability.type.js';

@Resolver(() => Unavailability)
export class UnavailabilityResolver {
  @Query(() => [Unavailability], {
    nullable: true,
    description: 'A worker’s time off, in force or to come, by start. Logged for a colleague’s.',
  })
  unavailabilities(@Ctx() op: Operation, @Args(() => AgendaArgs) args: AgendaArgs) {
    return unavailabilities.listUnavailabilities(op, args);
  }

  @FieldResolver(() => Worker, { nullable: true })
  worker(@Ctx() op: Operation, @Root() row: unavailabilities.UnavailabilityRow) {
    return loadWorker(op, row.workerId);
  }

  @FieldResolver(() => District, {
    nullable: true,
    description: 'Where it was declared; it is in force everywhere.',
  })
  district(@Ctx() op: Operation, @Root() row: unavailabilities.UnavailabilityRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => [Appointment], {
    nullable: true,
    description: 'What is booked in it, and is to be moved or cancelled; by start.',
  })
  appointmentsOver(
    @Ctx() op: Operation,
    @Root() row: unavailabilities.UnavailabilityRow,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless given.' })
    first?: number | null,
  ) {
    return listAppointmentsOver(op, row.id, { first });
  }

  @Mutation(() => Unavailability, {
    nullable: true,
    description:
      'Moves or cancels at once what is booked in it, for a worker who falls ill; those who were to come are then in `noticesToGive`. What finds no place is left in `appointmentsOver`.',
  })
  clearUnavailability(
    @Ctx() op: Operation,
    @Arg('input', () => ClearUnavailabilityInput) input: ClearUnavailabilityInput,
  ) {
    return clearUnavailability(op, input);
  }

  @Mutation(() => Unavailability, {
    nullable: true,
    description: 'Declares time off. What is booked in it never refuses it: that is flagged.',
  })
  declareUnavailability(
    @Ctx() op: Operation,
    @Arg('input', () => DeclareUnavailabilityInput) input: DeclareUnavailabilityInput,
  ) {
    return unavailabilities.declareUnavailability(op, input);
  }

  @Mutation(() => Unavailability, {
    nullable: true,
    description: 'Ends time off now, or withdraws it before it begins.',
  })
  endUnavailability(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return unavailabilities.endUnavailability(op, input);
  }
}
