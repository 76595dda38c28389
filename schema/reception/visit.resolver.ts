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
import { loadAppointment } from '../../src/services/appointments.js';
import { attestationOf } from '../../src/services/attestation.js';
import { sendBlindMessage } from '../../src/services/blind-messages.js';
import { loadDistrict, loadWorker } from '../../src/services/directory.js';
import { loadPerson } from '../../src/services/persons.js';
import * as visits from '../../src/services/visits.js';
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
  @Field(() => ID)
  districtId!: string;

  @Field(() => Day, { nullable: true, description: 'Today unless given; a week back at most.' })
  day?: Date | null;

  @Field(() => VisitStatus, { nullable: true })
  status?: visits.VisitStatus | null;
}

import { SendBlindMessageInput, Sentence } from './sentence.type.js';

@Resolver(() => Visit)
export class VisitResolver {
  @Query(() => VisitConnection, {
    nullable: true,
    description: 'Who came on a day, in the order in which they came; with `status: WAITING`, the queue.',
  })
  visits(@Ctx() op: Operation, @Args(() => VisitsArgs) args: VisitsArgs) {
    return visits.listVisits(op, args);
  }

  @Query(() => Visit, { nullable: true })
  visit(@Ctx() op: Operation, @Arg('id', () => ID) id: string) {
    return visits.loadVisit(op, id);
  }

  @FieldResolver(() => VisitStatus, { nullable: true })
  status(@Root() row: visits.VisitRow) {
    return visits.statusOf(row);
  }

  @FieldResolver(() => District, { nullable: true })
  district(@Ctx() op: Operation, @Root() row: visits.VisitRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Null for whoever came under no name.' })
  person(@Ctx() op: Operation, @Root() row: visits.VisitRow) {
    return row.personId === null ? null : loadPerson(op, row.personId);
  }

  @FieldResolver(() => Appointment, { nullable: true, description: 'For which they came.' })
  appointment(@Ctx() op: Operation, @Root() row: visits.VisitRow) {
    return row.appointmentId === null ? null : loadAppointment(op, row.appointmentId);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'Who is to receive them, then who does.' })
  worker(@Ctx() op: Operation, @Root() row: visits.VisitRow) {
    return row.workerId === null ? null : loadWorker(op, row.workerId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'To be printed, in French, once they have gone: that they were there, from when until when, and who issues it: the county, the address, the telephone, the viewer and the day. Neither the service nor why.',
  })
  attestation(
    @Ctx() op: Operation,
    @Root() row: visits.VisitRow,
    @Arg('withoutMyName', () => Boolean, {
      defaultValue: false,
      description: 'By the function alone, where the safety of persons requires it (CRPA, article L111-2).',
    })
    withoutMyName: boolean,
  ) {
    return attestationOf(op, row, withoutMyName);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description:
      'A district, and whether they came or called, are enough: nobody is asked who they are, or why they come.',
  })
  recordVisit(@Ctx() op: Operation, @Arg('input', () => RecordVisitInput) input: RecordVisitInput) {
    return visits.recordVisit(op, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description:
      'Someone of whom nothing is confirmed says a reference of hers, or her name and the agreed word: who is on duty then knows whom they receive. The desk is answered alike, whatever was said. It counts as a look-up.',
  })
  callDutyWorker(@Ctx() op: Operation, @Arg('input', () => CallDutyWorkerInput) input: CallDutyWorkerInput) {
    return visits.callDutyWorker(op, input);
  }

  @Mutation(() => Visit, { nullable: true, description: 'Who is to receive them; null takes it back.' })
  directVisit(@Ctx() op: Operation, @Arg('input', () => DirectVisitInput) input: DirectVisitInput) {
    return visits.directVisit(op, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description: 'They are received now; the appointment for which they came is honoured.',
  })
  takeIn(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return visits.takeIn(op, input);
  }

  @Mutation(() => Visit, { nullable: true, description: 'What became of it.' })
  closeVisit(@Ctx() op: Operation, @Arg('input', () => CloseVisitInput) input: CloseVisitInput) {
    return visits.closeVisit(op, input);
  }

  @Mutation(() => Sentence, {
    nullable: true,
    description:
      'To whoever follows the person, wherever that is, without a word of whether anybody does: technical advisers, and social workers who receive today. The answer is the same for everyone. It counts as a look-up.',
  })
  sendBlindMessage(
    @Ctx() op: Operation,
    @Arg('input', () => SendBlindMessageInput) input: SendBlindMessageInput,
  ) {
    return sendBlindMessage(op, input);
  }
}
