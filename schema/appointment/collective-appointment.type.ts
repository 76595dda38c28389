import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { AppointmentMode as AppointmentModeValue } from '../../prisma/generated/enums.js';
import { DateTime } from '../scalars.js';
import { AppointmentMode, AppointmentOutcome, CancelledBy } from './appointment.enums.js';

@ObjectType({
  description:
    'Rendez-vous collectif: an appointment with places, for the desk and who holds it. Those who come are shown the appointment alone, and nothing of one another.',
})
export class CollectiveAppointment {
  @Field(() => ID, { nullable: true, description: 'That of the appointment.' })
  id!: string;

  @Field(() => Int, { nullable: true })
  places!: number;
}

@ObjectType({ description: 'A place of a collective appointment that is taken by someone.' })
export class TakenPlace {
  @Field(() => AppointmentOutcome, {
    nullable: true,
    description: 'Whether they came; null where nobody said.',
  })
  outcome!: string | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@InputType()
export class OpenCollectiveAppointmentInput {
  @Field(() => ID)
  districtId!: string;

  @Field(() => [ID], { description: 'Who holds it, the first in whose agenda it is.' })
  workerIds!: string[];

  @Field(() => String, { description: 'A collective type.' })
  typeCode!: string;

  @Field(() => DateTime)
  startsAt!: Date;

  @Field(() => Int, { nullable: true, description: '2 to 200; as many as the type has unless given.' })
  places?: number | null;

  @Field(() => AppointmentMode, { nullable: true })
  mode?: AppointmentModeValue | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Where the hours of the first are, unless given. It is sent to those who come: a room or an address, and nothing of the service.',
  })
  place?: string | null;
}

@InputType()
export class JoinCollectiveAppointmentInput {
  @Field(() => ID)
  id!: string;

  @Field(() => ID, { nullable: true, description: 'Left out for someone who gives no name.' })
  personId?: string | null;
}

@InputType()
export class LeaveCollectiveAppointmentInput {
  @Field(() => ID)
  id!: string;

  @Field(() => ID, { nullable: true, description: 'Left out for someone who gave no name.' })
  personId?: string | null;

  @Field(() => CancelledBy, { description: 'Whom the service does not keep is to be told.' })
  by!: 'PERSON' | 'SERVICE';
}

@InputType()
export class RecordAttendanceInput {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  personId!: string;

  @Field(() => Int, { description: 'Of the place.' })
  expectedVersion!: number;

  @Field(() => AppointmentOutcome)
  outcome!: 'HONOURED' | 'NOT_HONOURED' | 'LEFT_BEFORE_RECEIVED';
}
