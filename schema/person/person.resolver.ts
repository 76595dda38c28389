import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as addresses from '../../src/services/addresses.js';
import { setAgreedWord } from '../../src/services/agreed-word.js';
import { loadCase } from '../../src/services/cases.js';
import { setCommunication } from '../../src/services/communication.js';
import { setConfirmNothing } from '../../src/services/confirm-nothing.js';
import { loadWorker } from '../../src/services/directory.js';
import { findLanguages, languageOf } from '../../src/services/languages.js';
import * as persons from '../../src/services/persons.js';
import { loadNotice } from '../../src/services/privacy-notices.js';
import { loadMentionsOfPerson, loadReferralsOfPerson } from '../../src/services/referrals.js';
import * as contact from '../../src/services/safe-contact.js';
import { Case } from '../case/case.type.js';
import { PrivacyNotice } from '../data-protection/privacy-notice.type.js';
import { Worker } from '../directory/directory.type.js';
import { Referral, ReferralMention } from '../orientation/referral.type.js';
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
  @Query(() => Person, { nullable: true, description: 'The person who asks, for their own account.' })
  me(@Ctx() op: Operation) {
    return op.viewer.selfId === null ? null : persons.loadPerson(op, op.viewer.selfId);
  }

  @FieldResolver(() => String, { nullable: true, description: 'The chosen name first.' })
  displayName(@Root() person: persons.PersonRow) {
    return persons.displayName(person);
  }

  @FieldResolver(() => Language, {
    nullable: true,
    description: 'In which they are spoken to. Null where nobody has said.',
  })
  language(@Root() person: persons.PersonRow) {
    return languageOf(person.language);
  }

  @FieldResolver(() => PersonAddress, {
    nullable: true,
    description: 'Null for none, and for one that is confidential to the viewer.',
  })
  address(@Ctx() op: Operation, @Root() person: persons.PersonRow) {
    return addresses.loadAddress(op, person);
  }

  @FieldResolver(() => PersonAddress, {
    nullable: true,
    description:
      'Where letters go, as the person named it to who follows them. Null for none, and for another case’s.',
  })
  safeAddress(@Ctx() op: Operation, @Root() person: persons.PersonRow) {
    return addresses.loadSafeAddress(op, person);
  }

  @FieldResolver(() => [Case], {
    nullable: true,
    description: 'To the person themselves: those shown. At the desk: `casesOfPerson`.',
  })
  async cases(@Ctx() op: Operation, @Root() person: persons.PersonRow) {
    const ids = await persons.loadCaseIdsOfPerson(op, person.id);
    const rows = await Promise.all(ids.map((id) => loadCase(op, id)));
    return rows.filter((row) => row !== null);
  }

  @FieldResolver(() => [Referral], {
    nullable: true,
    description:
      'Where one is sent: what concerns oneself alone, and is shown. The latest first, 100 at most.',
  })
  referrals(@Ctx() op: Operation, @Root() person: persons.PersonRow) {
    return loadReferralsOfPerson(op, person.id);
  }

  @FieldResolver(() => [ReferralMention], {
    nullable: true,
    description: 'At the desk of the district that sends or receives: that they were sent on. 20 at most.',
  })
  referralMentions(@Ctx() op: Operation, @Root() person: persons.PersonRow) {
    return loadMentionsOfPerson(op, person.id);
  }

  @FieldResolver(() => [NoticeReceipt], { nullable: true })
  noticeReceipts(@Ctx() op: Operation, @Root() person: persons.PersonRow) {
    return persons.loadReceipts(op, person);
  }

  @Mutation(() => PersonMatch, { nullable: true })
  registerPerson(@Ctx() op: Operation, @Arg('input', () => RegisterPersonInput) input: RegisterPersonInput) {
    return persons.registerPerson(op, input);
  }

  @Mutation(() => Person, { nullable: true })
  updatePerson(@Ctx() op: Operation, @Arg('input', () => UpdatePersonInput) input: UpdatePersonInput) {
    return persons.updatePerson(op, input);
  }

  @Mutation(() => Person, { nullable: true })
  setPersonAddress(
    @Ctx() op: Operation,
    @Arg('input', () => SetPersonAddressInput) input: SetPersonAddressInput,
  ) {
    return addresses.setAddress(op, input);
  }

  @Mutation(() => Person, {
    nullable: true,
    description:
      'Nothing is confirmed of the person: who follows them says so, and takes it back; the person says so. Where nobody is assigned, the duty worker to whom the desk has sent them today takes it back.',
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
      'Agrees on the word by which the person, of whom nothing is confirmed, is known at a desk (`callDutyWorker`): the worker who follows the person. The person takes it away online. It is never shown back.',
  })
  setAgreedWord(@Ctx() op: Operation, @Arg('input', () => SetAgreedWordInput) input: SetAgreedWordInput) {
    return setAgreedWord(op, input);
  }

  @Mutation(() => Person, {
    nullable: true,
    description:
      'Closes every channel at once: whoever serves the person, and the person. Who follows them is told.',
  })
  suspendContact(@Ctx() op: Operation, @Arg('input', () => SuspendContactInput) input: SuspendContactInput) {
    return contact.suspendContact(op, input);
  }

  @Mutation(() => Person, {
    nullable: true,
    description:
      'Opens a channel or puts another in its place, and ends a suspension: the assigned worker, the stand-in, or the worker on duty with the person present and alone. The desk closes one by `updatePerson`.',
  })
  setSafeContact(@Ctx() op: Operation, @Arg('input', () => SetSafeContactInput) input: SetSafeContactInput) {
    return contact.setSafeContact(op, input);
  }

  @Mutation(() => Person, {
    nullable: true,
    description:
      'Says in which language the person is spoken to and what they need for it: the desk, who follows them, who receives them, and they themselves. What is booked from then on has the interpreter.',
  })
  setCommunication(
    @Ctx() op: Operation,
    @Arg('input', () => SetCommunicationInput) input: SetCommunicationInput,
  ) {
    return setCommunication(op, input);
  }

  @Mutation(() => Person, { nullable: true, description: 'Who follows the person says where letters go.' })
  setSafeAddress(@Ctx() op: Operation, @Arg('input', () => SetSafeAddressInput) input: SetSafeAddressInput) {
    return addresses.setSafeAddress(op, input);
  }

  @Mutation(() => PersonAddress, {
    nullable: true,
    description:
      'To who is on duty, of someone whom the desk has sent to them today, where nobody is assigned to the case that recorded it. By a call, where there is danger alone. The ground is logged.',
  })
  openConfidentialAddress(
    @Ctx() op: Operation,
    @Arg('input', () => OpenConfidentialAddressInput) input: OpenConfidentialAddressInput,
  ) {
    return addresses.openConfidentialAddress(op, input);
  }

  @Mutation(() => Person, { nullable: true })
  giveNotice(@Ctx() op: Operation, @Arg('input', () => GiveNoticeInput) input: GiveNoticeInput) {
    return persons.giveNotice(op, input);
  }
}

@Resolver(() => PersonMatch)
export class PersonMatchResolver {
  @Query(() => [PersonMatch], {
    nullable: true,
    description: 'At most 5; two or more are namesakes. Logged.',
  })
  personLookUp(@Ctx() op: Operation, @Arg('input', () => PersonLookUpInput) input: PersonLookUpInput) {
    return persons.lookUpPerson(op, input);
  }

  @FieldResolver(() => String, { nullable: true })
  displayName(@Root() match: persons.PersonMatch) {
    return persons.displayName(match);
  }
}

@Resolver(() => Language)
export class LanguageResolver {
  @Query(() => [Language], {
    description: 'By code, or by what a name holds, French or English: public. 20 at most.',
  })
  languages(@Arg('search', () => String) search: string) {
    return findLanguages(search);
  }
}

@Resolver(() => NoticeReceipt)
export class NoticeReceiptResolver {
  @FieldResolver(() => PrivacyNotice, { nullable: true })
  notice(@Ctx() op: Operation, @Root() receipt: persons.ReceiptRow) {
    return loadNotice(op, receipt.noticeId);
  }

  @FieldResolver(() => Worker, { nullable: true })
  statedBy(@Ctx() op: Operation, @Root() receipt: persons.ReceiptRow) {
    return loadWorker(op, receipt.statedById);
  }
}
