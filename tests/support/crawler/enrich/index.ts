import pg from 'pg';
import { rowsOf } from '../../county/rows.js';
import type { TestDatabase } from '../../database.js';
import { addActs } from './acts.js';
import { addCalendars, addTimesOff } from './agenda.js';
import {
  addHomeVisit,
  addLinks,
  addMeetings,
  addNoticesToGive,
  addOnlineBooking,
  addTimesCalledOff,
} from './appointments.js';
import { addDeferrals, addNoticeDrafts } from './data-protection.js';
import { addAbsences, addEndedMemberships, addRelaysToConfirm, addSuspensions } from './directory.js';
import { addEncounters } from './encounters.js';
import { enriching } from './enriching.js';
import { addHandoversOffered, addHandoversToMake, addHandoverToColleague } from './handovers.js';
import { addNotifications, fixNotifications } from './notifications.js';
import { addOptions } from './options.js';
import { addIncomingRequests, addReferrals } from './orientation.js';
import { addContactProposals, addContactWords, endNeeds, sayLanguages } from './persons.js';
import { addVisits } from './reception.js';
import { addReleases } from './releases.js';
import { addErrata, addReports, signReports } from './reports.js';
import { addIndicators, addSimulations, addSnapshot, addWaitingWeeks } from './statistics.js';
import { addOffers, addRequests } from './waiting-list.js';

export { ENRICHED_LINKS, ENRICHED_SECRET } from './appointments.js';

/** The order in which rows are added: what comes later may read the rows that were added before. */
const ADDITIONS = [
  addReleases,
  addHandoversToMake,
  addHandoversOffered,
  sayLanguages,
  addEndedMemberships,
  addAbsences,
  addSuspensions,
  addRelaysToConfirm,
  addHandoverToColleague,
  addEncounters,
  addReferrals,
  addIncomingRequests,
  addNotifications,
  addActs,
  addHomeVisit,
  addNoticesToGive,
  addTimesCalledOff,
  addCalendars,
  addTimesOff,
  addMeetings,
  addLinks,
  addOnlineBooking,
  addVisits,
  addRequests,
  addOffers,
  addIndicators,
  addSnapshot,
  addWaitingWeeks,
  addSimulations,
  addOptions,
  addReports,
  addContactProposals,
  addContactWords,
  addDeferrals,
  addNoticeDrafts,
  signReports,
  addErrata,
  endNeeds,
  fixNotifications,
] as const;

/**
 * Adds what the fictional county has none of on its first day, so that each type of the schema has a row: a release that was asked for and
 * one that was approved, needs of one person and needs that have ended, someone online with an address, a phone and a receipt. Ids and
 * times are fixed: two counties that are enriched alike are alike.
 */
export async function enrichCounty(database: TestDatabase): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query('begin');
    // A trigger that is deferred acts after its statement, since a later statement fixes the ids and times of what it writes.
    await client.query('set constraints all immediate');
    const sql: TestDatabase['sql'] = async <R extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
      (await client.query<R>(text, values)).rows;
    const county = await enriching(sql, rowsOf({ ...database, sql }));
    for (const add of ADDITIONS) await add(county);
    await client.query('commit');
  } finally {
    await client.end();
  }
}
