import { Prisma } from '../../../prisma/generated/client.js';
import { InvalidInputError } from '../../errors.js';
import { parseId } from './input.js';

/** The most rows of a page. */
export const MAX_PAGE = 100;
const DEFAULT_PAGE = 20;

/** Relay's forward arguments (GraphQL Cursor Connections Specification). */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** A page of a list, as a Relay connection. */
export interface Page<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: PageInfo;
}

/** Relay's `PageInfo`. */
export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** The position where a page starts: the sort key and the id of the row before. */
export interface Position {
  readonly at: Date;
  readonly id: string;
}

/**
 * Returns the number of rows of a page.
 * @throws InvalidInputError for `first` outside 1–100
 */
export function pageSize(args: PageArgs): number {
  const first = args.first ?? DEFAULT_PAGE;
  if (first < 1 || first > MAX_PAGE) throw new InvalidInputError('first', 'pageSize');
  return first;
}

/**
 * Returns the position of a cursor; null where a list begins.
 * @throws InvalidInputError for a text that is no cursor
 */
export function readCursor(after: string | null | undefined): Position | null {
  if (after === null || after === undefined) return null;
  const [time = '', id = ''] = Buffer.from(after, 'base64url').toString('utf8').split('|');
  const at = new Date(time);
  const year = at.getUTCFullYear();
  if (!(year >= 1900 && year <= 9999) || parseId(id) === null) throw new InvalidInputError('after', 'cursor');
  return { at, id };
}

function writeCursor(position: Position): string {
  return Buffer.from(`${position.at.toISOString()}|${position.id}`, 'utf8').toString('base64url');
}

/** The SQL condition that leaves out the rows before the page: a row comparison, so that the index is entered at the right place. */
export function afterCursor(
  args: PageArgs,
  column: Prisma.Sql,
  idColumn: Prisma.Sql,
  descending: boolean,
): Prisma.Sql {
  const position = readCursor(args.after);
  if (position === null) return Prisma.sql`true`;
  const sign = descending ? Prisma.sql`<` : Prisma.sql`>`;
  return Prisma.sql`(${column}, ${idColumn}) ${sign} (${position.at}::timestamptz, ${position.id}::uuid)`;
}

/**
 * The SQL condition that no row is before the end of the last page. `afterCursor` may compare an expression, which no index has: this
 * condition uses the index.
 */
export function fromCursor(args: PageArgs, column: Prisma.Sql): Prisma.Sql {
  const position = readCursor(args.after);
  return position === null ? Prisma.sql`true` : Prisma.sql`${column} >= ${position.at}::timestamptz`;
}

/** A row of a page. Its cursor has the id of the row, or another id if the viewer does not read this one. */
export interface Listed {
  readonly id: string;
  readonly cursorId?: string;
}

/** Writes the cursor only when it is asked for: most lists within a list are read without cursors. */
class Edge<T extends Listed> {
  constructor(
    readonly node: T,
    private readonly at: Date,
  ) {}

  get cursor(): string {
    return writeCursor({ at: this.at, id: this.node.cursorId ?? this.node.id });
  }
}

/** A class: the getters of an object literal would keep the rows in memory (decision 0074). */
class Standing implements PageInfo {
  readonly #edges: readonly { readonly cursor: string }[];

  constructor(
    edges: readonly { readonly cursor: string }[],
    readonly hasNextPage: boolean,
    readonly hasPreviousPage: boolean,
  ) {
    this.#edges = edges;
  }

  get startCursor(): string | null {
    return this.#edges[0]?.cursor ?? null;
  }

  get endCursor(): string | null {
    return this.#edges.at(-1)?.cursor ?? null;
  }
}

/**
 * Tells where a page stands in its list.
 *
 * A page that was asked for with `after` counts as one that has rows before it: a cursor is the place of a row. No query looks whether the
 * row is still there (GraphQL Cursor Connections Specification, section PageInfo, lets a list that is read forward answer so).
 * @param edges the edges of the page, in its order; a cursor is written only when it is asked for
 */
export function pageInfoOf(
  edges: readonly { readonly cursor: string }[],
  hasNextPage: boolean,
  { after }: PageArgs,
): PageInfo {
  return new Standing(edges, hasNextPage, after != null);
}

/**
 * Makes a page from one row more than asked for: the surplus only tells that there is a next page.
 * @throws InvalidInputError for `first` outside 1–100
 */
export function toPage<T extends Listed>(
  rows: readonly T[],
  args: PageArgs,
  sortKey: (row: T) => Date,
): Page<T> {
  const size = pageSize(args);
  const edges = rows.slice(0, size).map((node) => new Edge(node, sortKey(node)));
  return { edges, pageInfo: pageInfoOf(edges, rows.length > size, args) };
}
