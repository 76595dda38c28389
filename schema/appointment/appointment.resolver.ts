import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { listAppointmentTypes, loadAppointmentType } from '../../src/services/appointment-types.js';
import { loadWarnings } from '../../src/services/appointment-warnings.js';
import * as appointments from '../../src/services/appointments.js';
import { loadCase } from '../../src/services/cases.js';
import { loadDistrict, loadWorkers } from '../../src/services/directory.js';
import { loadParticipants } from '../../src/services/participants.js';
import { loadPersonsOfAppointment } from '../../src/services/persons.js';
import { listWithoutContact, loadProposedMoves } from '../../src/services/proposed-moves.js';
import { loadPlace } from '../../src/services/withheld-places.js';
import { FreeSlot } from '../agenda/slot.type.js';
import { Case } from '../case/case.type.js';
import { ConnectionArgs } from '../connection.js';
import { District, Worker } from '../directory/directory.type.js';
import { Person } from '../person/person.type.js';
import { AppointmentConnection } from './appointment.connection.js';
import { AppointmentWarning } from './appointment.enums.js';
import { AppointmentFilter } from './appointment.input.js';
import { Appointment, AppointmentParticipant, AppointmentType } from './appointment.type.js';

@ArgsType()
class AppointmentsArgs extends ConnectionArgs {
  @Field(() => AppointmentFilter, { nullable: true })
  filter?: AppointmentFilter | null;
}

@ArgsType()
class WithoutContactArgs extends ConnectionArgs {
  @Field(() => ID)
  districtId!: string;
}

@Resolver(() => Appointment)
export class AppointmentResolver {
  @Query(() => AppointmentConnection, {
    nullable: true,
    description: 'The appointments that the viewer sees, by start.',
  })
  appointments(@Ctx() op: Operation, @Args(() => AppointmentsArgs) args: AppointmentsArgs) {
    return appointments.listAppointments(op, args);
  }

  @Query(() => Appointment, { nullable: true })
  appointment(@Ctx() op: Operation, @Arg('id', () => ID) id: string) {
    return appointments.loadAppointment(op, id);
  }

  @Query(() => [Appointment], {
    nullable: true,
    description: 'Who is out on a home visit now, and not back; who is expected first comes first.',
  })
  homeVisitsOut(
    @Ctx() op: Operation,
    @Arg('districtId', () => ID) districtId: string,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless given.' })
    first?: number | null,
  ) {
    return appointments.listHomeVisitsOut(op, { districtId, first });
  }

  @Query(() => AppointmentConnection, {
    nullable: true,
    description:
      'To the desk: what is booked today and in the next four days with a worker who is away, and of which someone cannot be told. They come to the counter.',
  })
  appointmentsWithoutContact(@Ctx() op: Operation, @Args(() => WithoutContactArgs) args: WithoutContactArgs) {
    return listWithoutContact(op, args);
  }

  @Query(() => [AppointmentType], { description: 'The appointment types, by code.' })
  appointmentTypes(@Ctx() op: Operation) {
    return listAppointmentTypes(op);
  }

  @FieldResolver(() => Int, { nullable: true })
  version(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return appointments.versionOf(op, row);
  }

  @FieldResolver(() => AppointmentType, { nullable: true })
  type(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return loadAppointmentType(op, row.typeCode);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Entretien, visite or appel.' })
  async publicLabel(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return (await loadAppointmentType(op, row.typeCode))?.publicLabelFr ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Null is the district’s address, or what the mode says; and where someone with a confidential address is met, but to who may read that.',
  })
  place(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return loadPlace(op, row);
  }

  @FieldResolver(() => [AppointmentWarning], {
    nullable: true,
    description: 'What stands against holding it as it is booked.',
  })
  warnings(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return loadWarnings(op, row.id);
  }

  @FieldResolver(() => [FreeSlot], {
    nullable: true,
    description:
      'Times to which the desk may move it, by `moveAppointment`: with a colleague at its time, then the next free ones. None is held.',
  })
  proposedMoves(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return loadProposedMoves(op, row.id);
  }

  @FieldResolver(() => [AppointmentParticipant], { nullable: true, description: 'Who else is there.' })
  participants(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return loadParticipants(op, row.id);
  }

  @FieldResolver(() => District, { nullable: true })
  district(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => [Worker], { nullable: true })
  workers(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return loadWorkers(op, row.workerIds);
  }

  @FieldResolver(() => [Person], { nullable: true })
  persons(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return loadPersonsOfAppointment(op, row.id);
  }

  @FieldResolver(() => Case, { nullable: true })
  case(@Ctx() op: Operation, @Root() row: appointments.AppointmentRow) {
    return row.caseId === null ? null : loadCase(op, row.caseId);
  }
}
