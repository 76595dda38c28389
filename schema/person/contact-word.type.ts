import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type {
  ContactWordBy as ContactWordByValue,
  ContactWordKind as ContactWordKindValue,
  SafeContact as SafeContactValue,
} from '../../prisma/generated/enums.js';
import { DateTime } from '../scalars.js';
import { ContactWordBy, ContactWordKind, SafeContact } from './person.enums.js';

@ObjectType({
  description:
    'What somebody has said of how a person is reached, whose word can be false. Nothing uses it until the worker who follows the person agrees, or until two working days have passed. That worker is the assigned worker of the oldest case.',
})
export class ContactWord {
  @Field(() => ID)
  id!: string;

  @Field(() => ContactWordKind, { nullable: true, description: 'What it is about.' })
  kind!: ContactWordKindValue;

  @Field(() => ContactWordBy, {
    nullable: true,
    description: 'Whose word it is: a kind of author, and no name.',
  })
  saidAs!: ContactWordByValue;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The instant of the word; a later word about the same has a later one.',
  })
  saidAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When it is used if nobody takes it back. Null after the relay of a stand-in: then only a yes makes it count.',
  })
  countsFrom!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Since when it is used; null if it is not. If it is taken back, what stood before it stands again.',
  })
  usedSince!: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True if it takes the safe postal address away. Null if the viewer may not read the value.',
  })
  removes!: boolean | null;

  @Field(() => SafeContact, { nullable: true, description: 'The channel; null leaves it as it is.' })
  safeContact!: SafeContactValue | null;

  @Field(() => String, { nullable: true, description: 'The number; null leaves it as it is.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'The mail address; null leaves it as it is.' })
  email!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The safe postal address, in one line. Null if another case keeps the address of the person confidential. An agreed word is never shown.',
  })
  address!: string | null;
}

@InputType({ description: 'A word about how a person is reached, and the answer.' })
export class AnswerContactWordInput {
  @Field(() => ID, { description: 'The person of the word.' })
  personId!: string;

  @Field(() => ID, {
    description: 'The `id` of the word that was read. A later word about the same has another one.',
  })
  wordId!: string;

  @Field(() => Boolean, {
    description:
      'True makes the word count, for good. False takes it back: what stood before it stands again.',
  })
  agree!: boolean;
}
