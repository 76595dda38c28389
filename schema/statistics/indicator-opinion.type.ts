import { Field, Int, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';
import { TeamPosition, VoicePosition } from './indicator.enums.js';

@ObjectType({
  description:
    'What a district’s team says of an indicator: what the voices of its members come to, each counted once. It is public, and so is who does not agree.',
})
export class IndicatorOpinion {
  @Field(() => TeamPosition, { description: 'What the voices come to.' })
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
    'What a member of a team says of an indicator, for themselves. Nobody else changes it, and what they said earlier stays to be read.',
})
export class IndicatorVoice {
  @Field(() => VoicePosition, {
    description: 'Whether the member is for it, against it, or has reservations.',
  })
  position!: string;

  @Field(() => String, { nullable: true, description: 'What the member has to say of it; null if nothing.' })
  words!: string | null;

  @Field(() => Day, { description: 'The day on which the member said so, in Paris.' })
  statedOn!: Date;

  @Field(() => Int, {
    description:
      'Which of the member’s statements it is, counted from 1; the last one counts. `stateOpinion` sends it back as `expectedVersion`.',
  })
  version!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'What the member is called. The team’s social workers read it, and everyone where the member wishes so. Null for anyone else, and for voices from before each member spoke in their own name.',
  })
  name!: string | null;
}

@ObjectType({ description: 'What a member of a team had said of an indicator before they restated it.' })
export class EarlierVoice {
  @Field(() => VoicePosition, {
    description: 'Whether the member was for it, against it, or had reservations.',
  })
  position!: string;

  @Field(() => String, { nullable: true, description: 'What the member had to say of it; null if nothing.' })
  words!: string | null;

  @Field(() => Day, { description: 'The day on which the member said so, in Paris.' })
  statedOn!: Date;

  @Field(() => Int, { description: 'Which of the member’s statements it is, counted from 1.' })
  version!: number;
}
