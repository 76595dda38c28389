import { Field, ID, InputType, Int } from 'type-graphql';
import type { ReopeningReason as ReopeningReasonValue } from '../../src/services/appointment/closing.js';
import { ReopeningReason } from './appointment.enums.js';

@InputType({ description: 'The case to close, and what stays loose in it.' })
export class CloseCaseInput {
  @Field(() => ID, { description: 'An open case that is assigned to the viewer.' })
  caseId!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => [ID], {
    nullable: true,
    description: 'The ids, from `looseEnds`, of all that stays as it is; 200 at most.',
  })
  leaving?: string[] | null;
}

@InputType({ description: 'The case to reopen, and why.' })
export class ReopenCaseInput {
  @Field(() => ID, { description: 'A closed case.' })
  caseId!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => ReopeningReason, { description: 'Why it is reopened. It stands in the access log.' })
  reason!: ReopeningReasonValue;
}
