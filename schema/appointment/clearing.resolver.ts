import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { clearUnavailability } from '../../src/services/appointment/clearing.js';
import { Unavailability } from '../agenda/unavailability.type.js';
import { ClearUnavailabilityInput } from './clearing.input.js';

@Resolver(() => Unavailability)
export class ClearingResolver {
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
}
