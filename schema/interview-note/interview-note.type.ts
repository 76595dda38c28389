import { Field, ID, Int, ObjectType } from 'type-graphql';
import { NoteStatus } from '../enums.js';
import { DateTime } from '../scalars.js';

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
}
