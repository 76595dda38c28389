import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadCase, loadKnownCase } from '../../src/services/cases.js';
import { loadWorker } from '../../src/services/directory.js';
import * as tasks from '../../src/services/handover-tasks.js';
import * as handovers from '../../src/services/handovers.js';
import * as notes from '../../src/services/interview-notes.js';
import { Case } from '../case/case.type.js';
import { Worker } from '../directory/directory.type.js';
import {
  AcceptHandoverInput,
  AmendNoteInput,
  AnswerHandoverTaskInput,
  OfferHandoverInput,
  WithdrawHandoverInput,
  WriteNoteInput,
} from './interview-note.input.js';
import { Handover, HandoverTask, InterviewNote } from './interview-note.type.js';

@Resolver(() => InterviewNote)
export class InterviewNoteResolver {
  @FieldResolver(() => String, { nullable: true })
  body(@Ctx() op: Operation, @Root() note: notes.NoteRow) {
    return notes.openNote(op, note);
  }

  @FieldResolver(() => Worker, { nullable: true })
  author(@Ctx() op: Operation, @Root() note: notes.NoteRow) {
    return loadWorker(op, note.authorId);
  }

  @FieldResolver(() => Case, { nullable: true })
  case(@Ctx() op: Operation, @Root() note: notes.NoteRow) {
    return loadCase(op, note.caseId);
  }

  @Mutation(() => InterviewNote, { nullable: true, description: 'On a case assigned to the viewer.' })
  writeNote(@Ctx() op: Operation, @Arg('input', () => WriteNoteInput) input: WriteNoteInput) {
    return notes.writeNote(op, input);
  }

  @Mutation(() => InterviewNote, { nullable: true, description: 'One’s own note, while one reads it.' })
  amendNote(@Ctx() op: Operation, @Arg('input', () => AmendNoteInput) input: AmendNoteInput) {
    return notes.amendNote(op, input);
  }
}

@Resolver(() => Handover)
export class HandoverResolver {
  @Query(() => [Handover], {
    nullable: true,
    description: 'Offered to the viewer and not yet accepted, the oldest first.',
  })
  pendingHandovers(@Ctx() op: Operation) {
    return handovers.listPendingHandovers(op);
  }

  @FieldResolver(() => Case, { nullable: true })
  case(@Ctx() op: Operation, @Root() handover: handovers.HandoverRow) {
    return loadKnownCase(op, handover.caseId);
  }

  @FieldResolver(() => Worker, { nullable: true })
  fromWorker(@Ctx() op: Operation, @Root() handover: handovers.HandoverRow) {
    return loadWorker(op, handover.fromWorkerId);
  }

  @FieldResolver(() => Worker, { nullable: true })
  toWorker(@Ctx() op: Operation, @Root() handover: handovers.HandoverRow) {
    return loadWorker(op, handover.toWorkerId);
  }

  @Mutation(() => Handover, {
    nullable: true,
    description: 'By the assigned worker, before the case is reassigned.',
  })
  offerHandover(@Ctx() op: Operation, @Arg('input', () => OfferHandoverInput) input: OfferHandoverInput) {
    return handovers.offerHandover(op, input);
  }

  @Mutation(() => Handover, { nullable: true, description: 'By the one who has taken the case.' })
  acceptHandover(@Ctx() op: Operation, @Arg('input', () => AcceptHandoverInput) input: AcceptHandoverInput) {
    return handovers.acceptHandover(op, input);
  }

  @Mutation(() => Handover, { nullable: true, description: 'By who offered it, until it is accepted.' })
  withdrawHandover(
    @Ctx() op: Operation,
    @Arg('input', () => WithdrawHandoverInput) input: WithdrawHandoverInput,
  ) {
    return handovers.withdrawHandover(op, input);
  }
}

@Resolver(() => HandoverTask)
export class HandoverTaskResolver {
  @Query(() => [HandoverTask], {
    nullable: true,
    description: 'Of cases that were the viewer’s and were reassigned, the oldest first.',
  })
  handoverTasks(@Ctx() op: Operation) {
    return tasks.listHandoverTasks(op);
  }

  @Query(() => [HandoverTask], {
    nullable: true,
    description:
      'Of the viewer’s cases: what who had them before did not hand over, and why; the latest first. The person is told, who may ask for their own file.',
  })
  refusedHandovers(@Ctx() op: Operation) {
    return tasks.listRefusedHandovers(op);
  }

  @FieldResolver(() => Worker, { nullable: true })
  worker(@Ctx() op: Operation, @Root() task: tasks.HandoverTaskRow) {
    return loadWorker(op, task.workerId);
  }

  @FieldResolver(() => Worker, { nullable: true })
  toWorker(@Ctx() op: Operation, @Root() task: tasks.HandoverTaskRow) {
    return loadWorker(op, task.toWorkerId);
  }

  @Mutation(() => HandoverTask, {
    nullable: true,
    description:
      'After a reassignment: offers the final notes that one wrote or was handed to who has the case now, without reading them again, but for those kept back; or says why not.',
  })
  answerHandoverTask(
    @Ctx() op: Operation,
    @Arg('input', () => AnswerHandoverTaskInput) input: AnswerHandoverTaskInput,
  ) {
    return tasks.answerHandoverTask(op, input);
  }
}
