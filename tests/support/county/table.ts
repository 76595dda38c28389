import { randomUUID } from 'node:crypto';
import type { Prisma } from '../../../prisma/generated/client.js';

/** The columns of a table, as the Prisma schema names and types them. */
export type RowOf<M extends Prisma.ModelName> = Exclude<
  Prisma.TypeMap['model'][M]['operations']['createMany']['args']['data'],
  readonly unknown[]
>;

/** By table: what a row of it has where a test does not say. The database gives the rest, by its defaults and triggers. */
export type UsualRows = { readonly [M in Prisma.ModelName as Uncapitalize<M>]?: () => Partial<RowOf<M>> };

/** Of a row that has an id of its own. */
export const ownId = (): { id: string } => ({ id: randomUUID() });
