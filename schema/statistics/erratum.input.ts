import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { LONGEST } from '../../src/services/operation/longest.js';
import { charactersOf } from '../characters-of.js';

@ArgsType()
export class ErrataArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'Only errata of this month, as in `2026-03`, quarter, as in `2026-Q1`, or year, as in `2026`.',
  })
  period?: string | null;

  @Field(() => String, { nullable: true, description: 'Only errata of the indicator with this `code`.' })
  indicator?: string | null;
}

@InputType({ description: 'An error that was found, to be published as an erratum.' })
export class ProposeErratumInput {
  @Field(() => String, {
    description: 'The month, as in `2026-03`, the quarter, as in `2026-Q1`, or the year, as in `2026`.',
  })
  period!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The `code` of the indicator. Left out, it is about the report of that year.',
  })
  indicator?: string | null;

  @Field(() => ID, { nullable: true, description: 'The district that it is about; the county unless given.' })
  districtId?: string | null;

  @Field(() => String, {
    description: `The error and its cause, in French, at most ${charactersOf(LONGEST.paragraph)}: of no person and of no worker.`,
  })
  textFr!: string;

  @Field(() => String, {
    nullable: true,
    description: `The same in English, at most ${charactersOf(LONGEST.paragraph)}.`,
  })
  textEn?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: the report is not to be used any more. Refused with `indicator`.',
  })
  recallsReport?: boolean | null;
}

@InputType({ description: 'An erratum that nobody has signed yet.' })
export class SignErratumInput {
  @Field(() => ID, { description: 'The `id` of the erratum.' })
  id!: string;
}

@InputType({ description: 'An erratum of the viewer’s own that nobody has signed yet.' })
export class WithdrawErratumInput {
  @Field(() => ID, { description: 'The `id` of the erratum.' })
  id!: string;
}
