import { type Answer, startTestApp, type TestApp, type TestAppOptions } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { type BuiltCase, county, type DistrictBuilder, type WorkerBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** A district with one of each role, gaston in another, and an access log that is read in words. */
export interface LoggedCounty {
  readonly database: TestDatabase;
  /** The builders of its rows. */
  readonly make: Rows;
  readonly app: TestApp;
  readonly sevran: DistrictBuilder;
  readonly district: string;
  /** Ids of workers by their subject. */
  readonly who: Readonly<Record<string, string>>;
  readonly notice: string;
  readonly code: string;
  /** A case of alice's with a note, called `the case` from now on, and its person `Ana`. */
  newCase(): Promise<BuiltCase>;
  /** A mutation, of whose payload nothing is read. */
  send(by: string, mutation: string, input: Record<string, unknown>): Promise<Answer>;
  /** The first value that a statement answers. */
  one(sql: string, values?: readonly unknown[]): Promise<string>;
  /** Runs the task, and says what it has logged: `READ_CASE the case by alice: DONE`. */
  logged(task: () => Promise<unknown>): Promise<string[]>;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  reassignCase: 'AssignCaseInput',
  disableWorker: 'VersionedInput',
  endMembership: 'VersionedInput',
  confirmDeparture: 'VersionedInput',
  contradictDeparture: 'VersionedInput',
  liftSuspension: 'SuspensionInput',
  agreeToRelease: 'ReleaseInput',
  closeRelease: 'ReleaseInput',
  confirmRelay: 'VersionedInput',
  refuseRelease: 'ReleaseInput',
  recordReleaseTold: 'ReleaseInput',
  disableClient: 'VersionedInput',
  endUnavailability: 'VersionedInput',
  recordReturn: 'VersionedInput',
  confirmAppointment: 'VersionedInput',
  takeIn: 'VersionedInput',
  closeMessage: 'VersionedInput',
  deleteEncounter: 'VersionedInput',
  withdrawReferral: 'VersionedInput',
  answerIncomingRequest: 'VersionedInput',
  declineIncomingRequest: 'VersionedInput',
  markChildProtection: 'VersionedInput',
  recordInformation: 'VersionedInput',
  withdrawRequest: 'VersionedInput',
  recordOffer: 'VersionedInput',
};

/** @param options of the application under test */
export async function startLoggedCounty(options: TestAppOptions = {}): Promise<LoggedCounty> {
  const database = await cloneDatabase();
  const app = await startTestApp(database, options);
  const made = await county(database);
  const sevran = made.district('Sevran');
  await made.district('Gagny').worker('gaston');
  const { id: district } = await sevran;
  const alice: WorkerBuilder = sevran.worker('alice');
  const { id } = await alice;
  const who: Record<string, string> = { alice: id };
  for (const [name, role] of [
    ['hélène', 'DISTRICT_HEAD'],
    ['rachida', 'RECEPTIONIST'],
    ['bruno', 'SOCIAL_WORKER'],
  ] as const)
    who[name] = (await sevran.worker(name, role)).id;
  for (const [name, role] of [
    ['conseillère', 'TECHNICAL_ADVISER'],
    ['déléguée', 'DATA_PROTECTION_OFFICER'],
    ['admin', 'ADMINISTRATOR'],
  ] as const) {
    who[name] = (await sevran.worker(name)).id;
    await database.sql('update membership set district_id = null, role = $2 where worker_id = $1', [
      who[name],
      role,
    ]);
  }
  const one: LoggedCounty['one'] = async (sql, values = []) =>
    String(Object.values((await database.sql(sql, [...values]))[0] ?? {})[0]);
  const names = new Map(Object.entries(who).map(([name, workerId]) => [workerId, name]));
  const named = (value: unknown): string => names.get(String(value)) ?? 'another';
  return {
    database,
    make: rowsOf(database),
    app,
    sevran,
    district,
    who,
    notice: await one('select id from privacy_notice limit 1'),
    code: await one('select code from need_code limit 1'),
    one,
    newCase: async () => {
      const file = await alice.case().note('texte');
      names.set(file.id, 'the case').set(file.personId, 'Ana');
      return file;
    },
    send: async (by, mutation, input) => {
      const type = TYPES[mutation] ?? `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
      return (await app.as(by)).send(
        `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`,
        { input },
      );
    },
    logged: async (task) => {
      await database.sql('truncate access_log');
      await task();
      const rows = await database.sql(
        `select action, outcome, actor_id, case_id, person_id, target_worker_id from access_log order by id`,
      );
      return rows.map((row) =>
        [
          row['action'],
          ...[row['case_id'], row['person_id']].filter((subject) => subject !== null).map(named),
          ...(row['target_worker_id'] === null ? [] : ['for', named(row['target_worker_id'])]),
          `by ${row['actor_id'] === null ? 'nobody' : named(row['actor_id'])}: ${row['outcome']}`,
        ].join(' '),
      );
    },
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}
