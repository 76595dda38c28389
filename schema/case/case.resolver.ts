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
import * as appointments from '../../src/services/appointment/appointments.js';
import * as closing from '../../src/services/appointment/closing.js';
import * as cases from '../../src/services/case/cases.js';
import { loadNeedsOfCase } from '../../src/services/case/needs.js';
import { loadDistrict, loadWorker } from '../../src/services/directory/directory.js';
import { listNotes } from '../../src/services/interview-note/interview-notes.js';
import { loadReferralsOfCase } from '../../src/services/orientation/referrals.js';
import { loadPersonsOfCase } from '../../src/services/person/persons.js';
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
  @Field(() => CaseFilter, {
    nullable: true,
    description: 'Which cases of the queue to list; all unless given.',
  })
  filter?: CaseFilter | null;

  @Field(() => CaseSort, { nullable: true, description: 'The order of the list; newest first unless given.' })
  sort?: cases.CaseSort | null;
}

@Resolver(() => Case)
export class CaseResolver {
  @Query(() => Case, {
    nullable: true,
    description:
      'One case by its id; null for one that does not exist or that the viewer may not know of. One case per operation may be outside the viewer’s own queue; it is logged as a look-up.',
  })
  case(@Ctx() op: Operation, @Arg('id', () => ID, { description: 'The `id` of the case.' }) id: string) {
    return cases.lookUpCase(op, id);
  }

  @Query(() => Case, {
    nullable: true,
    description: 'One case by its reference. Everything else is as for `case`.',
  })
  caseByReference(
    @Ctx() op: Operation,
    @Arg('reference', () => String, {
      description: 'The reference on a letter, in capital or small letters.',
    })
    reference: string,
  ) {
    return cases.lookUpCaseByReference(op, reference);
  }

  @Query(() => [Case], {
    nullable: true,
    description:
      'The cases of a person who was looked up, in the viewer’s districts, to find the right worker; the latest first, 20 at most. One person per operation. Logged.',
  })
  casesOfPerson(
    @Ctx() op: Operation,
    @Arg('personId', () => ID, { description: 'The `id` of the person, as `personLookUp` answers it.' })
    personId: string,
  ) {
    return cases.lookUpCasesOfPerson(op, personId);
  }

  @Query(() => CaseConnection, {
    nullable: true,
    description:
      'The viewer’s own queue, newest first unless sorted. A worker has their own cases and those in which they stand in, a head those without a worker, a person their own. The cases of a district are never listed.',
  })
  cases(@Ctx() op: Operation, @Args(() => CasesArgs) args: CasesArgs) {
    return cases.listCases(op, args);
  }

  @FieldResolver(() => District, { nullable: true, description: 'The district that helps.' })
  district(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => Worker, {
    nullable: true,
    description: 'Travailleur social référent: the worker who has the case; null while nobody does.',
  })
  assignedWorker(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return row.assignedWorkerId === null ? null : loadWorker(op, row.assignedWorkerId);
  }

  @FieldResolver(() => [Person], { nullable: true, description: 'The persons that the case is about.' })
  persons(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return loadPersonsOfCase(op, row);
  }

  @FieldResolver(() => [Need], {
    nullable: true,
    description:
      'The needs that are recorded in the case, the oldest first; 100 at most. The worker who opened it reads those that they recorded, until the case is first assigned.',
  })
  needs(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return loadNeedsOfCase(op, row.id);
  }

  @FieldResolver(() => [Referral], {
    nullable: true,
    description: 'Where the persons of the case were sent, the latest first; 100 at most.',
  })
  referrals(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return loadReferralsOfCase(op, row.id);
  }

  @FieldResolver(() => InterviewNoteConnection, {
    nullable: true,
    description: 'The notes that the assigned worker may read, newest first. Nobody else reads any.',
  })
  interviewNotes(
    @Ctx() op: Operation,
    @Root() row: cases.CaseRow,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ) {
    return listNotes(op, row, args);
  }

  @FieldResolver(() => AppointmentConnection, {
    nullable: true,
    description: 'Appointments that belong to the case, by start.',
  })
  appointments(
    @Ctx() op: Operation,
    @Root() row: cases.CaseRow,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ) {
    return appointments.listAppointmentsOfCase(op, row, args);
  }

  @FieldResolver(() => Appointment, {
    nullable: true,
    description: 'The next appointment of the case that is booked; null if there is none.',
  })
  nextAppointment(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return appointments.loadNextAppointment(op, row);
  }

  @Mutation(() => Case, {
    nullable: true,
    description:
      'Opens a case that nobody is assigned to yet. The viewer has looked its persons up, or has accepted a referral of them.',
  })
  openCase(@Ctx() op: Operation, @Arg('input', () => OpenCaseInput) input: OpenCaseInput) {
    return cases.openCase(op, input);
  }

  @Mutation(() => Case, {
    nullable: true,
    description: 'Assigns a case that nobody has. Only the head may, and never to themselves.',
  })
  assignCase(@Ctx() op: Operation, @Arg('input', () => AssignCaseInput) input: AssignCaseInput) {
    return cases.assignCase(op, input);
  }

  @Mutation(() => Case, {
    nullable: true,
    description:
      'Gives a case to another worker. Only the head may. It opens nothing that was written earlier.',
  })
  reassignCase(@Ctx() op: Operation, @Arg('input', () => AssignCaseInput) input: AssignCaseInput) {
    return cases.reassignCase(op, input);
  }

  @FieldResolver(() => LooseEnds, {
    nullable: true,
    description:
      'Everything that is still to be ended before the case is closed. Only the assigned worker reads it.',
  })
  looseEnds(@Root() row: cases.CaseRow) {
    return row;
  }

  @Mutation(() => Case, {
    nullable: true,
    description:
      'Closes a case; its assigned worker stays. Loose ends are ended first, or named in `leaving`. Otherwise it is a CONFLICT with the reason LOOSE_ENDS, and their ids in `looseEnds`.',
  })
  closeCase(@Ctx() op: Operation, @Arg('input', () => CloseCaseInput) input: CloseCaseInput) {
    return closing.closeCase(op, input);
  }

  @Mutation(() => Case, {
    nullable: true,
    description:
      'Reopens a closed case. The assigned worker may; the head may if nobody is assigned or the assigned worker has left. It opens no notes.',
  })
  reopenCase(@Ctx() op: Operation, @Arg('input', () => ReopenCaseInput) input: ReopenCaseInput) {
    return closing.reopenCase(op, input);
  }
}

@Resolver(() => LooseEnds)
export class LooseEndsResolver {
  @FieldResolver(() => [Appointment], {
    nullable: true,
    description: 'Appointments that are booked and not over, by start; 100 at most.',
  })
  appointments(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return closing.loadLooseAppointments(op, row);
  }

  @FieldResolver(() => [Need], {
    nullable: true,
    description: 'Needs that have not ended by today, the oldest first; 100 at most.',
  })
  needs(@Ctx() op: Operation, @Root() row: cases.CaseRow) {
    return closing.loadLooseNeeds(op, row);
  }
}
