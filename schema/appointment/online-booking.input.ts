import { Field, ID, InputType, Int } from 'type-graphql';
import type {
  AppointmentMode as AppointmentModeValue,
  AskedBy as AskedByValue,
} from '../../prisma/generated/enums.js';
import { LONGEST } from '../../src/services/operation/longest.js';
import { AppointmentMode } from '../agenda/agenda.enums.js';
import { charactersOf } from '../characters-of.js';
import { DateTime } from '../scalars.js';
import { AskedBy } from './appointment.enums.js';

@InputType({
  description:
    'A free time to book online. A client gives a name as well; nothing else is required: no phone, no reason.',
})
export class BookOnlineInput {
  @Field(() => ID, { description: 'The district in which the person is received.' })
  districtId!: string;

  @Field(() => String, { description: 'The `code` of a type that is open to the public.' })
  typeCode!: string;

  @Field(() => DateTime, { description: 'The start of a free time, as `slots` answers it.' })
  startsAt!: Date;

  @Field(() => AppointmentMode, {
    nullable: true,
    description: 'The way in which it is held; the first mode of the type unless given.',
  })
  mode?: AppointmentModeValue | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'From a person: their own case, if it is shown online. Its assigned worker then receives them, and nobody else.',
  })
  caseId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `From a client: how the person wants to be called, at most ${charactersOf(LONGEST.name)}; “anonyme” will do. Refused from a person, who is known.`,
  })
  name?: string | null;

  @Field(() => AskedBy, {
    nullable: true,
    description: 'The one who asked for it, as a category, only if someone says so. Nobody is asked.',
  })
  askedBy?: AskedByValue | null;
}

@InputType({
  description:
    'The booking, and the time that it is moved to. A person names the `id`, a client the `secret`.',
})
export class MoveOnlineInput {
  @Field(() => ID, { nullable: true, description: 'The `id` of the booking, from a person.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'The `secret` of the booking, from a client.' })
  secret?: string | null;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => DateTime, { description: 'The start of another free time, as `slots` answers it.' })
  startsAt!: Date;
}

@InputType({ description: 'The booking to cancel. A person names the `id`, a client the `secret`.' })
export class CancelOnlineInput {
  @Field(() => ID, { nullable: true, description: 'The `id` of the booking, from a person.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'The `secret` of the booking, from a client.' })
  secret?: string | null;

  @Field(() => Int)
  expectedVersion!: number;
}

@InputType({ description: 'The client, the hour and the district of the bookings to cancel.' })
export class CancelBookingsOfClientInput {
  @Field(() => ID, { description: 'The district of the desk or of the head.' })
  districtId!: string;

  @Field(() => ID, { description: 'The `id` of a booking client. An administrator reads it in `clients`.' })
  clientId!: string;

  @Field(() => DateTime, {
    description: 'The start of the hour in which the appointments were booked. It may be any minute.',
  })
  hour!: Date;
}
