import { Field, ID, InputType, Int } from 'type-graphql';
import type {
  AppointmentMode as AppointmentModeValue,
  AppointmentStatus as AppointmentStatusValue,
  AskedBy as AskedByValue,
  CancellationReason as CancellationReasonValue,
  ParticipantKind as ParticipantKindValue,
} from '../../prisma/generated/enums.js';
import type { AppointmentOutcome as OutcomeValue } from '../../src/services/appointment/appointment-changes.js';
import { LONGEST } from '../../src/services/operation/longest.js';
import { AppointmentMode } from '../agenda/agenda.enums.js';
import { charactersOf } from '../characters-of.js';
import { DateTime } from '../scalars.js';
import {
  AppointmentOutcome,
  AppointmentStatus,
  AskedBy,
  CancellationReason,
  CancelledBy,
  ParticipantKind,
} from './appointment.enums.js';

@InputType({ description: 'Which appointments to list. Each field that is given narrows the list.' })
export class AppointmentFilter {
  @Field(() => ID, { nullable: true, description: 'Only appointments of this district.' })
  districtId?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Only appointments that start at this instant or later.',
  })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only appointments that start before this instant.' })
  to?: Date | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Only appointments in the agenda of this worker: the viewer or, for the desk, a colleague. The agenda of a colleague is read from today to eight weeks ahead, with `to`, and the reading is logged.',
  })
  workerId?: string | null;

  @Field(() => AppointmentStatus, {
    nullable: true,
    description: 'Only appointments in this state. A desk finds none but those that are BOOKED.',
  })
  status?: AppointmentStatusValue | null;
}

@InputType({ description: 'Someone else who is at an appointment. There is no field for a name.' })
export class ParticipantInput {
  @Field(() => ParticipantKind, { description: 'Whether it is an interpreter, a partner or a relative.' })
  kind!: ParticipantKindValue;

  @Field(() => String, {
    nullable: true,
    description:
      'The interpreter’s language: ISO 639-3 or ISO 639-1. Required for an interpreter, and refused for anyone else.',
  })
  language?: string | null;

  @Field(() => AppointmentMode, {
    nullable: true,
    description: 'Whether they come, or take part by phone or video; on site unless given.',
  })
  mode?: AppointmentModeValue | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'From when on they take part; the start of the appointment unless given.',
  })
  startsAt?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when they take part; the end of the appointment unless given.',
  })
  endsAt?: Date | null;
}

@InputType({
  description:
    'An appointment to book. Only the district, the workers, the type and the start are required: no name, no reason.',
})
export class BookAppointmentInput {
  @Field(() => ID, { description: 'The district that receives the person.' })
  districtId!: string;

  @Field(() => [ID], {
    description:
      'The workers who hold it, 1 to 10, members of the district. The agenda is that of the first; the others take part.',
  })
  workerIds!: string[];

  @Field(() => String, {
    description: 'The `code` of an appointment type that the viewer may book, and no collective one.',
  })
  typeCode!: string;

  @Field(() => DateTime, { description: 'The start: not in the past, and at most 366 days ahead.' })
  startsAt!: Date;

  @Field(() => Int, {
    nullable: true,
    description: 'The length, as a multiple of the length of the type: 1 to 8; 1 unless given.',
  })
  inARow?: number | null;

  @Field(() => AppointmentMode, {
    nullable: true,
    description: 'The way in which it is held; the first mode of the type unless given.',
  })
  mode?: AppointmentModeValue | null;

  @Field(() => String, {
    nullable: true,
    description: `One of the \`places\` of the district. Unless given, it is the place of the first worker’s hours. A worker of the appointment may type another place, at most ${charactersOf(LONGEST.place)}, without a telephone number, a mail or a web address; it is in no message.`,
  })
  place?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `The matter that it is about, at most ${charactersOf(LONGEST.subject)}. Refused from the desk, which asks nobody why they come.`,
  })
  subject?: string | null;

  @Field(() => ID, { nullable: true, description: 'The open case of the same district that it belongs to.' })
  caseId?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'The persons who come, 20 at most. Left out for someone who gives no name.',
  })
  personIds?: string[] | null;

  @Field(() => AskedBy, {
    nullable: true,
    description: 'The one who asked for it, as a category, only if someone says so. Nobody is asked.',
  })
  askedBy?: AskedByValue | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The time at which the worker is expected back from a home visit: not before the end, and within twelve hours of the start.',
  })
  expectedBackAt?: Date | null;

  @Field(() => [ParticipantInput], {
    nullable: true,
    description:
      'The other people who are there, 10 at most. Unless given, the interpreters that the persons need are recorded (`Person.communicationNeeds`).',
  })
  participants?: ParticipantInput[] | null;
}

@InputType({ description: 'The appointment, and the time that it is moved to.' })
export class MoveAppointmentInput {
  @Field(() => ID, { description: 'The `id` of the appointment.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => DateTime, {
    description: 'The new start: not in the past, and at most 366 days ahead. The length stays.',
  })
  startsAt!: Date;

  @Field(() => ID, {
    nullable: true,
    description:
      'A colleague who takes the appointment over, and who is free at its time. Only the desk may name one. Unless given, its worker keeps it.',
  })
  workerId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Today’s visit of the person, who is at the desk’s counter and agrees on the new time. If the desk moves without it, the person is told.',
  })
  visitId?: string | null;
}

@InputType({ description: 'A booked appointment, and whether the person or the service cancels it.' })
export class CancelAppointmentInput {
  @Field(() => ID, { description: 'The `id` of the appointment.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => CancelledBy, {
    description:
      'Whether the person or the service cancels. Only the service can cancel a collective appointment.',
  })
  by!: 'PERSON' | 'SERVICE';

  @Field(() => CancellationReason, {
    nullable: true,
    description: 'Why the service cancels. Refused if the person cancels: a person is not asked why.',
  })
  reason?: CancellationReasonValue | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Today’s visit of the person, who is at the desk’s counter. The desk needs it to cancel for the person. By telephone the desk uses `noteTelephoneCancellation`.',
  })
  visitId?: string | null;
}

@InputType({ description: 'The appointment, and how it went.' })
export class RecordOutcomeInput {
  @Field(() => ID, { description: 'The `id` of the appointment.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => AppointmentOutcome, {
    description:
      'The result that is recorded. NOT_HONOURED is refused before the start, and any other outcome before the day. A collective appointment can only be HONOURED.',
  })
  outcome!: OutcomeValue;
}

@InputType({ description: 'The home visit, and when its worker is expected back.' })
export class ExpectReturnInput {
  @Field(() => ID, { description: 'The `id` of the appointment.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The expected return, not before the end and within twelve hours of the start. Null or left out takes it away.',
  })
  expectedBackAt?: Date | null;
}

@InputType({ description: 'The appointment, and everyone else who is there.' })
export class SetParticipantsInput {
  @Field(() => ID, { description: 'The `id` of the appointment.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => [ParticipantInput], {
    description:
      'Everyone else who is there, 10 at most. The list replaces the one that was recorded earlier.',
  })
  participants!: ParticipantInput[];
}
