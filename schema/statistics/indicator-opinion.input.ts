import { Field, ID, InputType, Int } from 'type-graphql';
import type { VoicePosition as PositionValue } from '../../prisma/generated/enums.js';
import { VoicePosition } from './indicator.enums.js';

@InputType()
export class StateOpinionInput {
  @Field(() => ID)
  id!: string;

  @Field(() => ID, { description: 'In whose team one speaks: in one alone.' })
  districtId!: string;

  @Field(() => VoicePosition)
  position!: PositionValue;

  @Field(() => String, { nullable: true, description: 'Public: what one has to say of it.' })
  words?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether everyone may read the name beside the words; the team does anyway. Left out, it is as before: at first, no.',
  })
  named?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Of one’s own voice, to restate it; left out the first time.',
  })
  expectedVersion?: number | null;
}
