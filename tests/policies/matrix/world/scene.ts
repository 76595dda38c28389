import type { Role } from '../../../../prisma/generated/enums.js';
import type { NoteVault } from '../../../../src/vault/note-vault.js';
import { type Rows, rowsOf } from '../../../support/county/rows.js';
import { county } from '../../../support/county.js';
import type { TestDatabase } from '../../../support/database.js';
import { type Together, together } from '../../../support/together.js';
import { testVault } from '../../../support/vault.js';
import { clock, type HalfHour, halfDays, halfHours, middays, optionDays } from './clocks.js';

/** The ids of the workers that rows name, by their login. */
export interface Workers {
  /** The assigned worker. */
  readonly alice: string;
  /** Had the case before alice. */
  readonly bruno: string;
  /** Had the case before bruno, and then moves to the other district. */
  readonly mia: string;
  /** Stands in for alice. */
  readonly rosa: string;
  /** Holds the appointments. */
  readonly dan: string;
  /** Is on duty. */
  readonly nadia: string;
  /** Receives the persons at the reception. */
  readonly yann: string;
  /** Is offered a handover by alice. */
  readonly fatou: string;
  /** A colleague in the district. */
  readonly carla: string;
  /** Has no standpoint: has the calendars and the hours that must stay as they are. */
  readonly suivie: string;
  /** The head of the district. */
  readonly hélène: string;
  /** The technical adviser. */
  readonly adviser: string;
}

/** What every builder of the world needs: the database, the ids of the county, and the clocks. */
export interface Scene {
  readonly database: TestDatabase;
  readonly make: Rows;
  readonly each: Together['each'];
  readonly value: Together['value'];
  readonly vault: NoteVault;
  readonly districtId: string;
  readonly otherDistrictId: string;
  readonly workers: Workers;
  readonly notice: string;
  readonly needCode: string;
  readonly frontClient: string;
  readonly bookingClient: string;
  readonly times: Times;
  readonly counted: {
    /** How many dossiers there are: their persons are named by it. */
    dossiers: number;
  };
}

interface Times {
  /** When the world was begun, in milliseconds. */
  readonly begun: number;
  /** The start of another appointment. */
  readonly next: () => string;
  /** For an agenda of alice: after the appointments that actions book, and among the days that can be booked. */
  readonly nextHours: () => HalfHour;
  /** For hours that actions open: after all agendas. */
  readonly laterHours: () => HalfHour;
  /** For online bookings, which begin within three months. */
  readonly publicHours: () => HalfHour;
  /** For absences of alice. */
  readonly nextHalfDay: ReturnType<typeof halfDays>;
  /** For options that are proposed. */
  readonly nextOption: ReturnType<typeof optionDays>;
  /** For receipts of a notice. */
  readonly nextMidday: () => string;
}

/** Builds two districts and a login for each standpoint. */
export async function openScene(database: TestDatabase): Promise<Scene> {
  const built = await county(database);
  const sevran = built.district('Sevran');
  const gagny = built.district('Gagny');
  const districtId = (await sevran).id;
  const otherDistrictId = (await gagny).id;
  const { insert, each, value } = together(database);

  const worker = async (name: string): Promise<string> => (await sevran.worker(name)).id;
  const ofTheCounty = async (name: string, role: Role): Promise<string> => {
    const id = await worker(name);
    await database.sql('update membership set role = $2, district_id = null where worker_id = $1', [
      id,
      role,
    ]);
    return id;
  };
  const socialWorkers = {
    alice: await worker('alice'),
    bruno: await worker('bruno'),
    rosa: await worker('rosa'),
    dan: await worker('dan'),
    nadia: await worker('nadia'),
    yann: await worker('yann'),
    fatou: await worker('fatou'),
    carla: await worker('carla'),
    mia: await worker('mia'),
    suivie: await worker('suivie'),
  };
  await gagny.worker('gaston');
  const hélène = (await sevran.head('hélène')).id;
  await gagny.head('hugo');
  await sevran.receptionist('rené');
  await gagny.receptionist('rémi');
  await sevran.worker('tim', 'TRAINEE');
  const adviser = await ofTheCounty('adviser', 'TECHNICAL_ADVISER');
  await ofTheCounty('dpo', 'DATA_PROTECTION_OFFICER');
  await ofTheCounty('admin', 'ADMINISTRATOR');

  const one = async (sql: string): Promise<string> =>
    (await database.sql<{ value: string }>(sql))[0]?.value ?? '';
  return {
    database,
    make: rowsOf(database, insert),
    each,
    value,
    vault: testVault(),
    districtId,
    otherDistrictId,
    workers: { ...socialWorkers, hélène, adviser },
    notice: await one('select id as value from privacy_notice limit 1'),
    needCode: await one('select code as value from need_code order by code limit 1'),
    frontClient: await one(`select id as value from client where client_id = 'front.demo'`),
    bookingClient: await one(`select id as value from client where client_id = 'client.booking'`),
    times: {
      begun: Date.now(),
      next: clock(),
      nextHours: halfHours(75),
      laterHours: halfHours(200),
      publicHours: halfHours(10, 1),
      nextHalfDay: halfDays(),
      nextOption: optionDays(),
      nextMidday: middays(),
    },
    counted: { dossiers: 0 },
  };
}
