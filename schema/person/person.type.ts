import { Field, ID, Int, ObjectType } from 'type-graphql';
import { NoticeChannel } from '../data-protection/data-protection.enums.js';
import { DateTime, Day } from '../scalars.js';
import { CommunicationNeed, SafeContact } from './person.enums.js';

@ObjectType({
  description: 'Personne accompagnée: someone who asks for help, under a chosen name or under none.',
})
export class Person {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The reference that the person says when calling, as in `P-7KQF3M`.',
  })
  reference!: string;

  @Field(() => String, { nullable: true, description: 'First name; null if the person gave none.' })
  givenName!: string | null;

  @Field(() => String, { nullable: true, description: 'Surname; null if the person gave none.' })
  familyName!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name by which the person wants to be called; null if they did not say.',
  })
  chosenName!: string | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The day on which the person was born; null if they did not say.',
  })
  birthDate!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'A telephone number. It is used only as `safeContact` allows.',
  })
  phone!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A mail address. It is used only as `safeContact` allows.',
  })
  email!: string | null;

  @Field(() => SafeContact, {
    nullable: true,
    description: 'The channel by which the person can be reached without danger.',
  })
  safeContact!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether nothing is confirmed of the person: to everyone but the workers who follow them, look-ups and boards answer as for someone unknown.',
  })
  confirmNothing!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether every channel is closed, until a worker who follows the person opens one.',
  })
  contactSuspended!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the person objects to being counted (GDPR art. 21). From then on neither the person nor their cases and appointments are counted.',
  })
  objectsToStatistics!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the person was booked online by a name alone, and nobody has looked at the record since.',
  })
  provisional!: boolean;

  @Field(() => [CommunicationNeed], {
    nullable: true,
    description: 'The needs of the person, to understand and be understood; empty if nobody has said.',
  })
  communicationNeeds!: string[];

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType({ description: 'A language, spoken or signed, as ISO 639-3 names it: public.' })
export class Language {
  @Field(() => String, { description: 'Three letters, as in `ara` or `fsl`.' })
  code!: string;

  @Field(() => String, { description: 'The name in French; the English name where there is no French one.' })
  labelFr!: string;

  @Field(() => String, { description: 'The name in English.' })
  labelEn!: string;
}

@ObjectType({
  description:
    'Where a person lives or gets letters. It has a version of its own, so that nothing betrays whether a confidential one exists.',
})
export class PersonAddress {
  @Field(() => String, { nullable: true, description: 'Street and number.' })
  line!: string;

  @Field(() => String, { nullable: true, description: 'The postal code of the place.' })
  postalCode!: string | null;

  @Field(() => String, { nullable: true, description: 'The commune of the place.' })
  city!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether only the workers who follow the case that recorded it may read it.',
  })
  confidential!: boolean;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType({ description: 'The answer of a look-up or a registration: no fact of any case.' })
export class PersonMatch {
  @Field(() => ID, { description: 'The `id` of the person.' })
  id!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The year in which the person was born; null if they did not say.',
  })
  birthYear!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The reference that the person says when calling, as in `P-7KQF3M`.',
  })
  reference!: string;
}

@ObjectType({
  description: 'That a person was given a privacy notice, as a worker states; never a signature.',
})
export class NoticeReceipt {
  @Field(() => ID)
  id!: string;

  @Field(() => NoticeChannel, {
    nullable: true,
    description: 'Whether it was given by word of mouth, on paper or online.',
  })
  channel!: string;

  @Field(() => DateTime, { nullable: true, description: 'When the worker stated it.' })
  givenAt!: Date;
}
