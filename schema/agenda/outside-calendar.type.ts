import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars.js';

@ObjectType({
  description:
    'Agenda extérieur: another calendar of a worker’s, kept as the times at which they are busy there and nothing else.',
})
export class OutsideCalendar {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What tells it from their others.' })
  name!: string;

  @Field(() => DateTime, { nullable: true, description: 'When its content last came.' })
  importedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when it was looked at, this instant left out: half a year after it was imported.',
  })
  reachesUntil!: Date;

  @Field(() => DateTime, { nullable: true })
  removedAt!: Date | null;
}

@InputType()
export class ImportCalendarInput {
  @Field(() => ID, { description: 'Where the worker has an agenda; the times are taken everywhere.' })
  districtId!: string;

  @Field(() => String, { description: 'The content takes the place of what came under this name before.' })
  name!: string;

  @Field(() => String, {
    description:
      'The calendar itself (RFC 5545), at most 200,000 characters: the server fetches no address. Only when someone is busy is read of it; titles, places and who attends are better left out.',
  })
  content!: string;
}

@InputType()
export class RemoveOutsideCalendarInput {
  @Field(() => ID)
  id!: string;
}
