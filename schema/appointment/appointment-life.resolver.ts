import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as changes from '../../src/services/appointment-changes.js';
import * as booking from '../../src/services/booking.js';
import { VersionedInput } from '../directory/directory.input.js';
import {
  BookAppointmentInput,
  CancelAppointmentInput,
  ExpectReturnInput,
  MoveAppointmentInput,
  RecordOutcomeInput,
  SetParticipantsInput,
} from './appointment.input.js';
import { Appointment } from './appointment.type.js';

/** From booking to outcome. */
@Resolver()
export class AppointmentLifeResolver {
  @Mutation(() => Appointment, {
    nullable: true,
    description: 'A taken slot is a CONFLICT with `nextFreeSlots`.',
  })
  bookAppointment(
    @Ctx() op: Operation,
    @Arg('input', () => BookAppointmentInput) input: BookAppointmentInput,
  ) {
    return booking.bookAppointment(op, input);
  }

  @Mutation(() => Appointment, {
    nullable: true,
    description:
      'Keeps its length; its old time if the new one is taken. Whoever moves it has agreed on it with who comes: nobody else is to tell them, but of a meeting.',
  })
  moveAppointment(
    @Ctx() op: Operation,
    @Arg('input', () => MoveAppointmentInput) input: MoveAppointmentInput,
  ) {
    return changes.moveAppointment(op, input);
  }

  @Mutation(() => Appointment, {
    nullable: true,
    description: 'Frees its time. By the service, who was to come is in `noticesToGive`.',
  })
  cancelAppointment(
    @Ctx() op: Operation,
    @Arg('input', () => CancelAppointmentInput) input: CancelAppointmentInput,
  ) {
    return changes.cancelAppointment(op, input);
  }

  @Mutation(() => Appointment, {
    nullable: true,
    description: 'How it went, from its day on; said again, it corrects what was said.',
  })
  recordOutcome(@Ctx() op: Operation, @Arg('input', () => RecordOutcomeInput) input: RecordOutcomeInput) {
    return changes.recordOutcome(op, input);
  }

  @Mutation(() => Appointment, {
    nullable: true,
    description:
      'When whoever goes out on the home visit is expected back; until then they are not free. Of a visit of which something became, the answer tells the desk neither `status` nor `cancellationReason`: asking for them is FORBIDDEN, and changes nothing.',
  })
  expectReturn(@Ctx() op: Operation, @Arg('input', () => ExpectReturnInput) input: ExpectReturnInput) {
    return changes.expectReturn(op, input);
  }

  @Mutation(() => Appointment, {
    nullable: true,
    description:
      'Whoever went out on the home visit is back, now. Of a visit of which something became, the answer tells the desk neither `status` nor `cancellationReason`: asking for them is FORBIDDEN, and changes nothing.',
  })
  recordReturn(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return changes.recordReturn(op, input);
  }

  @Mutation(() => Appointment, {
    nullable: true,
    description:
      'The desk, or who follows its case: from a week before its day until 30 days after, its workers know the contact of who comes. What a worker books themselves tells them a name.',
  })
  confirmAppointment(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return changes.confirmAppointment(op, input);
  }

  @Mutation(() => Appointment, {
    nullable: true,
    description:
      'Says who else is there: an interpreter by language and time, where the appointment is held or on the line.',
  })
  setParticipants(
    @Ctx() op: Operation,
    @Arg('input', () => SetParticipantsInput) input: SetParticipantsInput,
  ) {
    return changes.setParticipants(op, input);
  }
}
