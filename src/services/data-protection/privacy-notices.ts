import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import type { NoticeKind, NoticeOpinion } from '../../../prisma/generated/enums.js';
import {
  advisesOnNotices,
  draftsNotices,
  readsNoticeDrafts,
} from '../../access/data-protection/privacy-notice.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type {
  AdviseOnPrivacyNoticeInput,
  DraftPrivacyNoticeInput,
  PublishPrivacyNoticeInput,
  RewritePrivacyNoticeInput,
} from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { optionalBody, parseId, requireBody } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { dayInParis } from '../operation/period.js';
import { contactFaultOf } from './notice-contact.js';
import { WHO_READS_WHAT } from './who-reads-what.js';

/** A published notice: it never changes. */
export interface NoticeRow {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly version: number;
  readonly textFr: string;
  readonly textEn: string;
  readonly publishedOn: Date;
  /** Null for a notice that was published without an opinion. */
  readonly opinion: NoticeOpinion | null;
  readonly opinionText: string | null;
  readonly opinionOn: Date | null;
  readonly whoReadsFr: string | null;
  readonly whoReadsEn: string | null;
}

const NOTICE = Prisma.sql`id, kind::text as kind, version, text_fr as "textFr", text_en as "textEn", published_on as "publishedOn",
  opinion::text as opinion, opinion_text as "opinionText", opinion_on as "opinionOn", who_reads_fr as "whoReadsFr", who_reads_en as "whoReadsEn"`;

/** Lists the notices, the newest of each kind first; 100 at most. They are public. */
export function listNotices(op: Operation): Promise<readonly NoticeRow[]> {
  return op.tx.rows<NoticeRow>`select ${NOTICE} from privacy_notice order by kind, version desc limit 100`;
}

/** Returns a published notice; null if there is none. */
export function loadNotice(op: Operation, id: string): Promise<NoticeRow | null> {
  return batched(op, 'notice', async (ids) =>
    byKey(
      await op.tx.rows<NoticeRow>`select ${NOTICE} from privacy_notice where id = any (${uuids(ids)})`,
      (row) => row.id,
    ),
  ).load(id);
}

/** True if this release of the software has other readers than the notice says. The published notice stays, and another has to follow. */
export function isOutdated(notice: {
  readonly whoReadsFr: string | null;
  readonly whoReadsEn: string | null;
}): boolean {
  return notice.whoReadsFr !== WHO_READS_WHAT.fr || notice.whoReadsEn !== WHO_READS_WHAT.en;
}

/** A draft of a notice, in the county’s words and the software’s. */
export interface NoticeDraftRow {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly textFr: string;
  readonly textEn: string;
  readonly whoReadsFr: string;
  readonly whoReadsEn: string;
  readonly draftedAt: Date;
  readonly opinion: NoticeOpinion | null;
  readonly opinionText: string | null;
  readonly opinionOn: Date | null;
  readonly opinionById: string | null;
  readonly version: number;
}

const DRAFT = Prisma.sql`d.id, d.kind::text as kind, d.text_fr as "textFr", d.text_en as "textEn", d.who_reads_fr as "whoReadsFr",
  d.who_reads_en as "whoReadsEn", d.drafted_at as "draftedAt", d.opinion::text as opinion, d.opinion_text as "opinionText",
  d.opinion_on as "opinionOn", d.opinion_by_id as "opinionById", d.version`;

/**
 * Lists the drafts that are not published, the latest first; 100 at most.
 * @throws ForbiddenError
 */
export async function listNoticeDrafts(op: Operation): Promise<readonly NoticeDraftRow[]> {
  if (!readsNoticeDrafts(op.viewer)) throw new ForbiddenError();
  return op.tx.rows<NoticeDraftRow>`select ${DRAFT} from privacy_notice_draft d
    where not exists (select from privacy_notice n where n.draft_id = d.id) order by d.drafted_at desc, d.id desc limit 100`;
}

/** Returns a draft; null if there is none, and to a viewer who reads no drafts. */
export async function loadNoticeDraft(op: Operation, id: string): Promise<NoticeDraftRow | null> {
  if (!readsNoticeDrafts(op.viewer)) return null;
  const [draft] = await op.tx
    .rows<NoticeDraftRow>`select ${DRAFT} from privacy_notice_draft d where d.id = ${id}::uuid`;
  return draft ?? null;
}

/**
 * Returns a draft that may still change.
 * @throws NotFoundError; ConflictError VERSION_CHANGED; STATE_CHANGED once it is published
 */
async function requireOpenDraft(op: Operation, named: string, version: number): Promise<NoticeDraftRow> {
  const id = parseId(named);
  const draft = id === null ? null : await loadNoticeDraft(op, id);
  if (draft === null) throw new NotFoundError('input.id');
  if (draft.version !== version) throw new ConflictError('VERSION_CHANGED');
  const published = await op.tx.rows`select from privacy_notice n where n.draft_id = ${draft.id}::uuid`;
  if (published.length > 0) throw new ConflictError('STATE_CHANGED');
  return draft;
}

/**
 * Returns the county's text of a notice.
 * @throws InvalidInputError if the text gives no address of the officer, or an example's
 */
function requireNoticeText(field: string, value: string): string {
  const text = requireBody(field, value, LONGEST.publishedText);
  const fault = contactFaultOf(text);
  if (fault !== null) throw new InvalidInputError(field, `notice.${fault}`);
  return text;
}

interface Texts {
  readonly textFr: string;
  readonly textEn: string;
}

const requireTexts = (input: Texts): Texts => ({
  textFr: requireNoticeText('input.textFr', input.textFr),
  textEn: requireNoticeText('input.textEn', input.textEn),
});

/**
 * Drafts a notice: the county’s words, to which the software adds the readers of each kind of data.
 * @throws ForbiddenError; InvalidInputError
 */
export async function draftNotice(
  op: Operation,
  input: DraftPrivacyNoticeInput,
): Promise<NoticeDraftRow | null> {
  const id = await once(op, 'draftPrivacyNotice', input, async () => {
    op.log.attempt('DRAFT_PRIVACY_NOTICE');
    if (!draftsNotices(op.viewer)) throw new ForbiddenError();
    const { textFr, textEn } = requireTexts(input);
    const draftId = randomUUID();
    await op.tx
      .run`insert into privacy_notice_draft (id, kind, text_fr, text_en, who_reads_fr, who_reads_en, drafted_by_id, drafted_at)
      values (${draftId}::uuid, ${input.kind}::"NoticeKind", ${textFr}, ${textEn}, ${WHO_READS_WHAT.fr}, ${WHO_READS_WHAT.en},
        ${op.viewer.workerId}::uuid, now())`;
    return draftId;
  });
  return loadNoticeDraft(op, id);
}

/**
 * Rewrites a draft, with today's readers of each kind of data. An opinion on the earlier text is removed.
 * @throws ForbiddenError; NotFoundError; ConflictError VERSION_CHANGED, STATE_CHANGED; InvalidInputError
 */
export async function rewriteNotice(
  op: Operation,
  input: RewritePrivacyNoticeInput,
): Promise<NoticeDraftRow | null> {
  const id = await once(op, 'rewritePrivacyNotice', input, async () => {
    op.log.attempt('DRAFT_PRIVACY_NOTICE');
    if (!draftsNotices(op.viewer)) throw new ForbiddenError();
    const draft = await requireOpenDraft(op, input.id, input.expectedVersion);
    const { textFr, textEn } = requireTexts(input);
    const changed = await op.tx.run`update privacy_notice_draft set text_fr = ${textFr}, text_en = ${textEn},
        who_reads_fr = ${WHO_READS_WHAT.fr}, who_reads_en = ${WHO_READS_WHAT.en}, drafted_by_id = ${op.viewer.workerId}::uuid,
        drafted_at = now(), opinion = null, opinion_text = null, opinion_on = null, opinion_by_id = null, version = version + 1
      where id = ${draft.id}::uuid and version = ${input.expectedVersion}`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    return draft.id;
  });
  return loadNoticeDraft(op, id);
}

/**
 * Records the officer’s opinion on exactly this text. It binds nobody (GDPR article 39(1)), and is published beside the text.
 * @throws ForbiddenError; NotFoundError; ConflictError VERSION_CHANGED; STATE_CHANGED once there is an opinion, once it is published, and
 * for the viewer's own draft; InvalidInputError for reservations without words
 */
export async function adviseOnNotice(
  op: Operation,
  input: AdviseOnPrivacyNoticeInput,
): Promise<NoticeDraftRow | null> {
  const id = await once(op, 'adviseOnPrivacyNotice', input, async () => {
    op.log.attempt('ADVISE_ON_PRIVACY_NOTICE');
    if (!advisesOnNotices(op.viewer)) throw new ForbiddenError();
    const draft = await requireOpenDraft(op, input.id, input.expectedVersion);
    const text = optionalBody('input.text', input.text, LONGEST.opinion);
    if (text === null && input.opinion !== 'FAVOURABLE')
      throw new InvalidInputError('input.text', 'required');
    const changed = await op.tx
      .run`update privacy_notice_draft set opinion = ${input.opinion}::"NoticeOpinion", opinion_text = ${text},
        opinion_on = ${dayInParis(op.now)}::date, opinion_by_id = ${op.viewer.workerId}::uuid, version = version + 1
      where id = ${draft.id}::uuid and version = ${input.expectedVersion} and opinion is null
        and drafted_by_id <> ${op.viewer.workerId}::uuid`;
    if (changed === 0) throw new ConflictError('STATE_CHANGED');
    return draft.id;
  });
  return loadNoticeDraft(op, id);
}

/**
 * Publishes a draft for good, as the next version of its kind, whatever the opinion was: the county is the controller. Earlier receipts
 * keep the version that was given.
 * @throws ForbiddenError; NotFoundError; ConflictError VERSION_CHANGED; STATE_CHANGED without an opinion, to the worker who gave it,
 * where it is published, and where the readers have changed since it was written; InvalidInputError for an example's address of the
 * officer
 */
export async function publishNotice(
  op: Operation,
  input: PublishPrivacyNoticeInput,
): Promise<NoticeRow | null> {
  const id = await once(op, 'publishPrivacyNotice', input, async () => {
    op.log.attempt('PUBLISH_PRIVACY_NOTICE');
    if (!draftsNotices(op.viewer)) throw new ForbiddenError();
    const draft = await requireOpenDraft(op, input.id, input.expectedVersion);
    if (draft.opinion === null || draft.opinionById === op.viewer.workerId || isOutdated(draft))
      throw new ConflictError('STATE_CHANGED');
    // The notices with which the county began were not drafted by a request, so their text was never checked.
    for (const text of [draft.textFr, draft.textEn]) requireNoticeText('input.id', text);
    const noticeId = randomUUID();
    // If another notice of the kind is published at the same time, it takes the number, and nothing is written here.
    const written = await op.tx
      .run`insert into privacy_notice (id, kind, version, text_fr, text_en, published_on, who_reads_fr, who_reads_en,
        opinion, opinion_text, opinion_on, draft_id, published_by_id)
      select ${noticeId}::uuid, d.kind, 1 + coalesce((select max(n.version) from privacy_notice n where n.kind = d.kind), 0),
        d.text_fr || E'\n\n' || d.who_reads_fr, d.text_en || E'\n\n' || d.who_reads_en, ${dayInParis(op.now)}::date, d.who_reads_fr,
        d.who_reads_en, d.opinion, d.opinion_text, d.opinion_on, d.id, ${op.viewer.workerId}::uuid
      from privacy_notice_draft d where d.id = ${draft.id}::uuid and d.version = ${input.expectedVersion}
      on conflict do nothing`;
    if (written === 0) throw new ConflictError('STATE_CHANGED');
    return noticeId;
  });
  return loadNotice(op, id);
}
