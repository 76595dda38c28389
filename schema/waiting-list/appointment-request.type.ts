import { Field, ID, Int, ObjectType } from 'type-graphql';
import { AppointmentMode } from '../agenda/agenda.enums.js';
import { AskedBy } from '../appointment/appointment.enums.js';
import { connectionOf } from '../connection.js';
import { SafeContact } from '../person/person.enums.js';
import { DateTime, Day } from '../scalars.js';
import { RequestStatus, Urgency } from './waiting-list.enums.js';

@ObjectType({
  description: 'Demande de rendez-vous: someone waits for a time, or for a sooner one than they have.',
})
export class AppointmentRequest {
  @Field(() => ID)
  id!: string;

  @Field(() => RequestStatus, {
    nullable: true,
    description: 'Whether they still wait, and what came of it if not.',
  })
  status!: string;

  @Field(() => Urgency, {
    nullable: true,
    description: 'The urgency with which the person must be seen, as a social worker judged it.',
  })
  urgency!: string;

  @Field(() => DateTime, { nullable: true, description: 'Since when they wait.' })
  askedAt!: Date;

  @Field(() => AskedBy, {
    nullable: true,
    description: 'The one who asked, as a category; null if nobody said.',
  })
  askedBy!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when they wait no longer; null while they wait.',
  })
  closedAt!: Date | null;

  @Field(() => AppointmentMode, {
    nullable: true,
    description: 'The way in which the person wants to be received; null is any way but at home.',
  })
  mode!: string | null;

  @Field(() => Day, { nullable: true, description: 'The first day that suits; null if any does.' })
  wantedFrom!: Date | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The first day that suits no longer; null if there is none.',
  })
  wantedUntil!: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether they want the assigned worker of their case and nobody else.',
  })
  caseWorkerOnly!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'From which hour of a working day the person may be asked for a time that is freed at short notice: `HH:MM` in Paris. Null if they did not agree to it.',
  })
  shortNoticeFrom!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Until which hour the person may be asked at short notice: `HH:MM` in Paris.',
  })
  shortNoticeUntil!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Until when they count as on the premises, this instant left out; null while they are not there.',
  })
  presentUntil!: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The code on the paper of someone who asked without a name, as in `D-K7QF-3M9X-2T`: they say it at the desk or on the telephone. Null for someone who was known.',
  })
  reference!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name by which someone who gave no name wants to be called; null otherwise.',
  })
  calledName!: string | null;

  @Field(() => SafeContact, {
    nullable: true,
    description:
      'The channel by which someone who gave no name is told, at `phone`. For someone who is known, the person’s safe contact counts.',
  })
  contact!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The number of someone who gave no name; null otherwise.',
  })
  phone!: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the person sees the request online.' })
  showOnline!: boolean;

  @Field(() => Int, { nullable: true })
  version!: number;
}

export const { Connection: AppointmentRequestConnection } = connectionOf(
  'AppointmentRequest',
  () => AppointmentRequest,
);
