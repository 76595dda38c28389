import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import type * as cases from '../../src/services/case/cases.js';
import {
  loadMentionsOfPerson,
  loadReferralsOfCase,
  loadReferralsOfPerson,
} from '../../src/services/orientation/referrals.js';
import type * as persons from '../../src/services/person/persons.js';
import { Case } from '../case/case.type.js';
import { Person } from '../person/person.type.js';
import { Referral, ReferralMention } from './referral.type.js';

@Resolver(() => Case)
export class CaseReferralsResolver {
  @FieldResolver(() => [Referral], {
    nullable: true,
    description: 'Where the persons of the case were sent, the latest first; 100 at most.',
  })
  referrals(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return loadReferralsOfCase(op, row.id);
  }
}

@Resolver(() => Person)
export class PersonReferralsResolver {
  @FieldResolver(() => [Referral], {
    nullable: true,
    description:
      'For the person: the referrals that concern them alone and are shown online; the latest first, 100 at most.',
  })
  referrals(@Ctx() op: Operation, @Root() person: persons.PersonRow) {
    return loadReferralsOfPerson(op, person.id);
  }

  @FieldResolver(() => [ReferralMention], {
    nullable: true,
    description:
      'For the desk of the district that sends or receives: that the person was sent on; 20 at most.',
  })
  referralMentions(@Ctx() op: Operation, @Root() person: persons.PersonRow) {
    return loadMentionsOfPerson(op, person.id);
  }
}
