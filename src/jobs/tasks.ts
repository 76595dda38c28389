import type { TaskList } from 'graphile-worker';
import type pg from 'pg';
import { freezeSnapshots } from './freeze-snapshots.js';
import { type Links, sendDispatches } from './send.js';
import type { Sender } from './senders/sender.js';
import { simulateWaits } from './simulate-waits.js';

/** The most offers that one transaction makes: a worker who books in the same hours waits for its end. */
const OFFERS_AT_ONCE = 5;

/**
 * Offers the free times of a district to the people on its waiting list, until nothing is left that suits anyone.
 * @param inAnyCase also when nothing has changed since the last time
 * @returns how many offers were made
 */
export async function offerSlots(
  pool: Pick<pg.Pool, 'query'>,
  districtId: string,
  inAnyCase: boolean,
): Promise<number> {
  for (let total = 0; ; ) {
    const { rows } = await pool.query<{ offered: number }>({
      text: 'select offer_slots($1::uuid, $2, $3) as offered',
      values: [districtId, OFFERS_AT_ONCE, inAnyCase || total > 0],
    });
    const offered = rows[0]?.offered ?? 0;
    total += offered;
    if (offered < OFFERS_AT_ONCE) return total;
  }
}

/**
 * Runs `offerSlots` in every district in which someone waits. It finds free times for which no job was queued, after a crash as at any
 * other minute.
 */
async function offerSlotsEverywhere(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ id: string }>('select districts_waiting() as id');
  const faults: unknown[] = [];
  // A failure in one district must not delay the others.
  for (const { id } of rows) await offerSlots(pool, id, true).catch((fault: unknown) => faults.push(fault));
  if (faults.length > 0) throw faults[0];
}

/**
 * Reassigns the cases whose planned time has come, the earliest first, each in a transaction of its own; one that fails does not delay
 * the others.
 * @returns how many cases were reassigned
 */
export async function carryOutReassignments(pool: Pick<pg.Pool, 'query'>): Promise<number> {
  const { rows } = await pool.query<{ id: string }>('select due_reassignments() as id');
  const faults: unknown[] = [];
  let done = 0;
  for (const { id } of rows) {
    try {
      const answer = await pool.query<{ done: boolean }>('select carry_out_reassignment($1::uuid) as done', [
        id,
      ]);
      if (answer.rows[0]?.done === true) done += 1;
    } catch (fault) {
      faults.push(fault);
    }
  }
  if (faults.length > 0) throw faults[0];
  return done;
}

/** The most rows that one transaction deletes or empties. */
const ROWS_AT_ONCE = 500;

/** Runs a statement that does at most so many at once (`$1`) and answers how many (`done`), until nothing is left. */
async function untilNoneIsLeft(
  pool: Pick<pg.Pool, 'query'>,
  text: string,
  atOnce = ROWS_AT_ONCE,
): Promise<number> {
  for (let total = 0; ; ) {
    const { rows } = await pool.query<{ done: number }>({ text, values: [atOnce] });
    const done = rows[0]?.done ?? 0;
    total += done;
    if (done < atOnce) return total;
  }
}

/**
 * Gives what was written for a case to the worker who may read it now: the next stand-in, or the worker whose absence is over.
 * @returns how many encounters changed
 */
export async function settleEncounters(pool: Pick<pg.Pool, 'query'>): Promise<number> {
  const { rows } = await pool.query<{ done: number }>('select settle_all_encounters() as done');
  return rows[0]?.done ?? 0;
}

/**
 * Deletes the encounters that nobody has passed on for 30 days, with their keys.
 * @returns how many were deleted
 */
export const deleteOldEncounters = (pool: Pick<pg.Pool, 'query'>, atOnce?: number): Promise<number> =>
  untilNoneIsLeft(pool, 'select delete_old_encounters($1) as done', atOnce);

/**
 * Deletes the called name and the number of people who waited without a name, 30 days after.
 * @returns how many requests were changed
 */
export const forgetWhoWaited = (pool: Pick<pg.Pool, 'query'>, atOnce?: number): Promise<number> =>
  untilNoneIsLeft(pool, 'select forget_who_waited($1) as done', atOnce);

/**
 * Deletes the persons of whom a booking client gave a name and nobody has learnt more, 30 days after their appointment.
 * @returns how many were deleted
 */
export const deleteProvisionalPersons = (pool: Pick<pg.Pool, 'query'>, atOnce?: number): Promise<number> =>
  untilNoneIsLeft(pool, 'select delete_provisional_persons($1) as done', atOnce);

/**
 * Deletes the digests of the addresses from which appointments were booked that are over or cancelled.
 * @returns how many were deleted
 */
export const forgetBookingAddresses = (pool: Pick<pg.Pool, 'query'>, atOnce?: number): Promise<number> =>
  untilNoneIsLeft(pool, 'select forget_booking_addresses($1) as done', atOnce);

/**
 * Deletes the acts that are two days old: nobody takes them back any more.
 * @returns how many were deleted
 */
export const forgetActs = (pool: Pick<pg.Pool, 'query'>, atOnce?: number): Promise<number> =>
  untilNoneIsLeft(pool, 'select forget_acts($1) as done', atOnce);

/**
 * Forgets the proofs of logins that are stale for long.
 * @returns how many were forgotten
 */
export const forgetProofs = (pool: Pick<pg.Pool, 'query'>, atOnce = 10_000): Promise<number> =>
  untilNoneIsLeft(pool, 'select forget_proofs($1) as done', atOnce);

/**
 * Deletes the simulations of the wait that no text of a report names, a quarter after they were asked for, and forgets who asked the others.
 * @returns how many were deleted
 */
export async function deleteOldSimulations(pool: Pick<pg.Pool, 'query'>, atOnce?: number): Promise<number> {
  await untilNoneIsLeft(pool, 'select forget_who_simulated($1) as done', atOnce);
  return untilNoneIsLeft(pool, 'select delete_old_wait_simulations($1) as done', atOnce);
}

/**
 * Counts the votes of teams that are over, each in a transaction of its own.
 * @returns how many were counted
 */
export async function countTeamVotes(pool: Pick<pg.Pool, 'query'>): Promise<number> {
  for (let counted = 0; ; counted += 1) {
    const { rows } = await pool.query<{ found: boolean }>('select count_team_vote() as found');
    if (rows[0]?.found !== true) return counted;
  }
}

/**
 * Refuses the indicators about which the teams were asked twice without a result.
 * @returns how many were refused
 */
export async function endUndecidedConsultations(pool: Pick<pg.Pool, 'query'>): Promise<number> {
  const { rows } = await pool.query<{ done: number }>('select end_undecided_consultations() as done');
  return rows[0]?.done ?? 0;
}

/**
 * Frees the times that were called off by telephone, once the hold is over, each in a transaction of its own.
 * @returns how many were looked at
 */
export async function freeCalledOffTimes(pool: Pick<pg.Pool, 'query'>): Promise<number> {
  for (let looked = 0; ; looked += 1) {
    const { rows } = await pool.query<{ found: boolean }>('select free_called_off_time() as found');
    if (rows[0]?.found !== true) return looked;
  }
}

/**
 * Settles the words about contact: uses those that have waited for two working days, and ends those of a stand-in with the relay. Each in a
 * transaction of its own.
 * @returns how many were looked at
 */
export async function settleContactWords(pool: Pick<pg.Pool, 'query'>): Promise<number> {
  for (let looked = 0; ; looked += 1) {
    const { rows } = await pool.query<{ found: boolean }>('select settle_contact_word() as found');
    if (rows[0]?.found !== true) return looked;
  }
}

/**
 * Measures the free times of today, once, in one transaction. The database measures only between six and eight in the morning in Paris.
 */
export async function measureWaitingTime(pool: Pick<pg.Pool, 'query'>): Promise<void> {
  await pool.query('select measure_waiting_days()');
}

/** Writes the figure of each week that is over and has none, in one transaction. */
export async function closeWaitingWeeks(pool: Pick<pg.Pool, 'query'>): Promise<void> {
  await pool.query('select close_waiting_weeks()');
}

/**
 * Returns the tasks of the jobs. Each looks in the tables for its work, and does it in one transaction. So a task that runs twice, or
 * dies halfway, neither loses nor doubles anything: a job is a wake-up and carries no facts.
 */
export function tasksOf(
  pool: pg.Pool,
  senders: readonly Sender[],
  links: Links | null,
  statisticsSecret: Buffer,
): TaskList {
  return {
    'offer-slots': async (payload) => {
      const { districtId } = payload as { readonly districtId: string };
      await offerSlots(pool, districtId, false);
    },
    sweep: async () => offerSlotsEverywhere(pool),
    send: async () => {
      await sendDispatches(pool, senders, links);
    },
    'settle-contact-words': async () => {
      await settleContactWords(pool);
    },
    'free-called-off-times': async () => {
      await freeCalledOffTimes(pool);
    },
    'measure-waiting-time': async () => measureWaitingTime(pool),
    'close-waiting-weeks': async () => closeWaitingWeeks(pool),
    'freeze-snapshots': async () => {
      await freezeSnapshots(pool, statisticsSecret);
    },
    'carry-out-reassignments': async () => {
      await carryOutReassignments(pool);
    },
    'close-releases': async () => {
      await pool.query('select close_contradicted_releases()');
    },
    'settle-encounters': async () => {
      await settleEncounters(pool);
    },
    'delete-old-encounters': async () => {
      await deleteOldEncounters(pool);
    },
    'forget-who-waited': async () => {
      await forgetWhoWaited(pool);
    },
    'delete-provisional-persons': async () => {
      await deleteProvisionalPersons(pool);
    },
    'forget-booking-addresses': async () => {
      await forgetBookingAddresses(pool);
      await forgetActs(pool);
    },
    'simulate-waits': async () => {
      await simulateWaits(pool);
    },
    'delete-old-simulations': async () => {
      await deleteOldSimulations(pool);
    },
    'count-team-votes': async () => {
      await countTeamVotes(pool);
    },
    'end-undecided-consultations': async () => {
      await endUndecidedConsultations(pool);
    },
    'forget-proofs': async () => {
      await forgetProofs(pool);
    },
  };
}

/**
 * The tasks of every minute, and of the start. How persons are reached is settled first. Sending has priority, so that it does not wait for
 * offers to be made.
 */
export const EVERY_MINUTE = [
  { task: 'settle-contact-words', priority: -2 },
  { task: 'send', priority: -1 },
  { task: 'sweep', priority: 0 },
  { task: 'free-called-off-times', priority: 0 },
  { task: 'close-releases', priority: 0 },
  { task: 'carry-out-reassignments', priority: 0 },
  { task: 'settle-encounters', priority: 0 },
  { task: 'forget-proofs', priority: 0 },
] as const;

/** The tasks of every quarter of an hour. The database measures waiting times between six and eight in Paris. */
const EVERY_QUARTER = [
  'measure-waiting-time',
  'close-waiting-weeks',
  'freeze-snapshots',
  'forget-booking-addresses',
];

/** The crontab of graphile-worker, in UTC. A night that was missed, because no process ran, is made up for. */
export const CRONTAB = [
  ...EVERY_MINUTE.map(({ task, priority }) => `* * * * * ${task} ?max=1&jobKey=${task}&priority=${priority}`),
  ...EVERY_QUARTER.map((task) => `*/15 * * * * ${task} ?max=1&jobKey=${task}`),
  // In the queue of its own, as the database adds it: one after the other.
  '* * * * * simulate-waits ?max=1&jobKey=simulate-waits&queue=simulate-waits&priority=1',
  // After midnight in Paris: a vote ends with its last day.
  '7 1 * * * count-team-votes ?fill=1d&jobKey=count-team-votes',
  '12 1 * * * end-undecided-consultations ?fill=1d&jobKey=end-undecided-consultations',
  '17 1 * * * delete-old-encounters ?fill=1d&jobKey=delete-old-encounters',
  '37 1 * * * delete-old-simulations ?fill=1d&jobKey=delete-old-simulations',
  '27 1 * * * forget-who-waited ?fill=1d&jobKey=forget-who-waited',
  '47 1 * * * delete-provisional-persons ?fill=1d&jobKey=delete-provisional-persons',
].join('\n');
