import { Field, ID, InputType, Int } from 'type-graphql';
import type {
  AppointmentMode as AppointmentModeValue,
  AskedBy as AskedByValue,
  SafeContact as SafeContactValue,
  Urgency as UrgencyValue,
} from '../../prisma/generated/enums.js';
import { LONGEST } from '../../src/services/operation/longest.js';
import { AppointmentMode } from '../agenda/agenda.enums.js';
import { AskedBy } from '../appointment/appointment.enums.js';
import { charactersOf } from '../characters-of.js';
import { SafeContact } from '../person/person.enums.js';
import { Day } from '../scalars.js';
import { Urgency } from './waiting-list.enums.js';

@InputType({
  description:
    'The person who waits, and the appointment that they wait for. Only the district and the type are required.',
})
export class RequestAppointmentInput {
  @Field(() => ID, { description: 'The district that is asked.' })
  districtId!: string;

  @Field(() => String, {
    description: 'The `code` of an appointment type that the viewer may book, and no collective one.',
  })
  typeCode!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'The person who waits. A person asks for themselves, and leaves it out. It is also left out for someone who gives no name.',
  })
  personId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The open case of the same district that the appointment is for.',
  })
  caseId?: string | null;

  @Field(() => AppointmentMode, {
    nullable: true,
    description:
      'The way in which the person wants to be received. Unless given, any way but at home, if the type has another.',
  })
  mode?: AppointmentModeValue | null;

  @Field(() => Urgency, {
    nullable: true,
    description:
      'The urgency with which the person must be seen: ORDINARY, unless a social worker who judges it says otherwise.',
  })
  urgency?: UrgencyValue | null;

  @Field(() => AskedBy, {
    nullable: true,
    description: 'The one who asked, as a category, only if someone says so.',
  })
  askedBy?: AskedByValue | null;

  @Field(() => Day, { nullable: true, description: 'The first day that suits, at most 366 days ahead.' })
  wantedFrom?: Date | null;

  @Field(() => Day, {
    nullable: true,
    description:
      'The first day that suits no longer, at most 366 days ahead. For someone who gives no name it is half a year ahead unless given.',
  })
  wantedUntil?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether they want the assigned worker of the case and nobody else. Unless given, it is yes if `caseId` is given.',
  })
  caseWorkerOnly?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The social worker on duty who judges how urgent it is. The desk names one for a person who is at its desk today (`recordVisit`), or who gives no name; twelve a day. A social worker who asks is on duty themselves.',
  })
  dutyWorkerId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Only if the person agrees to be asked for times that are freed at short notice: from which hour of a working day, `HH:MM` in Paris, not before 08:00. In these hours nobody else answers their phone.',
  })
  shortNoticeFrom?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The hour that goes with `shortNoticeFrom`: until when the person may be asked, `HH:MM` in Paris, not after 20:00.',
  })
  shortNoticeUntil?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'An appointment that they have and would have sooner: it is moved to the time that they accept.',
  })
  insteadOfId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the person sees the request online; no unless given. What a person asks for themselves is always shown.',
  })
  showOnline?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: `The name by which someone who gives no name wants to be called, at most ${charactersOf(LONGEST.name)}.`,
  })
  calledName?: string | null;

  @Field(() => SafeContact, {
    nullable: true,
    description:
      'The channel by which someone who gives no name is told: NONE unless given, VOICE_TO_ME_ONLY or NEUTRAL_TEXT.',
  })
  contact?: SafeContactValue | null;

  @Field(() => String, {
    nullable: true,
    description: 'The number that goes with `contact`: required with a channel, and refused with NONE.',
  })
  phone?: string | null;
}

@InputType({ description: 'The request, and what changes. A field that is left out stays; null clears it.' })
export class ChangeRequestInput {
  @Field(() => ID, { description: 'The `id` of the request.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => AppointmentMode, {
    nullable: true,
    description: 'The way in which the person wants to be received; null is any way but at home.',
  })
  mode?: AppointmentModeValue | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The first day that suits, at most 366 days ahead; null if any does.',
  })
  wantedFrom?: Date | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The first day that suits no longer, at most 366 days ahead; null if there is none.',
  })
  wantedUntil?: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Only if the person agrees to be asked for times that are freed at short notice: from which hour of a working day, `HH:MM` in Paris, not before 08:00. In these hours nobody else answers their phone. Null takes it back.',
  })
  shortNoticeFrom?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The hour that goes with `shortNoticeFrom`: until when the person may be asked, `HH:MM` in Paris, not after 20:00.',
  })
  shortNoticeUntil?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The social worker on duty who judges how urgent it is. Only the desk may name one, while the person is at its desk (`recordVisit`), or if they gave no name; twelve a day.',
  })
  dutyWorkerId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the person sees the request online. The person cannot change it.',
  })
  showOnline?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: `The name by which someone who gave no name wants to be called, at most ${charactersOf(LONGEST.name)}.`,
  })
  calledName?: string | null;

  @Field(() => SafeContact, {
    nullable: true,
    description:
      'The channel by which someone who gave no name is told, with `phone`: NONE at any time, another channel or number only while they are on the premises.',
  })
  contact?: SafeContactValue | null;

  @Field(() => String, { nullable: true, description: 'The number that goes with `contact`.' })
  phone?: string | null;
}

@InputType({ description: 'The request, and the person who waits.' })
export class NameRequestInput {
  @Field(() => ID, { description: 'The `id` of the request.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => ID, {
    description: 'The `id` of the person, as `personLookUp` or `registerPerson` answers it.',
  })
  personId!: string;
}

@InputType({ description: 'The request, and how urgent it is.' })
export class SetUrgencyInput {
  @Field(() => ID, { description: 'The `id` of the request.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Urgency, { description: 'The urgency with which the person must be seen.' })
  urgency!: UrgencyValue;
}

@InputType({ description: 'The request, and whether they are on the premises.' })
export class RecordPresenceInput {
  @Field(() => ID, { description: 'The `id` of the request.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Boolean, { description: 'True: they are on the premises. False: they have left.' })
  present!: boolean;
}

@InputType({ description: 'The offer, and whether they take it.' })
export class AnswerOfferInput {
  @Field(() => ID, { description: 'The `id` of the offer.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Boolean, {
    description: 'True accepts it. False declines it, and the request keeps its rank.',
  })
  accept!: boolean;
}
