import { Field, ID, InputType, Int } from 'type-graphql';
import type { VoicePosition as PositionValue } from '../../prisma/generated/enums.js';
import { LONGEST } from '../../src/services/operation/longest.js';
import { charactersOf } from '../characters-of.js';
import { VoicePosition } from './indicator.enums.js';

@InputType({ description: 'The words of a member of a team on an indicator.' })
export class StateOpinionInput {
  @Field(() => ID, { description: 'The `id` of the indicator.' })
  id!: string;

  @Field(() => ID, {
    description: 'The district in whose team the viewer speaks: of an indicator, in one alone.',
  })
  districtId!: string;

  @Field(() => VoicePosition, {
    description: 'Whether the viewer is for it, against it, or has reservations.',
  })
  position!: PositionValue;

  @Field(() => String, {
    nullable: true,
    description: `The viewer’s words on it, of no person. They are public once somebody else has read them (\`confirmWords\`). At most ${charactersOf(LONGEST.paragraph)}.`,
  })
  words?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether everyone may read the viewer’s name beside the words; the team may anyway. Left out, nothing changes; the first time it is no.',
  })
  named?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The `version` of the viewer’s own voice that was last read, to restate it; left out the first time. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED.',
  })
  expectedVersion?: number | null;
}
