import type pg from 'pg';
import { proposedIndicators } from '../seed/indicators.js';
import { MODEL_ADDRESS } from '../seed/reference/privacy-notices.js';
import { makeReferenceRows } from '../seed/reference-rows.js';
import type { Row } from '../seed/rows.js';
import type { CountyFile } from './county-file.js';

type Added = Record<string, number>;

/** Tables that the owner fills here: FORCE binds it too, and is taken off inside the transaction. */
const FORCED = ['worker', 'membership', 'client', 'indicator', 'privacy_notice'];

/**
 * Adds what the county lacks, in one transaction: reference data, districts with their hours and sectors, clients,
 * workers with a first membership. What is there already stays as it is, so that a run can be repeated.
 * @returns rows added, by table
 */
export async function provisionCounty(client: pg.ClientBase, county: CountyFile): Promise<Added> {
  const added: Added = {};
  const add = async (table: string, rows: readonly object[]): Promise<void> => {
    const columns = Object.keys(rows[0] ?? {})
      .map((column) => client.escapeIdentifier(column))
      .join(', ');
    if (rows.length === 0) return;
    const { rowCount } = await client.query(
      `insert into ${client.escapeIdentifier(table)} (${columns}) select ${columns}
       from jsonb_populate_recordset(null::${client.escapeIdentifier(table)}, $1::jsonb) on conflict do nothing`,
      [JSON.stringify(rows)],
    );
    added[table] = (added[table] ?? 0) + (rowCount ?? 0);
  };
  await client.query('begin');
  try {
    for (const table of FORCED) await client.query(`alter table ${table} no force row level security`);
    const reference = makeReferenceRows();
    await add('commune', reference.communes);
    await add('public_holiday', reference.holidays);
    await add('need_code', reference.needCodes);
    await add('appointment_type', reference.appointmentTypes);
    await addNotices(client, county, reference.privacyNotices, add);
    await add('indicator', proposedIndicators());
    await addDistricts(client, county, add);
    await add(
      'client',
      county.clients.map(({ clientId, ...rest }) => ({
        ...rest,
        client_id: clientId,
        id: crypto.randomUUID(),
        version: 1,
      })),
    );
    await addWorkers(client, county, add);
    for (const table of FORCED) await client.query(`alter table ${table} force row level security`);
    await client.query('commit');
    return added;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/**
 * The model's notices with the officer's address and opinion, where there is none or an example's: a notice of the county's own stays.
 */
async function addNotices(
  client: pg.ClientBase,
  { privacyNotices }: CountyFile,
  model: readonly Row[],
  add: Add,
): Promise<void> {
  if (privacyNotices === undefined) return;
  const { officerAddress, opinion, opinionText, opinionOn } = privacyNotices;
  const addressed = (text: unknown): string => String(text).replaceAll(MODEL_ADDRESS, officerAddress);
  for (const notice of model) {
    const { rows } = await client.query<{ version: number; text: string }>(
      'select version, text_fr as text from privacy_notice where kind = $1 order by version desc limit 1',
      [notice['kind']],
    );
    if (rows[0] !== undefined && !rows[0].text.includes(MODEL_ADDRESS)) continue;
    await add('privacy_notice', [
      {
        ...notice,
        id: crypto.randomUUID(),
        version: (rows[0]?.version ?? 0) + 1,
        text_fr: addressed(notice['text_fr']),
        text_en: addressed(notice['text_en']),
        published_on: new Date().toISOString().slice(0, 10),
        opinion,
        opinion_text: opinionText,
        opinion_on: opinionOn,
      },
    ]);
  }
}

type Add = (table: string, rows: readonly object[]) => Promise<void>;

async function addDistricts(client: pg.ClientBase, county: CountyFile, add: Add): Promise<void> {
  for (const district of county.districts) {
    await add('district', [
      {
        id: crypto.randomUUID(),
        slug: district.slug,
        name: district.name,
        address_line: district.addressLine,
        postal_code: district.postalCode,
        commune_code: district.communeCode,
        phone: district.phone,
        switched_on_on: district.switchedOnOn,
        staff_opinion: district.staffOpinion,
      },
    ]);
    const id = await districtId(client, district.slug);
    await add(
      'opening_hours',
      district.openingHours.map((hours) => ({
        id: crypto.randomUUID(),
        district_id: id,
        weekday: hours.weekday,
        opens_at: hours.opensAt,
        closes_at: hours.closesAt,
      })),
    );
    await add(
      'sector',
      [
        ...district.communes.map((commune) => ({ commune_code: commune, streets: '' })),
        ...district.streets.map(({ communeCode, names }) => ({
          commune_code: communeCode,
          streets: names.join('; '),
        })),
      ].map((of) => ({
        ...of,
        id: crypto.randomUUID(),
        district_id: id,
        valid_from: district.switchedOnOn,
      })),
    );
  }
}

async function addWorkers(client: pg.ClientBase, county: CountyFile, add: Add): Promise<void> {
  for (const worker of county.workers) {
    await add('worker', [
      {
        id: crypto.randomUUID(),
        issuer: worker.issuer,
        subject: worker.subject,
        given_name: worker.givenName,
        family_name: worker.familyName,
        version: 1,
      },
    ]);
    const { rows } = await client.query<{ id: string }>(
      'select id from worker where issuer = $1 and subject = $2',
      [worker.issuer, worker.subject],
    );
    for (const membership of worker.memberships) {
      await add('membership', [
        {
          id: crypto.randomUUID(),
          worker_id: rows[0]?.id,
          role: membership.role,
          starts_at: new Date().toISOString(),
          version: 1,
          district_id: 'district' in membership ? await districtId(client, membership.district) : null,
        },
      ]);
    }
  }
}

async function districtId(client: pg.ClientBase, slug: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>('select id from district where slug = $1', [slug]);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`There is no district ${slug}.`);
  return id;
}
