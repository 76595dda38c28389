import { Field, ID, InputType, Int } from 'type-graphql';
import type {
  HandoverAnswer as HandoverAnswerValue,
  KeepReason as KeepReasonValue,
} from '../../prisma/generated/enums.js';
import { LONGEST } from '../../src/services/operation/longest.js';
import { charactersOf } from '../characters-of.js';
import { Day } from '../scalars.js';
import { HandoverAnswer, KeepReason } from './interview-note.enums.js';

@InputType({ description: 'A note, and the case that it is written in.' })
export class WriteNoteInput {
  @Field(() => ID, { description: 'A case that is assigned to the viewer.' })
  caseId!: string;

  @Field(() => String, {
    description: `The text, at most ${charactersOf(LONGEST.note)}. Nothing forces an order on the interview.`,
  })
  body!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True keeps it a draft, which only its author reads and nobody hands over; final unless given.',
  })
  draft?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True leaves it out of what its author hands over after a reassignment; false unless given.',
  })
  keepBack?: boolean | null;
}

@InputType({ description: 'The note, and what changes in it.' })
export class AmendNoteInput {
  @Field(() => ID, { description: 'The `id` of the note.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String, {
    nullable: true,
    description: `The new text, at most ${charactersOf(LONGEST.note)}; unchanged unless given.`,
  })
  body?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True makes a draft final, for good.' })
  finalise?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether its author leaves it out of what they hand over after a reassignment; unchanged unless given.',
  })
  keepBack?: boolean | null;
}

@InputType({ description: 'Notes that are to go along with a case.' })
export class OfferHandoverInput {
  @Field(() => ID, { description: 'A case that is assigned to the viewer.' })
  caseId!: string;

  @Field(() => ID, { description: 'The worker who will get the case.' })
  toWorkerId!: string;

  @Field(() => [ID], {
    description:
      'The notes, 1 to 200: final ones that the viewer wrote or was handed. Notes that only a release opened are refused.',
  })
  noteIds!: string[];
}

@InputType({ description: 'A handover that is offered to the viewer.' })
export class AcceptHandoverInput {
  @Field(() => ID, { description: 'The `id` of the handover.' })
  id!: string;
}

@InputType({ description: 'A handover that the viewer offered, and that is not accepted yet.' })
export class WithdrawHandoverInput {
  @Field(() => ID, { description: 'The `id` of the handover.' })
  id!: string;
}

@InputType({ description: 'The task, and the answer of the former worker.' })
export class AnswerHandoverTaskInput {
  @Field(() => ID, { description: 'The `id` of the task.' })
  id!: string;

  @Field(() => HandoverAnswer, { description: 'Whether the viewer hands the notes over.' })
  answer!: HandoverAnswerValue;

  @Field(() => Day, {
    nullable: true,
    description:
      'With HANDED_OVER: only notes that were written on this day in Paris or later; all of them unless given.',
  })
  since?: Date | null;

  @Field(() => KeepReason, {
    nullable: true,
    description: 'Why the viewer does not hand over; required with NO, and refused otherwise.',
  })
  reason?: KeepReasonValue | null;
}
