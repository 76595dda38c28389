import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as unavailabilities from '../../src/services/agenda/unavailabilities.js';
import { listAppointmentsOver } from '../../src/services/appointment/appointment-warnings.js';
import { clearUnavailability } from '../../src/services/appointment/clearing.js';
import { loadDistrict, loadWorker } from '../../src/services/directory/directory.js';
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
    description:
      'Declared time off of a worker in a district, in force or to come, by start; 100 at most. Reading a colleague’s is logged.',
  })
  unavailabilities(@Ctx() op: Operation, @Args(() => AgendaArgs) args: AgendaArgs) {
    return unavailabilities.listUnavailabilities(op, args);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The worker who is away.' })
  worker(@Ctx() op: Operation, @Root() row: unavailabilities.UnavailabilityRow) {
    return loadWorker(op, row.workerId);
  }

  @FieldResolver(() => District, {
    nullable: true,
    description: 'The district in which the time off was declared.',
  })
  district(@Ctx() op: Operation, @Root() row: unavailabilities.UnavailabilityRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => [Appointment], {
    nullable: true,
    description:
      'Appointments that are booked in the time off, by start. Someone has to move or cancel them.',
  })
  appointmentsOver(
    @Ctx() op: Operation,
    @Root() row: unavailabilities.UnavailabilityRow,
    @Arg('first', () => Int, { nullable: true })
    first?: number | null,
  ) {
    return listAppointmentsOver(op, row.id, { first });
  }

  @Mutation(() => Unavailability, {
    nullable: true,
    description:
      'Moves or cancels at once what is booked in time off, for a worker who falls ill. The persons who were to come are then in `noticesToGive`. An appointment that finds no other time stays in `appointmentsOver`. More than 100 appointments at once are refused.',
  })
  clearUnavailability(
    @Ctx() op: Operation,
    @Arg('input', () => ClearUnavailabilityInput) input: ClearUnavailabilityInput,
  ) {
    return clearUnavailability(op, input);
  }

  @Mutation(() => Unavailability, {
    nullable: true,
    description:
      'Declares time off. Appointments that are booked in it do not prevent it: they are flagged in `appointmentsOver`.',
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
