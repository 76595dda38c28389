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
import { loadAppointment } from '../../src/services/appointment/appointments.js';
import { loadDistrict, loadWorker } from '../../src/services/directory/directory.js';
import { loadPerson } from '../../src/services/person/persons.js';
import { attestationOf } from '../../src/services/reception/attestation.js';
import { sendBlindMessage } from '../../src/services/reception/blind-messages.js';
import * as visits from '../../src/services/reception/visits.js';
import { Appointment } from '../appointment/appointment.type.js';
import { ConnectionArgs } from '../connection.js';
import { VersionedInput } from '../directory/directory.input.js';
import { District, Worker } from '../directory/directory.type.js';
import { Person } from '../person/person.type.js';
import { Day } from '../scalars.js';
import { VisitStatus } from './reception.enums.js';
import {
  CallDutyWorkerInput,
  CloseVisitInput,
  DirectVisitInput,
  RecordVisitInput,
  Visit,
  VisitConnection,
} from './visit.type.js';

@ArgsType()
class VisitsArgs extends ConnectionArgs {
  @Field(() => ID, { description: 'The district that they turned to.' })
  districtId!: string;

  @Field(() => Day, {
    nullable: true,
    description: 'The day in Paris: today unless given, and a week back at most.',
  })
  day?: Date | null;

  @Field(() => VisitStatus, {
    nullable: true,
    description: 'Only visits in this state; all unless given.',
  })
  status?: visits.VisitStatus | null;
}

import { SendBlindMessageInput, Sentence } from './sentence.type.js';

@Resolver(() => Visit)
export class VisitResolver {
  @Query(() => VisitConnection, {
    nullable: true,
    description:
      'The visits and calls of a day, in the order in which they came; with `status: WAITING` it is the queue.',
  })
  visits(@Ctx() op: Operation, @Args(() => VisitsArgs) args: VisitsArgs) {
    return visits.listVisits(op, args);
  }

  @Query(() => Visit, {
    nullable: true,
    description: 'One visit by its id; null for one that does not exist or that the viewer may not see.',
  })
  visit(@Ctx() op: Operation, @Arg('id', () => ID, { description: 'The `id` of the visit.' }) id: string) {
    return visits.loadVisit(op, id);
  }

  @FieldResolver(() => VisitStatus, {
    nullable: true,
    description: 'Whether they wait, are being received, or have gone.',
  })
  status(@Root() row: visits.VisitRow) {
    return visits.statusOf(row);
  }

  @FieldResolver(() => District, { nullable: true, description: 'The district that they turned to.' })
  district(@Ctx() op: Operation, @Root() row: visits.VisitRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description:
      'The person, if they gave a name; null otherwise. The desk reads it until the person has gone, and in the answer to its own recording.',
  })
  person(@Ctx() op: Operation, @Root() row: visits.VisitRow) {
    return row.personId === null || !visits.readsWhoCame(op, row) ? null : loadPerson(op, row.personId);
  }

  @FieldResolver(() => Appointment, {
    nullable: true,
    description: 'The appointment that they came for; null if there is none.',
  })
  appointment(@Ctx() op: Operation, @Root() row: visits.VisitRow) {
    return row.appointmentId === null ? null : loadAppointment(op, row.appointmentId);
  }

  @FieldResolver(() => Worker, {
    nullable: true,
    description: 'The worker who is to receive them, or who does; null while nobody is named.',
  })
  worker(@Ctx() op: Operation, @Root() row: visits.VisitRow) {
    return row.workerId === null ? null : loadWorker(op, row.workerId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'A certificate to print, in French, once the person has gone. It says that they were there, from when until when. It names who issues it: the county, the address, the telephone, the viewer and the day. It says neither the service nor why. Null until they have gone, and for a call.',
  })
  attestation(
    @Ctx() op: Operation,
    @Root() row: visits.VisitRow,
    @Arg('withoutMyName', () => Boolean, {
      defaultValue: false,
      description:
        'True signs with the viewer’s function alone, where the safety of persons requires it (CRPA, article L111-2).',
    })
    withoutMyName: boolean,
  ) {
    return attestationOf(op, row, withoutMyName);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description: 'Records that someone came or called. Nobody is asked who they are, or why they come.',
  })
  recordVisit(@Ctx() op: Operation, @Arg('input', () => RecordVisitInput) input: RecordVisitInput) {
    return visits.recordVisit(op, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description:
      'Calls the duty worker for a person who says a reference, or their name with the agreed word, while nothing is confirmed of them. If the reference or the word is right, the duty worker learns who the person is. The desk gets the same answer in any case. It counts as a look-up.',
  })
  callDutyWorker(@Ctx() op: Operation, @Arg('input', () => CallDutyWorkerInput) input: CallDutyWorkerInput) {
    return visits.callDutyWorker(op, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description: 'Says which worker is to receive a visit, or takes that back. Only the desk may.',
  })
  directVisit(@Ctx() op: Operation, @Arg('input', () => DirectVisitInput) input: DirectVisitInput) {
    return visits.directVisit(op, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description: 'Records that they are received now. The appointment that they came for is honoured.',
  })
  takeIn(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return visits.takeIn(op, input);
  }

  @Mutation(() => Visit, { nullable: true, description: 'Closes a visit, and says what became of it.' })
  closeVisit(@Ctx() op: Operation, @Arg('input', () => CloseVisitInput) input: CloseVisitInput) {
    return visits.closeVisit(op, input);
  }

  @Mutation(() => Sentence, {
    nullable: true,
    description:
      'Sends a message to the workers who follow a person, anywhere in the county, without a word of whether anyone does. Technical advisers may, and social workers who receive someone today. The answer is the same for everyone. It counts as a look-up.',
  })
  sendBlindMessage(
    @Ctx() op: Operation,
    @Arg('input', () => SendBlindMessageInput) input: SendBlindMessageInput,
  ) {
    return sendBlindMessage(op, input);
  }
}
