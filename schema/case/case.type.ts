import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime, Day } from '../scalars.js';
import { CaseStatus, Mission } from './case.enums.js';

@ObjectType({
  description: 'Dossier social: the help to a person or household by one district for one mission.',
})
export class Case {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Unguessable, and easy to say.' })
  reference!: string;

  @Field(() => CaseStatus, { nullable: true })
  status!: string;

  @Field(() => Mission, { nullable: true })
  mission!: string;

  @Field(() => DateTime, { nullable: true })
  openedAt!: Date;

  @Field(() => DateTime, { nullable: true })
  closedAt!: Date | null;

  @Field(() => Int, { nullable: true, description: 'To be sent back as `expectedVersion`.' })
  version!: number;
}

@ObjectType({ description: 'What is still to be ended before a case is closed, or left as it is.' })
export class LooseEnds {}

@ObjectType({ description: 'Besoin: from the adopted nomenclature; never a judgement.' })
export class Need {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => Day, { nullable: true })
  startsOn!: Date;

  @Field(() => Day, { nullable: true, description: 'The first day on which it no longer holds.' })
  endsOn!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType({ description: 'An item of the nomenclature: public.' })
export class NeedCode {
  @Field(() => ID)
  code!: string;

  @Field(() => String)
  theme!: string;

  @Field(() => String)
  labelFr!: string;

  @Field(() => String)
  labelEn!: string;

  @Field(() => String)
  definitionFr!: string;

  @Field(() => String, { description: 'What counts, with examples.' })
  countsFr!: string;

  @Field(() => String, { description: 'What does not count, with examples.' })
  doesNotCountFr!: string;

  @Field(() => Boolean, { description: 'Never on a desk, feed, label or small table.' })
  sensitive!: boolean;
}

@ObjectType({ description: 'A declared absence, or a departure when it has no end; never its cause.' })
export class Absence {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => DateTime, { nullable: true })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true })
  endsAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the worker contradicted it. From then on it opens no notes; a relay goes on.',
  })
  contradictedAt!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType({ description: 'Suppléance: a dated stand-in for an absent worker; never earlier notes.' })
export class Relay {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => DateTime, { nullable: true })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true })
  endsAt!: Date;

  @Field(() => Int, { nullable: true })
  version!: number;
}
