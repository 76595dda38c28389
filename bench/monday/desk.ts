import { performance } from 'node:perf_hooks';
import type { Random } from '../../prisma/seed/content/random.js';
import type { Boards } from './boards.js';
import type { Desk, Held } from './cast.js';
import { answerOf, type Front } from './front.js';
import type { Ledger } from './ledger.js';
import { type Slot, searched, somewhen } from './slots.js';

/** The board of the waiting people, as a desk shows it. */
export const BOARD = `query Board($id: ID!) {
  visits(districtId: $id, first: 100, status: WAITING) {
    edges { node { id ticket kind status version arrivedAt person { id displayName } worker { id displayName } } } }
}`;
const RECORD = `mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id ticket status version } }`;
const CLOSE = `mutation ($input: CloseVisitInput!) { closeVisit(input: $input) { id status version } }`;
const LOOK_UP = `query ($input: PersonLookUpInput!) {
  personLookUp(input: $input) { id displayName reference birthYear }
}`;
const SEARCH = `query ($filter: SlotFilter!) {
  slots(filter: $filter, first: 10) { slots { startsAt endsAt place modes workers { id displayName } } whyNone }
}`;
const BOOK = `mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { id startsAt status version } }`;

/** The share of people who give no name at the counter. */
const NAMELESS = 1 / 3;

/** What a desk does. Each function takes the moment at which it was to begin. */
export class DeskWork {
  constructor(
    private readonly front: Front,
    private readonly ledger: Ledger,
    private readonly boards: Boards,
    private readonly random: Random,
  ) {}

  async recordVisit(desk: Desk, dueAt: number): Promise<void> {
    const personId = this.random.chance(NAMELESS) ? null : this.random.pick(desk.persons).id;
    const kind = this.random.chance(0.5) ? 'WALK_IN' : 'CALL';
    const text = await this.front.ask(
      {
        kind: 'record a visit',
        query: RECORD,
        variables: { input: { districtId: desk.districtId, kind, personId } },
        token: desk.token,
        answers: /"ticket":/,
      },
      dueAt,
    );
    if (text === null) return;
    const visit = answerOf(text) as unknown as Held;
    desk.visits.push({ id: visit.id, version: visit.version });
    this.boards.expect(visit.id, dueAt);
  }

  async closeVisit(desk: Desk, dueAt: number): Promise<void> {
    const visit = desk.visits.shift();
    if (visit === undefined) {
      this.ledger.idle += 1;
      return;
    }
    const input = { id: visit.id, expectedVersion: visit.version, outcome: 'ANSWERED' };
    await this.front.ask(
      {
        kind: 'close a visit',
        query: CLOSE,
        variables: { input },
        token: desk.token,
        answers: /"CLOSED"/,
      },
      dueAt,
    );
  }

  async readBoard(desk: Desk, dueAt: number): Promise<void> {
    await this.front.ask(
      {
        kind: 'look at the board',
        query: BOARD,
        variables: { id: desk.districtId },
        token: desk.token,
        answers: /"visits":/,
      },
      dueAt,
    );
  }

  async lookUp(desk: Desk, dueAt: number): Promise<void> {
    const { fullName, birthYear } = this.random.pick(desk.persons);
    await this.front.ask(
      {
        kind: 'look a person up',
        query: LOOK_UP,
        variables: { input: { fullName, birthYear } },
        token: desk.token,
        answers: /"birthYear":/,
      },
      dueAt,
    );
  }

  async search(desk: Desk, dueAt: number): Promise<readonly Slot[]> {
    const from = somewhen(this.random);
    const text = await this.front.ask(
      {
        kind: 'search for a slot',
        query: SEARCH,
        variables: { filter: { typeCode: 'FIRST_RECEPTION', districtId: desk.districtId, from } },
        token: desk.token,
        answers: /"startsAt":/,
      },
      dueAt,
    );
    return text === null ? [] : searched(text);
  }

  /** Searches, and books one of the times at once. The booking was to begin when the times were answered. */
  async book(desk: Desk, dueAt: number): Promise<void> {
    const slots = await this.search(desk, dueAt);
    if (slots.length === 0) return;
    const { startsAt, workers = [] } = this.random.pick(slots);
    const input = {
      districtId: desk.districtId,
      typeCode: 'FIRST_RECEPTION',
      startsAt,
      workerIds: [this.random.pick(workers).id],
      personIds: [this.random.pick(desk.persons).id],
    };
    await this.front.ask(
      {
        kind: 'book at the desk',
        query: BOOK,
        variables: { input },
        token: desk.token,
        answers: /"BOOKED"/,
      },
      performance.now(),
    );
  }
}
