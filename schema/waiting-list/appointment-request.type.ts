import { Field, ID, Int, ObjectType } from 'type-graphql';
import { AppointmentMode, AskedBy } from '../appointment/appointment.enums.js';
import { connectionOf } from '../connection.js';
import { SafeContact } from '../person/person.enums.js';
import { DateTime, Day } from '../scalars.js';
import { RequestStatus, Urgency } from './waiting-list.enums.js';

@ObjectType({
  description: 'Demande de rendez-vous: someone who waits for a time, or for a sooner one than they have.',
})
export class AppointmentRequest {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => RequestStatus, { nullable: true })
  status!: string;

  @Field(() => Urgency, { nullable: true, description: 'As a social worker judged it.' })
  urgency!: string;

  @Field(() => DateTime, { nullable: true })
  askedAt!: Date;

  @Field(() => AskedBy, { nullable: true, description: 'Null where nobody said.' })
  askedBy!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Since when they wait no longer.' })
  closedAt!: Date | null;

  @Field(() => AppointmentMode, { nullable: true, description: 'Null is any but at home.' })
  mode!: string | null;

  @Field(() => Day, { nullable: true, description: 'The first day that suits.' })
  wantedFrom!: Date | null;

  @Field(() => Day, { nullable: true, description: 'The day from which it suits no longer.' })
  wantedUntil!: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'With the assigned worker of their case alone.' })
  caseWorkerOnly!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'On the premises, until then.' })
  presentUntil!: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'On the paper of who asked without a name: they say it at the desk or call. Null of who was known.',
  })
  reference!: string | null;

  @Field(() => String, { nullable: true, description: 'What who gave no name wants to be called.' })
  calledName!: string | null;

  @Field(() => SafeContact, {
    nullable: true,
    description:
      'How who gave no name is told, at `phone`. Of who is known, the person’s safe contact counts.',
  })
  contact!: string;

  @Field(() => String, { nullable: true })
  phone!: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the person sees it online.' })
  showOnline!: boolean;

  @Field(() => Int, { nullable: true })
  version!: number;
}

export const { Connection: AppointmentRequestConnection } = connectionOf(
  'AppointmentRequest',
  () => AppointmentRequest,
);
