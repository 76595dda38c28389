import { Field, ID, ObjectType } from 'type-graphql';
import { Day } from '../scalars.js';

@ObjectType({
  description:
    'An error that was found in a frozen figure, or in a published report. The figure stays: a new one beside it would show who was added or left out. One worker writes it and another signs it; then everyone can read it.',
})
export class Erratum {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The month, as in `2026-03`, the quarter, as in `2026-Q1`, or the year, as in `2026`.',
  })
  period!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The `code` of the indicator; null is the report of that year.',
  })
  indicator!: string | null;

  @Field(() => String, { nullable: true, description: 'The error and its cause, in French.' })
  textFr!: string;

  @Field(() => String, { nullable: true, description: 'The same in English; null if there is none.' })
  textEn!: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the report is not to be used any more.' })
  recalls!: boolean;

  @Field(() => String, { nullable: true, description: 'The name of the worker who wrote it.' })
  proposedBy!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The name of the worker who signed it; null until then.',
  })
  signedBy!: string | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The day on which it was signed, in Paris; null until then.',
  })
  publishedOn!: Date | null;

  @Field(() => Day, {
    nullable: true,
    description:
      'The first day on which nobody signs it any more, sixty days after it was written; null once it is published.',
  })
  lapsesOn!: Date | null;
}
