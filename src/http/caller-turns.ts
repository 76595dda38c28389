import { CosmosError, UnavailableError } from '../errors.js';
import type { Caller, Share, Shares } from './caller.js';
import { Lately } from './lately.js';

interface Waiting {
  readonly start: () => void;
  readonly refuse: (error: Error) => void;
  readonly isWaitedFor: () => boolean;
}

interface Member {
  /** The key of the caller. */
  readonly key: string;
  busy: number;
  readonly waiting: Waiting[];
}

/** The running and waiting requests of one share. */
interface Room {
  readonly key: string;
  readonly limits: Share;
  busy: number;
  waiting: number;
  readonly members: Map<string, Member>;
  /** Ends when the first of the resting members may go on. */
  timer: NodeJS.Timeout | null;
}

/**
 * The milliseconds before a refusal is sent. A refused caller asks again at once, and a refusal costs as much as a small answer: so the
 * refusal waits.
 */
export const REFUSED_AFTER_MS = 1_000;
/** The seconds after which a refused caller may ask again. */
export const RETRY_AFTER = 1;

function keyOf({ kind, share, member }: Caller): string {
  return JSON.stringify([kind, share, member]);
}

/** True if several members have turns in a room at a time. */
function isShared({ inFlight, inFlightOfOne }: Share): boolean {
  return inFlightOfOne < inFlight;
}

/** @throws CosmosError RATE_LIMITED, after a second */
export async function refuseLater(retryAfter: number): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, REFUSED_AFTER_MS));
  throw new CosmosError('RATE_LIMITED', 'tooManyAtOnce', { retryAfter });
}

/**
 * A queue for each caller, in front of all work. A caller who asks much waits for their own requests, and no other caller does. A share
 * has few turns at a time. The next turn goes to the member who has used least lately; the requests of one member are first come, first
 * served. The last free turn of a share is for members who have used little: so nobody waits for the long work of others. After a
 * refusal the caller rests for a multiple of the time that the refusal took.
 */
export class CallerTurns {
  readonly #rooms = new Map<string, Room>();

  /** @param isOut whether the database answers nobody: then there is no use in waiting */
  constructor(
    private readonly shares: Shares,
    private readonly isOut: () => boolean = () => false,
    private readonly lately: Lately = new Lately(),
  ) {}

  /**
   * Waits for the caller's turn.
   * @param isWaitedFor whether the client still waits; asked once, when the turn comes
   * @returns a function that ends the turn; called again, it does nothing
   * @throws CosmosError RATE_LIMITED, after a second, when too many of the caller's requests wait already
   * @throws UnavailableError when nobody waits any more, or the database is out when a request before it ends
   */
  async enter(caller: Caller, isWaitedFor: () => boolean = () => true): Promise<() => void> {
    const room = this.#roomOf(caller);
    const { limits } = room;
    const member = room.members.get(caller.member) ?? { key: keyOf(caller), busy: 0, waiting: [] };
    room.members.set(caller.member, member);
    if (room.waiting === 0 && this.#hasTurn(room, member) && this.lately.restOf(member.key) === 0) {
      sit(room, member);
    } else {
      if (member.waiting.length >= limits.waitingOfOne || room.waiting >= limits.waiting) {
        forgetIfIdle(room, caller.member, member);
        return refuseLater(RETRY_AFTER);
      }
      room.waiting += 1;
      await new Promise<void>((start, refuse) => {
        member.waiting.push({ start, refuse, isWaitedFor });
        this.#nextSoon(room);
      });
    }
    const since = performance.now();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      if (isShared(limits)) this.lately.addTurn(member.key, performance.now() - since);
      room.busy -= 1;
      member.busy -= 1;
      forgetIfIdle(room, caller.member, member);
      if (this.isOut()) refuseAll(room);
      this.#nextSoon(room);
      this.#forgetIfEmpty(room);
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

  /**
   * Counts a refusal, before the turn in which it was found ends. Until the caller has rested, none of their turns begins.
   * @param ms the milliseconds that it took to find
   */
  countRefusal(caller: Caller, ms: number): void {
    this.lately.addRefusal(keyOf(caller), ms);
  }

  /** Returns after how many seconds the caller may ask again, if too much was refused to them; otherwise null. */
  spent(caller: Caller): number | null {
    return this.lately.retryAfter(keyOf(caller));
  }

  #roomOf({ kind, share }: Caller): Room {
    const key = JSON.stringify([kind, share]);
    const room = this.#rooms.get(key) ?? {
      key,
      limits: this.shares[kind],
      busy: 0,
      waiting: 0,
      members: new Map<string, Member>(),
      timer: null,
    };
    this.#rooms.set(key, room);
    return room;
  }

  /** True if there is a turn for the member, once it has rested. */
  #hasTurn({ busy, limits }: Room, member: Member): boolean {
    if (busy >= limits.inFlight || member.busy >= limits.inFlightOfOne) return false;
    return !isShared(limits) || busy < limits.inFlight - 1 || !this.lately.isHeavy(member.key);
  }

  /** Returns the member who has used least lately, among those who wait and have a turn; and the shortest rest of the others. */
  #nextMember(room: Room): { readonly next: readonly [string, Member] | null; readonly rest: number } {
    let least = Number.POSITIVE_INFINITY;
    let rest = Number.POSITIVE_INFINITY;
    let next: readonly [string, Member] | null = null;
    for (const [name, member] of room.members) {
      if (member.waiting.length === 0 || !this.#hasTurn(room, member)) continue;
      const left = this.lately.restOf(member.key);
      const used = this.lately.usedBy(member.key);
      if (left > 0) rest = Math.min(rest, left);
      else if (used < least) [least, next] = [used, [name, member]];
    }
    return { next, rest };
  }

  /**
   * Gives the free turns away, after other sockets were read: a row of refusals, none of which waits for anything, would keep them
   * waiting.
   */
  #nextSoon(room: Room): void {
    if (room.waiting > 0 && room.busy < room.limits.inFlight) setImmediate(() => this.#next(room));
  }

  /** Gives the free turns to waiting members. If all who could have one rest, it looks again when the first has rested. */
  #next(room: Room): void {
    while (room.busy < room.limits.inFlight) {
      const { next, rest } = this.#nextMember(room);
      if (next === null) {
        if (rest < Number.POSITIVE_INFINITY) this.#nextAfter(room, rest);
        break;
      }
      const [name, member] = next;
      const first = member.waiting.shift();
      room.waiting -= 1;
      if (first?.isWaitedFor() !== true) {
        first?.refuse(new UnavailableError('client'));
        forgetIfIdle(room, name, member);
        continue;
      }
      // A member who has used no more than another stands behind it.
      room.members.delete(name);
      room.members.set(name, member);
      sit(room, member);
      first.start();
    }
    this.#forgetIfEmpty(room);
  }

  #nextAfter(room: Room, ms: number): void {
    if (room.timer !== null) clearTimeout(room.timer);
    room.timer = setTimeout(() => {
      room.timer = null;
      this.#next(room);
    }, Math.ceil(ms));
  }

  #forgetIfEmpty(room: Room): void {
    if (room.members.size === 0) this.#rooms.delete(room.key);
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
