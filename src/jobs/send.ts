import { createHmac } from 'node:crypto';
import type pg from 'pg';
import {
  calledOffText,
  noticeText,
  offerText,
  questionText,
  type ToldKind,
  withdrawnText,
} from '../services/data-protection/notice-text.js';
import type { DispatchChannel } from '../services/notification/dispatches.js';
import { digestOf } from '../services/operation/secret.js';
import type { Sender, SendingOutcome } from './senders/sender.js';

/** The most reminders that are made at a time, and the most messages that are sent at a time. */
const MADE_AT_ONCE = 200;
const SENT_AT_ONCE = 10;

interface TakenRow {
  readonly id: string;
  readonly attempt: number;
  readonly channel: DispatchChannel;
  readonly recipient: string;
  readonly kind: ToldKind | 'OFFER' | 'QUESTION' | 'CALLED_OFF' | 'WITHDRAWN';
  readonly publicLabelFr: string;
  readonly previousStartsAt: Date | null;
  readonly startsAt: Date;
  readonly answerBy: Date | null;
  readonly place: string | null;
}

function textOf(row: TakenRow, link: string | null): string {
  if (row.kind === 'CALLED_OFF') return calledOffText({ ...row, link, isFreed: row.answerBy !== null });
  if (row.kind === 'WITHDRAWN') return withdrawnText(row);
  const answerBy = row.answerBy ?? row.startsAt;
  if (row.kind === 'OFFER') return offerText({ ...row, answerBy });
  if (row.kind === 'QUESTION') return questionText({ ...row, answerBy });
  return noticeText({ ...row, link, kind: row.kind, previousStartsAt: row.previousStartsAt ?? row.startsAt });
}

/**
 * Makes the reminders that are due and sends the waiting messages, until none is left. Taking a message and settling it are transactions
 * of their own: if the process dies in between, the message stays taken, and the database knows what may be sent again.
 * @param links null if messages have no link
 * @returns how many were sent
 */
export async function sendDispatches(
  pool: Pick<pg.Pool, 'query'>,
  senders: readonly Sender[],
  links: Links | null = null,
): Promise<number> {
  const channels = senders.map(({ channel }) => channel);
  for (let made = MADE_AT_ONCE; made >= MADE_AT_ONCE; ) {
    const { rows } = await pool.query<{ made: number }>({
      text: 'select prepare_dispatches($1::"DispatchChannel"[], $2) as made',
      values: [channels, MADE_AT_ONCE],
    });
    made = rows[0]?.made ?? 0;
  }
  // Without a sender, workers tell everything.
  if (senders.length === 0) return 0;
  for (let sent = 0; ; ) {
    const { rows: taken } = await pool.query<TakenRow>({
      text: `select id, attempt, channel::text as channel, recipient, kind, public_label_fr as "publicLabelFr",
        previous_starts_at as "previousStartsAt", starts_at as "startsAt", answer_by as "answerBy", place from take_dispatches($1)`,
      values: [SENT_AT_ONCE],
    });
    if (taken.length === 0) return sent;
    const outcomes = await Promise.all(taken.map((row) => sendOne(pool, senders, row, links)));
    sent += outcomes.filter((outcome) => outcome === 'SENT').length;
  }
}

async function sendOne(
  pool: Pick<pg.Pool, 'query'>,
  senders: readonly Sender[],
  row: TakenRow,
  links: Links | null,
): Promise<SendingOutcome> {
  const sender = senders.find(({ channel }) => channel === row.channel);
  // The sender of this channel was removed meanwhile: the county no longer has it.
  const outcome =
    sender === undefined
      ? 'FAILED'
      : await sender.send({
          id: row.id,
          recipient: row.recipient,
          subject: row.publicLabelFr,
          text: textOf(row, links === null ? null : await linkOf(pool, row, links)),
        });
  await pool.query({
    text: 'select settle_dispatch($1::uuid, $2, $3::"DispatchStatus")',
    values: [row.id, row.attempt, outcome],
  });
  return outcome;
}

/** The links in messages: what stands before the secret, and the key from which the secret of each message comes. */
export interface Links {
  readonly url: string;
  readonly key: Buffer;
}

/**
 * Returns the link of a message, of which the database keeps the digest; null if the message may have none. A message that is sent again has
 * the same link: a gateway knows it by its text, too. A message without a link is better than none.
 */
async function linkOf(
  pool: Pick<pg.Pool, 'query'>,
  { id, attempt }: TakenRow,
  { url, key }: Links,
): Promise<string | null> {
  const secret = createHmac('sha256', key).update(`appointment-link:${id}`).digest('base64url');
  try {
    const { rows } = await pool.query<{ made: boolean }>({
      text: 'select make_link($1::uuid, $2, $3) as made',
      values: [id, attempt, Buffer.from(digestOf(secret))],
    });
    return rows[0]?.made === true ? `${url}${secret}` : null;
  } catch {
    return null;
  }
}
