import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { listAppointmentTypes, loadAppointmentType } from '../../src/services/agenda/appointment-types.js';
import { loadWarnings } from '../../src/services/appointment/appointment-warnings.js';
import * as appointments from '../../src/services/appointment/appointments.js';
import { loadParticipants } from '../../src/services/appointment/participants.js';
import { listWithoutContact, loadProposedMoves } from '../../src/services/appointment/proposed-moves.js';
import { loadSubject } from '../../src/services/appointment/subjects.js';
import { loadPlace } from '../../src/services/appointment/withheld-places.js';
import { loadCase } from '../../src/services/case/cases.js';
import { loadDistrict, loadWorkers } from '../../src/services/directory/directory.js';
import { loadPersonsOfAppointment } from '../../src/services/person/persons.js';
import { AppointmentType } from '../agenda/appointment-type.type.js';
import { FreeSlot } from '../agenda/slot.type.js';
import { Case } from '../case/case.type.js';
import { ConnectionArgs } from '../connection.js';
import { District, Worker } from '../directory/directory.type.js';
import { Person } from '../person/person.type.js';
import { DateTime } from '../scalars.js';
import { AppointmentConnection } from './appointment.connection.js';
import { AppointmentWarning, AskedBy } from './appointment.enums.js';
import { AppointmentFilter } from './appointment.input.js';
import { Appointment, AppointmentParticipant } from './appointment.type.js';

@ArgsType()
class AppointmentsArgs extends ConnectionArgs {
  @Field(() => AppointmentFilter, {
    nullable: true,
    description: 'Which appointments to list; all that the viewer sees unless given.',
  })
  filter?: AppointmentFilter | null;
}

@ArgsType()
class WithoutContactArgs extends ConnectionArgs {
  @Field(() => ID, { description: 'The district of the desk.' })
  districtId!: string;
}

@Resolver(() => Appointment)
export class AppointmentResolver {
  @Query(() => AppointmentConnection, {
    nullable: true,
    description:
      'The appointments that the viewer sees, by start. At a desk: those that are booked, from a week back.',
  })
  appointments(@Ctx() op: Operation, @Args(() => AppointmentsArgs) args: AppointmentsArgs) {
    return appointments.listAppointments(op, args);
  }

  @Query(() => Appointment, {
    nullable: true,
    description:
      'One appointment by its id; null for one that does not exist or that the viewer may not see.',
  })
  appointment(
    @Ctx() op: Operation,
    @Arg('id', () => ID, { description: 'The `id` of the appointment.' }) id: string,
  ) {
    return appointments.findAppointment(op, id);
  }

  @Query(() => [Appointment], {
    nullable: true,
    description:
      'Home visits of a district from which a worker is not back yet, the first expected return first.',
  })
  homeVisitsOut(
    @Ctx() op: Operation,
    @Arg('districtId', () => ID, { description: 'The district whose workers are out.' }) districtId: string,
    @Arg('first', () => Int, { nullable: true })
    first?: number | null,
  ) {
    return appointments.listHomeVisitsOut(op, { districtId, first });
  }

  @Query(() => AppointmentConnection, {
    nullable: true,
    description:
      'For the desk: appointments of today and the next four days whose worker is away, if one of their persons cannot be told. These persons will come to the counter.',
  })
  appointmentsWithoutContact(@Ctx() op: Operation, @Args(() => WithoutContactArgs) args: WithoutContactArgs) {
    return listWithoutContact(op, args);
  }

  @Query(() => [AppointmentType], { description: 'All appointment types, by code: public.' })
  appointmentTypes(@Ctx() op: Operation) {
    return listAppointmentTypes(op);
  }

  @FieldResolver(() => ID)
  id(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return appointments.idOf(op, row);
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'The instant at which it was entered in the agenda.',
  })
  bookedAt(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return appointments.bookedAtOf(op, row);
  }

  @FieldResolver(() => AskedBy, {
    nullable: true,
    description: 'The one who asked for it, as a category; null if nobody said.',
  })
  askedBy(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return appointments.askedByOf(op, row);
  }

  @FieldResolver(() => Int, { nullable: true })
  version(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return appointments.versionOf(op, row);
  }

  @FieldResolver(() => AppointmentType, {
    nullable: true,
    description: 'The appointment type. The desk and the person read `publicLabel` instead.',
  })
  type(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return loadAppointmentType(op, row.typeCode);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The matter that it is about, in a few words of a worker. Only workers who take part or follow the case read it, and never the desk.',
  })
  subject(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return loadSubject(op, row);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'A neutral French word for the form of the appointment, such as entretien, visite, appel or réunion.',
  })
  async publicLabel(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return (await loadAppointmentType(op, row.typeCode))?.publicLabelFr ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Where it is held. Null means the district’s address, or that the mode says where. Only the worker who typed a place and the workers of the appointment read it. The workers of a home visit read it on its day.',
  })
  place(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return loadPlace(op, row);
  }

  @FieldResolver(() => [AppointmentWarning], {
    nullable: true,
    description: 'The reasons against holding the appointment as it is booked.',
  })
  warnings(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return loadWarnings(op, row.id);
  }

  @FieldResolver(() => [FreeSlot], {
    nullable: true,
    description:
      'For the desk: up to five times to which `moveAppointment` can move it. First come colleagues who are free at its present time, then the next free times. None of them is held.',
  })
  proposedMoves(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return loadProposedMoves(op, row);
  }

  @FieldResolver(() => [AppointmentParticipant], {
    nullable: true,
    description: 'Interpreters, partners and relatives who are there besides the person; never by name.',
  })
  participants(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return appointments.readsParticipants(op, row) ? loadParticipants(op, row.id) : [];
  }

  @FieldResolver(() => District, { nullable: true, description: 'The district that receives the person.' })
  district(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => [Worker], {
    nullable: true,
    description:
      'The workers who hold it. The desk reads them only while it is booked, while they are out on a home visit, and in the answer to its own recording.',
  })
  workers(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return loadWorkers(op, row.workerIds);
  }

  @FieldResolver(() => [Person], {
    nullable: true,
    description:
      'The persons who come, as far as the viewer knows them. The desk reads them only while it is booked, and in the answer to its own recording.',
  })
  persons(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return appointments.readsWhoIsExpected(op, row) ? loadPersonsOfAppointment(op, row.id) : [];
  }

  @FieldResolver(() => Case, {
    nullable: true,
    description: 'The case that it belongs to, for a worker who follows that case; null if there is none.',
  })
  case(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return row.caseId === null ? null : loadCase(op, row.caseId);
  }
}
