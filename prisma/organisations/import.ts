import type pg from 'pg';
import type { Service, Structure } from './data-inclusion.js';

export interface Imported {
  readonly added: number;
  readonly changed: number;
  readonly closed: number;
}

/** Matches the part of a theme after its category: `--acquerir-un-equipement` in `numerique--acquerir-un-equipement`. */
const CATEGORY = /--.*$/;

/** A row of `organisation`, without what the database gives it. */
function organisationRow(of: Structure, themes: readonly string[]): Record<string, unknown> {
  return {
    source: of.source,
    source_id: of.id,
    name: of.nom,
    description: of.description ?? null,
    siret: of.siret ?? null,
    address_line: of.adresse ?? null,
    address_complement: of.complement_adresse ?? null,
    postal_code: of.code_postal ?? null,
    city: of.commune ?? null,
    commune_code: of.code_insee ?? null,
    latitude: of.latitude ?? null,
    longitude: of.longitude ?? null,
    phone: of.telephone ?? null,
    email: of.courriel ?? null,
    website: of.site_web ?? null,
    opening_hours: of.horaires_accueil ?? null,
    accessibility_url: of.accessibilite_lieu ?? null,
    source_url: of.lien_source ?? null,
    networks: [...new Set(of.reseaux_porteurs ?? [])].sort(),
    themes: [...new Set(themes)].sort(),
    updated_on: of.date_maj,
  };
}

const COLUMNS = Object.keys(
  organisationRow({ source: '', id: '', nom: '', date_maj: '' } satisfies Structure, []),
);

/** The rows of a directory. A row has an id if the id is known beforehand. */
type Rows = readonly (Record<string, unknown> & { readonly id?: string | undefined })[];

export function directoryRows(files: {
  readonly structures: readonly Structure[];
  readonly services: readonly Service[];
}): Rows {
  const themes = new Map<string, string[]>();
  for (const { structure_id: id, thematiques } of files.services)
    themes.set(id, [...(themes.get(id) ?? []), ...(thematiques ?? [])]);
  return files.structures.map((of) => organisationRow(of, themes.get(of.id) ?? []));
}

/**
 * Makes the directory equal to these rows: adds new ones, changes changed ones, and closes those that their source no longer has. Nothing
 * is deleted: someone may have been sent there. Other sources stay as they are.
 * @returns the number of each
 */
export async function mergeOrganisations(client: pg.ClientBase, rows: Rows): Promise<Imported> {
  await client.query(
    `create temporary table incoming on commit drop as
     select i.*, btrim(normalised_name(i.name)) as key from jsonb_populate_recordset(null::organisation, $1::jsonb) i`,
    [JSON.stringify(rows)],
  );
  const set = COLUMNS.map((column) => `${column} = i.${column}`).join(', ');
  const now = COLUMNS.map((column) => `o.${column}`).join(', ');
  const then = COLUMNS.map((column) => `i.${column}`).join(', ');
  const changed = await client.query(
    `update organisation o set ${set}, name_key = i.key, closed_at = null from incoming i
     where o.source = i.source and o.source_id = i.source_id
       and ((${now}) is distinct from (${then}) or o.closed_at is not null)`,
  );
  const added = await client.query(
    `insert into organisation (id, ${COLUMNS.join(', ')}, name_key)
     select coalesce(i.id, gen_random_uuid()), ${then}, i.key from incoming i
     where not exists (select from organisation o where o.source = i.source and o.source_id = i.source_id)`,
  );
  const closed = await client.query(
    `update organisation o set closed_at = now() where o.closed_at is null
       and o.source in (select source from incoming)
       and not exists (select from incoming i where i.source = o.source and i.source_id = o.source_id)`,
  );
  await fillThemes(client);
  return { added: added.rowCount ?? 0, changed: changed.rowCount ?? 0, closed: closed.rowCount ?? 0 };
}

/** Makes the directory equal to files, in one transaction. */
export async function importOrganisations(
  client: pg.ClientBase,
  files: Parameters<typeof directoryRows>[0],
): Promise<Imported> {
  await client.query('begin');
  try {
    // One import runs at a time: two would each close the rows that the other has added.
    await client.query(`select pg_advisory_xact_lock(hashtext('cosmos:organisations'))`);
    const imported = await mergeOrganisations(client, directoryRows(files));
    await client.query('commit');
    return imported;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** Fills the themes of the open organisations, and the categories of these themes, for the search by theme. */
async function fillThemes(client: pg.ClientBase): Promise<void> {
  await client.query('delete from organisation_theme');
  await client.query(
    `insert into organisation_theme (organisation_id, theme, name_key, commune_code)
     select distinct o.id, t.theme, o.name_key, o.commune_code from organisation o
       cross join unnest(o.themes) of_service cross join lateral (values (of_service), (regexp_replace(of_service, $1, ''))) t(theme)
     where o.closed_at is null`,
    [CATEGORY.source],
  );
}
