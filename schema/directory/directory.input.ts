import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({
  description: 'A row, and the version of it that was last read. It is for mutations that need nothing else.',
})
export class VersionedInput {
  @Field(() => ID, { description: 'The `id` of what the mutation changes.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;
}

@InputType({ description: 'The client, and the scope that it loses.' })
export class WithdrawScopeInput {
  @Field(() => ID, { description: 'The `id` of the client.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String, { description: 'The scope to withdraw, such as `booking`.' })
  scope!: string;
}

@InputType({ description: 'A suspension, for a mutation that needs nothing else.' })
export class SuspensionInput {
  @Field(() => ID, { description: 'The `id` of the suspension.' })
  id!: string;
}

@InputType({ description: 'The suspension that is to stay, and who succeeds an officer.' })
export class ConfirmSuspensionInput {
  @Field(() => ID, { description: 'The `id` of the suspension.' })
  id!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'Another worker who is data protection officer today. It is required if the suspension takes an officer away.',
  })
  successorId?: string | null;
}
