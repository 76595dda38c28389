import { Prisma } from '../../../prisma/generated/client.js';
import type { Operation } from '../../operation.js';
import { optionalText, requireText } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { dayInParis } from '../operation/period.js';

/** A sector: a commune, or some of its streets, and the district that it proposes. */
export interface SectorRow {
  readonly id: string;
  readonly districtId: string;
  readonly communeCode: string;
  readonly communeName: string;
  /** The streets without case, accents and punctuation; empty for the whole commune. */
  readonly streetKeys: readonly string[];
  readonly streets: readonly string[];
  readonly validFrom: Date;
  readonly validUntil: Date | null;
}

/** The number is cut off, so that `12 bis, rue de la Gare` is found in `rue de la Gare`. */
const HOUSE_NUMBER = /^\s*\d+\s*(bis|ter|quater|[a-d])?(?![\p{L}\d])[\s,]*/iu;

/** The place for which a sector is looked for. */
export interface WhereFrom {
  readonly communeCode: string;
  readonly street?: string | null;
}

/**
 * Lists the sectors of a commune today (Europe/Paris), each with the district that it proposes. With a street: those that name it, else
 * those of the whole commune, else all. None for a commune that no district serves. A sector proposes, and nobody is refused by it: a
 * person who lives in a hotel, is domiciled or hosted may ask elsewhere.
 * @throws InvalidInputError
 */
export async function listSectorsFor(op: Operation, where: WhereFrom): Promise<readonly SectorRow[]> {
  const commune = requireText('communeCode', where.communeCode, LONGEST.communeCode);
  const street =
    optionalText('street', where.street, LONGEST.searchedStreet)?.replace(HOUSE_NUMBER, '') ?? null;
  const names = Prisma.sql`array(select trim(name) from unnest(string_to_array(s.streets, ';')) name where trim(name) <> '')`;
  const rows = await op.tx.rows<SectorRow & { streetKey: string | null }>`
    select s.id, s.district_id as "districtId", s.commune_code as "communeCode", c.name as "communeName",
      ${names} as streets, array(select normalised_name(name) from unnest(${names}) name) as "streetKeys",
      normalised_name(${street}) as "streetKey", s.valid_from as "validFrom", s.valid_until as "validUntil"
    from sector s join commune c on c.insee_code = s.commune_code join district d on d.id = s.district_id
    where s.commune_code = ${commune} and s.valid_from <= ${dayInParis(op.now)}::date
      and (s.valid_until is null or s.valid_until > ${dayInParis(op.now)}::date)
    order by d.name, s.streets, s.id limit 200`;
  const naming = rows.filter(
    ({ streetKeys, streetKey }) => streetKey !== null && streetKeys.includes(streetKey),
  );
  if (naming.length > 0) return naming;
  const whole = rows.filter(({ streetKeys }) => streetKeys.length === 0);
  return street !== null && whole.length > 0 ? whole : rows;
}
