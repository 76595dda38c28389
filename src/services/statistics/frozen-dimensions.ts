import { Prisma } from '../../../prisma/generated/client.js';

/** A category of a dimension, with its labels. */
export interface CategoryRow {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
}

/** A dimension as it was when the period was frozen. */
export interface DimensionRow extends CategoryRow {
  readonly categories: readonly CategoryRow[];
}

/** The categories of the dimension `d` of a snapshot, in their order: a list of `CategoryRow`. */
export const CATEGORIES_OF_DIMENSION = Prisma.sql`(select jsonb_agg(jsonb_build_object('code', c.code, 'labelFr', c.fr, 'labelEn', c.en) order by c.nth)
  from unnest(d.categories, d.categories_fr, d.categories_en) with ordinality c(code, fr, en, nth))`;

/** The dimension `d` of a snapshot: a `DimensionRow`. */
export const FROZEN_DIMENSION = Prisma.sql`jsonb_build_object('code', d.code, 'labelFr', d.label_fr, 'labelEn', d.label_en,
  'categories', ${CATEGORIES_OF_DIMENSION})`;
