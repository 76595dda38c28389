import { Query, Resolver } from 'type-graphql';
import { FOR_THIRD_PARTIES } from '../../src/services/reception/sentences.js';
import { Sentence } from './sentence.type.js';

@Resolver(() => Sentence)
export class SentenceResolver {
  @Query(() => Sentence, {
    nullable: true,
    description: 'The sentence for every third party who asks about someone, known or not.',
  })
  sentenceForThirdParties() {
    return FOR_THIRD_PARTIES;
  }
}
