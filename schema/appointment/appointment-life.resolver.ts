import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as changes from '../../src/services/appointment/appointment-changes.js';
import * as booking from '../../src/services/appointment/booking.js';
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

/** The actions on an appointment, from its booking to its outcome. */
@Resolver()
export class AppointmentLifeResolver {
  @Mutation(() => Appointment, {
    nullable: true,
    description:
      'Books an appointment. A time that is taken is a CONFLICT with the reason SLOT_TAKEN, and other free times in `nextFreeSlots`.',
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
      'Moves a booked appointment; its length stays. If the new time is taken, the appointment keeps the old one: a CONFLICT with the reason SLOT_TAKEN. A worker of the appointment or of its case has agreed on the new time with the person. If the desk moves it, the person is told, unless the person is at the counter (`visitId`). The persons of a collective appointment are told as well. By telephone the desk moves nothing, but uses `noteTelephoneCancellation`.',
  })
  moveAppointment(
    @Ctx() op: Operation,
    @Arg('input', () => MoveAppointmentInput) input: MoveAppointmentInput,
  ) {
    return changes.moveAppointment(op, input);
  }

  @Mutation(() => Appointment, {
    nullable: true,
    description:
      'Cancels a booked appointment and frees its time. If the service cancels, the persons who were to come are in `noticesToGive`. The desk cancels for a person only if the person is at the counter (`visitId`). By telephone it uses `noteTelephoneCancellation`.',
  })
  cancelAppointment(
    @Ctx() op: Operation,
    @Arg('input', () => CancelAppointmentInput) input: CancelAppointmentInput,
  ) {
    return changes.cancelAppointment(op, input);
  }

  @Mutation(() => Appointment, {
    nullable: true,
    description: 'Records how an appointment went, from its day on. A second record corrects the first one.',
  })
  recordOutcome(@Ctx() op: Operation, @Arg('input', () => RecordOutcomeInput) input: RecordOutcomeInput) {
    return changes.recordOutcome(op, input);
  }

  @Mutation(() => Appointment, {
    nullable: true,
    description:
      'Sets when the worker on a home visit is expected back. Until then the worker is not free. Once the outcome of the visit is recorded, the desk may not ask for `status` or `cancellationReason` in the answer: that is FORBIDDEN, and changes nothing.',
  })
  expectReturn(@Ctx() op: Operation, @Arg('input', () => ExpectReturnInput) input: ExpectReturnInput) {
    return changes.expectReturn(op, input);
  }

  @Mutation(() => Appointment, {
    nullable: true,
    description:
      'Records that the worker is back from a home visit, now. Once the outcome of the visit is recorded, the desk may not ask for `status` or `cancellationReason` in the answer: that is FORBIDDEN, and changes nothing.',
  })
  recordReturn(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return changes.recordReturn(op, input);
  }

  @Mutation(() => Appointment, {
    nullable: true,
    description:
      'Lets the workers of the appointment read how to reach its persons, from a week before its day until 30 days after. Only the desk may do so, or a worker who follows the case of the appointment. An appointment that a worker books alone shows that worker a name, and no contact.',
  })
  confirmAppointment(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return changes.confirmAppointment(op, input);
  }

  @Mutation(() => Appointment, {
    nullable: true,
    description:
      'Says who else is at an appointment, such as an interpreter, in which language, when, and on site or on the line.',
  })
  setParticipants(
    @Ctx() op: Operation,
    @Arg('input', () => SetParticipantsInput) input: SetParticipantsInput,
  ) {
    return changes.setParticipants(op, input);
  }
}
