import * as enums from '../../prisma/generated/enums.js';
import { ADDRESS_GROUNDS } from '../../src/services/person/addresses.js';
import { describeEnum, enumOf } from '../describe-enum.js';

export const SafeContact = describeEnum(enums.SafeContact, {
  name: 'SafeContact',
  description:
    'The channel by which a person can be reached without danger. It is NONE until someone says otherwise.',
  values: {
    NONE: 'By no means: nobody calls or writes.',
    VOICE_TO_ME_ONLY: 'By a call, and only to the person themselves.',
    NEUTRAL_TEXT: 'By a text message or mail that does not name the service.',
    LETTER: 'By a letter whose envelope does not name the service.',
    THROUGH_SOMEONE: 'Through someone else, as agreed with the person.',
  },
});

export const ContactWordKind = describeEnum(enums.ContactWordKind, {
  name: 'ContactWordKind',
  description: 'What a word about how a person is reached is about.',
  values: {
    SAFE_ADDRESS: 'Where letters go.',
    SAFE_CONTACT: 'The channel, the number or the mail address.',
    AGREED_WORD: 'The word that calls the duty worker.',
  },
});

export const ContactWordBy = describeEnum(enums.ContactWordBy, {
  name: 'ContactWordBy',
  description: 'Whose word about how a person is reached waits.',
  values: {
    STAND_IN: 'A stand-in’s. It ends with the relay, unless the worker who follows the person agrees.',
    OTHER_CASE: 'That of the assigned worker of another case of the person.',
    DUTY_WORKER: 'That of a duty worker who had the person there, alone.',
  },
});

export const CommunicationNeed = describeEnum(enums.CommunicationNeed, {
  name: 'CommunicationNeed',
  description: 'A need of a person, to understand and be understood; never the cause.',
  values: {
    INTERPRETER: 'An interpreter of the person’s language; `language` is then required.',
    FRENCH_SIGN_LANGUAGE: 'French sign language (LSF), with an interpreter where the worker does not sign.',
    LIP_READING: 'To see the lips of the speaker.',
    WRITTEN_ONLY: 'Everything in writing, and no call.',
    EASY_TO_READ: 'Texts that are easy to read (FALC).',
    LARGE_PRINT: 'Texts in large print.',
    ACCOMPANIED: 'Someone of their choice at their side.',
  },
});

export const AddressGround = describeEnum(enumOf(ADDRESS_GROUNDS), {
  name: 'AddressGround',
  description: 'Why the duty worker reads a confidential address. It stands in the access log.',
  values: {
    DANGER: 'Someone is in danger. It is the only ground for a person who called.',
    PERSON_ASKS: 'The person wants the duty worker to read it.',
    HOME_VISIT: 'A worker has to go there.',
  },
});
