import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars.js';

@ObjectType({
  description: 'Agenda à suivre: a calendar (RFC 5545) that a device subscribes to by a secret address.',
})
export class CalendarFeed {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The path of the calendar, on this server. Answered once, to who opens it: whoever has it has the calendar.',
  })
  address!: string | null;

  @Field(() => String, { nullable: true, description: 'To tell them apart, when one is to be revoked.' })
  label!: string | null;

  @Field(() => DateTime, { nullable: true })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true })
  revokedAt!: Date | null;
}

@InputType()
export class OpenCalendarFeedInput {
  @Field(() => String, { nullable: true })
  label?: string | null;
}

@InputType()
export class RevokeCalendarFeedInput {
  @Field(() => ID)
  id!: string;
}
