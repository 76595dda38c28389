import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import { uuids } from '../../access/operation/sql.js';
import {
  closesMessage,
  type MessageRelation,
  sendsMessagesIn,
  whereReadsMessage,
} from '../../access/reception/reception.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { SendMessageInput, VersionedInput } from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { openText, type SealedText } from '../../vault/sealed-text.js';
import { requireMembers } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { optionalText, parseId } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from '../operation/paging.js';
import { daysAfter, requirePeriod } from '../operation/period.js';
import { requireBookable } from '../person/persons.js';

/** The message "please call back". */
export interface MessageRow extends MessageRelation {
  readonly id: string;
  readonly personId: string | null;
  /** The name that an unknown person gives. */
  readonly name: string | null;
  readonly phone: string | null;
  /** Its text, if it is a blind message; null for any other. Its sender is `fromWorkerId`. */
  readonly textId: string | null;
  readonly fromWorkerId: string | null;
  readonly callFrom: Date | null;
  readonly callUntil: Date | null;
  readonly sentAt: Date;
  readonly doneAt: Date | null;
  readonly version: number;
}

/** The id of a message just sent. The sender no longer reads it. */
export interface SentMessage {
  readonly id: string;
}

const MESSAGE = Prisma.sql`m.id, m.district_id as "districtId", m.worker_id as "workerId", m.person_id as "personId", m.name,
  m.phone, m.text_id as "textId", m.from_worker_id as "fromWorkerId",
  m.call_from as "callFrom", m.call_until as "callUntil", m.sent_at as "sentAt", m.done_at as "doneAt", m.version`;
const m = Prisma.sql`m`;

/** Returns a message to the viewer, or null. */
export async function loadMessage(op: Operation, id: string): Promise<MessageRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'message', async (ids) =>
    byKey(
      await op.tx.rows<MessageRow>`select ${MESSAGE} from message m
        where m.id = any (${uuids(ids)}) and ${whereReadsMessage(op.viewer, m)}`,
      (row) => row.id,
    ),
  ).load(key);
}

/** Returns the text of a blind message; null for any other. */
export async function loadMessageText(op: Operation, { textId }: MessageRow): Promise<string | null> {
  if (textId === null) return null;
  const sealed = await batched(op, 'message-text', async (ids) =>
    byKey(
      await op.tx.rows<
        { id: string } & SealedText
      >`select t.id, t.body, t.master_key_id as "masterKeyId", t.wrapped
        from message_text t where t.id = any (${uuids(ids)})
          and exists (select from message m where m.text_id = t.id and ${whereReadsMessage(op.viewer, m)})`,
      (found) => found.id,
    ),
  ).load(textId);
  return sealed === null ? null : openText(op.vault, 'message_text', textId, sealed);
}

/** Lists the messages to the viewer that are not done yet, the oldest first. */
export async function listMessages(op: Operation, args: PageArgs): Promise<Page<MessageRow>> {
  const size = pageSize(args);
  const rows = await op.tx.rows<MessageRow>`select ${MESSAGE} from message m
    where ${whereReadsMessage(op.viewer, m)} and m.done_at is null
      and ${afterCursor(args, Prisma.sql`m.sent_at`, Prisma.sql`m.id`, false)}
    order by m.sent_at, m.id limit ${size + 1}`;
  return toPage(rows, args, (row) => row.sentAt);
}

/**
 * Asks a colleague to call a person back, who is known to the service or gives a name. Nobody asks what it is about. From then on only
 * its worker reads it.
 * @throws ForbiddenError; NotFoundError; InvalidInputError
 */
export async function sendMessage(op: Operation, input: SendMessageInput): Promise<SentMessage> {
  const id = await once(op, 'sendMessage', input, async () => {
    const workerId = parseId(input.workerId);
    op.log.record('SEND_MESSAGE', {
      personId: input.personId == null ? null : parseId(input.personId),
      targetWorkerId: workerId,
    });
    const districtId = parseId(input.districtId);
    if (districtId === null || !sendsMessagesIn(op.viewer, districtId)) throw new ForbiddenError();
    if (workerId === null) throw new NotFoundError('input.workerId');
    await requireMembers(op, 'input.workerId', districtId, [workerId]);
    const personId = input.personId == null ? null : await requireBookable(op, input.personId);
    const name = optionalText('input.name', input.name, LONGEST.name);
    if (personId === null && name === null) throw new InvalidInputError('input.name', 'required');
    const phone = optionalText('input.phone', input.phone, LONGEST.phone);
    const { callFrom, callUntil } = input;
    if (callUntil != null) {
      if (callUntil <= op.now) throw new InvalidInputError('input.callUntil', 'past');
      requirePeriod('input.callUntil', callFrom ?? op.now, callUntil, 31);
    }
    if (callFrom != null && callFrom > daysAfter(op.now, 31))
      throw new InvalidInputError('input.callFrom', 'tooFar');
    const messageId = randomUUID();
    await op.tx
      .run`insert into message (id, district_id, worker_id, person_id, name, phone, call_from, call_until)
      values (${messageId}::uuid, ${districtId}::uuid, ${workerId}::uuid, ${personId}::uuid, ${name}, ${phone},
        ${callFrom ?? null}, ${callUntil ?? null})`;
    return messageId;
  });
  return { id };
}

/**
 * Records that the person was called back, or need not be.
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED; STATE_CHANGED once it is recorded
 */
export async function closeMessage(op: Operation, input: VersionedInput): Promise<MessageRow | null> {
  const id = await once(op, 'closeMessage', input, async () => {
    const row = await loadMessage(op, input.id);
    op.log.record('CLOSE_MESSAGE', { personId: row?.personId ?? null });
    if (row === null) throw new NotFoundError('input.id');
    if (!closesMessage(op.viewer, row)) throw new ForbiddenError();
    if (row.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
    if (row.doneAt !== null) throw new ConflictError('STATE_CHANGED');
    const changed = await op.tx.run`update message set done_at = now(), version = version + 1
      where id = ${row.id}::uuid and version = ${row.version} and done_at is null`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    return row.id;
  });
  return loadMessage(op, id);
}
