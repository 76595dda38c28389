import { Field, ID, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';

@ObjectType({
  description:
    'What was found wrong in a figure that is frozen, or in a report that is published. The figure stays: a new one beside it would show who was added or left out. Signed by two, it is everyone’s.',
})
export class Erratum {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => String, { nullable: true, description: 'A month, `2026-03`, or a year, `2026`.' })
  period!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The indicator’s code; null is the report of that year.',
  })
  indicator!: string | null;

  @Field(() => String, { nullable: true })
  textFr!: string;

  @Field(() => String, { nullable: true })
  textEn!: string | null;

  @Field(() => Boolean, { nullable: true, description: 'The report is not to be used any more.' })
  recalls!: boolean;

  @Field(() => String, { nullable: true, description: 'The name of who wrote it.' })
  proposedBy!: string;

  @Field(() => String, { nullable: true, description: 'The name of who signed it; null until then.' })
  signedBy!: string | null;

  @Field(() => Day, { nullable: true, description: 'The day on which it was signed; null until then.' })
  publishedOn!: Date | null;

  @Field(() => Day, {
    nullable: true,
    description: 'From this day on nobody signs it any more; null once it is published.',
  })
  lapsesOn!: Date | null;
}
