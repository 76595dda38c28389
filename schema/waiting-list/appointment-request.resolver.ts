import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as requests from '../../src/services/appointment-requests.js';
import { loadAppointmentType } from '../../src/services/appointment-types.js';
import { loadAppointment } from '../../src/services/appointments.js';
import { requestAppointment } from '../../src/services/asking.js';
import { loadCase } from '../../src/services/cases.js';
import { loadDistrict, loadWorker } from '../../src/services/directory.js';
import { nameRequest } from '../../src/services/nameless-requests.js';
import { loadPerson } from '../../src/services/persons.js';
import * as changes from '../../src/services/request-changes.js';
import { loadOffersOfRequest, loadSkipsOfRequest } from '../../src/services/slot-offers.js';
import { Appointment, AppointmentType } from '../appointment/appointment.type.js';
import { Case } from '../case/case.type.js';
import { ConnectionArgs } from '../connection.js';
import { VersionedInput } from '../directory/directory.input.js';
import { District, Worker } from '../directory/directory.type.js';
import { Person } from '../person/person.type.js';
import { AppointmentRequest, AppointmentRequestConnection } from './appointment-request.type.js';
import { OfferSkip, SlotOffer } from './slot-offer.type.js';
import {
  ChangeRequestInput,
  NameRequestInput,
  RecordPresenceInput,
  RequestAppointmentInput,
  SetUrgencyInput,
} from './waiting-list.input.js';

@ArgsType()
class WaitingListArgs extends ConnectionArgs {
  @Field(() => ID, { nullable: true })
  districtId?: string | null;
}

@Resolver(() => AppointmentRequest)
export class AppointmentRequestResolver {
  @Query(() => AppointmentRequestConnection, {
    nullable: true,
    description: 'Who waits, as far as the viewer sees them, in the order in which times are offered.',
  })
  waitingList(@Ctx() op: Operation, @Args(() => WaitingListArgs) args: WaitingListArgs) {
    return requests.listRequests(op, args);
  }

  @Query(() => AppointmentRequest, { nullable: true })
  appointmentRequest(@Ctx() op: Operation, @Arg('id', () => ID) id: string) {
    return requests.loadRequest(op, id);
  }

  @Query(() => AppointmentRequest, {
    nullable: true,
    description: 'By the reference on the paper of who asked without a name. It counts as a look-up.',
  })
  appointmentRequestByReference(@Ctx() op: Operation, @Arg('reference', () => String) reference: string) {
    return requests.lookUpRequest(op, reference);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Entretien, visite or appel.' })
  async publicLabel(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return (await loadAppointmentType(op, row.typeCode))?.publicLabelFr ?? null;
  }

  @FieldResolver(() => AppointmentType, { nullable: true })
  type(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return loadAppointmentType(op, row.typeCode);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Its place among those who wait for the same in the district; null once it is closed.',
  })
  rank(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return requests.loadRank(op, row.id);
  }

  @FieldResolver(() => District, { nullable: true })
  district(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Null for whoever gave no name.' })
  person(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return row.personId === null ? null : loadPerson(op, row.personId);
  }

  @FieldResolver(() => Case, { nullable: true })
  case(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return row.caseId === null ? null : loadCase(op, row.caseId);
  }

  @FieldResolver(() => Worker, {
    nullable: true,
    description: 'Who is on duty, and judges how urgent it is.',
  })
  dutyWorker(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return row.dutyWorkerId === null ? null : loadWorker(op, row.dutyWorkerId);
  }

  @FieldResolver(() => Appointment, {
    nullable: true,
    description: 'What they have, and would have sooner; what came of it, once it is booked.',
  })
  appointment(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return row.appointmentId === null ? null : loadAppointment(op, row.appointmentId);
  }

  @FieldResolver(() => [SlotOffer], { nullable: true, description: 'The last ten, the newest first.' })
  offers(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return loadOffersOfRequest(op, row.id);
  }

  @FieldResolver(() => [OfferSkip], {
    nullable: true,
    description: 'The last ten times that went to someone further down, and why.',
  })
  skips(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return loadSkipsOfRequest(op, row.id);
  }

  @Mutation(() => AppointmentRequest, { nullable: true, description: 'Nobody is asked why they come.' })
  requestAppointment(
    @Ctx() op: Operation,
    @Arg('input', () => RequestAppointmentInput) input: RequestAppointmentInput,
  ) {
    return requestAppointment(op, input);
  }

  @Mutation(() => AppointmentRequest, {
    nullable: true,
    description:
      'On which days and how it suits, whether it is shown online, who is on duty. It keeps its rank.',
  })
  changeRequest(@Ctx() op: Operation, @Arg('input', () => ChangeRequestInput) input: ChangeRequestInput) {
    return changes.changeRequest(op, input);
  }

  @Mutation(() => AppointmentRequest, {
    nullable: true,
    description:
      'Says who someone is who gave no name, once. The name and the number that they gave go; what is booked is theirs.',
  })
  nameRequest(@Ctx() op: Operation, @Arg('input', () => NameRequestInput) input: NameRequestInput) {
    return nameRequest(op, input);
  }

  @Mutation(() => AppointmentRequest, {
    nullable: true,
    description: 'By whoever is on duty, or follows the case.',
  })
  setUrgency(@Ctx() op: Operation, @Arg('input', () => SetUrgencyInput) input: SetUrgencyInput) {
    return changes.setUrgency(op, input);
  }

  @Mutation(() => AppointmentRequest, {
    nullable: true,
    description:
      'They are there, until midnight at the latest, or have left: what is freed within a day is for them.',
  })
  recordPresence(@Ctx() op: Operation, @Arg('input', () => RecordPresenceInput) input: RecordPresenceInput) {
    return changes.recordPresence(op, input);
  }

  @Mutation(() => AppointmentRequest, { nullable: true, description: 'Nobody is asked why.' })
  withdrawRequest(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return changes.withdrawRequest(op, input);
  }
}
