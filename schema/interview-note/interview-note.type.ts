import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars.js';
import { HandoverAnswer, KeepReason, NoteStatus } from './interview-note.enums.js';

@ObjectType({ description: 'Compte rendu d’entretien: visible only to the case’s assigned worker.' })
export class InterviewNote {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => NoteStatus, { nullable: true })
  status!: string;

  @Field(() => DateTime, { nullable: true })
  writtenAt!: Date;

  @Field(() => DateTime, { nullable: true })
  amendedAt!: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Left out of what its author hands over after a reassignment.',
  })
  keptBack!: boolean;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType({ description: 'Passation: which earlier notes go along when a case is reassigned.' })
export class Handover {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => DateTime, { nullable: true })
  offeredAt!: Date;

  @Field(() => DateTime, { nullable: true })
  acceptedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When who offered it took it back, or it fell, since the case came back to them.',
  })
  withdrawnAt!: Date | null;
}

@ObjectType({
  description:
    'A case that was a worker’s and is someone else’s now: they may still hand over, or say why not.',
})
export class HandoverTask {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Null where the viewer no longer knows of the case.' })
  caseReference!: string | null;

  @Field(() => DateTime, { nullable: true })
  reassignedAt!: Date;

  @Field(() => HandoverAnswer, { nullable: true })
  answer!: string | null;

  @Field(() => KeepReason, { nullable: true, description: 'With NO.' })
  reason!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was answered, or the case changed hands again.',
  })
  closedAt!: Date | null;
}
