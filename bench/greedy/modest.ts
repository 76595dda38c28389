import type { BenchProcess } from '../support/process.js';

/** A modest client: it asks something now and then, and waits for each answer. */
export interface Modest {
  readonly name: string;
  readonly ask: () => Promise<{ readonly status: number; readonly text: string }>;
}

/** The milliseconds between two questions. */
const PAUSE_MS = 25;

const CASES = `{ cases(first: 10) { edges { node { id reference persons { displayName }
  needs { id } nextAppointment { startsAt } } } } }`;
const DISTRICTS = '{ districts { id slug name } appointmentTypes { code publicLabelFr } }';

/** Returns the modest clients: a social worker, somebody without a token, and a booking client. */
export async function modestsOf(app: BenchProcess): Promise<readonly Modest[]> {
  const worker = await app.as('worker.sevran');
  const booking = await app.as('client.booking');
  return [
    { name: 'a worker', ask: () => worker.send(CASES) },
    { name: 'without a token', ask: () => app.anonymous.send(DISTRICTS) },
    {
      name: 'a booking client',
      ask: () => booking.send(DISTRICTS, undefined, { 'x-forwarded-for': '192.0.2.7' }),
    },
  ];
}

/**
 * Asks for a while, and returns how long each answer took, in milliseconds.
 * @throws Error for an answer that is an error
 */
export async function askFor({ name, ask }: Modest, ms: number): Promise<number[]> {
  const times: number[] = [];
  for (const end = performance.now() + ms; performance.now() < end; ) {
    const since = performance.now();
    const { status, text } = await ask();
    if (status !== 200) throw new Error(`${name} is answered ${status}: ${text}`);
    times.push(performance.now() - since);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return times;
}
