import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { sendBlindMessage } from '../../src/services/blind-messages.js';
import { FOR_THIRD_PARTIES } from '../../src/services/sentences.js';
import { SendBlindMessageInput, Sentence } from './sentence.type.js';

@Resolver(() => Sentence)
export class SentenceResolver {
  @Query(() => Sentence, {
    nullable: true,
    description: 'What is said to every third party who asks about someone, known or not.',
  })
  sentenceForThirdParties() {
    return FOR_THIRD_PARTIES;
  }

  @Mutation(() => Sentence, {
    nullable: true,
    description:
      'To whoever follows the person, wherever that is, without a word of whether anybody does: technical advisers, and social workers who receive today. The answer is the same for everyone. It counts as a look-up.',
  })
  sendBlindMessage(
    @Ctx() op: Operation,
    @Arg('input', () => SendBlindMessageInput) input: SendBlindMessageInput,
  ) {
    return sendBlindMessage(op, input);
  }
}
