import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as feeds from '../../src/services/calendar-feed/calendar-feeds.js';
import { CalendarFeed, OpenCalendarFeedInput, RevokeCalendarFeedInput } from './calendar-feed.type.js';

@Resolver()
export class CalendarFeedResolver {
  @Query(() => [CalendarFeed], {
    nullable: true,
    description: 'The viewer’s own calendars that are not revoked, newest first.',
  })
  calendarFeeds(@Ctx() op: Operation) {
    return feeds.listCalendarFeeds(op);
  }

  @Mutation(() => CalendarFeed, {
    nullable: true,
    description:
      'Opens a calendar of the viewer’s own appointments: public label, time and place, and nothing else. An eleventh one revokes the oldest.',
  })
  openCalendarFeed(
    @Ctx() op: Operation,
    @Arg('input', () => OpenCalendarFeedInput) input: OpenCalendarFeedInput,
  ) {
    return feeds.openCalendarFeed(op, input);
  }

  @Mutation(() => CalendarFeed, {
    nullable: true,
    description: 'Revokes a calendar for good. Its address then answers like one that never existed.',
  })
  revokeCalendarFeed(
    @Ctx() op: Operation,
    @Arg('input', () => RevokeCalendarFeedInput) input: RevokeCalendarFeedInput,
  ) {
    return feeds.revokeCalendarFeed(op, input);
  }
}
