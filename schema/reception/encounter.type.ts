import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../connection.js';
import { DateTime } from '../scalars.js';

@ObjectType({
  description:
    'Entretien d’accueil: someone seen once on duty, without a case. It has one reader at a time: who held it, then the assigned worker to whom it is passed on. It is deleted after 30 days otherwise.',
})
export class Encounter {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => DateTime, { nullable: true })
  heldAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Null until it is passed on.' })
  passedOnAt!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

export const { Connection: EncounterConnection } = connectionOf('Encounter', () => Encounter);

@ObjectType({
  description: 'That an encounter was passed on or deleted: who held it reads it no longer.',
})
export class GivenUpEncounter {
  @Field(() => ID, { nullable: true })
  id!: string;
}

@InputType()
export class RecordEncounterInput {
  @Field(() => ID)
  districtId!: string;

  @Field(() => ID, { nullable: true, description: 'In which the viewer receives.' })
  visitId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'In which the viewer takes part, not of a case that they follow; not beside a visit.',
  })
  appointmentId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Left out, they came under no name.' })
  personId?: string | null;

  @Field(() => String, { nullable: true, description: 'At most 50 000 characters.' })
  text?: string | null;
}

@InputType()
export class WriteEncounterInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Left out, it stays; null clears it.' })
  text?: string | null;
}

@InputType()
export class PassOnEncounterInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => ID, { description: 'An open case of the same district, assigned to someone.' })
  caseId!: string;
}
