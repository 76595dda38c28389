import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { OPTION_WORDS } from '../../src/services/agenda/option-words.js';
import * as options from '../../src/services/agenda/team-options.js';
import { loadDistrict } from '../../src/services/directory/directory.js';
import { District } from '../directory/directory.type.js';
import { OptionsOfDistrictArgs, ProposeOptionInput, VoteOnOptionInput } from './team-option.input.js';
import { TeamOption, WalkInHour } from './team-option.type.js';

@Resolver(() => TeamOption)
export class TeamOptionResolver {
  @Query(() => [TeamOption], {
    nullable: true,
    description:
      'The options of a team, the latest first: what it votes on, and what it has decided. 100 at most. Whoever works there and is no member of the team, such as its head, reads what it has adopted.',
  })
  teamOptions(@Ctx() op: Operation, @Args(() => OptionsOfDistrictArgs) args: OptionsOfDistrictArgs) {
    return options.listTeamOptions(op, args);
  }

  @Query(() => [WalkInHour], {
    nullable: true,
    description:
      'When people can come to a district without an appointment, in the next four weeks, by time. 100 at most. Empty unless the team has the option WALK_IN_HOUR.',
  })
  walkInHours(@Ctx() op: Operation, @Args(() => OptionsOfDistrictArgs) args: OptionsOfDistrictArgs) {
    return options.listWalkInHours(op, args);
  }

  @FieldResolver(() => District, { nullable: true, description: 'The district of the team.' })
  district(@Ctx() op: Operation, @Root() { districtId }: options.TeamOptionRow) {
    return loadDistrict(op, districtId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'What it is and what it costs, in French. Show it beside the vote.',
  })
  textFr(@Root() { kind }: options.TeamOptionRow) {
    return OPTION_WORDS[kind].fr;
  }

  @FieldResolver(() => String, { nullable: true, description: 'The same in English.' })
  textEn(@Root() { kind }: options.TeamOptionRow) {
    return OPTION_WORDS[kind].en;
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'The own vote: true for it, false against it; null without a vote, and once the votes are counted, since they are deleted then.',
  })
  myVote(@Ctx() op: Operation, @Root() row: options.TeamOptionRow) {
    return options.loadMyVote(op, row);
  }

  @Mutation(() => TeamOption, {
    nullable: true,
    description:
      'Proposes an option to the own team, which votes on it for a week: its social workers and receptionists, and not its head. Each of them is told.',
  })
  proposeOption(@Ctx() op: Operation, @Arg('input', () => ProposeOptionInput) input: ProposeOptionInput) {
    return options.proposeOption(op, input);
  }

  @Mutation(() => TeamOption, {
    nullable: true,
    description:
      'Votes on an option of the own team, or changes the own vote, until the last day of the vote. Nobody else reads it. It does the same when it is sent twice, and keeps no idempotency key.',
  })
  voteOnOption(@Ctx() op: Operation, @Arg('input', () => VoteOnOptionInput) input: VoteOnOptionInput) {
    return options.voteOnOption(op, input);
  }
}
