import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as unavailabilities from '../../src/services/agenda/unavailabilities.js';
import { loadDistrict, loadWorker } from '../../src/services/directory/directory.js';
import { VersionedInput } from '../directory/directory.input.js';
import { District, Worker } from '../directory/directory.type.js';
import { DeclareUnavailabilityInput } from './agenda.input.js';
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
