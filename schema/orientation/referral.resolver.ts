import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadCase } from '../../src/services/case/cases.js';
import { loadDistrict, loadWorker } from '../../src/services/directory/directory.js';
import { dayBefore } from '../../src/services/operation/period.js';
import { loadOrganisation } from '../../src/services/orientation/organisations.js';
import * as answers from '../../src/services/orientation/referral-answers.js';
import * as referrals from '../../src/services/orientation/referrals.js';
import type { PersonRow } from '../../src/services/person/persons.js';
import { Case, NeedCode } from '../case/case.type.js';
import { ConnectionArgs } from '../connection.js';
import { VersionedInput } from '../directory/directory.input.js';
import { District, Worker } from '../directory/directory.type.js';
import { Person } from '../person/person.type.js';
import { Day } from '../scalars.js';
import { Organisation } from './organisation.type.js';
import {
  AllocateReferralInput,
  AnswerReferralInput,
  Referral,
  ReferralConnection,
  ReferralMention,
  SendReferralInput,
  ShowReferralInput,
} from './referral.type.js';

@ArgsType()
class ReceivedReferralsArgs extends ConnectionArgs {
  @Field(() => ID, { description: 'The district that received.' })
  districtId!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True lists referrals that are over, instead of those that are to be answered.',
  })
  answered?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True lists only referrals whose last day for the answer has passed.',
  })
  overdueOnly?: boolean | null;
}

@Resolver(() => Referral)
export class ReferralResolver {
  @Query(() => Referral, {
    nullable: true,
    description:
      'One referral by its id; null for one that does not exist or that the viewer may not see. One referral per operation may be one that is not the viewer’s own.',
  })
  referral(
    @Ctx() op: Operation,
    @Arg('id', () => ID, { description: 'The `id` of the referral.' }) id: string,
  ) {
    return referrals.lookUpReferral(op, id);
  }

  @Query(() => ReferralConnection, {
    nullable: true,
    description:
      'The referrals that a district received, by the last day for the answer. Its head sees all of them, a social worker their own.',
  })
  receivedReferrals(@Ctx() op: Operation, @Args(() => ReceivedReferralsArgs) args: ReceivedReferralsArgs) {
    return referrals.listReceived(op, args);
  }

  @FieldResolver(() => Day, { nullable: true, description: 'The last day on which to answer, in Paris.' })
  answerBy(@Root() row: referrals.ReferralRow) {
    return dayBefore(row.answerBy);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether the last day for the answer has passed without one.',
  })
  overdue(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return referrals.isOverdue(op, row);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether it is shown online to the one person that it concerns.',
  })
  showOnline(@Root() row: referrals.ReferralRow) {
    return row.onlinePersonId !== null;
  }

  @FieldResolver(() => District, { nullable: true, description: 'The district that sends.' })
  fromDistrict(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The worker who sends.' })
  sentBy(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return loadWorker(op, row.sentById);
  }

  @FieldResolver(() => District, {
    nullable: true,
    description: 'The district that receives; null for an organisation.',
  })
  toDistrict(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return row.toDistrictId === null ? null : loadDistrict(op, row.toDistrictId);
  }

  @FieldResolver(() => Worker, {
    nullable: true,
    description:
      'The worker who receives; null for an organisation, and until the head of the district has allocated it.',
  })
  toWorker(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return row.toWorkerId === null ? null : loadWorker(op, row.toWorkerId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'The organisation that receives; null for a district.',
  })
  toOrganisation(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return row.toOrganisationId === null ? null : loadOrganisation(op, row.toOrganisationId);
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description: 'The names of the persons that it concerns. The head reads them until it is allocated.',
  })
  names(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return referrals.loadNamesOfReferral(op, row);
  }

  @FieldResolver(() => [Person], {
    nullable: true,
    description: 'The persons that it concerns, for the workers who send and receive.',
  })
  persons(@Ctx() op: Operation, @Root() row: referrals.ReferralRow): Promise<readonly PersonRow[]> {
    return referrals.loadPersonsOfReferral(op, row);
  }

  @FieldResolver(() => [NeedCode], {
    nullable: true,
    description: 'The needs of the persons, as items of the nomenclature.',
  })
  needs(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return referrals.loadNeedsOfReferral(op, row);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The text that the sending worker wrote for the receiver; null if there is none.',
  })
  text(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return referrals.loadText(op, row);
  }

  @FieldResolver(() => Case, {
    nullable: true,
    description: 'The case that it comes from, for a worker who follows that case; nobody else gets there.',
  })
  case(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return loadCase(op, row.caseId);
  }

  @Mutation(() => Referral, {
    nullable: true,
    description:
      'Sends persons of a case on: to a district, with or without one of its workers, or to an organisation.',
  })
  sendReferral(@Ctx() op: Operation, @Arg('input', () => SendReferralInput) input: SendReferralInput) {
    return referrals.sendReferral(op, input);
  }

  @Mutation(() => Referral, {
    nullable: true,
    description:
      'Says which social worker of the district receives a referral. Only its head may, and from then on reads no name in it.',
  })
  allocateReferral(
    @Ctx() op: Operation,
    @Arg('input', () => AllocateReferralInput) input: AllocateReferralInput,
  ) {
    return answers.allocateReferral(op, input);
  }

  @Mutation(() => Referral, {
    nullable: true,
    description:
      'Answers a referral. The worker who received it may, or the head until it is allocated. For an organisation, a worker who follows the case records the answer.',
  })
  answerReferral(@Ctx() op: Operation, @Arg('input', () => AnswerReferralInput) input: AnswerReferralInput) {
    return answers.answerReferral(op, input);
  }

  @Mutation(() => Referral, {
    nullable: true,
    description: 'Takes a referral back, as long as it is neither accepted nor refused.',
  })
  withdrawReferral(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return answers.withdrawReferral(op, input);
  }

  @Mutation(() => Referral, {
    nullable: true,
    description: 'Shows a referral online to the one person that it concerns, or hides it again.',
  })
  showReferral(@Ctx() op: Operation, @Arg('input', () => ShowReferralInput) input: ShowReferralInput) {
    return answers.showReferral(op, input);
  }
}

@Resolver(() => ReferralMention)
export class ReferralMentionResolver {
  @FieldResolver(() => District, { nullable: true, description: 'The district that sends.' })
  fromDistrict(@Ctx() op: Operation, @Root() row: referrals.MentionRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => District, {
    nullable: true,
    description: 'The district that receives; null for an organisation.',
  })
  toDistrict(@Ctx() op: Operation, @Root() row: referrals.MentionRow) {
    return row.toDistrictId === null ? null : loadDistrict(op, row.toDistrictId);
  }
}
