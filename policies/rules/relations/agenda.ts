import * as agenda from '../../../src/access/agenda/agenda.js';
import * as options from '../../../src/access/agenda/options.js';
import * as outside from '../../../src/access/agenda/outside-calendar.js';
import * as feed from '../../../src/access/calendar-feed/calendar-feed.js';
import { rowRule, viewerRule } from '../rules.js';

/** The rule `agenda.readsAgenda`, asked of each row of an agenda. */
export const whoReadsTheAgenda = rowRule<agenda.AgendaRelation>(
  {
    fr: 'l’agent lui-même, son suppléant et l’accueil de la circonscription',
    en: 'the worker whose agenda it is, the stand-in and the district’s desk',
  },
  agenda.readsAgenda,
);
/** The rule `agenda.seesBusyTimesIn`, asked of the row’s district. */
export const colleaguesOfTheDistrict = rowRule<{ readonly districtId: string }>(
  { fr: 'l’équipe de la circonscription', en: 'the district’s team' },
  (viewer, row) => agenda.seesBusyTimesIn(viewer, row.districtId),
);
/** The rule `options.readsOption`, asked of each option. */
export const whoReadsTheOption = rowRule<options.OptionRelation>(
  {
    fr: 'l’équipe sans son responsable ; les agents de la circonscription, une fois adoptée',
    en: 'the team without its head; the district’s workers, once it is adopted',
  },
  options.readsOption,
);
/** The rule `agenda.saysSoonerTimes`, asked of each search. */
export const whoSaysSoonerTimes = rowRule<{ readonly districtId: string | null }>(
  {
    fr: 'l’accueil de la circonscription, et la personne pour son propre dossier',
    en: 'the district’s desk, and the person for their own case',
  },
  agenda.saysSoonerTimes,
);

/** The rule `feed.ownsFeed`, asked of each calendar feed. */
export const whoFollowsTheCalendar = rowRule<feed.CalendarFeedRelation>(
  { fr: 'qui suit son propre agenda', en: 'the worker or the person who subscribed to their own calendar' },
  feed.ownsFeed,
);
/** The rule `feed.keepsFeeds`, asked once of the viewer. */
export const whoKeepsFeeds = viewerRule(
  { fr: 'les agents, et la personne', en: 'workers, and the person' },
  feed.keepsFeeds,
);

/** The rule `outside.ownsOutsideCalendar`, asked of each outside calendar. */
export const whoseOtherCalendarItIs = rowRule<outside.OutsideCalendarRelation>(
  { fr: 'le seul agent dont c’est l’agenda', en: 'only the worker whose calendar it is' },
  outside.ownsOutsideCalendar,
);
/** The rule `outside.hasOutsideCalendars`, asked once of the viewer. */
export const whoHasOtherCalendars = viewerRule(
  { fr: 'les agents', en: 'workers' },
  outside.hasOutsideCalendars,
);
/** The rule `outside.removesOutsideCalendars`, asked once of the viewer. */
export const whoRemovesOtherCalendars = viewerRule(
  { fr: 'les agents', en: 'workers' },
  outside.removesOutsideCalendars,
);
