import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as words from '../../src/services/person/contact-words.js';
import type { PersonRow } from '../../src/services/person/persons.js';
import { AnswerContactWordInput, ContactWord } from './contact-word.type.js';
import { Person } from './person.type.js';

/** Hardly anyone has more than one or two. */
const COST_OF_WORDS = 2;

@Resolver(() => Person)
export class ContactWordResolver {
  @FieldResolver(() => [ContactWord], {
    nullable: true,
    complexity: COST_OF_WORDS,
    description:
      'What others have said of how the person is reached, while the worker who follows the person has not answered; the first said first, 20 at most. For the workers who follow the person.',
  })
  contactWords(@Ctx() op: Operation, @Root() person: PersonRow) {
    return words.loadContactWords(op, person);
  }

  @Mutation(() => Person, {
    nullable: true,
    description:
      'Agrees to what another has said of how a person is reached, or takes it back. Only the assigned worker of the person’s oldest case agrees. The author, and the assigned worker of the case in which it was said, may take it back too.',
  })
  answerContactWord(
    @Ctx() op: Operation,
    @Arg('input', () => AnswerContactWordInput) input: AnswerContactWordInput,
  ) {
    return words.answerContactWord(op, input);
  }
}
