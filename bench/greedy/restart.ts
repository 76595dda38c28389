import { createHash } from 'node:crypto';
import { WebSocket } from 'ws';
import { loadOrCreateDevelopmentIssuer } from '../../src/auth/development-issuer.js';
import { type BenchCounty, tokenFor } from '../support/app.js';

/** The desks of a county. */
export const DESKS = 40;

/** A desk whose browser follows the board of its district. */
interface Desk {
  readonly token: string;
  readonly districtId: string;
}

const BOARD = `subscription ($id: ID!) { visitChanges(districtId: $id) { reload visit { id ticket status } } }`;
/** The milliseconds after which a browser tries again: a second, and up to two more. */
const againMs = (nth: number, attempt: number): number =>
  1_000 + (createHash('sha256').update(`${nth} ${attempt}`).digest().readUInt16BE() / 65_536) * 2_000;

/** Lists desks of the county, with tokens that are valid for an hour. A district with one receptionist has two windows open. */
export async function desksOf(county: BenchCounty): Promise<readonly Desk[]> {
  const issuer = await loadOrCreateDevelopmentIssuer(county.folder);
  const rows = await county.sql<{ subject: string; id: string }>(
    `select distinct on (w.id) w.subject, m.district_id as id from membership m join worker w on w.id = m.worker_id
      where m.role = 'RECEPTIONIST' and w.disabled_at is null and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
      order by w.id limit ${DESKS}`,
  );
  if (rows.length === 0) throw new Error('the county has no receptionist');
  return Promise.all(
    Array.from({ length: DESKS }, async (_, nth) => {
      const { subject, id } = rows[nth % rows.length] as { subject: string; id: string };
      return { token: await tokenFor(issuer, subject), districtId: id };
    }),
  );
}

/** Opens the board of a desk, again after each failure. @returns how many attempts it took */
function open(url: string, { token, districtId }: Desk, nth: number, attempt = 1): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    let hasBoard = false;
    socket.on('error', () => undefined);
    socket.on('open', () =>
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })),
    );
    socket.on('message', (data) => {
      const { type } = JSON.parse(String(data)) as { type: string };
      if (type === 'connection_ack')
        socket.send(
          JSON.stringify({
            id: '1',
            type: 'subscribe',
            payload: { query: BOARD, variables: { id: districtId } },
          }),
        );
      if (type === 'next') {
        hasBoard = true;
        resolve(attempt);
        socket.close();
      }
    });
    socket.on('close', () => {
      if (!hasBoard)
        setTimeout(
          () => void open(url, { token, districtId }, nth, attempt + 1).then(resolve),
          againMs(nth, attempt),
        );
    });
  });
}

/**
 * Lets all desks open their boards at once, through one address, with tokens that this process has not seen.
 * @returns the seconds until the last has its board, and the most attempts that one needed
 */
export async function openAll(
  url: string,
  desks: readonly Desk[],
): Promise<{ readonly seconds: number; readonly attempts: number }> {
  const since = performance.now();
  const attempts = await Promise.all(desks.map((desk, nth) => open(url, desk, nth)));
  return { seconds: (performance.now() - since) / 1_000, attempts: Math.max(...attempts) };
}
