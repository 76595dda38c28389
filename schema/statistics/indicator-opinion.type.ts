import { Field, Int, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';
import { TeamPosition, VoicePosition } from './indicator.enums.js';

@ObjectType({
  description:
    'What a district’s team says of an indicator: what its members’ voices come to, each counted once. Public, and so is who does not agree.',
})
export class IndicatorOpinion {
  @Field(() => TeamPosition)
  position!: string;

  @Field(() => Int)
  votesFor!: number;

  @Field(() => Int)
  votesAgainst!: number;

  @Field(() => Int, { description: 'Voices with reservations: on nobody’s side.' })
  reservations!: number;
}

@ObjectType({
  description:
    'What a member of a team says of an indicator, for themselves. Nobody else changes it; what they said before stays to be read.',
})
export class IndicatorVoice {
  @Field(() => VoicePosition)
  position!: string;

  @Field(() => String, { nullable: true })
  words!: string | null;

  @Field(() => Day)
  statedOn!: Date;

  @Field(() => Int)
  version!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'Who says it: for the team’s social workers, and for everyone where the member wishes so. Null where a team’s opinion was not yet kept by member.',
  })
  name!: string | null;
}

@ObjectType({ description: 'What a member of a team said of an indicator before.' })
export class EarlierVoice {
  @Field(() => VoicePosition)
  position!: string;

  @Field(() => String, { nullable: true })
  words!: string | null;

  @Field(() => Day)
  statedOn!: Date;

  @Field(() => Int)
  version!: number;
}
