import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as linked from '../../src/services/appointment/linked-appointments.js';
import { CancelByLinkInput, LinkedAppointment, RestoreByLinkInput } from './linked-appointment.type.js';

@Resolver(() => LinkedAppointment)
export class LinkedAppointmentResolver {
  @Query(() => LinkedAppointment, {
    nullable: true,
    description:
      'The appointment of the link in a message, for anyone who holds the link. Null for a link that was used more than an hour ago, or whose appointment was moved, cancelled or has begun.',
  })
  linkedAppointment(
    @Ctx() op: Operation,
    @Arg('secret', () => String, {
      description: 'The part of the link that is different in each message.',
    })
    secret: string,
  ) {
    return linked.loadLinkedAppointment(op, secret);
  }

  @Mutation(() => LinkedAppointment, {
    nullable: true,
    description:
      'Cancels the appointment of a link, once, and frees its time. Nobody is asked why. Its workers are told that a link was used.',
  })
  cancelByLink(@Ctx() op: Operation, @Arg('input', () => CancelByLinkInput) input: CancelByLinkInput) {
    return linked.cancelByLink(op, input);
  }

  @Mutation(() => LinkedAppointment, {
    nullable: true,
    description:
      'Lets the appointment of a link stand, after somebody has called it off by telephone. Its workers are told. If nobody has, nothing changes. The link can still be used.',
  })
  restoreByLink(@Ctx() op: Operation, @Arg('input', () => RestoreByLinkInput) input: RestoreByLinkInput) {
    return linked.restoreByLink(op, input);
  }
}
