import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime, Day } from '../scalars.js';
import { CaseStatus, Mission } from './case.enums.js';

@ObjectType({
  description: 'Dossier social: the help to a person or household by one district for one mission.',
})
export class Case {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The code of the case on letters: easy to say on the telephone and impossible to guess, as in `K7QF-3M9X-2T`.',
  })
  reference!: string;

  @Field(() => CaseStatus, { nullable: true, description: 'Whether it is open or closed.' })
  status!: string;

  @Field(() => Mission, { nullable: true, description: 'The purpose of the help, such as housing.' })
  mission!: string;

  @Field(() => DateTime, { nullable: true, description: 'The instant at which a worker opened the case.' })
  openedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The instant at which the assigned worker closed the case; null while it is open.',
  })
  closedAt!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType({
  description:
    'The appointments and needs that are ended before a case is closed, or left as they are on purpose.',
})
export class LooseEnds {}

@ObjectType({
  description:
    'Besoin: what a person or a household needs, from the adopted nomenclature; never a judgement.',
})
export class Need {
  @Field(() => ID)
  id!: string;

  @Field(() => Day, { nullable: true, description: 'The first day on which the need exists.' })
  startsOn!: Date;

  @Field(() => Day, {
    nullable: true,
    description: 'The first day on which the need no longer exists; null while it lasts.',
  })
  endsOn!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType({ description: 'An item of the nomenclature of needs, with its definition: public.' })
export class NeedCode {
  @Field(() => ID, { description: 'A short name that programs can rely on, as in `SAN-03`.' })
  code!: string;

  @Field(() => String, {
    description: 'The short name of the theme that the item belongs to, such as `LOGEMENT`.',
  })
  theme!: string;

  @Field(() => String, { description: 'The name of the item in French.' })
  labelFr!: string;

  @Field(() => String, { description: 'The name of the item in English.' })
  labelEn!: string;

  @Field(() => String, { description: 'The definition of the item, in French.' })
  definitionFr!: string;

  @Field(() => String, { description: 'The situations that count, with examples, in French.' })
  countsFr!: string;

  @Field(() => String, { description: 'The situations that do not count, with examples, in French.' })
  doesNotCountFr!: string;

  @Field(() => Boolean, {
    description:
      'Whether it is sensitive, such as violence, or mental or sexual health. A sensitive need is never on a desk, a feed, a label or a small table.',
  })
  sensitive!: boolean;
}

@ObjectType({
  description: 'A declared absence of a worker, or a departure when it has no end; never its cause.',
})
export class Absence {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTime, { nullable: true, description: 'The first instant of the absence.' })
  startsAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The end of the absence, at which the worker is back; null is a departure.',
  })
  endsAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the worker said that the absence is not so; null if they did not. From then on it opens no notes. A relay goes on.',
  })
  contradictedAt!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType({
  description: 'Suppléance: a dated stand-in for an absent worker. It never opens earlier notes.',
})
export class Relay {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTime, { nullable: true, description: 'From when on the stand-in follows the cases.' })
  startsAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The end: from this instant on the stand-in no longer follows the cases.',
  })
  endsAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Until when a technical adviser may confirm the relay, which gives nothing yet. Null for a relay in force. A head opens relays for two workers a day whose absence was declared within 24 hours. A further relay waits.',
  })
  confirmBefore!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}
