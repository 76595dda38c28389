import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import type { AvailabilityRow } from '../../src/services/agenda/availabilities.js';
import type { OutsideCalendarRow } from '../../src/services/agenda/outside-calendars.js';
import type { UnavailabilityRow } from '../../src/services/agenda/unavailabilities.js';
import {
  listAppointmentsLeft,
  listAppointmentsOver,
  listAppointmentsOverOutside,
} from '../../src/services/appointment/appointment-warnings.js';
import { Availability } from '../agenda/availability.type.js';
import { OutsideCalendar } from '../agenda/outside-calendar.type.js';
import { Unavailability } from '../agenda/unavailability.type.js';
import { Appointment } from './appointment.type.js';

@Resolver(() => Availability)
export class AvailabilityAppointmentsResolver {
  @FieldResolver(() => [Appointment], {
    nullable: true,
    description:
      'Appointments that are booked in hours that were closed afterwards, by start. Someone has to move or cancel them. Only appointments that the viewer may see are listed.',
  })
  appointmentsLeft(
    @Ctx() op: Operation,
    @Root() row: AvailabilityRow,
    @Arg('first', () => Int, { nullable: true })
    first?: number | null,
  ) {
    return listAppointmentsLeft(op, row.id, { first });
  }
}

@Resolver(() => Unavailability)
export class UnavailabilityAppointmentsResolver {
  @FieldResolver(() => [Appointment], {
    nullable: true,
    description:
      'Appointments that are booked in the time off, by start. Someone has to move or cancel them.',
  })
  appointmentsOver(
    @Ctx() op: Operation,
    @Root() row: UnavailabilityRow,
    @Arg('first', () => Int, { nullable: true })
    first?: number | null,
  ) {
    return listAppointmentsOver(op, row.id, { first });
  }
}

@Resolver(() => OutsideCalendar)
export class OutsideCalendarAppointmentsResolver {
  @FieldResolver(() => [Appointment], {
    nullable: true,
    description:
      'Appointments that are booked while this calendar says busy, by start. Someone has to move or cancel them.',
  })
  appointmentsOver(
    @Ctx() op: Operation,
    @Root() row: OutsideCalendarRow,
    @Arg('first', () => Int, { nullable: true })
    first?: number | null,
  ) {
    return listAppointmentsOverOutside(op, row.id, { first });
  }
}
