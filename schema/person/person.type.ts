import { Field, ID, Int, ObjectType } from 'type-graphql';
import { NoticeChannel } from '../data-protection/data-protection.enums.js';
import { DateTime, Day } from '../scalars.js';
import { CommunicationNeed, SafeContact } from './person.enums.js';

@ObjectType({ description: 'Personne accompagnée: may come under a chosen name, or under none.' })
export class Person {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What the person says when calling.' })
  reference!: string;

  @Field(() => String, { nullable: true })
  givenName!: string | null;

  @Field(() => String, { nullable: true })
  familyName!: string | null;

  @Field(() => String, { nullable: true })
  chosenName!: string | null;

  @Field(() => Day, { nullable: true })
  birthDate!: Date | null;

  @Field(() => String, { nullable: true })
  phone!: string | null;

  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => SafeContact, { nullable: true })
  safeContact!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'To all but who follows them, look-ups and boards answer as of someone unknown.',
  })
  confirmNothing!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Every channel is closed, until who follows the person says otherwise.',
  })
  contactSuspended!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'To be counted (GDPR art. 21): from then on nothing of them is, nor of their cases and appointments.',
  })
  objectsToStatistics!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Booked online by a name alone, and nobody has looked at it since.',
  })
  provisional!: boolean;

  @Field(() => [CommunicationNeed], {
    nullable: true,
    description: 'What they need to understand and be understood. Empty where nobody has said.',
  })
  communicationNeeds!: string[];

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType({ description: 'A language, spoken or signed, as ISO 639-3 names it: public.' })
export class Language {
  @Field(() => String, { description: 'Three letters: `ara`, `fsl`.' })
  code!: string;

  @Field(() => String, { description: 'The English name where there is no French one.' })
  labelFr!: string;

  @Field(() => String)
  labelEn!: string;
}

@ObjectType({ description: 'With a version of its own: a confidential one is betrayed by nothing.' })
export class PersonAddress {
  @Field(() => String, { nullable: true })
  line!: string;

  @Field(() => String, { nullable: true })
  postalCode!: string | null;

  @Field(() => String, { nullable: true })
  city!: string | null;

  @Field(() => Boolean, { nullable: true })
  confidential!: boolean;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType({ description: 'What a look-up answers: no fact of any case.' })
export class PersonMatch {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => Int, { nullable: true })
  birthYear!: number | null;

  @Field(() => String, { nullable: true })
  reference!: string;
}

@ObjectType({ description: 'That a person was given a notice, as the worker states: never a signature.' })
export class NoticeReceipt {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => NoticeChannel, { nullable: true })
  channel!: string;

  @Field(() => DateTime, { nullable: true })
  givenAt!: Date;
}
