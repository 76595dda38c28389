import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as moves from '../../src/services/case-moves.js';
import type { CaseRow } from '../../src/services/cases.js';
import { loadWorker } from '../../src/services/directory.js';
import * as planned from '../../src/services/planned-reassignments.js';
import { Worker } from '../directory/directory.type.js';
import { Case } from './case.type.js';
import {
  PlanReassignmentInput,
  ReassignCasesInput,
  WithdrawPlannedReassignmentInput,
} from './reassignment.input.js';
import { CaseMove, PlannedReassignment } from './reassignment.type.js';

@Resolver(() => PlannedReassignment)
export class PlannedReassignmentResolver {
  @Query(() => [PlannedReassignment], {
    nullable: true,
    description: 'By which a case will come to the viewer, the first to come first.',
  })
  casesToCome(@Ctx() op: Operation) {
    return planned.listCasesToCome(op);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'To whom it goes.' })
  toWorker(@Ctx() op: Operation, @Root() row: planned.PlannedReassignmentRow) {
    return loadWorker(op, row.toWorkerId);
  }

  @Mutation(() => PlannedReassignment, {
    nullable: true,
    description:
      'By the head: the case goes to another worker at a time, so that its author chooses what to hand over while they read it. Both are told.',
  })
  planReassignment(
    @Ctx() op: Operation,
    @Arg('input', () => PlanReassignmentInput) input: PlanReassignmentInput,
  ) {
    return planned.planReassignment(op, input);
  }

  @Mutation(() => PlannedReassignment, { nullable: true, description: 'By the head. Both workers are told.' })
  withdrawPlannedReassignment(
    @Ctx() op: Operation,
    @Arg('input', () => WithdrawPlannedReassignmentInput) input: WithdrawPlannedReassignmentInput,
  ) {
    return planned.withdrawPlannedReassignment(op, input);
  }
}

@Resolver(() => Case)
export class CaseReassignmentResolver {
  @FieldResolver(() => PlannedReassignment, {
    nullable: true,
    description: 'For the assigned worker and the head: that it is to go to another worker.',
  })
  plannedReassignment(@Ctx() op: Operation, @Root() row: CaseRow) {
    return planned.loadPlannedReassignmentOf(op, row);
  }
}

@Resolver(() => CaseMove)
export class CaseMoveResolver {
  @Query(() => [CaseMove], {
    nullable: true,
    description:
      'What `reassignCases` would do with each case; it changes nothing. One worker an operation. Logged.',
  })
  previewReassignments(
    @Ctx() op: Operation,
    @Arg('input', () => ReassignCasesInput) input: ReassignCasesInput,
  ) {
    return moves.previewReassignments(op, input);
  }

  @Mutation(() => [CaseMove], {
    nullable: true,
    description:
      'By the head: cases of a worker who is away or leaves go to others, all or none. Opens nothing that was written before.',
  })
  reassignCases(@Ctx() op: Operation, @Arg('input', () => ReassignCasesInput) input: ReassignCasesInput) {
    return moves.reassignCases(op, input);
  }
}
