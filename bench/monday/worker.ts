import type { Random } from '../../prisma/seed/content/random.js';
import { CASES_OF_A_PAGE, PAGE } from '../page/question.js';
import type { Held, Worker } from './cast.js';
import { answerOf, type Front } from './front.js';

const DAY = `query Day($filter: AppointmentFilter!) {
  appointments(first: 50, filter: $filter) {
    edges { node { id startsAt endsAt mode status publicLabel version persons { id displayName } } } }
}`;
const WRITE = `mutation ($input: WriteNoteInput!) { writeNote(input: $input) { id status version } }`;
const RECORD = `mutation ($input: RecordOutcomeInput!) { recordOutcome(input: $input) { id status version } }`;

/** A note of two thousand characters. */
const NOTE =
  'La personne est venue avec le courrier de la caisse. Nous avons repris la situation ensemble. '.repeat(21);
const HALF_A_DAY_MS = 12 * 3_600_000;

/** What a social worker does. */
export class WorkerWork {
  constructor(
    private readonly front: Front,
    private readonly random: Random,
  ) {}

  async readPage(worker: Worker, dueAt: number): Promise<void> {
    await this.front.ask(
      {
        kind: 'read the page',
        query: PAGE,
        variables: { first: CASES_OF_A_PAGE },
        token: worker.token,
        answers: /"reference":/,
      },
      dueAt,
    );
  }

  async readDay(worker: Worker, dueAt: number): Promise<void> {
    const now = Date.now();
    const [from, to] = [now - HALF_A_DAY_MS, now + HALF_A_DAY_MS].map((at) => new Date(at).toISOString());
    await this.front.ask(
      {
        kind: 'read the day',
        query: DAY,
        variables: { filter: { workerId: worker.id, from, to } },
        token: worker.token,
        answers: /"startsAt":/,
      },
      dueAt,
    );
  }

  async writeNote(worker: Worker, dueAt: number): Promise<void> {
    await this.front.ask(
      {
        kind: 'write a note',
        query: WRITE,
        variables: { input: { caseId: this.random.pick(worker.cases), body: NOTE } },
        token: worker.token,
        answers: /"FINAL"/,
      },
      dueAt,
    );
  }

  async recordOutcome(worker: Worker, dueAt: number): Promise<void> {
    const appointment = worker.appointments.shift();
    if (appointment === undefined) return;
    const input = { id: appointment.id, expectedVersion: appointment.version, outcome: 'HONOURED' };
    const text = await this.front.ask(
      {
        kind: 'record an outcome',
        query: RECORD,
        variables: { input },
        token: worker.token,
        answers: /"HONOURED"/,
      },
      dueAt,
    );
    if (text === null) return;
    // Once all have an outcome, the first one is corrected.
    const { id, version } = answerOf(text) as unknown as Held;
    worker.appointments.push({ id, version });
  }
}
