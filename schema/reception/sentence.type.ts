import { Field, InputType, ObjectType } from 'type-graphql';
import { LONGEST } from '../../src/services/operation/longest.js';
import { charactersOf } from '../characters-of.js';
import { PersonLookUpInput } from '../person/person.input.js';

@ObjectType({ description: 'A sentence that is the same for everyone who asks, and about everyone.' })
export class Sentence {
  @Field(() => String, { nullable: true, description: 'The sentence in French.' })
  fr!: string;

  @Field(() => String, { nullable: true, description: 'The sentence in English.' })
  en!: string;
}

@InputType({
  description:
    'The person that the message is about: the full name, and at least one other thing that is said of them.',
})
export class SendBlindMessageInput extends PersonLookUpInput {
  @Field(() => String, {
    description: `At most ${charactersOf(LONGEST.message)}: who to call back, and what cannot wait.`,
  })
  text!: string;
}
