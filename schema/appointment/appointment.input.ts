import { Field, ID, InputType, Int } from 'type-graphql';
import type {
  AppointmentMode as AppointmentModeValue,
  AppointmentStatus as AppointmentStatusValue,
} from '../../prisma/generated/enums.js';
import { AppointmentMode, AppointmentStatus, CancelledBy } from '../enums.js';
import { DateTime } from '../scalars.js';

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

  @Field(() => AppointmentMode, { nullable: true })
  mode?: AppointmentModeValue | null;

  @Field(() => String, { nullable: true })
  subject?: string | null;

  @Field(() => ID, { nullable: true })
  caseId?: string | null;

  @Field(() => [ID], { nullable: true })
  personIds?: string[] | null;
}

@InputType()
export class MoveAppointmentInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => DateTime)
  startsAt!: Date;
}

@InputType()
export class CancelAppointmentInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => CancelledBy)
  by!: 'PERSON' | 'SERVICE';
}
