import type pg from 'pg';
import type { Sender } from '../../../src/jobs/senders/sender.js';
import { tasksOf } from '../../../src/jobs/tasks.js';
import type { TestDatabase } from '../../support/database.js';
import { jobsOf } from '../../support/jobs.js';
import { TEST_VAULT_KEY } from '../../support/vault-key.js';

/** A message that left, with its link if it has one. */
export interface Left {
  readonly recipient: string;
  readonly channel: 'TEXT' | 'EMAIL';
  readonly subject: string;
  /** The text without the secret of its link. */
  readonly text: string;
  readonly secret: string | null;
}

const LINK = 'https://rdv.exemple.fr/l/';
/** The jobs in the order of a day. `send` runs before and after `sweep`, which offers free times. */
const TASKS = [
  'carry-out-reassignments',
  'close-releases',
  'count-team-votes',
  'end-undecided-consultations',
  'delete-old-encounters',
  'forget-who-waited',
  'forget-booking-addresses',
  'delete-provisional-persons',
  'delete-old-simulations',
  'forget-proofs',
  'send',
  'sweep',
  'send',
];

/** The jobs of one county, whose senders keep what they are given. */
export class Jobs {
  readonly #pool: pg.Pool;
  readonly #run: () => Promise<void>;
  #left: Left[] = [];

  constructor(database: TestDatabase) {
    this.#pool = jobsOf(database, 4);
    const sender = (channel: 'TEXT' | 'EMAIL'): Sender => ({
      channel,
      send: async ({ recipient, subject, text }) => {
        const secret = /l\/([\w-]{43})/.exec(text)?.[1] ?? null;
        this.#left.push({
          recipient,
          channel,
          subject,
          text: text.replace(secret ?? '\0', 'secret'),
          secret,
        });
        return 'SENT';
      },
      close: () => undefined,
    });
    const tasks = tasksOf(
      this.#pool,
      [sender('TEXT'), sender('EMAIL')],
      { url: LINK, key: TEST_VAULT_KEY },
      TEST_VAULT_KEY,
    );
    this.#run = async () => {
      for (const name of TASKS) await tasks[name]?.({}, undefined as never);
    };
  }

  /** Runs every job once, at the time of the clock. Returns the messages that left, sorted. */
  async run(): Promise<readonly Left[]> {
    this.#left = [];
    await this.#run();
    const key = ({ recipient, channel, subject, text }: Left): string =>
      [recipient, channel, subject, text].join('\n');
    return this.#left.sort((one, other) => (key(one) < key(other) ? -1 : 1));
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

/** The recipients who got other messages in one county than in the other, with the messages of each county. */
export function differentlyTold(
  one: readonly Left[],
  other: readonly Left[],
): { readonly recipient: string; readonly one: readonly string[]; readonly other: readonly string[] }[] {
  const by = (left: readonly Left[]): Map<string, string[]> => {
    const told = new Map<string, string[]>();
    for (const { recipient, channel, text } of left)
      told.set(recipient, [...(told.get(recipient) ?? []), `${channel}: ${text}`]);
    return told;
  };
  const [here, there] = [by(one), by(other)];
  return [...new Set([...here.keys(), ...there.keys()])]
    .map((recipient) => ({ recipient, one: here.get(recipient) ?? [], other: there.get(recipient) ?? [] }))
    .filter((told) => told.one.join('\n') !== told.other.join('\n'));
}
