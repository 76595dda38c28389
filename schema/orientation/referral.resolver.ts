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
import { loadCase } from '../../src/services/cases.js';
import { loadDistrict, loadWorker } from '../../src/services/directory.js';
import { loadOrganisation } from '../../src/services/organisations.js';
import { dayBefore } from '../../src/services/period.js';
import type { PersonRow } from '../../src/services/persons.js';
import * as answers from '../../src/services/referral-answers.js';
import * as referrals from '../../src/services/referrals.js';
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
  @Field(() => ID)
  districtId!: string;

  @Field(() => Boolean, { nullable: true, description: 'What is over, instead of what is to be answered.' })
  answered?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  overdueOnly?: boolean | null;
}

@Resolver(() => Referral)
export class ReferralResolver {
  @Query(() => Referral, { nullable: true })
  referral(@Ctx() op: Operation, @Arg('id', () => ID) id: string) {
    return referrals.lookUpReferral(op, id);
  }

  @Query(() => ReferralConnection, {
    nullable: true,
    description:
      'What a district received, by the day on which it is due: to its head all of it, to a social worker what is theirs.',
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
    description: 'Nobody has answered, and that day has passed.',
  })
  overdue(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return referrals.isOverdue(op, row);
  }

  @FieldResolver(() => Boolean, { nullable: true, description: 'To the person whom alone it concerns.' })
  showOnline(@Root() row: referrals.ReferralRow) {
    return row.onlinePersonId !== null;
  }

  @FieldResolver(() => District, { nullable: true, description: 'That sends.' })
  fromDistrict(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'Who sent it.' })
  sentBy(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return loadWorker(op, row.sentById);
  }

  @FieldResolver(() => District, { nullable: true, description: 'That receives; null for an organisation.' })
  toDistrict(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return row.toDistrictId === null ? null : loadDistrict(op, row.toDistrictId);
  }

  @FieldResolver(() => Worker, {
    nullable: true,
    description: 'Who receives it; null until the head of the district has allocated it.',
  })
  toWorker(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return row.toWorkerId === null ? null : loadWorker(op, row.toWorkerId);
  }

  @FieldResolver(() => Organisation, { nullable: true })
  toOrganisation(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return row.toOrganisationId === null ? null : loadOrganisation(op, row.toOrganisationId);
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description: 'The names of those whom it concerns: to the head as long as it is to be allocated.',
  })
  names(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return referrals.loadNamesOfReferral(op, row);
  }

  @FieldResolver(() => [Person], { nullable: true, description: 'Whom it concerns.' })
  persons(@Ctx() op: Operation, @Root() row: referrals.ReferralRow): Promise<readonly PersonRow[]> {
    return referrals.loadPersonsOfReferral(op, row);
  }

  @FieldResolver(() => [NeedCode], { nullable: true })
  needs(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return referrals.loadNeedsOfReferral(op, row);
  }

  @FieldResolver(() => String, { nullable: true, description: 'For who receives it.' })
  text(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return referrals.loadText(op, row);
  }

  @FieldResolver(() => Case, {
    nullable: true,
    description: 'For who follows it: nobody else has a way there.',
  })
  case(@Ctx() op: Operation, @Root() row: referrals.ReferralRow) {
    return loadCase(op, row.caseId);
  }

  @Mutation(() => Referral, {
    nullable: true,
    description: 'To a district, with or without one of its workers, or to an organisation.',
  })
  sendReferral(@Ctx() op: Operation, @Arg('input', () => SendReferralInput) input: SendReferralInput) {
    return referrals.sendReferral(op, input);
  }

  @Mutation(() => Referral, { nullable: true, description: 'The head says who of the district takes it.' })
  allocateReferral(
    @Ctx() op: Operation,
    @Arg('input', () => AllocateReferralInput) input: AllocateReferralInput,
  ) {
    return answers.allocateReferral(op, input);
  }

  @Mutation(() => Referral, {
    nullable: true,
    description: 'By whoever received it; of an organisation, by who follows the case.',
  })
  answerReferral(@Ctx() op: Operation, @Arg('input', () => AnswerReferralInput) input: AnswerReferralInput) {
    return answers.answerReferral(op, input);
  }

  @Mutation(() => Referral, { nullable: true, description: 'Taken back, as long as nobody has answered.' })
  withdrawReferral(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return answers.withdrawReferral(op, input);
  }

  @Mutation(() => Referral, {
    nullable: true,
    description: 'Shown online to the person whom alone it concerns, or hidden again.',
  })
  showReferral(@Ctx() op: Operation, @Arg('input', () => ShowReferralInput) input: ShowReferralInput) {
    return answers.showReferral(op, input);
  }
}

@Resolver(() => ReferralMention)
export class ReferralMentionResolver {
  @FieldResolver(() => District, { nullable: true, description: 'That sends.' })
  fromDistrict(@Ctx() op: Operation, @Root() row: referrals.MentionRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => District, { nullable: true, description: 'That receives, if it is a district.' })
  toDistrict(@Ctx() op: Operation, @Root() row: referrals.MentionRow) {
    return row.toDistrictId === null ? null : loadDistrict(op, row.toDistrictId);
  }
}
