import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { AppointmentNoticeOutcome as OutcomeValue } from '../../prisma/generated/enums.js';
import { connectionOf } from '../connection.js';
import { DateTime } from '../scalars.js';
import { AppointmentNoticeKind, AppointmentNoticeOutcome, DispatchStatus } from './appointment.enums.js';

@ObjectType({
  description:
    'Avis: what someone is to be told of an appointment: that it was cancelled or moved without them, or that it is near.',
})
export class AppointmentNotice {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => AppointmentNoticeKind, { nullable: true })
  kind!: string;

  @Field(() => DateTime, { nullable: true, description: 'The time that they know.' })
  previousStartsAt!: Date;

  @Field(() => DateTime, { nullable: true })
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Null until they were told, or could not be reached.',
  })
  doneAt!: Date | null;

  @Field(() => AppointmentNoticeOutcome, { nullable: true })
  outcome!: string | null;

  @Field(() => DispatchStatus, {
    nullable: true,
    description: 'How it goes where it is sent without anyone’s doing; null where people tell them.',
  })
  sending!: string | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

export const { Connection: AppointmentNoticeConnection } = connectionOf(
  'AppointmentNotice',
  () => AppointmentNotice,
);

@InputType()
export class RecordNoticeInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => AppointmentNoticeOutcome)
  outcome!: OutcomeValue;
}
