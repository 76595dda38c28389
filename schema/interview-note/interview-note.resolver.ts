import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadCase, loadKnownCase } from '../../src/services/case/cases.js';
import { loadWorker } from '../../src/services/directory/directory.js';
import * as tasks from '../../src/services/interview-note/handover-tasks.js';
import * as handovers from '../../src/services/interview-note/handovers.js';
import * as notes from '../../src/services/interview-note/interview-notes.js';
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
  @FieldResolver(() => String, { nullable: true, description: 'The text of the note.' })
  body(@Ctx() op: Operation, @Root() note: notes.NoteRow) {
    return notes.openNote(op, note);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The worker who wrote it.' })
  author(@Ctx() op: Operation, @Root() note: notes.NoteRow) {
    return loadWorker(op, note.authorId);
  }

  @FieldResolver(() => Case, { nullable: true, description: 'The case that the note belongs to.' })
  case(@Ctx() op: Operation, @Root() note: notes.NoteRow) {
    return loadCase(op, note.caseId);
  }

  @Mutation(() => InterviewNote, {
    nullable: true,
    description: 'Writes an interview note in a case that is assigned to the viewer.',
  })
  writeNote(@Ctx() op: Operation, @Arg('input', () => WriteNoteInput) input: WriteNoteInput) {
    return notes.writeNote(op, input);
  }

  @Mutation(() => InterviewNote, {
    nullable: true,
    description: 'Changes a note of the viewer’s own, as long as they may read it.',
  })
  amendNote(@Ctx() op: Operation, @Arg('input', () => AmendNoteInput) input: AmendNoteInput) {
    return notes.amendNote(op, input);
  }
}

@Resolver(() => Handover)
export class HandoverResolver {
  @Query(() => [Handover], {
    nullable: true,
    description:
      'Handovers that are offered to the viewer and not yet accepted, the oldest first; 100 at most.',
  })
  pendingHandovers(@Ctx() op: Operation) {
    return handovers.listPendingHandovers(op);
  }

  @FieldResolver(() => Case, { nullable: true, description: 'The case that the notes belong to.' })
  case(@Ctx() op: Operation, @Root() handover: handovers.HandoverRow) {
    return loadKnownCase(op, handover.caseId);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The worker who offers the notes.' })
  fromWorker(@Ctx() op: Operation, @Root() handover: handovers.HandoverRow) {
    return loadWorker(op, handover.fromWorkerId);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The worker who is offered the notes.' })
  toWorker(@Ctx() op: Operation, @Root() handover: handovers.HandoverRow) {
    return loadWorker(op, handover.toWorkerId);
  }

  @Mutation(() => Handover, {
    nullable: true,
    description:
      'Offers notes to the worker who will get the case. Only the assigned worker may, before the case is reassigned.',
  })
  offerHandover(@Ctx() op: Operation, @Arg('input', () => OfferHandoverInput) input: OfferHandoverInput) {
    return handovers.offerHandover(op, input);
  }

  @Mutation(() => Handover, {
    nullable: true,
    description:
      'Accepts the notes of a handover. Only the worker who has got the case may. A note that was changed since the offer stays closed.',
  })
  acceptHandover(@Ctx() op: Operation, @Arg('input', () => AcceptHandoverInput) input: AcceptHandoverInput) {
    return handovers.acceptHandover(op, input);
  }

  @Mutation(() => Handover, {
    nullable: true,
    description: 'Takes a handover back, until it is accepted. Only the worker who offered it may.',
  })
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
    description:
      'Cases that the viewer had, that were reassigned, and that wait for the viewer’s answer; the oldest first, 100 at most.',
  })
  handoverTasks(@Ctx() op: Operation) {
    return tasks.listHandoverTasks(op);
  }

  @Query(() => [HandoverTask], {
    nullable: true,
    description:
      'Cases of the viewer whose former worker did not hand over, and why; the latest first, 100 at most. The viewer tells the person, who may ask for their own file.',
  })
  refusedHandovers(@Ctx() op: Operation) {
    return tasks.listRefusedHandovers(op);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The former worker of the case.' })
  worker(@Ctx() op: Operation, @Root() task: tasks.HandoverTaskRow) {
    return loadWorker(op, task.workerId);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The worker who got the case.' })
  toWorker(@Ctx() op: Operation, @Root() task: tasks.HandoverTaskRow) {
    return loadWorker(op, task.toWorkerId);
  }

  @Mutation(() => HandoverTask, {
    nullable: true,
    description:
      'Answers after a reassignment. HANDED_OVER offers the worker who has the case all final notes that the viewer wrote or was handed, except those kept back. The viewer does not read them again. NO says why not.',
  })
  answerHandoverTask(
    @Ctx() op: Operation,
    @Arg('input', () => AnswerHandoverTaskInput) input: AnswerHandoverTaskInput,
  ) {
    return tasks.answerHandoverTask(op, input);
  }
}
