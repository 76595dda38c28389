import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as absences from '../../src/services/case/absences.js';
import { loadStandIns } from '../../src/services/case/stand-ins.js';
import { loadWorker } from '../../src/services/directory/directory.js';
import { Worker } from '../directory/directory.type.js';
import { ChangeAbsenceInput, ContradictAbsenceInput, DeclareAbsenceInput } from './case.input.js';
import { Absence } from './case.type.js';

@Resolver(() => Absence)
export class AbsenceResolver {
  @Query(() => [Absence], {
    nullable: true,
    description:
      'Absences in force or to come in a district, the first to end first; 100 at most. Only its head sees any.',
  })
  absences(
    @Ctx() op: Operation,
    @Arg('districtId', () => ID, { description: 'A district that the viewer heads.' }) districtId: string,
  ) {
    return absences.listAbsences(op, districtId);
  }

  @Query(() => [Absence], {
    nullable: true,
    description:
      'Absences declared about the viewer that are not over, by start; 100 at most. A past absence is listed as well, as long as a release that it allowed still stands.',
  })
  myAbsences(@Ctx() op: Operation) {
    return absences.listMyAbsences(op);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The worker who is declared absent.' })
  worker(@Ctx() op: Operation, @Root() absence: absences.AbsenceRow) {
    return loadWorker(op, absence.workerId);
  }

  @FieldResolver(() => [Worker], {
    nullable: true,
    description:
      'Social workers who could stand in, by name: they are in the district during the whole absence, are not absent, and stand in for nobody else then. Empty for a departure. Only the head of the district may read it. Nobody is chosen by it: `openRelay` opens a relay.',
  })
  proposedStandIns(@Ctx() op: Operation, @Root() absence: absences.AbsenceRow) {
    return loadStandIns(op, absence);
  }

  @Mutation(() => Absence, {
    nullable: true,
    description:
      'Declares the absence or departure of a worker. Only the head may. The worker is told at once.',
  })
  declareAbsence(@Ctx() op: Operation, @Arg('input', () => DeclareAbsenceInput) input: DeclareAbsenceInput) {
    return absences.declareAbsence(op, input);
  }

  @Mutation(() => Absence, {
    nullable: true,
    description:
      'Moves the end of an absence that is not over. Only the head may. The worker is told at once.',
  })
  changeAbsence(@Ctx() op: Operation, @Arg('input', () => ChangeAbsenceInput) input: ChangeAbsenceInput) {
    return absences.changeAbsence(op, input);
  }

  @Mutation(() => Absence, {
    nullable: true,
    description:
      'Says that an absence declared about the viewer is not so. From then on it opens no notes, and the notes that it opened are closed. A relay goes on.',
  })
  contradictAbsence(
    @Ctx() op: Operation,
    @Arg('input', () => ContradictAbsenceInput) input: ContradictAbsenceInput,
  ) {
    return absences.contradictAbsence(op, input);
  }
}
