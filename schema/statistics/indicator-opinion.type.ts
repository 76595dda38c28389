import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';
import { TeamPosition, VoicePosition } from './indicator.enums.js';

@ObjectType({
  description:
    'The opinion of a district’s team on an indicator: the sum of the voices of its members, each counted once. The numbers are public, and so is every disagreement.',
})
export class IndicatorOpinion {
  @Field(() => TeamPosition, { description: 'The result of the voices.' })
  position!: string;

  @Field(() => Int, { description: 'The number of members who are for it.' })
  votesFor!: number;

  @Field(() => Int, { description: 'The number of members who are against it.' })
  votesAgainst!: number;

  @Field(() => Int, { description: 'The number of members who have reservations, and are on nobody’s side.' })
  reservations!: number;
}

@ObjectType({
  description:
    'The opinion of a member of a team on an indicator, for themselves. Nobody else changes it, and their earlier words can still be read.',
})
export class IndicatorVoice {
  @Field(() => ID, { description: 'The identifier of the voice, for each of its versions.' })
  id!: string;

  @Field(() => VoicePosition, {
    description: 'Whether the member is for it, against it, or has reservations.',
  })
  position!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The words of the member on it; null if there are none.',
  })
  words!: string | null;

  @Field(() => Day, { description: 'The day on which the member said so, in Paris.' })
  statedOn!: Date;

  @Field(() => Day, {
    nullable: true,
    description:
      'The day on which somebody else had read the words, in Paris. Null without words, and until then: the county’s workers alone read them.',
  })
  confirmedOn!: Date | null;

  @Field(() => Int, {
    description:
      'Which of the member’s statements it is, counted from 1; the last one counts. `stateOpinion` sends it back as `expectedVersion`.',
  })
  version!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'The name of the member. The team’s social workers read it, and everyone if the member wishes so. Null for anyone else, and for voices from before each member spoke in their own name.',
  })
  name!: string | null;
}

@ObjectType({ description: 'An earlier opinion of a member on an indicator, before they restated it.' })
export class EarlierVoice {
  @Field(() => VoicePosition, {
    description: 'Whether the member was for it, against it, or had reservations.',
  })
  position!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The words of the member on it then; null if there were none.',
  })
  words!: string | null;

  @Field(() => Day, { description: 'The day on which the member said so, in Paris.' })
  statedOn!: Date;

  @Field(() => Day, {
    nullable: true,
    description:
      'The day on which somebody else had read the words, in Paris. Null without words, and until then: the county’s workers alone read them.',
  })
  confirmedOn!: Date | null;

  @Field(() => Int, { description: 'Which of the member’s statements it is, counted from 1.' })
  version!: number;
}
