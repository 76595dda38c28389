import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as words from '../../src/services/statistics/words.js';
import { ConfirmWordsInput, WithdrawWordsInput } from './words.input.js';
import { TeamWords } from './words.type.js';

@Resolver(() => TeamWords)
export class TeamWordsResolver {
  @Mutation(() => TeamWords, {
    nullable: true,
    description:
      'Says that the viewer has read words of a team, which everyone reads from then on. Another member of the team than the author may, and a technical adviser. Until then the county’s workers read them.',
  })
  confirmWords(@Ctx() op: Operation, @Arg('input', () => ConfirmWordsInput) input: ConfirmWordsInput) {
    return words.confirmWords(op, input);
  }

  @Mutation(() => TeamWords, {
    nullable: true,
    description:
      'Withdraws words of a team: the original is gone, and everyone reads « retiré le … » in its place. A proposal that is not decided on is refused with it; one that was adopted keeps its words. The team is told. A technical adviser or the data protection officer may.',
  })
  withdrawWords(@Ctx() op: Operation, @Arg('input', () => WithdrawWordsInput) input: WithdrawWordsInput) {
    return words.withdrawWords(op, input);
  }
}
