import type { TaskList } from 'graphile-worker';
import type pg from 'pg';
import { freezeSnapshots } from './freeze-snapshots.js';
import { sendDispatches } from './send.js';
import type { Sender } from './senders/sender.js';

/** As many offers as one transaction makes: who books in the same hours waits for its end. */
const OFFERS_AT_ONCE = 5;

/**
 * Offers what is free to those who wait in a district, until nothing is left that suits anyone. How many were offered.
 * @param inAnyCase also when nothing has changed since it was done last
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

/** The same in every district in which someone waits: finds what no job told of, after a crash as on any minute. */
async function offerSlotsEverywhere(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ id: string }>('select districts_waiting() as id');
  const faults: unknown[] = [];
  // What fails in one district keeps no other waiting.
  for (const { id } of rows) await offerSlots(pool, id, true).catch((fault: unknown) => faults.push(fault));
  if (faults.length > 0) throw faults[0];
}

/**
 * Reassigns the cases whose planned time has come. One transaction each, the earliest first; what fails keeps no other waiting. How many
 * were reassigned.
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

/** As many encounters as one transaction deletes. */
const ENCOUNTERS_AT_ONCE = 500;

/** Deletes the encounters that nobody has passed on for 30 days, and their keys with them. How many there were. */
export async function deleteOldEncounters(
  pool: Pick<pg.Pool, 'query'>,
  atOnce = ENCOUNTERS_AT_ONCE,
): Promise<number> {
  for (let total = 0; ; ) {
    const { rows } = await pool.query<{ deleted: number }>({
      text: 'select delete_old_encounters($1) as deleted',
      values: [atOnce],
    });
    const deleted = rows[0]?.deleted ?? 0;
    total += deleted;
    if (deleted < atOnce) return total;
  }
}

/** As many requests as one transaction forgets the name and the number of. */
const REQUESTS_AT_ONCE = 500;

/** Deletes the name and the number of who waited without being known, 30 days after. How many there were. */
export async function forgetWhoWaited(
  pool: Pick<pg.Pool, 'query'>,
  atOnce = REQUESTS_AT_ONCE,
): Promise<number> {
  for (let total = 0; ; ) {
    const { rows } = await pool.query<{ forgotten: number }>({
      text: 'select forget_who_waited($1) as forgotten',
      values: [atOnce],
    });
    const forgotten = rows[0]?.forgotten ?? 0;
    total += forgotten;
    if (forgotten < atOnce) return total;
  }
}

/** Measures what is free today, in the two hours after six in the morning in which that is measured; once, in one transaction. */
export async function measureWaitingTime(pool: Pick<pg.Pool, 'query'>): Promise<void> {
  await pool.query('select measure_waiting_days()');
}

/**
 * What jobs do. Each looks at the tables for what there is to do and does it in one transaction, so that one that is run
 * twice, or dies halfway, neither loses nor doubles anything: a job is a wake-up and carries no facts.
 */
export function tasksOf(pool: pg.Pool, senders: readonly Sender[], statisticsSecret: Buffer): TaskList {
  return {
    'offer-slots': async (payload) => {
      const { districtId } = payload as { readonly districtId: string };
      await offerSlots(pool, districtId, false);
    },
    sweep: async () => offerSlotsEverywhere(pool),
    send: async () => {
      await sendDispatches(pool, senders);
    },
    'measure-waiting-time': async () => measureWaitingTime(pool),
    'freeze-snapshots': async () => {
      await freezeSnapshots(pool, statisticsSecret);
    },
    'carry-out-reassignments': async () => {
      await carryOutReassignments(pool);
    },
    'close-releases': async () => {
      await pool.query('select close_contradicted_releases()');
    },
    'delete-old-encounters': async () => {
      await deleteOldEncounters(pool);
    },
    'forget-who-waited': async () => {
      await forgetWhoWaited(pool);
    },
  };
}

/** What is done every minute, and at the start; what is to be sent waits for no offers to be made. */
export const EVERY_MINUTE = [
  { task: 'send', priority: -1 },
  { task: 'sweep', priority: 0 },
  { task: 'close-releases', priority: 0 },
  { task: 'carry-out-reassignments', priority: 0 },
] as const;

/** What is done each quarter of an hour. Of waiting time, the database takes what is free between six and eight in Paris. */
const EVERY_QUARTER = ['measure-waiting-time', 'freeze-snapshots'];

/** Crontab of graphile-worker, in UTC. A night that was missed, for want of a process, is made up for. */
export const CRONTAB = [
  ...EVERY_MINUTE.map(({ task, priority }) => `* * * * * ${task} ?max=1&jobKey=${task}&priority=${priority}`),
  ...EVERY_QUARTER.map((task) => `*/15 * * * * ${task} ?max=1&jobKey=${task}`),
  '17 1 * * * delete-old-encounters ?fill=1d&jobKey=delete-old-encounters',
  '27 1 * * * forget-who-waited ?fill=1d&jobKey=forget-who-waited',
].join('\n');
