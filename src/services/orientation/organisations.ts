import { Prisma } from '../../../prisma/generated/client.js';
import { uuids } from '../../access/operation/sql.js';
import type { OrganisationFilter } from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { optionalText, parseId } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { type Page, type PageArgs, pageSize } from '../operation/paging.js';
import { afterNameCursor, toNamePage } from '../operation/paging-by-name.js';

/** A structure of the data.inclusion schema, version 1. */
export interface OrganisationRow {
  readonly id: string;
  readonly source: string;
  readonly sourceId: string;
  readonly name: string;
  readonly nameKey: string;
  readonly description: string | null;
  readonly siret: string | null;
  readonly addressLine: string | null;
  readonly addressComplement: string | null;
  readonly postalCode: string | null;
  readonly city: string | null;
  readonly communeCode: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly website: string | null;
  readonly openingHours: string | null;
  readonly accessibilityUrl: string | null;
  readonly sourceUrl: string | null;
  readonly networks: readonly string[];
  readonly themes: readonly string[];
  readonly updatedOn: Date;
  readonly closedAt: Date | null;
}

const ORGANISATION = Prisma.sql`o.id, o.source, o.source_id as "sourceId", o.name, o.name_key as "nameKey", o.description, o.siret,
  o.address_line as "addressLine", o.address_complement as "addressComplement", o.postal_code as "postalCode", o.city,
  o.commune_code as "communeCode", o.latitude, o.longitude, o.phone, o.email, o.website, o.opening_hours as "openingHours",
  o.accessibility_url as "accessibilityUrl", o.source_url as "sourceUrl", o.networks, o.themes, o.updated_on as "updatedOn",
  o.closed_at as "closedAt"`;

/** Returns an organisation, a closed one too: a person may have been sent there. Public. */
export async function loadOrganisation(op: Operation, id: string): Promise<OrganisationRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'organisation', async (ids) =>
    byKey(
      await op.tx
        .rows<OrganisationRow>`select ${ORGANISATION} from organisation o where o.id = any (${uuids(ids)})`,
      (row) => row.id,
    ),
  ).load(key);
}

/**
 * Lists the open organisations, by name. With a theme, the table of themes is read, in the same order.
 * @throws InvalidInputError
 */
export async function listOrganisations(
  op: Operation,
  args: PageArgs & { readonly filter?: OrganisationFilter | null },
): Promise<Page<OrganisationRow>> {
  const size = pageSize(args);
  const commune = optionalText('filter.communeCode', args.filter?.communeCode, LONGEST.communeCode);
  const theme = optionalText('filter.theme', args.filter?.theme, LONGEST.organisationTheme);
  const name = optionalText('filter.name', args.filter?.name, LONGEST.organisationName);
  // The one alias under which both tables have the searched columns.
  const s = Prisma.sql`s`;
  const searched =
    theme === null
      ? Prisma.sql`(select id, name_key, commune_code from organisation where closed_at is null) s`
      : Prisma.sql`(select organisation_id as id, name_key, commune_code from organisation_theme where theme = ${theme}) s`;
  const inCommune = commune === null ? Prisma.sql`true` : Prisma.sql`${s}.commune_code = ${commune}`;
  // The range of names that begin with the text, compared by bytes, as the index is.
  const begins =
    name === null
      ? Prisma.sql`true`
      : Prisma.sql`${s}.name_key >= btrim(normalised_name(${name}))
          and ${s}.name_key < btrim(normalised_name(${name})) || ${'\uffff'}`;
  const rows = await op.tx.rows<OrganisationRow>`select ${ORGANISATION} from (
      select s.id, s.name_key from ${searched}
      where ${inCommune} and ${begins} and ${afterNameCursor(args, Prisma.sql`s.name_key`, Prisma.sql`s.id`)}
      order by s.name_key, s.id limit ${size + 1}) found
    join organisation o on o.id = found.id order by found.name_key, found.id`;
  return toNamePage(rows, args);
}
