import { Field, ID, InputType, Int } from 'type-graphql';
import type { WordsOf as WordsOfValue } from '../../src/services/statistics/words.js';
import { WordsOf } from './indicator.enums.js';

@InputType({ description: 'The words of a team that the viewer has read.' })
export class ConfirmWordsInput {
  @Field(() => WordsOf, { description: 'The kind of the words.' })
  of!: WordsOfValue;

  @Field(() => ID, { description: 'The `id` of the indicator, of the voice or of the observation.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'For a VOICE: the `version` that was read.' })
  version?: number | null;
}

@InputType({ description: 'The words of a team that are to be withdrawn.' })
export class WithdrawWordsInput {
  @Field(() => WordsOf, { description: 'The kind of the words.' })
  of!: WordsOfValue;

  @Field(() => ID, {
    description: 'The `id` of the indicator, of the voice, of the observation or of the report.',
  })
  id!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'For a VOICE, the `version` that is to be withdrawn; for a NARRATIVE, the `textVersion`.',
  })
  version?: number | null;
}
