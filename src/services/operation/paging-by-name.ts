import { Prisma } from '../../../prisma/generated/client.js';
import { InvalidInputError } from '../../errors.js';
import { parseId } from './input.js';
import { type Page, type PageArgs, pageInfoOf, pageSize } from './paging.js';

/** A row of a list that is sorted by name. */
interface Named {
  readonly id: string;
  /** The name as it is compared: by bytes, without case and accents. */
  readonly nameKey: string;
}

/**
 * As `afterCursor`, for a list that is sorted by name.
 * @throws InvalidInputError for a cursor of another list
 */
export function afterNameCursor(args: PageArgs, column: Prisma.Sql, idColumn: Prisma.Sql): Prisma.Sql {
  if (args.after == null) return Prisma.sql`true`;
  const text = Buffer.from(args.after, 'base64url').toString('utf8');
  const id = parseId(text.slice(0, 36));
  if (id === null || text[36] !== '|' || text.includes('\u0000'))
    throw new InvalidInputError('after', 'cursor');
  return Prisma.sql`(${column}, ${idColumn}) > (${text.slice(37)}, ${id}::uuid)`;
}

/** As `toPage`, for a list that is sorted by name. */
export function toNamePage<T extends Named>(rows: readonly T[], args: PageArgs): Page<T> {
  const size = pageSize(args);
  const edges = rows.slice(0, size).map((node) => ({
    cursor: Buffer.from(`${node.id}|${node.nameKey}`, 'utf8').toString('base64url'),
    node,
  }));
  return { edges, pageInfo: pageInfoOf(edges, rows.length > size, args) };
}
