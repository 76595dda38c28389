import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { LONGEST } from '../../src/services/operation/longest.js';
import { charactersOf } from '../characters-of.js';
import { DateTime } from '../scalars.js';

@ObjectType({
  description:
    'Agenda extérieur: another calendar of a worker, imported. Only the times at which the worker is busy there are kept.',
})
export class OutsideCalendar {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The name by which the worker tells their calendars apart.',
  })
  name!: string;

  @Field(() => DateTime, { nullable: true, description: 'When its content was last imported.' })
  importedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The end of the imported period, half a year after the import. The end itself is not part of it.',
  })
  reachesUntil!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the worker removed it; null while it counts.' })
  removedAt!: Date | null;
}

@InputType({ description: 'Another calendar of the viewer’s own, as text.' })
export class ImportCalendarInput {
  @Field(() => ID, {
    description:
      'A district in which the viewer has an agenda. The busy times count in every district of the viewer.',
  })
  districtId!: string;

  @Field(() => String, {
    description: `The name of the calendar, at most ${charactersOf(LONGEST.name)}. If the name is in use, the new content replaces the old content. An eleventh calendar is refused.`,
  })
  name!: string;

  @Field(() => String, {
    description: `The calendar as iCalendar text (RFC 5545), at most ${charactersOf(LONGEST.calendar)}; the server fetches no address. Only busy times are read of it: titles, places and attendees are better left out.`,
  })
  content!: string;
}

@InputType({ description: 'One of the viewer’s own imported calendars, to be removed.' })
export class RemoveOutsideCalendarInput {
  @Field(() => ID, { description: 'The `id` of the imported calendar.' })
  id!: string;
}
