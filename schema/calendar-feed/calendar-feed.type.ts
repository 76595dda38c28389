import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { LONGEST } from '../../src/services/operation/longest.js';
import { charactersOf } from '../characters-of.js';
import { DateTime } from '../scalars.js';

@ObjectType({
  description:
    'Agenda à suivre: a calendar (RFC 5545) of the viewer’s own appointments that a device subscribes to, at a secret address.',
})
export class CalendarFeed {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The path of the calendar on this server. It is answered once, to the viewer who opens it, and is null afterwards: anyone who has it reads the calendar.',
  })
  address!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name by which the viewer knows which one to revoke.',
  })
  label!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Since when the address works.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when the address no longer works; null while it does.',
  })
  revokedAt!: Date | null;
}

@InputType({ description: 'A new calendar of the viewer’s own appointments.' })
export class OpenCalendarFeedInput {
  @Field(() => String, {
    nullable: true,
    description: `A name for it, such as that of the device; at most ${charactersOf(LONGEST.name)}.`,
  })
  label?: string | null;
}

@InputType({ description: 'One of the viewer’s own calendars, to be revoked for good.' })
export class RevokeCalendarFeedInput {
  @Field(() => ID, { description: 'The `id` of the calendar.' })
  id!: string;
}
