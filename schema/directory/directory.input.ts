import { Field, ID, InputType, Int } from 'type-graphql';

@InputType()
export class VersionedInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;
}

@InputType()
export class WithdrawScopeInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String)
  scope!: string;
}
