import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as telephone from '../../src/services/reception/telephone.js';
import { Sentence } from './sentence.type.js';
import { NoteTelephoneCancellationInput, RestoreAppointmentInput, TimeCalledOff } from './telephone.type.js';

@Resolver(() => TimeCalledOff)
export class TelephoneResolver {
  @Query(() => [TimeCalledOff], {
    nullable: true,
    description:
      'The appointments that were called off by telephone, if the viewer was told; at most 100, the first to be freed first. The duty worker reads them while the time is held.',
  })
  timesCalledOff(@Ctx() op: Operation) {
    return telephone.listTimesCalledOff(op);
  }

  @Mutation(() => Sentence, {
    nullable: true,
    description:
      'Notes that a caller cancels an appointment, or wants another time. Nobody knows who calls. So the answer is the same sentence for everyone, found or not. The person is told by the safe contact, and the workers are told. The time is held for two office hours. It is then free, unless somebody lets the appointment stand or nobody could answer. The call counts as a look-up.',
  })
  noteTelephoneCancellation(
    @Ctx() op: Operation,
    @Arg('input', () => NoteTelephoneCancellationInput) input: NoteTelephoneCancellationInput,
  ) {
    return telephone.noteTelephoneCancellation(op, input);
  }

  @Mutation(() => Sentence, {
    nullable: true,
    description:
      'Lets an appointment that was called off by telephone stand. Nobody else got its time meanwhile. The answer to a visit is always the same.',
  })
  restoreAppointment(
    @Ctx() op: Operation,
    @Arg('input', () => RestoreAppointmentInput) input: RestoreAppointmentInput,
  ) {
    return telephone.restoreAppointment(op, input);
  }
}
