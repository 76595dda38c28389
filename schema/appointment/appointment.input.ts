import { Field, ID, InputType, Int } from 'type-graphql';
import type {
  AppointmentMode as AppointmentModeValue,
  AppointmentStatus as AppointmentStatusValue,
  AskedBy as AskedByValue,
  CancellationReason as CancellationReasonValue,
  ParticipantKind as ParticipantKindValue,
} from '../../prisma/generated/enums.js';
import type { AppointmentOutcome as OutcomeValue } from '../../src/services/appointment-changes.js';
import { DateTime } from '../scalars.js';
import {
  AppointmentMode,
  AppointmentOutcome,
  AppointmentStatus,
  AskedBy,
  CancellationReason,
  CancelledBy,
  ParticipantKind,
} from './appointment.enums.js';

@InputType()
export class AppointmentFilter {
  @Field(() => ID, { nullable: true })
  districtId?: string | null;

  @Field(() => DateTime, { nullable: true })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true })
  to?: Date | null;

  @Field(() => ID, {
    nullable: true,
    description: 'One’s own agenda; for the desk, a colleague’s from today to eight weeks ahead. Logged.',
  })
  workerId?: string | null;

  @Field(() => AppointmentStatus, { nullable: true })
  status?: AppointmentStatusValue | null;
}

@InputType({ description: 'Who else is there. There is no field for a name.' })
export class ParticipantInput {
  @Field(() => ParticipantKind)
  kind!: ParticipantKindValue;

  @Field(() => String, {
    nullable: true,
    description: 'ISO 639-3, or ISO 639-1; of an interpreter, and of nobody else.',
  })
  language?: string | null;

  @Field(() => AppointmentMode, { nullable: true, description: 'On site unless given.' })
  mode?: AppointmentModeValue | null;

  @Field(() => DateTime, { nullable: true, description: 'The appointment’s start unless given.' })
  startsAt?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'The appointment’s end unless given.' })
  endsAt?: Date | null;
}

@InputType({ description: 'Nothing but a time and whose agenda is compulsory.' })
export class BookAppointmentInput {
  @Field(() => ID)
  districtId!: string;

  @Field(() => [ID], { description: 'The first is whose agenda it is; the others take part.' })
  workerIds!: string[];

  @Field(() => String)
  typeCode!: string;

  @Field(() => DateTime)
  startsAt!: Date;

  @Field(() => Int, {
    nullable: true,
    description: 'So many slots one after the other: 1 to 8; 1 unless given.',
  })
  inARow?: number | null;

  @Field(() => AppointmentMode, { nullable: true })
  mode?: AppointmentModeValue | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Where the worker’s hours are, unless given. It is sent to those who come: a room or an address, and nothing of the service.',
  })
  place?: string | null;

  @Field(() => String, { nullable: true })
  subject?: string | null;

  @Field(() => ID, { nullable: true })
  caseId?: string | null;

  @Field(() => [ID], { nullable: true })
  personIds?: string[] | null;

  @Field(() => AskedBy, { nullable: true, description: 'Only where someone says it; nobody is asked.' })
  askedBy?: AskedByValue | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Of a home visit: on its day, within twelve hours of its start.',
  })
  expectedBackAt?: Date | null;

  @Field(() => [ParticipantInput], {
    nullable: true,
    description: 'Unless given, the interpreters that those who come need (`Person.communicationNeeds`).',
  })
  participants?: ParticipantInput[] | null;
}

@InputType()
export class MoveAppointmentInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => DateTime)
  startsAt!: Date;

  @Field(() => ID, {
    nullable: true,
    description: 'A colleague to whom the desk gives it, free for it then; its worker keeps it where absent.',
  })
  workerId?: string | null;
}

@InputType()
export class CancelAppointmentInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => CancelledBy)
  by!: 'PERSON' | 'SERVICE';

  @Field(() => CancellationReason, {
    nullable: true,
    description: 'The service’s; a person is not asked why.',
  })
  reason?: CancellationReasonValue | null;
}

@InputType()
export class RecordOutcomeInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => AppointmentOutcome)
  outcome!: OutcomeValue;
}

@InputType()
export class ExpectReturnInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => DateTime, { nullable: true })
  expectedBackAt?: Date | null;
}

@InputType()
export class SetParticipantsInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => [ParticipantInput], { description: 'All who are there: those named before are forgotten.' })
  participants!: ParticipantInput[];
}
