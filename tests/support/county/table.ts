import { randomUUID } from 'node:crypto';
import type { Prisma } from '../../../prisma/generated/client.js';

/** The columns of a table, as the Prisma schema names and types them. */
export type RowOf<M extends Prisma.ModelName> = Exclude<
  Prisma.TypeMap['model'][M]['operations']['createMany']['args']['data'],
  readonly unknown[]
>;

/** The tables whose rows have a sealed text. A test says the text, and the builder seals it. */
export type WithText = Uncapitalize<
  | 'AppointmentSubject'
  | 'ReferralContent'
  | 'IncomingRequestContent'
  | 'MessageText'
  | 'DangerStatement'
  | 'ActivityReportText'
>;
type Text<T> = T extends WithText ? { readonly text?: string | null } : unknown;

/** What a test may say of a row. */
export type Sayable<T extends Uncapitalize<Prisma.ModelName>> = RowOf<Capitalize<T>> & Text<T>;

/** By table: what a row of it has where a test does not say. The database gives the rest, by its defaults and triggers. */
export type UsualRows = {
  readonly [T in Uncapitalize<Prisma.ModelName>]?: () => Partial<Sayable<T>>;
};

/** Of a row that has an id of its own. */
export const ownId = (): { id: string } => ({ id: randomUUID() });
