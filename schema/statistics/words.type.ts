import { Field, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';

@ObjectType({
  description:
    'The days on which words of a team were read and withdrawn: a proposal, a voice, an observation or a text of a report.',
})
export class TeamWords {
  @Field(() => Day, {
    nullable: true,
    description:
      'The day on which somebody else than the author had read them, in Paris: since then everyone reads them. Null for a text of a report.',
  })
  confirmedOn!: Date | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The day on which they were withdrawn, in Paris; null unless they were.',
  })
  withdrawnOn!: Date | null;
}
