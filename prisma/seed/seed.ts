import type pg from 'pg';
import { asOwner, withConnection } from '../../src/database/connection.js';
import { freezeNextSnapshot } from '../../src/jobs/freeze-snapshots.js';
import type { NoteVault } from '../../src/vault/note-vault.js';
import { directoryRows, mergeOrganisations } from '../organisations/import.js';
import { publishReports } from './activity-reports.js';
import { type AgendaRows, makeAgenda } from './agenda.js';
import { type AvailabilityRows, makeAvailabilities } from './availabilities.js';
import { type Calendar, makeCalendar } from './calendar.js';
import { type CaseRows, makeCaseRows, makeCases } from './cases.js';
import { COUNTY_SCALE, type CountyScale, countyShape } from './county-shape.js';
import { DEMO } from './demo.js';
import { type Directory, makeDirectory } from './directory.js';
import { type EncounterRows, makeEncounters } from './encounters.js';
import { type IndicatorRows, makeIndicators } from './indicators.js';
import { makeNoteRows, type NoteRows } from './notes.js';
import { makeOrientation, type OrientationRows } from './orientation.js';
import { makeNoticeReceipts, makePersonAccounts, makePersonFactory } from './persons.js';
import { makeReception, type ReceptionRows } from './reception.js';
import { SERVICES, STRUCTURES } from './reference/organisations.js';
import { makeReferenceRows, type ReferenceRows } from './reference-rows.js';
import { insertRows, makeIds, type Row, updateColumn } from './rows.js';
import { sealRows } from './sealed-texts.js';
import type { Part, Shape } from './shape.js';
import { countRows, type SeedSummary } from './summary.js';
import { makeTeamOptions, type TeamOptionRows } from './team-options.js';
import { makeWaitingList, type WaitingListRows } from './waiting-list.js';
import { makeWaitingDays, measureWaitingDay } from './waiting-time.js';

export type { SeedSummary } from './summary.js';

/** The size of a county: three districts to look at, a whole county, or figures of one's own. */
export type SeedSize = 'demo' | 'county' | CountyScale;

/** The progress of the whole run. */
export interface Overall {
  /** The number of rows that were inserted since the beginning. */
  readonly rows: number;
  /** The share of the run that is done, from 0 to 1. */
  readonly share: number;
}

export interface SeedOptions {
  /** The URL of a superuser, or of `cosmos_owner`. */
  readonly url: string;
  readonly vault: NoteVault;
  /** Midnight in Paris of the day that the demonstration is centred on. */
  readonly today: Date;
  /** The size of the county; `demo` unless given. */
  readonly size?: SeedSize;
  /** The secret by which figures are protected. Without it, nothing is frozen. */
  readonly statisticsSecret?: Buffer | null;
  /** A function that is called as rows are inserted, with a step of a part of the county, and how many of its rows are in. */
  readonly onProgress?: (step: string, done: number, total: number, overall: Overall) => void;
  /** A signal that ends the run between two batches. The database then stays as it was. */
  readonly signal?: AbortSignal;
}

/** An error: the database has a county already. */
export class NotEmptyError extends Error {
  override readonly name = 'NotEmptyError';
  constructor() {
    super('the database has districts already: only an empty one is seeded');
  }
}

/**
 * Fills an empty database with a county that does not exist: its districts, their workers, the people they help.
 *
 * The ids and the content are the same at every run. The events of cases and appointments are counted in days from `today`, so that the
 * demonstration never gets old. Only the keys and nonces of the notes are random.
 *
 * It is one transaction: after a failure, a refusal or a kill, the database is as it was. A large county is made in parts, with one part in
 * memory at a time.
 * @throws NotEmptyError if there is a district already
 * @throws the reason of `signal` once it is aborted
 */
export async function seedCounty(options: SeedOptions): Promise<SeedSummary> {
  return withConnection(asOwner(options.url), async (client) => {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtext('cosmos:seed'))`);
    if (await hasDistrict(client)) throw new NotEmptyError();
    const shape = shapeOf(options.size ?? 'demo');
    const calendar = makeCalendar(options.today);
    const directory = makeDirectory(calendar, shape);
    // Constraints are checked for each row, and not at the end: a table that has work left for the COMMIT cannot be altered.
    await client.query('set constraints all immediate');
    // FORCE binds the owner too, and no policy lets the owner in.
    const forced = await forcedTables(client);
    await setForce(client, forced, false);
    // The inserted appointments already have the copy of their workers. The trigger would write it again for every row.
    await client.query('alter table appointment_worker disable trigger appointment_workers_changed');
    const inserter = new Inserter(client, options, shape.parts.length);
    const reference = makeReferenceRows();
    await insertReference(inserter, reference);
    await insertDirectory(inserter, directory);
    await insertIndicators(inserter, makeIndicators(calendar, directory));
    const run: Run = {
      calendar,
      directory,
      reference,
      vault: options.vault,
      given: { cases: new Set(), persons: new Set() },
    };
    for (const [index, part] of shape.parts.entries()) {
      await seedPart(inserter, run, part);
      // Triggers and foreign keys keep the plans that they made for empty tables, until `analyze` has run.
      if (isPowerOfTwo(index + 1) && index + 1 < shape.parts.length) await analyze(client, forced);
    }
    // The triggers wrote notifications at the insertion. They belong to no day of the county, and are deleted.
    await client.query('delete from notification');
    await client.query('delete from offer_wake');
    const summary = await countRows(client, options.today);
    await client.query('alter table appointment_worker enable trigger appointment_workers_changed');
    // With current statistics, PostgreSQL plans the first requests well.
    await analyze(client, forced);
    await measureWaitingDay(client, calendar);
    await freezeSnapshots(client, options);
    await publishReports(client, calendar, directory, options.vault);
    await setForce(client, forced, true);
    await client.query('commit');
    return summary;
  });
}

/** True if the database has the tables, and nothing of a county in them. */
export async function isEmpty(url: string): Promise<boolean> {
  return withConnection(url, async (client) => {
    return !(await hasDistrict(client));
  });
}

async function hasDistrict(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query('select from district limit 1');
  return rowCount !== 0;
}

async function forcedTables(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ relname: string }>(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relforcerowsecurity order by relname`,
  );
  return rows.map(({ relname }) => relname);
}

async function setForce(client: pg.Client, tables: readonly string[], on: boolean): Promise<void> {
  const force = on ? 'force' : 'no force';
  const statements = tables.map(
    (table) => `alter table ${client.escapeIdentifier(table)} ${force} row level security`,
  );
  await client.query(statements.join('; '));
}

/** Freezes the months and years that are due, as the jobs do. */
async function freezeSnapshots(
  client: pg.ClientBase,
  { statisticsSecret, signal }: SeedOptions,
): Promise<void> {
  if (statisticsSecret === undefined || statisticsSecret === null) return;
  while (await freezeNextSnapshot(client, statisticsSecret)) signal?.throwIfAborted();
}

/** Makes and inserts one part. It is a function of its own, so that memory drops the rows of a part before the next part is made. */
async function seedPart(inserter: Inserter, run: Run, part: Part): Promise<void> {
  const rows = await makePartRows(run, part);
  inserter.beginPart(countPart(rows));
  await insertPersons(inserter, rows.persons);
  await insertCases(inserter, rows.cases, rows.persons.addresses);
  await insertNotes(inserter, rows.cases, rows.notes);
  await insertAgenda(inserter, rows.agenda, run.vault);
  await insertTeamOptions(inserter, rows.teamOptions);
  await insertAvailabilities(inserter, rows.availabilities);
  await insertWaitingList(inserter, rows.waiting);
  await inserter.insert('reception', { visit: rows.reception.visits, message: rows.reception.messages });
  await inserter.insert('waiting time', {
    waiting_day: rows.waitingDays,
  });
  await insertEncounters(inserter, rows.encounters);
  await insertOrientation(inserter, rows.orientation, run.vault);
}

async function analyze(client: pg.Client, tables: readonly string[]): Promise<void> {
  await client.query(`analyze ${tables.map((table) => client.escapeIdentifier(table)).join(', ')}`);
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(value));
}

interface PersonRows {
  readonly persons: readonly Row[];
  readonly addresses: readonly Row[];
  readonly accounts: readonly Row[];
  readonly receipts: readonly Row[];
}

interface PartRows {
  readonly persons: PersonRows;
  readonly cases: CaseRows;
  readonly notes: NoteRows;
  readonly agenda: AgendaRows;
  readonly teamOptions: TeamOptionRows;
  readonly availabilities: AvailabilityRows;
  readonly waiting: WaitingListRows;
  readonly reception: ReceptionRows;
  readonly waitingDays: readonly Row[];
  readonly encounters: EncounterRows;
  readonly orientation: OrientationRows;
}

function shapeOf(size: SeedSize): Shape {
  if (size === 'demo') return DEMO;
  return countyShape(size === 'county' ? COUNTY_SCALE : size);
}

/** The values that the parts of one run share. */
interface Run {
  readonly calendar: Calendar;
  readonly directory: Directory;
  readonly reference: ReferenceRows;
  readonly vault: NoteVault;
  /** The references that are taken. */
  readonly given: { readonly cases: Set<string>; readonly persons: Set<string> };
}

async function makePartRows(run: Run, part: Part): Promise<PartRows> {
  const { calendar, directory, reference, vault, given } = run;
  const makePerson = makePersonFactory(calendar, directory, part.name, given.persons);
  const cases = makeCases(calendar, directory, part, given.cases, makePerson);
  const withoutCase = part.districts.flatMap((district) =>
    part.withoutCase(district).map((since) => makePerson({ district, since })),
  );
  const persons = [...cases.flatMap((of) => of.persons), ...withoutCase];
  const nextAddress = makeIds('address', part.name);
  const agenda = makeAgenda(calendar, directory, part, cases, withoutCase);
  const reception = makeReception(calendar, directory, part, withoutCase);
  return {
    persons: {
      persons: persons.map(({ row }) => row),
      addresses: persons.flatMap(({ row, address }) =>
        address === null ? [] : [{ ...address, id: nextAddress(), recorded_at: row['created_at'] ?? null }],
      ),
      accounts: cases
        .filter(({ isOnline }) => isOnline)
        .flatMap((of) => of.persons.flatMap(makePersonAccounts)),
      receipts: makeNoticeReceipts(calendar, directory, part.name, persons, reference.privacyNotices),
    },
    cases: makeCaseRows(calendar, directory, cases),
    notes: await makeNoteRows(calendar, directory, part, vault, cases),
    agenda,
    teamOptions: makeTeamOptions(calendar, directory, part),
    availabilities: makeAvailabilities(calendar, directory, part),
    waiting: makeWaitingList(calendar, directory, part, cases, withoutCase, agenda),
    reception,
    encounters: await makeEncounters(calendar, directory, part, vault, reception, cases),
    waitingDays: makeWaitingDays(calendar, directory, part),
    orientation: makeOrientation(calendar, directory, part, cases, withoutCase, organisationIds()),
  };
}

function countPart(part: PartRows): number {
  const {
    persons,
    cases,
    notes,
    agenda,
    teamOptions,
    availabilities,
    waiting,
    reception,
    encounters,
    waitingDays,
  } = part;
  const { ends: _ends, ...caseTables } = cases;
  const { acceptances: _acceptances, ...noteTables } = notes;
  const { passedOn: _passedOn, passedOnAt: _passedOnAt, ...encounterTables } = encounters;
  const parts = [persons, caseTables, noteTables, agenda, teamOptions, availabilities, waiting, reception];
  return [...parts, encounterTables, { waitingDays }, part.orientation]
    .flatMap((tables) => Object.values(tables) as (readonly unknown[])[])
    .reduce((sum, rows) => sum + rows.length, 0);
}

type Step =
  | 'reference'
  | 'directory'
  | 'indicators'
  | 'persons'
  | 'cases'
  | 'notes'
  | 'appointments'
  | 'team options'
  | 'availabilities'
  | 'waiting list'
  | 'reception'
  | 'waiting time'
  | 'encounters'
  | 'orientation';
type Tables = Readonly<Record<string, readonly Row[]>>;

class Inserter {
  #rows = 0;
  #part = { before: 0, rows: 0, nth: 0 };

  constructor(
    readonly client: pg.Client,
    private readonly options: Pick<SeedOptions, 'onProgress' | 'signal'>,
    private readonly parts: number,
  ) {}

  /** Begins a part with this number of rows. The share of the whole run is that of its parts. */
  beginPart(rows: number): void {
    this.#part = { before: this.#rows, rows, nth: this.#part.nth + 1 };
  }

  /** Inserts into tables one after the other. A step in two parts states its total, and what is done already. */
  async insert(step: Step, tables: Tables, total = countOf(tables), done = 0): Promise<number> {
    let inserted = done;
    for (const [table, rows] of Object.entries(tables))
      await insertRows(this.client, table, rows, (count) => {
        this.options.signal?.throwIfAborted();
        inserted += count;
        this.#rows += count;
        this.options.onProgress?.(step, inserted, total, { rows: this.#rows, share: this.#share() });
      });
    return inserted;
  }

  #share(): number {
    const { before, rows, nth } = this.#part;
    return nth === 0 ? 0 : (nth - 1 + (this.#rows - before) / rows) / this.parts;
  }
}

function countOf(tables: Tables): number {
  return Object.values(tables).reduce((sum, rows) => sum + rows.length, 0);
}

async function insertReference(inserter: Inserter, rows: ReferenceRows): Promise<void> {
  await inserter.insert('reference', {
    commune: rows.communes,
    public_holiday: rows.holidays,
    need_code: rows.needCodes,
    appointment_type: rows.appointmentTypes,
    privacy_notice: rows.privacyNotices,
  });
  const organisations = directoryRows({ structures: STRUCTURES, services: SERVICES });
  const ids = organisationIds();
  await mergeOrganisations(
    inserter.client,
    organisations.map((row, nth) => ({ ...row, id: ids[nth] })),
  );
}

/** Returns the ids of the organisations. They are the same at every run, and in every part. */
function organisationIds(): readonly string[] {
  const nextId = makeIds('organisation');
  return STRUCTURES.map(() => nextId());
}

async function insertDirectory(inserter: Inserter, rows: Directory): Promise<void> {
  await inserter.insert('directory', {
    district: rows.districts,
    opening_hours: rows.openingHours,
    district_place: rows.places,
    sector: rows.sectors,
    worker: rows.workers,
    membership: rows.memberships,
    client: rows.clients,
    absence: rows.absences,
    relay: rows.relays,
  });
}

/** Inserts the indicators, with the trigger `opinion_while_asked` off: the teams stated their opinions while they were asked. */
async function insertIndicators(inserter: Inserter, rows: IndicatorRows): Promise<void> {
  for (const table of ['indicator_speaker', 'indicator_voice'])
    await inserter.client.query(`alter table ${table} disable trigger opinion_while_asked`);
  await inserter.insert('indicators', {
    indicator: rows.indicators,
    indicator_speaker: rows.speakers,
    indicator_voice: rows.voices,
    indicator_observation: rows.observations,
  });
  for (const table of ['indicator_speaker', 'indicator_voice'])
    await inserter.client.query(`alter table ${table} enable trigger opinion_while_asked`);
}

async function insertPersons(inserter: Inserter, rows: PersonRows): Promise<void> {
  await inserter.insert('persons', {
    person: rows.persons,
    person_account: rows.accounts,
    notice_receipt: rows.receipts,
  });
}

/** Inserts the cases. Assignments come before the rows that copy their worker, and cases before their addresses. */
async function insertCases(inserter: Inserter, rows: CaseRows, addresses: readonly Row[]): Promise<void> {
  await inserter.insert('cases', {
    case: rows.cases,
    assignment: rows.firstAssignments,
    case_person: rows.casePersons,
    need: rows.needs,
    person_address: addresses,
  });
}

/**
 * Inserts the notes in the order in which they were written. The worker who has the case writes a note, and its reader follows from the
 * other rows.
 */
async function insertNotes(inserter: Inserter, cases: CaseRows, rows: NoteRows): Promise<void> {
  const before: Tables = { case_key: rows.caseKeys, interview_note: rows.ofFirstSpells };
  const after: Tables = {
    assignment: cases.laterAssignments,
    interview_note: rows.ofLaterSpells,
    handover: rows.handovers,
    handover_note: rows.handoverNotes,
  };
  const total = countOf(before) + countOf(after);
  const done = await inserter.insert('notes', before, total);
  await updateColumn(inserter.client, 'assignment', 'ends_at', cases.ends);
  await inserter.insert('notes', after, total, done);
  await updateColumn(inserter.client, 'handover', 'accepted_at', rows.acceptances);
}

async function insertAgenda(inserter: Inserter, rows: AgendaRows, vault: NoteVault): Promise<void> {
  await inserter.insert('appointments', {
    appointment: rows.appointments,
    appointment_subject: await sealRows(vault, 'appointment_subject', rows.appointmentSubjects),
    appointment_worker: rows.appointmentWorkers,
    appointment_person: rows.appointmentPersons,
    appointment_participant: rows.appointmentParticipants,
    occupancy: rows.occupancies,
  });
}

/** Inserts the options of the teams, and then the hours that they permit. */
async function insertTeamOptions(inserter: Inserter, rows: TeamOptionRows): Promise<void> {
  await inserter.insert('team options', {
    team_option: rows.options,
    availability: rows.availabilities,
    availability_type: rows.availabilityTypes,
    availability_occurrence: rows.occurrences,
  });
}

/** Inserts the opening hours after the bookings. The database makes the free time of an occurrence once, when it is inserted. */
async function insertAvailabilities(inserter: Inserter, rows: AvailabilityRows): Promise<void> {
  await inserter.insert('availabilities', {
    unavailability: rows.unavailabilities,
    availability: rows.availabilities,
    availability_type: rows.availabilityTypes,
    availability_occurrence: rows.occurrences,
  });
}

/**
 * Inserts the waiting list last, when there is time to wait for. A new request wakes the jobs, and each time that is opened looks for
 * people who wait.
 */
async function insertWaitingList(inserter: Inserter, rows: WaitingListRows): Promise<void> {
  await inserter.insert('waiting list', {
    appointment_request: rows.requests,
    slot_offer: rows.offers,
    offer_skip: rows.skips,
  });
}

/** Inserts the encounters, and passes them on afterwards, as a worker would. The database then sets their reader. */
async function insertEncounters(inserter: Inserter, rows: EncounterRows): Promise<void> {
  await inserter.insert('encounters', { encounter: rows.encounters, encounter_key: rows.encounterKeys });
  await updateColumn(inserter.client, 'encounter', 'case_id', rows.passedOn);
  await updateColumn(inserter.client, 'encounter', 'passed_on_at', rows.passedOnAt);
}

/** Inserts the referrals after the people who become known by them, and after the organisations. */
async function insertOrientation(inserter: Inserter, rows: OrientationRows, vault: NoteVault): Promise<void> {
  await inserter.insert('orientation', {
    referral: rows.referrals,
    referral_person: rows.persons,
    referral_content: await sealRows(vault, 'referral_content', rows.contents),
    incoming_request: rows.requests,
    incoming_request_content: await sealRows(vault, 'incoming_request_content', rows.requestContents),
  });
}
