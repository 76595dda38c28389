import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as moves from '../../src/services/case/case-moves.js';
import type { CaseRow } from '../../src/services/case/cases.js';
import * as planned from '../../src/services/case/planned-reassignments.js';
import { loadWorker } from '../../src/services/directory/directory.js';
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
    description:
      'Planned reassignments by which a case will come to the viewer, the first to come first; 100 at most.',
  })
  casesToCome(@Ctx() op: Operation) {
    return planned.listCasesToCome(op);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The worker who will have the case.' })
  toWorker(@Ctx() op: Operation, @Root() row: planned.PlannedReassignmentRow) {
    return loadWorker(op, row.toWorkerId);
  }

  @Mutation(() => PlannedReassignment, {
    nullable: true,
    description:
      'Plans that a case goes to another worker at a given time. Only the head may. Until then the worker who has the case chooses which notes to hand over. Both workers are told.',
  })
  planReassignment(
    @Ctx() op: Operation,
    @Arg('input', () => PlanReassignmentInput) input: PlanReassignmentInput,
  ) {
    return planned.planReassignment(op, input);
  }

  @Mutation(() => PlannedReassignment, {
    nullable: true,
    description: 'Withdraws a planned reassignment. Only the head may. Both workers are told.',
  })
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
    description:
      'The plan by which the case goes to another worker; null if there is none. Only the assigned worker and the head read it.',
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
      'The result that `reassignCases` would have for each case. The question changes nothing. One worker per operation. Logged.',
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
      'Gives cases of a worker who is away or leaves to other workers, all of them or none. Only the head may. It opens nothing that was written earlier.',
  })
  reassignCases(@Ctx() op: Operation, @Arg('input', () => ReassignCasesInput) input: ReassignCasesInput) {
    return moves.reassignCases(op, input);
  }
}
