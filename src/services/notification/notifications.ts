import { Prisma } from '../../../prisma/generated/client.js';
import type { ActKind, NotificationKind } from '../../../prisma/generated/enums.js';
import { ForbiddenError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from '../operation/paging.js';

/** A notification to a worker: never content. */
export interface NotificationRow {
  readonly id: string;
  readonly workerId: string;
  readonly kind: NotificationKind;
  readonly caseId: string | null;
  /** The worker whose departure, suspension or acts it is about, or whose log was read; null for any other kind. */
  readonly aboutWorkerId: string | null;
  /** For MEASURE_REACHED and ACTS_TAKEN_BACK: the kind of the acts; otherwise null. */
  readonly act: ActKind | null;
  /** For the same two kinds: how many acts; otherwise null. */
  readonly howMany: number | null;
  readonly createdAt: Date;
}

/**
 * Lists the viewer's own notifications, newest first. A notification whose time is to come is not told yet.
 * @throws ForbiddenError
 */
export async function listNotifications(op: Operation, args: PageArgs): Promise<Page<NotificationRow>> {
  if (op.viewer.workerId === null) throw new ForbiddenError();
  const size = pageSize(args);
  const before = afterCursor(args, Prisma.sql`n.created_at`, Prisma.sql`n.id`, true);
  const rows = await op.tx.rows<NotificationRow>`select n.id, n.worker_id as "workerId", n.kind::text as kind,
    n.case_id as "caseId", n.about_worker_id as "aboutWorkerId", n.act::text as act, n.count as "howMany", n.created_at as "createdAt" from notification n
    where n.worker_id = ${op.viewer.workerId}::uuid and n.created_at <= now() and ${before} order by n.created_at desc, n.id desc limit ${size + 1}`;
  return toPage(rows, args, (row) => row.createdAt);
}
