import { Field, ID, InputType, Int } from 'type-graphql';
import type {
  CommunicationNeed as CommunicationNeedValue,
  NoticeChannel as NoticeChannelValue,
  SafeContact as SafeContactValue,
} from '../../prisma/generated/enums.js';
import type { AddressGround as AddressGroundValue } from '../../src/services/addresses.js';
import { NoticeChannel } from '../data-protection/data-protection.enums.js';
import { Day } from '../scalars.js';
import { AddressGround, CommunicationNeed, SafeContact } from './person.enums.js';

@InputType({ description: 'The full name, and one thing that the person says.' })
export class PersonLookUpInput {
  @Field(() => String)
  fullName!: string;

  @Field(() => Int, { nullable: true })
  birthYear?: number | null;

  @Field(() => String, { nullable: true })
  reference?: string | null;

  @Field(() => String, { nullable: true })
  phone?: string | null;
}

@InputType()
class IdentityInput {
  @Field(() => String, { nullable: true })
  givenName?: string | null;

  @Field(() => String, { nullable: true })
  familyName?: string | null;

  @Field(() => String, { nullable: true })
  chosenName?: string | null;

  @Field(() => Day, { nullable: true })
  birthDate?: Date | null;

  @Field(() => String, { nullable: true })
  phone?: string | null;

  @Field(() => String, { nullable: true })
  email?: string | null;

  @Field(() => SafeContact, { nullable: true })
  safeContact?: SafeContactValue | null;
}

@InputType({ description: 'Nothing is compulsory but the district.' })
export class RegisterPersonInput extends IdentityInput {
  @Field(() => ID)
  districtId!: string;

  @Field(() => String, { nullable: true, description: 'As in `SetCommunicationInput`.' })
  language?: string | null;

  @Field(() => [CommunicationNeed], { nullable: true })
  communicationNeeds?: CommunicationNeedValue[] | null;
}

@InputType({ description: 'Absent is unchanged; null clears.' })
export class UpdatePersonInput extends IdentityInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Boolean, { nullable: true, description: 'To be counted in statistics; no reason is asked.' })
  objectsToStatistics?: boolean | null;
}

@InputType()
export class SetPersonAddressInput {
  @Field(() => ID)
  personId!: string;

  @Field(() => Int, { description: 'The address’s version; 0 where the viewer reads none.' })
  expectedVersion!: number;

  @Field(() => String)
  line!: string;

  @Field(() => String, { nullable: true })
  postalCode?: string | null;

  @Field(() => String, { nullable: true })
  city?: string | null;

  @Field(() => Boolean, {
    description:
      'Then only the assigned worker of the case that records it, the relay and the person read it, and the addresses of everyone of that case.',
  })
  confidential!: boolean;

  @Field(() => ID, {
    nullable: true,
    description: 'The case that records it; the oldest of the person’s that the viewer follows unless given.',
  })
  caseId?: string | null;
}

@InputType()
export class SetConfirmNothingInput {
  @Field(() => ID)
  personId!: string;

  @Field(() => Boolean)
  confirmNothing!: boolean;
}

@InputType()
export class SetAgreedWordInput {
  @Field(() => ID)
  personId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Four letters or figures at least; null takes it away.',
  })
  word?: string | null;
}

@InputType()
export class SuspendContactInput {
  @Field(() => ID)
  personId!: string;
}

@InputType()
export class SetSafeContactInput {
  @Field(() => ID)
  personId!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => SafeContact)
  safeContact!: SafeContactValue;

  @Field(() => String, {
    nullable: true,
    description: 'The number that they say. Absent is unchanged; null clears.',
  })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Their mail address; as `phone`.' })
  email?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'What the worker on duty states: the person is present, and alone.',
  })
  presentAndAlone?: boolean | null;
}

@InputType({ description: 'Absent is unchanged; null clears.' })
export class SetCommunicationInput {
  @Field(() => ID)
  personId!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'In which language they are spoken to: ISO 639-3 (`fsl` is French sign language), or ISO 639-1. Never compulsory, but for an INTERPRETER.',
  })
  language?: string | null;

  @Field(() => [CommunicationNeed], { nullable: true })
  communicationNeeds?: CommunicationNeedValue[] | null;
}

@InputType({ description: 'Where letters go, as the person named it.' })
export class SetSafeAddressInput {
  @Field(() => ID)
  personId!: string;

  @Field(() => Int, { description: 'Its version; 0 where the viewer reads none.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Null takes it away.' })
  line?: string | null;

  @Field(() => String, { nullable: true })
  postalCode?: string | null;

  @Field(() => String, { nullable: true })
  city?: string | null;

  @Field(() => ID, { nullable: true, description: 'As in `SetPersonAddressInput`.' })
  caseId?: string | null;
}

@InputType()
export class OpenConfidentialAddressInput {
  @Field(() => ID)
  personId!: string;

  @Field(() => AddressGround)
  ground!: AddressGroundValue;
}

@InputType()
export class GiveNoticeInput {
  @Field(() => ID)
  personId!: string;

  @Field(() => ID)
  noticeId!: string;

  @Field(() => NoticeChannel)
  channel!: NoticeChannelValue;
}
