import { Field, ID, InputType, Int } from 'type-graphql';
import type {
  AppointmentMode as AppointmentModeValue,
  AskedBy as AskedByValue,
} from '../../prisma/generated/enums.js';
import { DateTime } from '../scalars.js';
import { AppointmentMode, AskedBy } from './appointment.enums.js';

@InputType({ description: 'Nothing but a time and, of a client, a name is compulsory: no phone, no reason.' })
export class BookOnlineInput {
  @Field(() => ID)
  districtId!: string;

  @Field(() => String, { description: 'Of a type that is open to the public.' })
  typeCode!: string;

  @Field(() => DateTime, { description: 'As `slots` answers it.' })
  startsAt!: Date;

  @Field(() => AppointmentMode, { nullable: true })
  mode?: AppointmentModeValue | null;

  @Field(() => ID, {
    nullable: true,
    description: 'One’s own case, if it is shown online: then its assigned worker and nobody else.',
  })
  caseId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'For whom a client books, as they wish to be called; “anonyme” will do.',
  })
  name?: string | null;

  @Field(() => AskedBy, { nullable: true, description: 'Only where someone says it; nobody is asked.' })
  askedBy?: AskedByValue | null;
}

@InputType({ description: 'A person names the id of what is shown to them, a client the secret.' })
export class MoveOnlineInput {
  @Field(() => ID, { nullable: true })
  id?: string | null;

  @Field(() => String, { nullable: true })
  secret?: string | null;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => DateTime, { description: 'As `slots` answers it.' })
  startsAt!: Date;
}

@InputType({ description: 'A person names the id of what is shown to them, a client the secret.' })
export class CancelOnlineInput {
  @Field(() => ID, { nullable: true })
  id?: string | null;

  @Field(() => String, { nullable: true })
  secret?: string | null;

  @Field(() => Int)
  expectedVersion!: number;
}
