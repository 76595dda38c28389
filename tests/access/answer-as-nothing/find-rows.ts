import type { TestDatabase } from '../../support/database.js';
import { seen } from './seen.js';

/** The first row of a table that is of the district of Saint-Ouen. */
const inDistrict = (table: string, where = 'true') =>
  `select t.id from "${table}" t join district d on d.id = t.district_id where d.slug = 'saint-ouen' and ${where} limit 1`;

const FOUND: Readonly<Record<string, string>> = {
  sevran: `select id from district where slug = 'sevran'`,
  gagny: `select id from district where slug = 'gagny'`,
  foreignDistrict: `select id from district where slug = 'saint-ouen'`,
  foreignCase: inDistrict('case', `assigned_worker_id is not null and status = 'OPEN'`),
  foreignAppointment: inDistrict(
    'appointment',
    `t.starts_at > now() and t.status = 'BOOKED' and not exists (select from worker w where w.id = any (t.worker_ids) and w.subject = 'agent-11')`,
  ),
  foreignAvailability: inDistrict('availability', 't.ends_on > current_date + 30'),
  foreignPerson: inDistrict('person', 'not sensitive_file'),
  foreignSensitive: `select id from person where sensitive_file and district_id = (select id from district where slug = 'saint-ouen') limit 1`,
  foreignNeed: inDistrict('need'),
  foreignNote: inDistrict('interview_note', 'reader_id is not null'),
  colleaguesNote: `select n.id from interview_note n join worker w on w.id = n.reader_id where w.subject = 'agent-01' and n.status = 'FINAL' limit 1`,
  // Worker2.sevran wrote this note and has lost the case.
  lostNote: `select n.id from interview_note n join worker w on w.id = n.author_id where w.subject = 'worker2.sevran' and n.reader_id is distinct from n.author_id limit 1`,
  foreignHandover: `select h.id from handover h join worker f on f.id = h.from_worker_id join worker t on t.id = h.to_worker_id where 'worker.gagny' not in (f.subject, t.subject) limit 1`,
  foreignWorker: `select id from worker where subject = 'agent-13'`,
  colleague: `select id from worker where subject = 'worker2.sevran'`,
  me: `select id from worker where subject = 'worker.sevran'`,
  followed: `select cp.person_id as id from case_person cp join worker w on w.id = cp.assigned_worker_id where w.subject = 'worker.sevran' limit 1`,
  mine: `select c.id from "case" c join worker w on w.id = c.assigned_worker_id where w.subject = 'worker.sevran' and c.status = 'OPEN' limit 1`,
  myNote: `select n.id from interview_note n join worker w on w.id = n.reader_id where w.subject = 'worker.sevran' and n.status = 'FINAL' limit 1`,
  myNotesCase: `select n.case_id as id from interview_note n join worker w on w.id = n.reader_id where w.subject = 'worker.sevran' and n.status = 'FINAL' limit 1`,
  sensitive: `select p.id from person p join district d on d.id = p.district_id where p.sensitive_file and d.slug = 'sevran' limit 1`,
  notice: 'select id from privacy_notice limit 1',
  frontEnd: `select id from client where client_id = 'front.demo'`,
  client: `select id from client where client_id = 'client.reporting'`,
  foreignRequest: inDistrict('appointment_request', `t.status = 'WAITING'`),
  // The worker of this case is away. The desk, the head and the worker who stands in know of the request.
  colleaguesRequest: `select r.id from appointment_request r join worker w on w.id = r.case_worker_id where w.subject = 'agent-03' and r.status = 'WAITING' limit 1`,
  request: `select r.id from appointment_request r join worker w on w.id = r.duty_worker_id where w.subject = 'worker.sevran' and r.status = 'WAITING' limit 1`,
  neighbour: `select p.id from person p join district d on d.id = p.district_id where d.slug = 'sevran' and not p.sensitive_file limit 1`,
  foreignMembership: `select m.id from membership m join worker w on w.id = m.worker_id where w.subject = 'agent-13' limit 1`,
};

/** Finds these rows in the demonstration. A name without a row is left out of `seen`, and no mutation is tried with it. */
export async function findRows(database: TestDatabase): Promise<void> {
  for (const [name, sql] of Object.entries(FOUND)) {
    const [row] = await database.sql<{ id: string }>(sql);
    if (row !== undefined) seen[name] = row.id;
  }
  const [ofMine] = await database.sql<{ id: string }>(
    'select person_id as id from case_person where case_id = $1 limit 1',
    [seen['mine']],
  );
  if (ofMine !== undefined) seen['ofMine'] = ofMine.id;
}
