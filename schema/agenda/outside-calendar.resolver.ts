import { Arg, Ctx, Extensions, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as calendars from '../../src/services/agenda/outside-calendars.js';
import { loadDistrict } from '../../src/services/directory/directory.js';
import { District } from '../directory/directory.type.js';
import { ImportCalendarInput, OutsideCalendar, RemoveOutsideCalendarInput } from './outside-calendar.type.js';

@Resolver(() => OutsideCalendar)
export class OutsideCalendarResolver {
  @Query(() => [OutsideCalendar], {
    nullable: true,
    description: 'The viewer’s own imported calendars, the last imported first.',
  })
  outsideCalendars(@Ctx() op: Operation) {
    return calendars.listOutsideCalendars(op);
  }

  @FieldResolver(() => District, {
    nullable: true,
    description:
      'The district in which it was imported. Its busy times count in every district of the worker.',
  })
  district(@Ctx() op: Operation, @Root() row: calendars.OutsideCalendarRow) {
    return loadDistrict(op, row.districtId);
  }

  @Extensions({ ahead: ({ input }: { input: ImportCalendarInput }) => calendars.readCalendarAhead(input) })
  @Mutation(() => OutsideCalendar, {
    nullable: true,
    description:
      'Imports another calendar of the viewer’s own. Its busy times, from today on for half a year, are no longer free. They replace the busy times that were imported under the same name. Appointments that are booked in them stay, and are flagged.',
  })
  importCalendar(@Ctx() op: Operation, @Arg('input', () => ImportCalendarInput) input: ImportCalendarInput) {
    return calendars.importCalendar(op, input);
  }

  @Mutation(() => OutsideCalendar, {
    nullable: true,
    description: 'Removes an imported calendar with all its busy times, which are free again.',
  })
  removeOutsideCalendar(
    @Ctx() op: Operation,
    @Arg('input', () => RemoveOutsideCalendarInput) input: RemoveOutsideCalendarInput,
  ) {
    return calendars.removeOutsideCalendar(op, input);
  }
}
