import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as absences from '../../src/services/absences.js';
import { loadWorker } from '../../src/services/directory.js';
import { Worker } from '../directory/directory.type.js';
import { ChangeAbsenceInput, ContradictAbsenceInput, DeclareAbsenceInput } from './case.input.js';
import { Absence } from './case.type.js';

@Resolver(() => Absence)
export class AbsenceResolver {
  @Query(() => [Absence], {
    nullable: true,
    description: 'In force or to come in a district that the viewer heads; who is back first comes first.',
  })
  absences(@Ctx() op: Operation, @Arg('districtId', () => ID) districtId: string) {
    return absences.listAbsences(op, districtId);
  }

  @Query(() => [Absence], {
    nullable: true,
    description: 'What is declared about the viewer and not over, by start.',
  })
  myAbsences(@Ctx() op: Operation) {
    return absences.listMyAbsences(op);
  }

  @FieldResolver(() => Worker, { nullable: true })
  worker(@Ctx() op: Operation, @Root() absence: absences.AbsenceRow) {
    return loadWorker(op, absence.workerId);
  }

  @Mutation(() => Absence, { nullable: true, description: 'By the head. The worker is told at once.' })
  declareAbsence(@Ctx() op: Operation, @Arg('input', () => DeclareAbsenceInput) input: DeclareAbsenceInput) {
    return absences.declareAbsence(op, input);
  }

  @Mutation(() => Absence, {
    nullable: true,
    description: 'By the head: moves the end of one that is not over. The worker is told at once.',
  })
  changeAbsence(@Ctx() op: Operation, @Arg('input', () => ChangeAbsenceInput) input: ChangeAbsenceInput) {
    return absences.changeAbsence(op, input);
  }

  @Mutation(() => Absence, {
    nullable: true,
    description:
      'By the worker about whom it is declared: it opens no notes, and what it has opened closes. A relay goes on.',
  })
  contradictAbsence(
    @Ctx() op: Operation,
    @Arg('input', () => ContradictAbsenceInput) input: ContradictAbsenceInput,
  ) {
    return absences.contradictAbsence(op, input);
  }
}
