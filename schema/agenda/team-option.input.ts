import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { TeamOptionKind as TeamOptionKindValue } from '../../prisma/generated/enums.js';
import { Day } from '../scalars.js';
import { TeamOptionKind } from './agenda.enums.js';

@ArgsType()
export class OptionsOfDistrictArgs {
  @Field(() => ID, { description: 'The district of the team.' })
  districtId!: string;
}

@InputType({
  description:
    'An option for the own team, which votes on it for a week. A member has one proposal of a kind at a time.',
})
export class ProposeOptionInput {
  @Field(() => ID, {
    description:
      'The district whose team votes. It needs five members: of fewer, the result tells what each of them voted.',
  })
  districtId!: string;

  @Field(() => TeamOptionKind, { description: 'What the team would do.' })
  kind!: TeamOptionKindValue;

  @Field(() => Day, {
    description: 'The first day: 8 days from today at the earliest, after the vote, and 92 at the latest.',
  })
  startsOn!: Date;

  @Field(() => Day, {
    description:
      'The first day after it: 92 days after `startsOn` at the latest. The team can vote for it again.',
  })
  endsOn!: Date;
}

@InputType({ description: 'A vote on an option of the own team. Nobody else reads it.' })
export class VoteOnOptionInput {
  @Field(() => ID, { description: 'The option.' })
  id!: string;

  @Field(() => Boolean, { description: 'True: for it. False: against it.' })
  inFavour!: boolean;
}
