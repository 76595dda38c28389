import { ArgsType, Field, ID, InputType } from 'type-graphql';

@ArgsType()
export class ErrataArgs {
  @Field(() => String, { nullable: true, description: 'A month, `2026-03`, or a year, `2026`.' })
  period?: string | null;

  @Field(() => String, { nullable: true, description: 'Its code.' })
  indicator?: string | null;
}

@InputType()
export class ProposeErratumInput {
  @Field(() => String, { description: 'A month, `2026-03`, or a year, `2026`.' })
  period!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The indicator’s code; left out, the report of that year.',
  })
  indicator?: string | null;

  @Field(() => ID, { nullable: true, description: 'Left out, the county.' })
  districtId?: string | null;

  @Field(() => String, {
    description: 'What is wrong, and why: of no person and of no worker. At most 2,000 characters.',
  })
  textFr!: string;

  @Field(() => String, { nullable: true })
  textEn?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Of a report: it is not to be used any more.' })
  recallsReport?: boolean | null;
}

@InputType()
export class SignErratumInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class WithdrawErratumInput {
  @Field(() => ID)
  id!: string;
}
