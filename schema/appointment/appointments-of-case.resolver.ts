import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as appointments from '../../src/services/appointment/appointments.js';
import type * as cases from '../../src/services/case/cases.js';
import { Case } from '../case/case.type.js';
import { ConnectionArgs } from '../connection.js';
import { AppointmentConnection } from './appointment.connection.js';
import { Appointment } from './appointment.type.js';

@Resolver(() => Case)
export class CaseAppointmentsResolver {
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
}
