import { Field, ID, InputType, Int } from 'type-graphql';
import type {
  AppointmentMode as AppointmentModeValue,
  AskedBy as AskedByValue,
  SafeContact as SafeContactValue,
  Urgency as UrgencyValue,
} from '../../prisma/generated/enums.js';
import { AppointmentMode, AskedBy } from '../appointment/appointment.enums.js';
import { SafeContact } from '../person/person.enums.js';
import { Day } from '../scalars.js';
import { Urgency } from './waiting-list.enums.js';

@InputType()
export class RequestAppointmentInput {
  @Field(() => ID)
  districtId!: string;

  @Field(() => String)
  typeCode!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'Whom it is for. A person asks for themselves, and leaves it out; so does the service for someone who gives no name.',
  })
  personId?: string | null;

  @Field(() => ID, { nullable: true })
  caseId?: string | null;

  @Field(() => AppointmentMode, {
    nullable: true,
    description: 'Left out, any but at home, unless there is no other.',
  })
  mode?: AppointmentModeValue | null;

  @Field(() => Urgency, { nullable: true, description: 'ORDINARY unless a social worker says otherwise.' })
  urgency?: UrgencyValue | null;

  @Field(() => AskedBy, { nullable: true, description: 'Who asked, if someone says: a category.' })
  askedBy?: AskedByValue | null;

  @Field(() => Day, { nullable: true, description: 'The first day that suits.' })
  wantedFrom?: Date | null;

  @Field(() => Day, { nullable: true, description: 'The day from which it suits no longer.' })
  wantedUntil?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'With the assigned worker of the case alone; so it is unless `false` is said.',
  })
  caseWorkerOnly?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The social worker on duty, who judges how urgent it is; whoever asks, if they are one.',
  })
  dutyWorkerId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'An appointment that they have, and would have sooner: it is moved by what they accept.',
  })
  insteadOfId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the person sees it online; not unless said.',
  })
  showOnline?: boolean | null;

  @Field(() => String, { nullable: true, description: 'What someone who gives no name wants to be called.' })
  calledName?: string | null;

  @Field(() => SafeContact, {
    nullable: true,
    description: 'How someone who gives no name is told: NONE unless said, VOICE_TO_ME_ONLY or NEUTRAL_TEXT.',
  })
  contact?: SafeContactValue | null;

  @Field(() => String, { nullable: true, description: 'The number that goes with `contact`.' })
  phone?: string | null;
}

@InputType()
export class ChangeRequestInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => AppointmentMode, { nullable: true })
  mode?: AppointmentModeValue | null;

  @Field(() => Day, { nullable: true })
  wantedFrom?: Date | null;

  @Field(() => Day, { nullable: true })
  wantedUntil?: Date | null;

  @Field(() => ID, { nullable: true })
  dutyWorkerId?: string | null;

  @Field(() => Boolean, { nullable: true })
  showOnline?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Of someone who gave no name.' })
  calledName?: string | null;

  @Field(() => SafeContact, {
    nullable: true,
    description:
      'Of someone who gave no name, with `phone`: NONE at any time, another channel or number while they are there.',
  })
  contact?: SafeContactValue | null;

  @Field(() => String, { nullable: true })
  phone?: string | null;
}

@InputType()
export class NameRequestInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => ID, { description: 'Of a look-up.' })
  personId!: string;
}

@InputType()
export class SetUrgencyInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Urgency)
  urgency!: UrgencyValue;
}

@InputType()
export class RecordPresenceInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Boolean)
  present!: boolean;
}

@InputType()
export class AnswerOfferInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Boolean, { description: 'False declines it, and keeps the rank.' })
  accept!: boolean;
}
