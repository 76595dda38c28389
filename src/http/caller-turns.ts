import { CosmosError, UnavailableError } from '../errors.js';
import type { Caller, Share, Shares } from './caller.js';

interface Waiting {
  readonly start: () => void;
  readonly refuse: (error: Error) => void;
  readonly isWaitedFor: () => boolean;
}

interface Member {
  busy: number;
  readonly waiting: Waiting[];
}

/** The running and waiting requests of one share. Its members are in the order of their next turns. */
interface Room {
  busy: number;
  waiting: number;
  readonly members: Map<string, Member>;
}

/**
 * The milliseconds before a refusal is sent. A refused caller asks again at once, and a refusal costs as much as a small answer: so the
 * refusal waits.
 */
export const REFUSED_AFTER_MS = 1_000;
/** The seconds after which a refused caller may ask again. */
export const RETRY_AFTER = 1;

/**
 * A queue for each caller, in front of all work. A caller who asks much waits for their own requests, and no other caller does. A share
 * has few turns at a time. Its members take turns in a circle; the requests of one member are first come, first served.
 */
export class CallerTurns {
  readonly #rooms = new Map<string, Room>();

  /** @param isOut whether the database answers nobody: then there is no use in waiting */
  constructor(
    private readonly shares: Shares,
    private readonly isOut: () => boolean = () => false,
  ) {}

  /**
   * Waits for the caller's turn.
   * @param isWaitedFor whether the client still waits; asked once, when the turn comes
   * @returns a function that ends the turn; called again, it does nothing
   * @throws CosmosError RATE_LIMITED, after a second, when too many of the caller's requests wait already
   * @throws UnavailableError when nobody waits any more, or the database is out when a request before it ends
   */
  async enter(caller: Caller, isWaitedFor: () => boolean = () => true): Promise<() => void> {
    const limits = this.shares[caller.kind];
    const key = `${caller.kind} ${caller.share}`;
    const room = this.#rooms.get(key) ?? { busy: 0, waiting: 0, members: new Map<string, Member>() };
    const member = room.members.get(caller.member) ?? { busy: 0, waiting: [] };
    if (room.busy < limits.inFlight && member.busy < limits.inFlightOfOne) {
      this.#rooms.set(key, room);
      room.members.set(caller.member, member);
      sit(room, member);
    } else {
      if (member.waiting.length >= limits.waitingOfOne || room.waiting >= limits.waiting) {
        await new Promise((resolve) => setTimeout(resolve, REFUSED_AFTER_MS));
        throw new CosmosError('RATE_LIMITED', 'tooManyAtOnce', { retryAfter: RETRY_AFTER });
      }
      room.members.set(caller.member, member);
      room.waiting += 1;
      await new Promise<void>((start, refuse) => member.waiting.push({ start, refuse, isWaitedFor }));
    }
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      room.busy -= 1;
      member.busy -= 1;
      forgetIfIdle(room, caller.member, member);
      if (this.isOut()) refuseAll(room);
      next(room, limits);
      if (room.members.size === 0) this.#rooms.delete(key);
    };
  }

  /**
   * Runs `work` when the caller's turn comes.
   * @throws what `enter` and `work` throw
   */
  async take<T>(caller: Caller, work: () => Promise<T>, isWaitedFor?: () => boolean): Promise<T> {
    const leave = await this.enter(caller, isWaitedFor);
    try {
      return await work();
    } finally {
      leave();
    }
  }
}

function forgetIfIdle(room: Room, name: string, { busy, waiting }: Member): void {
  if (busy === 0 && waiting.length === 0) room.members.delete(name);
}

function sit(room: Room, member: Member): void {
  room.busy += 1;
  member.busy += 1;
}

/**
 * Refuses all waiting requests. Otherwise each would wait for the database in its turn, one after the other: a hundred requests of one
 * login for a minute.
 */
function refuseAll(room: Room): void {
  for (const [name, member] of room.members) {
    for (const { refuse } of member.waiting.splice(0)) refuse(new UnavailableError('database'));
    forgetIfIdle(room, name, member);
  }
  room.waiting = 0;
}

/** Returns the first member in the circle that waits and may take another turn. */
function nextMember({ members }: Room, limits: Share): { name: string; member: Member } | undefined {
  for (const [name, member] of members)
    if (member.busy < limits.inFlightOfOne && member.waiting.length > 0) return { name, member };
  return undefined;
}

/** Gives the free turns to waiting members: one each, and the member then stands at the end of the circle. */
function next(room: Room, limits: Share): void {
  while (room.busy < limits.inFlight) {
    const found = nextMember(room, limits);
    const first = found?.member.waiting.shift();
    if (found === undefined || first === undefined) return;
    const { name, member } = found;
    room.waiting -= 1;
    if (!first.isWaitedFor()) {
      first.refuse(new UnavailableError('client'));
      forgetIfIdle(room, name, member);
      continue;
    }
    room.members.delete(name);
    room.members.set(name, member);
    sit(room, member);
    first.start();
  }
}
