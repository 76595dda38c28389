import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as appointments from '../../src/services/appointments.js';
import * as cases from '../../src/services/cases.js';
import * as closing from '../../src/services/closing.js';
import { loadDistrict, loadWorker } from '../../src/services/directory.js';
import { listNotes } from '../../src/services/interview-notes.js';
import { loadNeedsOfCase } from '../../src/services/needs.js';
import { loadPersonsOfCase } from '../../src/services/persons.js';
import { loadReferralsOfCase } from '../../src/services/referrals.js';
import { AppointmentConnection } from '../appointment/appointment.connection.js';
import { Appointment } from '../appointment/appointment.type.js';
import { ConnectionArgs, connectionOf } from '../connection.js';
import { District, Worker } from '../directory/directory.type.js';
import { InterviewNoteConnection } from '../interview-note/interview-note.connection.js';
import { Referral } from '../orientation/referral.type.js';
import { Person } from '../person/person.type.js';
import { CaseSort } from './case.enums.js';
import { AssignCaseInput, CaseFilter, CloseCaseInput, OpenCaseInput, ReopenCaseInput } from './case.input.js';
import { Case, LooseEnds, Need } from './case.type.js';

const { Connection: CaseConnection } = connectionOf('Case', () => Case);

@ArgsType()
class CasesArgs extends ConnectionArgs {
  @Field(() => CaseFilter, { nullable: true })
  filter?: CaseFilter | null;

  @Field(() => CaseSort, { nullable: true })
  sort?: cases.CaseSort | null;
}

@Resolver(() => Case)
export class CaseResolver {
  @Query(() => Case, {
    nullable: true,
    description:
      'Null for what is missing and for what the viewer may not know of. Of cases that are not in the viewer’s own queue, one an operation.',
  })
  case(@Ctx() op: Operation, @Arg('id', () => ID) id: string) {
    return cases.lookUpCase(op, id);
  }

  @Query(() => Case, { nullable: true, description: 'By its reference, as `case`.' })
  caseByReference(@Ctx() op: Operation, @Arg('reference', () => String) reference: string) {
    return cases.lookUpCaseByReference(op, reference);
  }

  @Query(() => [Case], {
    nullable: true,
    description:
      'To route someone who was looked up: their cases in the viewer’s districts, the latest first, 20 at most; one person an operation. Logged.',
  })
  casesOfPerson(@Ctx() op: Operation, @Arg('personId', () => ID) personId: string) {
    return cases.lookUpCasesOfPerson(op, personId);
  }

  @Query(() => CaseConnection, {
    nullable: true,
    description:
      'One’s own queue, newest first: a worker’s own cases and those in which they stand in; a head’s without a worker; a person’s own. Never those of a district.',
  })
  cases(@Ctx() op: Operation, @Args(() => CasesArgs) args: CasesArgs) {
    return cases.listCases(op, args);
  }

  @FieldResolver(() => District, { nullable: true })
  district(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'Travailleur social référent.' })
  assignedWorker(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return row.assignedWorkerId === null ? null : loadWorker(op, row.assignedWorkerId);
  }

  @FieldResolver(() => [Person], { nullable: true })
  persons(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return loadPersonsOfCase(op, row);
  }

  @FieldResolver(() => [Need], {
    nullable: true,
    description: 'To who opened the case: those that they recorded, until someone is first assigned.',
  })
  needs(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return loadNeedsOfCase(op, row.id);
  }

  @FieldResolver(() => [Referral], { nullable: true, description: 'The latest first, 100 at most.' })
  referrals(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return loadReferralsOfCase(op, row.id);
  }

  @FieldResolver(() => InterviewNoteConnection, {
    nullable: true,
    description: 'Newest first: for the assigned worker alone.',
  })
  interviewNotes(
    @Ctx() op: Operation,
    @Root() row: cases.CaseRow,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ) {
    return listNotes(op, row, args);
  }

  @FieldResolver(() => AppointmentConnection, { nullable: true, description: 'By start.' })
  appointments(
    @Ctx() op: Operation,
    @Root() row: cases.CaseRow,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ) {
    return appointments.listAppointmentsOfCase(op, row, args);
  }

  @FieldResolver(() => Appointment, { nullable: true, description: 'The next one that is booked.' })
  nextAppointment(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return appointments.loadNextAppointment(op, row);
  }

  @Mutation(() => Case, { nullable: true })
  openCase(@Ctx() op: Operation, @Arg('input', () => OpenCaseInput) input: OpenCaseInput) {
    return cases.openCase(op, input);
  }

  @Mutation(() => Case, { nullable: true, description: 'The head allocates, never to themselves.' })
  assignCase(@Ctx() op: Operation, @Arg('input', () => AssignCaseInput) input: AssignCaseInput) {
    return cases.assignCase(op, input);
  }

  @Mutation(() => Case, { nullable: true, description: 'Opens nothing that was written before.' })
  reassignCase(@Ctx() op: Operation, @Arg('input', () => AssignCaseInput) input: AssignCaseInput) {
    return cases.reassignCase(op, input);
  }

  @FieldResolver(() => LooseEnds, { nullable: true, description: 'For the assigned worker, who closes.' })
  looseEnds(@Root() row: cases.CaseRow) {
    return row;
  }

  @Mutation(() => Case, {
    nullable: true,
    description:
      'Its assigned worker stays. What is loose is ended before, or named in `leaving`; else it is a CONFLICT with the reason LOOSE_ENDS and their ids in `looseEnds`.',
  })
  closeCase(@Ctx() op: Operation, @Arg('input', () => CloseCaseInput) input: CloseCaseInput) {
    return closing.closeCase(op, input);
  }

  @Mutation(() => Case, {
    nullable: true,
    description:
      'By the assigned worker; by the head, if nobody is assigned or the assigned worker has left. It opens no notes.',
  })
  reopenCase(@Ctx() op: Operation, @Arg('input', () => ReopenCaseInput) input: ReopenCaseInput) {
    return closing.reopenCase(op, input);
  }
}

@Resolver(() => LooseEnds)
export class LooseEndsResolver {
  @FieldResolver(() => [Appointment], {
    nullable: true,
    description: 'Booked and not over, by start; 100 at most.',
  })
  appointments(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return closing.loadLooseAppointments(op, row);
  }

  @FieldResolver(() => [Need], {
    nullable: true,
    description: 'Not ended by today, the oldest first; 100 at most.',
  })
  needs(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return closing.loadLooseNeeds(op, row);
  }
}
