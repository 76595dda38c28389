import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import {
  type CalendarFeedRelation,
  keepsFeeds,
  opensFeeds,
  whereOwnsFeed,
} from '../../access/calendar-feed/calendar-feed.js';
import { uuids } from '../../access/operation/sql.js';
import type { Transaction } from '../../database/transaction.js';
import { ConflictError, ForbiddenError, NotFoundError } from '../../errors.js';
import type { OpenCalendarFeedInput, RevokeCalendarFeedInput } from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { optionalText, parseId } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { digestOf, secretFor } from '../operation/secret.js';

/** A calendar feed, to which a device subscribes by a secret address. */
export interface CalendarFeedRow extends CalendarFeedRelation {
  readonly id: string;
  readonly label: string | null;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  /** The address. It is answered once, to the viewer who opens the feed. */
  readonly address: string | null;
}

const FEED = Prisma.sql`f.id, f.worker_id as "workerId", f.person_id as "personId", f.label, f.created_at as "createdAt",
  f.revoked_at as "revokedAt"`;
const MAX_FEEDS = 10;

const f = Prisma.sql`f`;

/** Returns a feed of the viewer's own, or null: a missing one and another viewer's answer alike. */
export async function loadCalendarFeed(op: Operation, id: string): Promise<CalendarFeedRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  const row = await batched(op, 'calendar-feed', async (ids) =>
    byKey(
      await op.tx.rows<Omit<CalendarFeedRow, 'address'>>`select ${FEED} from calendar_feed f
        where f.id = any (${uuids(ids)}) and ${whereOwnsFeed(op.viewer, f)}`,
      (found) => found.id,
    ),
  ).load(key);
  return row === null ? null : { ...row, address: null };
}

/**
 * Lists the viewer's own feeds that are not revoked, newest first.
 * @throws ForbiddenError
 */
export async function listCalendarFeeds(op: Operation): Promise<readonly CalendarFeedRow[]> {
  if (!keepsFeeds(op.viewer)) throw new ForbiddenError();
  const rows = await op.tx.rows<Omit<CalendarFeedRow, 'address'>>`select ${FEED} from calendar_feed f
    where ${whereOwnsFeed(op.viewer, f)} and f.revoked_at is null order by f.created_at desc, f.id limit ${MAX_FEEDS}`;
  return rows.map((row) => ({ ...row, address: null }));
}

/**
 * Opens a feed; its address is answered this once. An eleventh feed replaces the oldest.
 * @throws ForbiddenError; InvalidInputError
 */
export async function openCalendarFeed(
  op: Operation,
  input: OpenCalendarFeedInput,
): Promise<CalendarFeedRow | null> {
  const id = await once(op, 'openCalendarFeed', input, async () => {
    if (!opensFeeds(op.viewer)) throw new ForbiddenError();
    op.log.record('OPEN_CALENDAR_FEED', {
      personId: op.viewer.personId,
      targetWorkerId: op.viewer.workerId,
    });
    const label = optionalText('input.label', input.label, LONGEST.name);
    const feedId = randomUUID();
    await op.tx.run`insert into calendar_feed (id, worker_id, person_id, client_id, label, secret_hash)
      values (${feedId}::uuid, ${op.viewer.workerId}::uuid, ${op.viewer.personId}::uuid, ${op.viewer.clientId}::uuid, ${label},
        ${digestOf(secretFor(op, 'calendar-feed', feedId))}::bytea)`;
    await op.tx
      .run`update calendar_feed f set revoked_at = now() where ${whereOwnsFeed(op.viewer, f)} and f.revoked_at is null
      and f.id in (select f.id from calendar_feed f where ${whereOwnsFeed(op.viewer, f)} and f.revoked_at is null
        order by f.created_at desc, f.id offset ${MAX_FEEDS})`;
    return feedId;
  });
  const row = await loadCalendarFeed(op, id);
  return row === null ? null : { ...row, address: `/calendar/${secretFor(op, 'calendar-feed', id)}.ics` };
}

/**
 * Revokes a feed for good: its address then answers as one that never existed.
 * @throws NotFoundError; ConflictError STATE_CHANGED
 */
export async function revokeCalendarFeed(
  op: Operation,
  input: RevokeCalendarFeedInput,
): Promise<CalendarFeedRow | null> {
  const id = await once(op, 'revokeCalendarFeed', input, async () => {
    op.log.record('REVOKE_CALENDAR_FEED', {
      personId: op.viewer.personId,
      targetWorkerId: op.viewer.workerId,
    });
    const row = await loadCalendarFeed(op, input.id);
    if (row === null) throw new NotFoundError('input.id');
    const changed = await op.tx.run`update calendar_feed set revoked_at = now()
      where id = ${row.id}::uuid and revoked_at is null`;
    if (changed === 0) throw new ConflictError('STATE_CHANGED');
    return row.id;
  });
  return loadCalendarFeed(op, id);
}

/** An appointment as a calendar shows it. */
export interface FeedEntry {
  readonly appointmentId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly status: string;
  readonly version: number;
  /** The instant at which it was booked, or last came to its status. */
  readonly changedAt: Date;
  /** The public label, in French. */
  readonly label: string;
  /** Null if there is no place to go to. */
  readonly place: string | null;
}

/** Returns the entries that the feed with this secret shows now, by start; null for a feed that does not exist or was revoked. */
export async function readFeed(tx: Transaction, secret: string): Promise<readonly FeedEntry[] | null> {
  const rows = await tx.rows<FeedEntry & { appointmentId: string | null }>`
    select appointment_id as "appointmentId", starts_at as "startsAt", ends_at as "endsAt", status, version,
      changed_at as "changedAt", label, place from read_calendar_feed(${digestOf(secret)}::bytea)`;
  return rows.length === 0 ? null : rows.filter(({ appointmentId }) => appointmentId !== null);
}
