import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadCase } from '../../src/services/case/cases.js';
import { loadNotice } from '../../src/services/data-protection/privacy-notices.js';
import { loadWorker } from '../../src/services/directory/directory.js';
import * as addresses from '../../src/services/person/addresses.js';
import { setAgreedWord } from '../../src/services/person/agreed-word.js';
import { setCommunication } from '../../src/services/person/communication.js';
import { setConfirmNothing } from '../../src/services/person/confirm-nothing.js';
import { findLanguages, languageOf } from '../../src/services/person/languages.js';
import * as persons from '../../src/services/person/persons.js';
import * as contact from '../../src/services/person/safe-contact.js';
import { Case } from '../case/case.type.js';
import { PrivacyNotice } from '../data-protection/privacy-notice.type.js';
import { Worker } from '../directory/directory.type.js';
import {
  GiveNoticeInput,
  OpenConfidentialAddressInput,
  PersonLookUpInput,
  RegisterPersonInput,
  SetAgreedWordInput,
  SetCommunicationInput,
  SetConfirmNothingInput,
  SetPersonAddressInput,
  SetSafeAddressInput,
  SetSafeContactInput,
  SuspendContactInput,
  UpdatePersonInput,
} from './person.input.js';
import { Language, NoticeReceipt, Person, PersonAddress, PersonMatch } from './person.type.js';

@Resolver(() => Person)
export class PersonResolver {
  @Query(() => Person, {
    nullable: true,
    description: 'The person who makes the request, for their own account; null for anyone else.',
  })
  me(@Ctx() op: Operation) {
    return op.viewer.selfId === null ? null : persons.loadPerson(op, op.viewer.selfId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The name to call the person by: the chosen name, else first name and surname, else “Personne sans nom”.',
  })
  displayName(@Root() person: persons.PersonRow) {
    return persons.displayName(person);
  }

  @FieldResolver(() => Language, {
    nullable: true,
    description: 'The language to speak to the person in; null where nobody has said.',
  })
  language(@Root() person: persons.PersonRow) {
    return languageOf(person.language);
  }

  @FieldResolver(() => PersonAddress, {
    nullable: true,
    description:
      'Where the person lives; null if nobody has said. Only the workers who follow the case that recorded a confidential address read it. Everyone else, also the person’s login, reads null or the open address.',
  })
  address(@Ctx() op: Operation, @Root() person: persons.PersonRow) {
    return addresses.loadAddress(op, person);
  }

  @FieldResolver(() => PersonAddress, {
    nullable: true,
    description:
      'The open address. Everyone who knows the person reads it. A worker who reads a confidential address as `address` sees here what others read, and may remove it.',
  })
  openAddress(@Ctx() op: Operation, @Root() person: persons.PersonRow) {
    return addresses.loadOpenAddress(op, person);
  }

  @FieldResolver(() => PersonAddress, {
    nullable: true,
    description:
      'Where letters go, as the person named it to a worker who follows them. Null if they named none, or if another case recorded it.',
  })
  safeAddress(@Ctx() op: Operation, @Root() person: persons.PersonRow) {
    return addresses.loadSafeAddress(op, person);
  }

  @FieldResolver(() => [Case], {
    nullable: true,
    description:
      'For the person: their own cases that are shown online, newest first; 20 at most. The desk uses `casesOfPerson`.',
  })
  async cases(@Ctx() op: Operation, @Root() person: persons.PersonRow) {
    const ids = await persons.loadCaseIdsOfPerson(op, person.id);
    const rows = await Promise.all(ids.map((id) => loadCase(op, id)));
    return rows.filter((row) => row !== null);
  }

  @FieldResolver(() => [NoticeReceipt], {
    nullable: true,
    description: 'The privacy notices that the person was given, the latest first.',
  })
  noticeReceipts(@Ctx() op: Operation, @Root() person: persons.PersonRow) {
    return persons.loadReceipts(op, person);
  }

  @Mutation(() => PersonMatch, {
    nullable: true,
    description: 'Registers a person, by a name, a chosen name or none.',
  })
  registerPerson(@Ctx() op: Operation, @Arg('input', () => RegisterPersonInput) input: RegisterPersonInput) {
    return persons.registerPerson(op, input);
  }

  @Mutation(() => Person, {
    nullable: true,
    description:
      'Changes who a person is and how to reach them. A person who was provisional no longer is. Nobody writes to a number or mail address that the desk has changed, until a worker who follows the person says so. What a stand-in or the worker of a second case says of the contact waits, as in `contactWords`.',
  })
  updatePerson(@Ctx() op: Operation, @Arg('input', () => UpdatePersonInput) input: UpdatePersonInput) {
    return persons.updatePerson(op, input);
  }

  @Mutation(() => Person, {
    nullable: true,
    description:
      'Writes down where a person lives, or removes an address. A worker who follows the person can make it confidential. While nobody is assigned, the duty worker can do so, in the case that they have opened. Everyone who may write an open address may remove it.',
  })
  setPersonAddress(
    @Ctx() op: Operation,
    @Arg('input', () => SetPersonAddressInput) input: SetPersonAddressInput,
  ) {
    return addresses.setAddress(op, input);
  }

  @Mutation(() => Person, {
    nullable: true,
    description:
      'Says that nothing may be confirmed of a person, or takes this back. A worker who follows the person may do both. The person may say it online, but not take it back there. While nobody is assigned, the duty worker may do both, once the desk has sent the person to them today.',
  })
  setConfirmNothing(
    @Ctx() op: Operation,
    @Arg('input', () => SetConfirmNothingInput) input: SetConfirmNothingInput,
  ) {
    return setConfirmNothing(op, input);
  }

  @Mutation(() => Person, {
    nullable: true,
    description:
      'Sets the word by which a person is known at a desk while nothing is confirmed of them (`callDutyWorker`). Only a worker who follows the person may. The person can take it away online. It is never shown back. The word of a stand-in or of a second case waits, as in `contactWords`.',
  })
  setAgreedWord(@Ctx() op: Operation, @Arg('input', () => SetAgreedWordInput) input: SetAgreedWordInput) {
    return setAgreedWord(op, input);
  }

  @Mutation(() => Person, {
    nullable: true,
    description:
      'Closes every channel to a person at once. Everyone who serves the person may do so, and the person too. The workers who follow the person are told.',
  })
  suspendContact(@Ctx() op: Operation, @Arg('input', () => SuspendContactInput) input: SuspendContactInput) {
    return contact.suspendContact(op, input);
  }

  @Mutation(() => Person, {
    nullable: true,
    description:
      'Opens a channel or replaces it, and ends a suspension. The assigned worker and the stand-in may do so. So may the duty worker, if the person is present and alone. The word of a stand-in, of a second case, or of a duty worker about a person who has a worker waits, as in `contactWords`; to close every channel counts at once. The desk closes a channel by `updatePerson`.',
  })
  setSafeContact(@Ctx() op: Operation, @Arg('input', () => SetSafeContactInput) input: SetSafeContactInput) {
    return contact.setSafeContact(op, input);
  }

  @Mutation(() => Person, {
    nullable: true,
    description:
      'Says in which language a person is spoken to, and what they need for it. The desk may say it, the workers who follow or receive the person, and the person. Appointments that are booked from then on have the interpreter.',
  })
  setCommunication(
    @Ctx() op: Operation,
    @Arg('input', () => SetCommunicationInput) input: SetCommunicationInput,
  ) {
    return setCommunication(op, input);
  }

  @Mutation(() => Person, {
    nullable: true,
    description:
      'Says where letters to a person go. Only a worker who follows the person may. The word of a stand-in or of a second case waits, as in `contactWords`.',
  })
  setSafeAddress(@Ctx() op: Operation, @Arg('input', () => SetSafeAddressInput) input: SetSafeAddressInput) {
    return addresses.setSafeAddress(op, input);
  }

  @Mutation(() => PersonAddress, {
    nullable: true,
    description:
      'Reads a confidential address on duty. The desk has sent the person to the viewer today, and nobody is assigned to the case that recorded the address. For a person who called, only DANGER opens it. The ground is logged.',
  })
  openConfidentialAddress(
    @Ctx() op: Operation,
    @Arg('input', () => OpenConfidentialAddressInput) input: OpenConfidentialAddressInput,
  ) {
    return addresses.openConfidentialAddress(op, input);
  }

  @Mutation(() => Person, {
    nullable: true,
    description:
      'Records, as the worker states it, that a person was given a privacy notice (GDPR art. 13 and 14). A second record on the same day in Paris is the same receipt.',
  })
  giveNotice(@Ctx() op: Operation, @Arg('input', () => GiveNoticeInput) input: GiveNoticeInput) {
    return persons.giveNotice(op, input);
  }
}

@Resolver(() => PersonMatch)
export class PersonMatchResolver {
  @Query(() => [PersonMatch], {
    nullable: true,
    description:
      'Looks a person up. Two or more answers, 5 at most, are namesakes. One look-up per operation. Each is logged, and counts towards an hourly limit.',
  })
  personLookUp(@Ctx() op: Operation, @Arg('input', () => PersonLookUpInput) input: PersonLookUpInput) {
    return persons.lookUpPerson(op, input);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The name to call the person by: the chosen name, else first name and surname, else “Personne sans nom”.',
  })
  displayName(@Root() match: persons.PersonMatch) {
    return persons.displayName(match);
  }
}

@Resolver(() => Language)
export class LanguageResolver {
  @Query(() => [Language], {
    description: 'Languages by code, or by a part of their French or English name: public. 20 at most.',
  })
  languages(@Arg('search', () => String, { description: 'A code, or a part of a name.' }) search: string) {
    return findLanguages(search);
  }
}

@Resolver(() => NoticeReceipt)
export class NoticeReceiptResolver {
  @FieldResolver(() => PrivacyNotice, { nullable: true, description: 'The version that was given.' })
  notice(@Ctx() op: Operation, @Root() receipt: persons.ReceiptRow) {
    return loadNotice(op, receipt.noticeId);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The worker who says that it was given.' })
  statedBy(@Ctx() op: Operation, @Root() receipt: persons.ReceiptRow) {
    return loadWorker(op, receipt.statedById);
  }
}
