import { performance } from 'node:perf_hooks';
import type { Random } from '../../prisma/seed/content/random.js';
import type { Front } from './front.js';
import { type Slot, searched, somewhen } from './slots.js';

const SEARCH = `query ($filter: SlotFilter!) {
  slots(filter: $filter, first: 10) { slots { startsAt endsAt place modes } whyNone }
}`;
const BOOK = `mutation ($input: BookOnlineInput!) { bookOnline(input: $input) { id startsAt status secret } }`;
const STATISTICS = `query ($indicator: String!, $period: String!, $by: [String!]) {
  statistics(indicator: $indicator, period: $period, by: $by) { frozenOn
    dimensions { code categories { code labelFr } }
    cells(first: 100) { edges { node { value low high withheld yearBefore { value withheld } } } } }
}`;
/** Tables of the programme. */
const TABLES = [
  { indicator: 'APPOINTMENTS', by: ['APPOINTMENT_OUTCOME'] },
  { indicator: 'OPEN_CASES', by: ['MISSION', 'CASE_AGE'] },
  { indicator: 'NEEDS', by: ['NEED_THEME'] },
];

interface Client {
  readonly token: string;
}

/** What is asked from outside: by a booking client for its end users, and by the reporting client. */
export class PublicWork {
  constructor(
    private readonly front: Front,
    private readonly random: Random,
    private readonly districtIds: readonly string[],
  ) {}

  async search(client: Client, dueAt: number): Promise<void> {
    await this.#search(client, this.#someone(), this.random.pick(this.districtIds), dueAt);
  }

  /** Searches, and books one of the times at once. The booking was to begin when the times were answered. */
  async book(client: Client, dueAt: number): Promise<void> {
    const [headers, districtId] = [this.#someone(), this.random.pick(this.districtIds)];
    const slots = await this.#search(client, headers, districtId, dueAt);
    if (slots.length === 0) return;
    const { startsAt } = this.random.pick(slots);
    await this.front.ask(
      {
        kind: 'book online',
        query: BOOK,
        variables: { input: { districtId, typeCode: 'FIRST_RECEPTION', startsAt, name: 'anonyme' } },
        token: client.token,
        answers: /"BOOKED"/,
        headers,
      },
      performance.now(),
    );
  }

  async askForStatistics(client: Client, dueAt: number): Promise<void> {
    const period = String(new Date().getUTCFullYear() - 1);
    await this.front.ask(
      {
        kind: 'ask for statistics',
        query: STATISTICS,
        variables: { ...this.random.pick(TABLES), period },
        token: client.token,
        answers: /"cells":/,
      },
      dueAt,
    );
  }

  async #search(
    { token }: Client,
    headers: Readonly<Record<string, string>>,
    districtId: string,
    dueAt: number,
  ): Promise<readonly Slot[]> {
    const filter = { typeCode: 'FIRST_RECEPTION', districtId, from: somewhen(this.random) };
    const text = await this.front.ask(
      {
        kind: 'search online',
        query: SEARCH,
        variables: { filter },
        token,
        answers: /"startsAt":/,
        headers,
      },
      dueAt,
    );
    return text === null ? [] : searched(text);
  }

  /** Each end user comes from an address of their own, which the client passes on. */
  #someone(): Readonly<Record<string, string>> {
    const [one, other] = [this.random.int(18, 19), this.random.int(1, 254)];
    return { 'x-forwarded-for': `198.${one}.${this.random.int(0, 255)}.${other}` };
  }
}
