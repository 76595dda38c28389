import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars.js';
import { HandoverAnswer, KeepReason, NoteStatus } from './interview-note.enums.js';

@ObjectType({
  description:
    'Compte rendu d’entretien: what a worker writes after an interview. Only the assigned worker of the case can read it.',
})
export class InterviewNote {
  @Field(() => ID)
  id!: string;

  @Field(() => NoteStatus, { nullable: true, description: 'Whether it is a draft or final.' })
  status!: string;

  @Field(() => DateTime, { nullable: true, description: 'When its author first wrote it.' })
  writtenAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When its author last changed it; null if they never did.',
  })
  amendedAt!: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether its author leaves it out of what they hand over after a reassignment.',
  })
  keptBack!: boolean;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType({
  description: 'Passation: earlier notes that a worker who leaves a case offers to the worker who takes it.',
})
export class Handover {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTime, { nullable: true, description: 'When the notes were offered.' })
  offeredAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the receiving worker took the notes; null until then.',
  })
  acceptedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the offer was taken back, or lapsed because the case came back to the worker who made it; null otherwise.',
  })
  withdrawnAt!: Date | null;
}

@ObjectType({
  description:
    'A case that a worker had and another worker has now. The former worker may still hand notes over, or say why not.',
})
export class HandoverTask {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The reference of the case; null where the viewer no longer knows of it.',
  })
  caseReference!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the case went to the other worker.' })
  reassignedAt!: Date;

  @Field(() => HandoverAnswer, {
    nullable: true,
    description: 'The answer of the former worker; null until they answer.',
  })
  answer!: string | null;

  @Field(() => KeepReason, {
    nullable: true,
    description: 'Why the former worker does not hand over, with NO; null otherwise.',
  })
  reason!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was answered, or the case changed hands again; null until then.',
  })
  closedAt!: Date | null;
}
