import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';

@ArgsType()
export class ActivityReportArgs {
  @Field(() => ID, { nullable: true, description: 'Left out, the county.' })
  districtId?: string | null;

  @Field(() => Int)
  year!: number;
}

@InputType()
export class WriteNarrativeInput {
  @Field(() => ID, { nullable: true, description: 'Left out, the county.' })
  districtId?: string | null;

  @Field(() => Int)
  year!: number;

  @Field(() => String, { description: 'Of the work and its circumstances: of no person, and of no worker.' })
  text!: string;

  @Field(() => String, { nullable: true, description: 'The same in English.' })
  textEn?: string | null;

  @Field(() => Int, { nullable: true, description: 'Of what is written anew; left out the first time.' })
  expectedVersion?: number | null;
}

@InputType()
export class DeclineNarrativeInput {
  @Field(() => ID, { nullable: true, description: 'Left out, the county.' })
  districtId?: string | null;

  @Field(() => Int)
  year!: number;

  @Field(() => Int, { nullable: true, description: 'Of what was written; left out the first time.' })
  expectedVersion?: number | null;
}

@InputType()
export class SignNarrativeInput {
  @Field(() => ID, { nullable: true, description: 'Left out, the county.' })
  districtId?: string | null;

  @Field(() => Int)
  year!: number;

  @Field(() => Int, { description: 'Of the text that was read: it is what one signs.' })
  expectedVersion!: number;
}

@InputType()
export class PublishActivityReportInput {
  @Field(() => ID, { nullable: true, description: 'Left out, the county.' })
  districtId?: string | null;

  @Field(() => Int)
  year!: number;

  @Field(() => Int, { description: 'Of the report that was read: no other is published.' })
  expectedVersion!: number;
}
