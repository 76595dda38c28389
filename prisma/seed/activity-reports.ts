import type pg from 'pg';
import { sealNarrative } from '../../src/services/statistics/narratives.js';
import { draftedTables } from '../../src/services/statistics/report-figures.js';
import type { NoteVault } from '../../src/vault/note-vault.js';
import { NO_TEXT } from '../../src/vault/sealed-text.js';
import { Prisma } from '../generated/client.js';
import type { Calendar } from './calendar.js';
import type { Directory } from './directory.js';
import { makeIds } from './rows.js';

const OF_SEVRAN = `L’année a commencé tard : le nouveau service n’est ouvert que depuis mars, et les premiers chiffres disent surtout que nous apprenions à nous en servir.

Ce que les chiffres ne disent pas : la fermeture de deux guichets dans la ville a amené des personnes qui n’avaient jamais eu besoin de nous. Nous avons gardé la permanence du matin ouverte à tous, sans rendez-vous, et nous y tenons.

Le délai avant un premier rendez-vous reste notre souci. Deux postes ont été vacants au printemps.`;

const OF_COUNTY = `Les trois circonscriptions ont ouvert l’une après l’autre. Ce premier rapport vaut moins par ses chiffres que par ce qui a été décidé avec les équipes : ce qui se compte, ce qui ne se compte pas, et pourquoi.`;

/**
 * Publishes the reports of last year, if it is frozen. The reports of the first district and of the county are published with their words.
 * The second district's is published without words, since its team declined. The third district's is a draft that nobody has signed.
 */
export async function publishReports(
  client: pg.ClientBase,
  calendar: Calendar,
  { districts, memberships, workerId }: Directory,
  vault: NoteVault,
): Promise<void> {
  const year = Number(calendar.date(0).slice(0, 4)) - 1;
  const { rowCount } = await client.query('select from snapshot where period = $1', [String(year)]);
  if (rowCount === 0) return;
  const nextId = makeIds('activity-report');
  const [first, second, third] = districts.map(({ id }) => String(id));
  const reports = [
    { districtId: null, narrative: OF_COUNTY, isPublished: true },
    { districtId: first ?? null, narrative: OF_SEVRAN, isPublished: true },
    { districtId: second ?? null, narrative: null, isPublished: true },
    { districtId: third ?? null, narrative: 'À compléter avec l’équipe.', isPublished: false },
  ];
  const members = (districtId: string | undefined) =>
    memberships
      .filter(
        (m) => m['district_id'] === districtId && m['role'] === 'SOCIAL_WORKER' && m['ends_at'] === null,
      )
      .map((m) => ({ workerId: String(m['worker_id']), districtId: String(districtId) }));
  for (const { districtId, narrative, isPublished } of reports) {
    const id = nextId();
    // For the county, one member of each of two teams signs.
    const signers =
      districtId === null
        ? [...members(first).slice(0, 1), ...members(second).slice(-1)]
        : members(districtId).slice(0, 2);
    await client.query('insert into activity_report (id, district_id, year) values ($1, $2, $3)', [
      id,
      districtId,
      year,
    ]);
    const { body, masterKeyId, wrapped } =
      narrative === null ? NO_TEXT : await sealNarrative(vault, id, 1, { fr: narrative, en: null });
    await client.query(
      `insert into activity_report_text (report_id, version, body, master_key_id, wrapped, written_by_id, stated_on)
       values ($1, 1, $2, $3, $4, $5, $6)`,
      [id, body, masterKeyId, wrapped, signers[0]?.workerId ?? null, calendar.date(-40)],
    );
    if (!isPublished) continue;
    for (const signer of signers)
      await client.query(
        'insert into activity_report_signature (report_id, text_version, worker_id, district_id, signed_on) values ($1, 1, $2, $3, $4)',
        [id, signer.workerId, signer.districtId, calendar.date(-35)],
      );
    const cited = Prisma.sql`insert into activity_report_table (report_id, table_id)
      select ${id}::uuid, t.id from (${draftedTables({ districtId, year })}) t`;
    await client.query({ text: cited.text, values: cited.values });
    await client.query(
      `update activity_report set published_on = $2, published_by_id = $5, (social_workers, receptionists, population, days_open) =
         (select c.social_workers, c.receptionists, c.population, c.days_open from context_of_year($3, $4) c)
       where id = $1`,
      [id, calendar.date(-20), districtId, year, workerId('adviser')],
    );
  }
}
