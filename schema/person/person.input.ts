import { Field, ID, InputType, Int } from 'type-graphql';
import type {
  CommunicationNeed as CommunicationNeedValue,
  NoticeChannel as NoticeChannelValue,
  SafeContact as SafeContactValue,
} from '../../prisma/generated/enums.js';
import { LONGEST } from '../../src/services/operation/longest.js';
import type { AddressGround as AddressGroundValue } from '../../src/services/person/addresses.js';
import { charactersOf } from '../characters-of.js';
import { NoticeChannel } from '../data-protection/data-protection.enums.js';
import { Day } from '../scalars.js';
import { AddressGround, CommunicationNeed, SafeContact } from './person.enums.js';

@InputType({ description: 'The full name of a person, and at least one other thing that the person says.' })
export class PersonLookUpInput {
  @Field(() => String, { description: `First name and surname, at most ${charactersOf(LONGEST.fullName)}.` })
  fullName!: string;

  @Field(() => Int, { nullable: true, description: 'The year in which the person was born, as in 1984.' })
  birthYear?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The reference on the person’s papers, as in `P-7KQF3M`, in capital or small letters.',
  })
  reference?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A telephone number of the person, with six digits at least.',
  })
  phone?: string | null;
}

@InputType()
class IdentityInput {
  @Field(() => String, { nullable: true, description: `First name, at most ${charactersOf(LONGEST.name)}.` })
  givenName?: string | null;

  @Field(() => String, { nullable: true, description: `Surname, at most ${charactersOf(LONGEST.name)}.` })
  familyName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `The name by which the person wants to be called, at most ${charactersOf(LONGEST.name)}.`,
  })
  chosenName?: string | null;

  @Field(() => Day, { nullable: true, description: 'The day on which the person was born; never required.' })
  birthDate?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: `A telephone number, at most ${charactersOf(LONGEST.phone)}.`,
  })
  phone?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `A mail address, at most ${charactersOf(LONGEST.email)}.`,
  })
  email?: string | null;

  @Field(() => SafeContact, {
    nullable: true,
    description:
      'The channel by which the person can be reached without danger; NONE when registering unless given. In `updatePerson` the desk can only set NONE.',
  })
  safeContact?: SafeContactValue | null;
}

@InputType({ description: 'A person to register. Only the district is required.' })
export class RegisterPersonInput extends IdentityInput {
  @Field(() => ID, { description: 'The district that registers the person.' })
  districtId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The language to speak to the person in: ISO 639-3 (`fsl` is French sign language) or ISO 639-1. Required only beside INTERPRETER.',
  })
  language?: string | null;

  @Field(() => [CommunicationNeed], {
    nullable: true,
    description: 'The needs of the person, to understand and be understood.',
  })
  communicationNeeds?: CommunicationNeedValue[] | null;
}

@InputType({ description: 'The person, and what changes. A field that is left out stays; null clears it.' })
export class UpdatePersonInput extends IdentityInput {
  @Field(() => ID, { description: 'The `id` of the person.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the person objects to being counted in statistics. No reason is asked.',
  })
  objectsToStatistics?: boolean | null;
}

@InputType({ description: 'Where a person lives.' })
export class SetPersonAddressInput {
  @Field(() => ID, { description: 'The person who lives there.' })
  personId!: string;

  @Field(() => Int, {
    description:
      'The `version` of the address that was last read; 0 where the viewer reads none. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED.',
  })
  expectedVersion!: number;

  @Field(() => String, {
    nullable: true,
    description: `Street and number, at most ${charactersOf(LONGEST.street)}. Null removes the address: the open one, or with \`confidential\` the confidential one of the viewer’s case. It may not be left out.`,
  })
  line?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `The postal code, at most ${charactersOf(LONGEST.postalCode)}.`,
  })
  postalCode?: string | null;

  @Field(() => String, { nullable: true, description: `The commune, at most ${charactersOf(LONGEST.name)}.` })
  city?: string | null;

  @Field(() => Boolean, {
    description:
      'True: only the assigned worker of the case that records it and the stand-in read it. It covers the person, and those in `alsoFor`. Nothing is sent to a number or an open address that was known before, until somebody says again how the person is reached (`setSafeContact`).',
  })
  confidential!: boolean;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Further persons of the case that the confidential address covers, such as the children who live there; 12 at most. It covers nobody else. Their open addresses stay as others read them, unless they are the same place. If the address changes, everyone of the case who has it moves along without being named.',
  })
  alsoFor?: string[] | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The case that records a confidential address. If left out, it is the oldest of the person’s cases that the viewer follows, or has opened on duty.',
  })
  caseId?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Other persons of the case who do not get it. While nobody is assigned, the duty worker names each other person of the case here or in `alsoFor`, so that nobody is forgotten.',
  })
  notFor?: string[] | null;
}

@InputType({ description: 'Whether anything is confirmed of a person.' })
export class SetConfirmNothingInput {
  @Field(() => ID, { description: 'The person that it is about.' })
  personId!: string;

  @Field(() => Boolean, {
    description:
      'True: to everyone but the workers who follow the person, the person is unknown. False takes that back.',
  })
  confirmNothing!: boolean;

  @Field(() => [ID], {
    nullable: true,
    description: 'Other persons of the case who get the same setting, such as the children.',
  })
  alsoFor?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Other persons of the case who do not get it. While nobody is assigned, the duty worker names each other person of the case here or in `alsoFor`, so that nobody is forgotten.',
  })
  notFor?: string[] | null;
}

@InputType({ description: 'The word by which a person is known at a desk.' })
export class SetAgreedWordInput {
  @Field(() => ID, { description: 'The person who says the word.' })
  personId!: string;

  @Field(() => String, {
    nullable: true,
    description: `At least four letters or digits, and at most ${charactersOf(LONGEST.agreedWord)}. Null or left out takes the word away.`,
  })
  word?: string | null;
}

@InputType({ description: 'The person whose channels are closed.' })
export class SuspendContactInput {
  @Field(() => ID, { description: 'The person who is not to be reached any more.' })
  personId!: string;
}

@InputType({ description: 'The channel by which a person can be reached without danger from now on.' })
export class SetSafeContactInput {
  @Field(() => ID, { description: 'The person who is to be reached.' })
  personId!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => SafeContact, { description: 'The channel that is safe.' })
  safeContact!: SafeContactValue;

  @Field(() => String, {
    nullable: true,
    description: 'The number that the person says. Left out, it stays; null clears it.',
  })
  phone?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The mail address that the person says. Left out, it stays; null clears it.',
  })
  email?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'The statement of the duty worker that the person is present and alone. Without it the duty worker may change nothing. Once somebody is assigned to the person, only that worker’s word counts. The duty worker can still close every channel (`suspendContact`).',
  })
  presentAndAlone?: boolean | null;
}

@InputType({
  description:
    'The language and the needs with which to speak with a person. A field that is left out stays; null clears it.',
})
export class SetCommunicationInput {
  @Field(() => ID, { description: 'The person who is spoken to.' })
  personId!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'The language to speak to the person in: ISO 639-3 (`fsl` is French sign language) or ISO 639-1. Required only beside INTERPRETER.',
  })
  language?: string | null;

  @Field(() => [CommunicationNeed], {
    nullable: true,
    description: 'All that the person needs to understand and be understood.',
  })
  communicationNeeds?: CommunicationNeedValue[] | null;
}

@InputType({ description: 'Where letters to a person go, as the person named it.' })
export class SetSafeAddressInput {
  @Field(() => ID, { description: 'The person who gets the letters.' })
  personId!: string;

  @Field(() => Int, {
    description:
      'The `version` of this address that was last read; 0 where the viewer reads none. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED.',
  })
  expectedVersion!: number;

  @Field(() => String, {
    nullable: true,
    description: `Street and number, at most ${charactersOf(LONGEST.street)}. Null or left out takes the address away.`,
  })
  line?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `The postal code, at most ${charactersOf(LONGEST.postalCode)}.`,
  })
  postalCode?: string | null;

  @Field(() => String, { nullable: true, description: `The commune, at most ${charactersOf(LONGEST.name)}.` })
  city?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The case that records it. Left out, the oldest of the person’s cases that the viewer follows.',
  })
  caseId?: string | null;
}

@InputType({ description: 'The person, and why the duty worker reads the address.' })
export class OpenConfidentialAddressInput {
  @Field(() => ID, { description: 'A person that the desk has sent to the viewer today.' })
  personId!: string;

  @Field(() => AddressGround, { description: 'Why the viewer reads it. It stands in the access log.' })
  ground!: AddressGroundValue;
}

@InputType({ description: 'The person, the notice that they were given, and how.' })
export class GiveNoticeInput {
  @Field(() => ID, { description: 'The person who was given the notice.' })
  personId!: string;

  @Field(() => ID, { description: 'The `id` of a published privacy notice.' })
  noticeId!: string;

  @Field(() => NoticeChannel, { description: 'Whether it was given by word of mouth, on paper or online.' })
  channel!: NoticeChannelValue;
}
