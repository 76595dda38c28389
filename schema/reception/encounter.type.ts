import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { LONGEST } from '../../src/services/operation/longest.js';
import { charactersOf } from '../characters-of.js';
import { connectionOf } from '../connection.js';
import { DateTime } from '../scalars.js';

@ObjectType({
  description:
    'Entretien d’accueil: someone seen once on duty, without a case. It has one reader at a time: the worker who held it, then the assigned worker of the case that it is passed on to. Otherwise it is deleted after 30 days. An encounter that is written for a case waits until somebody is assigned to a new case, or until the absent worker is back.',
})
export class Encounter {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTime, { nullable: true, description: 'When the worker recorded it.' })
  heldAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was passed on; null until then.' })
  passedOnAt!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

export const { Connection: EncounterConnection } = connectionOf('Encounter', () => Encounter);

@ObjectType({
  description:
    'Confirms that an encounter was passed on or deleted. The worker who held it no longer reads it.',
})
export class GivenUpEncounter {
  @Field(() => ID, { description: 'The `id` of the encounter.' })
  id!: string;
}

@InputType({ description: 'An encounter to record. Only the district is required.' })
export class RecordEncounterInput {
  @Field(() => ID, { description: 'The district in which the person was seen.' })
  districtId!: string;

  @Field(() => ID, { nullable: true, description: 'A visit in which the viewer receives.' })
  visitId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'An appointment in which the viewer takes part. If it belongs to a case that the viewer follows, this case must be `caseId`. It is refused beside `visitId`.',
  })
  appointmentId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The person who was seen. Left out for someone who gave no name.',
  })
  personId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The case for which the viewer writes. It is an open case of the district that the viewer opened and nobody is assigned to, or a case of an absent worker for which the viewer stands in. The text goes to the assigned worker once there is one, or once the absence is over.',
  })
  caseId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `The text of the viewer, at most ${charactersOf(LONGEST.note)}.`,
  })
  text?: string | null;
}

@InputType({ description: 'The encounter, and its text.' })
export class WriteEncounterInput {
  @Field(() => ID, { description: 'The `id` of the encounter.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String, {
    nullable: true,
    description: `The new text, at most ${charactersOf(LONGEST.note)}. Left out, it stays; null clears it.`,
  })
  text?: string | null;
}

@InputType({ description: 'The encounter, and the case that it goes to.' })
export class PassOnEncounterInput {
  @Field(() => ID, { description: 'The `id` of the encounter.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => ID, {
    description:
      'An open case of the same district that is assigned to a worker, or that the viewer opened. If the viewer stands in for that worker, the encounter waits until the absence is over.',
  })
  caseId!: string;
}
