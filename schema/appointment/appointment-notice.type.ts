import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { AppointmentNoticeOutcome as OutcomeValue } from '../../prisma/generated/enums.js';
import { connectionOf } from '../connection.js';
import { DateTime } from '../scalars.js';
import { AppointmentNoticeKind, AppointmentNoticeOutcome, DispatchStatus } from './appointment.enums.js';

@ObjectType({
  description:
    'Avis: what a person is to be told of an appointment. It was cancelled or moved without them, or it is near.',
})
export class AppointmentNotice {
  @Field(() => ID)
  id!: string;

  @Field(() => AppointmentNoticeKind, {
    nullable: true,
    description: 'Whether the person is told of a cancellation, of a move, or reminded.',
  })
  kind!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The start of the appointment as the person last knew it.',
  })
  previousStartsAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Since when the person is to be told.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the person was told, or could not be reached; null until then.',
  })
  doneAt!: Date | null;

  @Field(() => AppointmentNoticeOutcome, {
    nullable: true,
    description: 'Whether the person was told; null until that is recorded.',
  })
  outcome!: string | null;

  @Field(() => DispatchStatus, {
    nullable: true,
    description:
      'The state of the message that the software sends by itself; null where staff tell the person.',
  })
  sending!: string | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

export const { Connection: AppointmentNoticeConnection } = connectionOf(
  'AppointmentNotice',
  () => AppointmentNotice,
);

@InputType({ description: 'The notice, and whether the person was told.' })
export class RecordNoticeInput {
  @Field(() => ID, { description: 'The `id` of the notice.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => AppointmentNoticeOutcome, {
    description: 'Whether the person was told, or could not be reached.',
  })
  outcome!: OutcomeValue;
}
