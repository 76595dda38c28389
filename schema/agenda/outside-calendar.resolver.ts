import { Arg, Ctx, Extensions, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { listAppointmentsOverOutside } from '../../src/services/appointment-warnings.js';
import { loadDistrict } from '../../src/services/directory.js';
import * as calendars from '../../src/services/outside-calendars.js';
import { Appointment } from '../appointment/appointment.type.js';
import { District } from '../directory/directory.type.js';
import { ImportCalendarInput, OutsideCalendar, RemoveOutsideCalendarInput } from './outside-calendar.type.js';

@Resolver(() => OutsideCalendar)
export class OutsideCalendarResolver {
  @Query(() => [OutsideCalendar], {
    nullable: true,
    description: 'One’s own other calendars, the one that was imported last first.',
  })
  outsideCalendars(@Ctx() op: Operation) {
    return calendars.listOutsideCalendars(op);
  }

  @FieldResolver(() => District, {
    nullable: true,
    description: 'Where it was imported; its times are taken everywhere.',
  })
  district(@Ctx() op: Operation, @Root() row: calendars.OutsideCalendarRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => [Appointment], {
    nullable: true,
    description: 'What is booked when it has them busy, and is to be moved or cancelled; by start.',
  })
  appointmentsOver(
    @Ctx() op: Operation,
    @Root() row: calendars.OutsideCalendarRow,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless given.' })
    first?: number | null,
  ) {
    return listAppointmentsOverOutside(op, row.id, { first });
  }

  @Extensions({ ahead: ({ input }: { input: ImportCalendarInput }) => calendars.readCalendarAhead(input) })
  @Mutation(() => OutsideCalendar, {
    nullable: true,
    description:
      'Takes the times of another calendar of one’s own out of what is free: from today on, half a year ahead, in the place of what came under the same name. What is booked then never refuses it: that is flagged.',
  })
  importCalendar(@Ctx() op: Operation, @Arg('input', () => ImportCalendarInput) input: ImportCalendarInput) {
    return calendars.importCalendar(op, input);
  }

  @Mutation(() => OutsideCalendar, {
    nullable: true,
    description: 'Removes it with all its times: they are free again.',
  })
  removeOutsideCalendar(
    @Ctx() op: Operation,
    @Arg('input', () => RemoveOutsideCalendarInput) input: RemoveOutsideCalendarInput,
  ) {
    return calendars.removeOutsideCalendar(op, input);
  }
}
