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
import { loadAppointmentType } from '../../src/services/agenda/appointment-types.js';
import { findAppointment, loadAppointment } from '../../src/services/appointment/appointments.js';
import { loadCase } from '../../src/services/case/cases.js';
import { loadDistrict, loadWorker } from '../../src/services/directory/directory.js';
import { loadPerson } from '../../src/services/person/persons.js';
import * as requests from '../../src/services/waiting-list/appointment-requests.js';
import { requestAppointment } from '../../src/services/waiting-list/asking.js';
import { nameRequest } from '../../src/services/waiting-list/nameless-requests.js';
import * as changes from '../../src/services/waiting-list/request-changes.js';
import { loadOffersOfRequest, loadSkipsOfRequest } from '../../src/services/waiting-list/slot-offers.js';
import { loadUrgentSlots } from '../../src/services/waiting-list/urgent-slots.js';
import { AppointmentType } from '../agenda/appointment-type.type.js';
import { FreeSlot } from '../agenda/slot.type.js';
import { Appointment } from '../appointment/appointment.type.js';
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
  @Field(() => ID, { nullable: true, description: 'Only requests in this district.' })
  districtId?: string | null;
}

@Resolver(() => AppointmentRequest)
export class AppointmentRequestResolver {
  @Query(() => AppointmentRequestConnection, {
    nullable: true,
    description:
      'The requests that wait, as far as the viewer sees them, in the order in which times are offered.',
  })
  waitingList(@Ctx() op: Operation, @Args(() => WaitingListArgs) args: WaitingListArgs) {
    return requests.listRequests(op, args);
  }

  @Query(() => AppointmentRequest, {
    nullable: true,
    description: 'One request by its id; null for one that does not exist or that the viewer may not see.',
  })
  appointmentRequest(
    @Ctx() op: Operation,
    @Arg('id', () => ID, { description: 'The `id` of the request.' }) id: string,
  ) {
    return requests.loadRequest(op, id);
  }

  @Query(() => AppointmentRequest, {
    nullable: true,
    description:
      'One request by the reference on the paper of someone who asked without a name. It counts as a look-up.',
  })
  appointmentRequestByReference(
    @Ctx() op: Operation,
    @Arg('reference', () => String, {
      description: 'The reference on the paper, in capital or small letters.',
    })
    reference: string,
  ) {
    return requests.lookUpRequest(op, reference);
  }

  @Query(() => [FreeSlot], {
    nullable: true,
    description:
      'The earliest free times with any worker of the district for someone who waits and must be seen soon, as a social worker judged it. Times that are kept for such persons are among them. Null for a request that does not exist or that the viewer does not work with.',
  })
  urgentSlots(
    @Ctx() op: Operation,
    @Arg('requestId', () => ID, { description: 'The `id` of a request that waits.' }) requestId: string,
    @Arg('first', () => Int, {
      nullable: true,
      description: 'The most free times to answer: 1 to 50; 10 unless given.',
    })
    first?: number | null,
  ) {
    return loadUrgentSlots(op, requestId, first ?? 10);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'A neutral French word for the form of the appointment, such as entretien, visite, appel or réunion.',
  })
  async publicLabel(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return (await loadAppointmentType(op, row.typeCode))?.publicLabelFr ?? null;
  }

  @FieldResolver(() => AppointmentType, {
    nullable: true,
    description:
      'The appointment type that is asked for. The desk and the person read `publicLabel` instead.',
  })
  type(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return loadAppointmentType(op, row.typeCode);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'The place in the whole waiting list of the district, from 1, whatever the persons wait for; null once this person waits no longer.',
  })
  rank(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    // A row that ended for the desk waits no longer, whatever stands in its place (decision 0078).
    return row.ended ? null : requests.loadRank(op, row.id);
  }

  @FieldResolver(() => District, { nullable: true, description: 'The district that is asked.' })
  district(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description:
      'The person who waits; null for someone who gave no name. The desk and the head read it while the request waits.',
  })
  person(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return row.personId === null || !requests.readsWhoWaits(op, row) ? null : loadPerson(op, row.personId);
  }

  @FieldResolver(() => Case, {
    nullable: true,
    description:
      'The case that the appointment is for, for a worker who follows that case; null if there is none.',
  })
  case(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return row.caseId === null ? null : loadCase(op, row.caseId);
  }

  @FieldResolver(() => Worker, {
    nullable: true,
    description: 'The worker on duty who judges how urgent it is; null if nobody is named.',
  })
  dutyWorker(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return row.dutyWorkerId === null ? null : loadWorker(op, row.dutyWorkerId);
  }

  @FieldResolver(() => Appointment, {
    nullable: true,
    description:
      'The appointment that the person has and would have sooner. Once a time is booked, the appointment that came of the request. Null otherwise.',
  })
  appointment(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    if (row.appointmentId === null) return null;
    return row.ended ? findAppointment(op, row.appointmentId) : loadAppointment(op, row.appointmentId);
  }

  @FieldResolver(() => [SlotOffer], {
    nullable: true,
    description: 'The last ten times that were offered, the newest first.',
  })
  offers(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return loadOffersOfRequest(op, row.id);
  }

  @FieldResolver(() => [OfferSkip], {
    nullable: true,
    description: 'The last ten times that went to someone further down the list, and why; the newest first.',
  })
  skips(@Ctx() op: Operation, @Root() row: requests.RequestRow) {
    return loadSkipsOfRequest(op, row.id);
  }

  @Mutation(() => AppointmentRequest, {
    nullable: true,
    description:
      'Puts someone on the waiting list of a district. Nobody is asked why they come. A person who waits for such an appointment there already is a CONFLICT with the reason ALREADY_WAITING. A login makes a limited number of requests without a name within an hour.',
  })
  requestAppointment(
    @Ctx() op: Operation,
    @Arg('input', () => RequestAppointmentInput) input: RequestAppointmentInput,
  ) {
    return requestAppointment(op, input);
  }

  @Mutation(() => AppointmentRequest, {
    nullable: true,
    description:
      'Changes the days and the mode that suit, whether the request is shown online, or the duty worker. The request keeps its rank.',
  })
  changeRequest(@Ctx() op: Operation, @Arg('input', () => ChangeRequestInput) input: ChangeRequestInput) {
    return changes.changeRequest(op, input);
  }

  @Mutation(() => AppointmentRequest, {
    nullable: true,
    description:
      'Gives a request without a name to a person, once. The name and the number that were given with it are removed; what is booked becomes that person’s. A person who waits for such an appointment already is a CONFLICT with the reason ALREADY_WAITING.',
  })
  nameRequest(@Ctx() op: Operation, @Arg('input', () => NameRequestInput) input: NameRequestInput) {
    return nameRequest(op, input);
  }

  @Mutation(() => AppointmentRequest, {
    nullable: true,
    description:
      'Says how urgent a request is. Only the worker on duty, or a worker who follows the case, may.',
  })
  setUrgency(@Ctx() op: Operation, @Arg('input', () => SetUrgencyInput) input: SetUrgencyInput) {
    return changes.setUrgency(op, input);
  }

  @Mutation(() => AppointmentRequest, {
    nullable: true,
    description:
      'Records that someone who waits is on the premises, until midnight in Paris at the latest, or has left. A time that is freed less than a day ahead is for people who are there.',
  })
  recordPresence(@Ctx() op: Operation, @Arg('input', () => RecordPresenceInput) input: RecordPresenceInput) {
    return changes.recordPresence(op, input);
  }

  @Mutation(() => AppointmentRequest, {
    nullable: true,
    description: 'Takes a request off the waiting list. Nobody is asked why.',
  })
  withdrawRequest(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return changes.withdrawRequest(op, input);
  }
}
