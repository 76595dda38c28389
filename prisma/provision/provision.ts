import type pg from 'pg';
import { WHO_READS_WHAT } from '../../src/services/data-protection/who-reads-what.js';
import { proposedIndicators } from '../seed/indicators.js';
import { MODEL_ADDRESS } from '../seed/reference/privacy-notices.js';
import { makeReferenceRows, modelNotices } from '../seed/reference-rows.js';
import type { CountyFile } from './county-file.js';

type Added = Record<string, number>;

/** The tables that the owner fills here. FORCE binds the owner too, and is taken off inside the transaction. */
const FORCED = ['worker', 'membership', 'client', 'indicator', 'privacy_notice', 'privacy_notice_draft'];

/**
 * Adds what the county lacks, in one transaction: reference data, districts with their hours and sectors, clients, workers with a first
 * membership, and drafts of the privacy notices. Existing rows stay as they are, so a run can be repeated; only the bookings ahead of an
 * address are set again if the file names them.
 * @returns the number of added rows, by table
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
    await add('indicator', proposedIndicators());
    await addDistricts(client, county, add);
    await add(
      'client',
      county.clients.map(({ clientId, bookingsAheadOfAddress, ...rest }) => ({
        ...rest,
        bookings_ahead_of_address: bookingsAheadOfAddress ?? 3,
        client_id: clientId,
        id: crypto.randomUUID(),
        version: 1,
      })),
    );
    await setBookingsAhead(client, county);
    await addWorkers(client, county, add);
    await draftNotices(client, county, add);
    for (const table of FORCED) await client.query(`alter table ${table} force row level security`);
    await client.query('commit');
    return added;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/**
 * Drafts the model's notices with the officer's address. The officer then advises on them and the administrator publishes them, through the
 * API. No draft is made if there is a draft of the kind, or a notice of the county's own.
 * @throws Error if no administrator is there to own the drafts
 */
async function draftNotices(client: pg.ClientBase, { privacyNotices }: CountyFile, add: Add): Promise<void> {
  if (privacyNotices === undefined) return;
  const addressed = (text: string): string => text.replaceAll(MODEL_ADDRESS, privacyNotices.officerAddress);
  for (const { kind, textFr, textEn } of modelNotices()) {
    const { rows } = await client.query<{ isThere: boolean; drafterId: string | null }>(
      `select exists (select from privacy_notice_draft d where d.kind = $1
           and not exists (select from privacy_notice n where n.draft_id = d.id))
         or exists (select from privacy_notice n where n.kind = $1 and n.opinion is not null and position($2 in n.text_fr) = 0) as "isThere",
         (select m.worker_id from membership m where m.role = 'ADMINISTRATOR' and m.ends_at is null
           order by m.starts_at, m.worker_id limit 1) as "drafterId"`,
      [kind, MODEL_ADDRESS],
    );
    const [found] = rows;
    if (found?.isThere === true) continue;
    if (found?.drafterId == null)
      throw new Error('privacyNotices: an administrator has to publish them, and there is none.');
    await add('privacy_notice_draft', [
      {
        id: crypto.randomUUID(),
        kind,
        text_fr: addressed(textFr),
        text_en: addressed(textEn),
        who_reads_fr: WHO_READS_WHAT.fr,
        who_reads_en: WHO_READS_WHAT.en,
        drafted_by_id: found.drafterId,
        drafted_at: new Date().toISOString(),
        version: 1,
      },
    ]);
  }
}

type Add = (table: string, rows: readonly object[]) => Promise<void>;

/** Sets how many bookings ahead an address has through each client for which the file says it: a county widens it by another run. */
async function setBookingsAhead(client: pg.ClientBase, { clients }: CountyFile): Promise<void> {
  for (const { issuer, clientId, bookingsAheadOfAddress: most } of clients)
    if (most !== undefined)
      await client.query(
        `update client set bookings_ahead_of_address = $3, version = version + 1
         where issuer = $1 and client_id = $2 and bookings_ahead_of_address <> $3`,
        [issuer, clientId, most],
      );
}

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
      'district_place',
      district.places.map((place) => ({ district_id: id, place })),
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
