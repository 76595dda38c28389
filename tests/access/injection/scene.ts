import { rowsOf } from '../../support/county/rows.js';
import { cloneDatabase, type TestDatabase } from '../../support/database.js';
import { dayAhead } from '../../support/days.js';

/** Who sends SQL: a role of the database, and the login whose viewer its transaction has; null for no login. */
export interface Sender {
  readonly role: 'cosmos_app' | 'cosmos_jobs';
  readonly login: string | null;
}

const app = (login: string | null): Sender => ({ role: 'cosmos_app', login });

/** Nobody: a connection of the API's role that has not logged in. */
export const NOBODY = app(null);
/** The role of the jobs, which never logs in as a viewer. */
export const JOBS: Sender = { role: 'cosmos_jobs', login: null };
/** The senders of every day: none of them may see what is planted in Gagny. */
export const FEW: readonly Sender[] = [NOBODY, app('worker.sevran'), JOBS];
/** One sender of each kind that may see nothing of Gagny, beside `FEW`. */
export const MANY: readonly Sender[] = [
  ...['reception.sevran', 'head.sevran', 'trainee.sevran', 'person.sevran', 'admin'].map(app),
  ...['client.reporting', 'client.integration', 'client.booking'].map(app),
];

/** How a test names a sender. */
export const nameOf = ({ role, login }: Sender): string => (login === null ? `${role}, no login` : login);

/** The word that stands in rows of Gagny which no sender of these tests may read. */
export const CANARY = 'Canari7f3aQz';

/** Ids of Gagny, each of a row that no sender of these tests may read, and what they would like to know. */
export interface Hidden {
  readonly person: string;
  readonly personReference: string;
  readonly case: string;
  readonly caseReference: string;
  readonly note: string;
  readonly author: string;
  readonly appointment: string;
  readonly district: string;
  /** What the team votes on. A member has voted. */
  readonly option: string;
}

/** What a sender must not find in any answer: the planted word in each form, and the references of Gagny's cases and persons. */
export interface Scene {
  readonly database: TestDatabase;
  readonly hidden: Hidden;
  readonly canaries: readonly string[];
}

const CHOOSE = `
  select p.id as person, p.reference as "personReference", c.id as "case", c.reference as "caseReference",
    n.id as note, n.author_id as author, d.id as district,
    (select a.id from appointment a join appointment_person ap on ap.appointment_id = a.id
      where a.district_id = d.id and ap.district_id = d.id and a.status = 'BOOKED' and a.places is null and a.starts_at > now() order by a.id limit 1) as appointment
  from district d join "case" c on c.district_id = d.id join case_person cp on cp.case_id = c.id
  join person p on p.id = cp.person_id join interview_note n on n.case_id = c.id
  where d.slug = 'gagny' and p.district_id = d.id and n.reader_id = c.assigned_worker_id
    and not exists (select from appointment_person ap where ap.person_id = p.id and ap.district_id <> d.id)
    and not exists (select from case_person o join "case" oc on oc.id = o.case_id where o.person_id = p.id and oc.district_id <> d.id)
  order by p.id, n.id limit 1`;

/** Writes the canary into a person, an address, a note, an appointment and a line of the log. As the superuser, without triggers. */
async function plant(database: TestDatabase, hidden: Hidden): Promise<void> {
  await database.sql(`set session_replication_role = replica;
    update person set family_name = '${CANARY}', chosen_name = '${CANARY}', phone = '${CANARY}', email = '${CANARY}',
      confirm_nothing = true, contact_suspended_at = now(), safe_contact = 'NONE' where id = '${hidden.person}';
    update interview_note set body = convert_to('${CANARY}', 'UTF8') where id = '${hidden.note}';
    update appointment set place = '${CANARY}' where id = '${hidden.appointment}';
    insert into appointment_subject (appointment_id, body, master_key_id, wrapped)
      values ('${hidden.appointment}', substr('\\x01'::bytea || convert_to(rpad('${CANARY}', 300), 'UTF8'), 1, 285), 'test', '')
      on conflict (appointment_id) do update set body = excluded.body;
    update appointment_person set contact_said = false, contact_worker_ids = '{}', contact_from = null, contact_until = null
      where appointment_id = '${hidden.appointment}';
    insert into person_address (person_id, line, postal_code, city, confidential, case_id, district_id)
      values ('${hidden.person}', '${CANARY}', '93220', '${CANARY}', true, '${hidden.case}', '${hidden.district}');
    insert into access_log (operation_id, actor_kind, action, outcome, token_digest, case_id, blanked)
      values (gen_random_uuid(), 'WORKER', 'READ_NOTE', 'DONE', '${CANARY}', '${hidden.case}', true);
    set session_replication_role = origin`);
}

/** The team of Gagny votes on one option, and had another one turned down. */
async function openVote(database: TestDatabase, districtId: string): Promise<string> {
  await database.sql('delete from team_option');
  const make = rowsOf(database);
  await make.teamOption({ districtId, kind: 'WALK_IN_HOUR', status: 'REJECTED' });
  const days = [0, 7, 8, 40].map(dayAhead);
  const [proposedOn, votedUntil, startsOn, endsOn] = days;
  const option = await make.teamOption({
    districtId,
    kind: 'GROUP_MEETING',
    status: 'PROPOSED',
    proposedOn,
    votedUntil,
    startsOn,
    endsOn,
  });
  await database.sql(
    'insert into team_vote (option_id, worker_id, in_favour) select $1::uuid, m, true from members_of_team($2, now()) m',
    [option, districtId],
  );
  return option;
}

/** A clone of the fictional county, with what is hidden in Gagny. */
export async function setScene(): Promise<Scene> {
  const database = await cloneDatabase('cosmos_demo');
  const [found] = await database.sql<{ [K in keyof Hidden]: string }>(CHOOSE);
  if (found?.appointment == null) throw new Error('Gagny has no such case and appointment');
  const hidden = { ...found, option: await openVote(database, found.district) };
  await plant(database, hidden);
  const references = await database.sql<{ reference: string }>(
    `select reference from "case" where district_id = $1 union all select reference from person where id = $2`,
    [hidden.district, hidden.person],
  );
  const forms = (['utf8', 'hex', 'base64'] as const).map((form) => Buffer.from(CANARY).toString(form));
  return { database, hidden, canaries: [...forms, ...references.map(({ reference }) => reference)] };
}
