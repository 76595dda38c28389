import { Field, ID, InputType, Int } from 'type-graphql';
import type {
  NoticeChannel as NoticeChannelValue,
  SafeContact as SafeContactValue,
} from '../../prisma/generated/enums.js';
import { NoticeChannel, SafeContact } from '../enums.js';
import { Day } from '../scalars.js';

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

  @Field(() => Boolean, { description: 'Then only the assigned worker, the relay and the person read it.' })
  confidential!: boolean;
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
