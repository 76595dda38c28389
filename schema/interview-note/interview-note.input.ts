import { Field, ID, InputType, Int } from 'type-graphql';
import type {
  HandoverAnswer as HandoverAnswerValue,
  KeepReason as KeepReasonValue,
} from '../../prisma/generated/enums.js';
import { Day } from '../scalars.js';
import { HandoverAnswer, KeepReason } from './interview-note.enums.js';

@InputType()
export class WriteNoteInput {
  @Field(() => ID)
  caseId!: string;

  @Field(() => String, {
    description: 'At most 50,000 characters. Nothing forces an order on the interview.',
  })
  body!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'A draft is its author’s alone, and is never handed over.',
  })
  draft?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Leaves it out of what its author hands over after a reassignment.',
  })
  keepBack?: boolean | null;
}

@InputType()
export class AmendNoteInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Unchanged unless given.' })
  body?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Makes a draft final.' })
  finalise?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Unchanged unless given.' })
  keepBack?: boolean | null;
}

@InputType()
export class OfferHandoverInput {
  @Field(() => ID)
  caseId!: string;

  @Field(() => ID)
  toWorkerId!: string;

  @Field(() => [ID])
  noteIds!: string[];
}

@InputType()
export class AcceptHandoverInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class WithdrawHandoverInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class AnswerHandoverTaskInput {
  @Field(() => ID)
  id!: string;

  @Field(() => HandoverAnswer)
  answer!: HandoverAnswerValue;

  @Field(() => Day, {
    nullable: true,
    description: 'Handed over: the notes written since that day in Europe/Paris. All of them when absent.',
  })
  since?: Date | null;

  @Field(() => KeepReason, { nullable: true, description: 'With NO.' })
  reason?: KeepReasonValue | null;
}
