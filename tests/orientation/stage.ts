import { later, today } from '../agenda/agenda.js';
import { type Answer, type Requester, startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { type BuiltCase, county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** Two districts: in Nord, alice has a case; Sud receives. Each has a desk, a head and two social workers. */
export interface Stage {
  readonly database: TestDatabase;
  readonly app: TestApp;
  readonly make: Rows;
  readonly north: Team;
  readonly south: Team;
  /** alice's, about Ana and another person, Ben. */
  file(): Promise<BuiltCase & { readonly otherId: string }>;
  /** Ana of a case, with an account. */
  online(personId: string, subject: string): Promise<Requester>;
  close(): Promise<void>;
}

export interface Team {
  readonly id: string;
  readonly district: DistrictBuilder;
  readonly desk: Requester;
  readonly head: Requester;
  readonly headId: string;
  /** alice, or sana. */
  readonly worker: Requester;
  readonly workerId: string;
  /** bruno, or tom. */
  readonly colleague: Requester;
  readonly colleagueId: string;
}

export async function raiseStage(): Promise<Stage> {
  const database = await cloneDatabase();
  const app = await startTestApp(database);
  const make = rowsOf(database);
  const built = await county(database);
  const districts = { Nord: built.district('Nord'), Sud: built.district('Sud') };
  const alice = districts.Nord.worker('alice');
  const team = async (name: 'Nord' | 'Sud', worker: string, colleague: string): Promise<Team> => {
    const district = districts[name];
    const { id } = await district;
    await district.receptionist(`desk.${name}`);
    const head = await district.head(`head.${name}`);
    const one = name === 'Nord' ? await alice : await district.worker(worker);
    const other = await district.worker(colleague);
    return {
      id,
      district,
      desk: await app.as(`desk.${name}`),
      head: await app.as(`head.${name}`),
      headId: head.id,
      worker: await app.as(worker),
      workerId: one.id,
      colleague: await app.as(colleague),
      colleagueId: other.id,
    };
  };
  const north = await team('Nord', 'alice', 'bruno');
  const south = await team('Sud', 'sana', 'tom');
  return {
    database,
    app,
    make,
    north,
    south,
    file: async () => {
      const file = await alice.case();
      const { id: otherId } = await districts.Nord.person({ givenName: 'Ben', familyName: 'Roux' });
      await make.casePerson({ caseId: file.id, personId: otherId });
      return { ...file, otherId };
    },
    online: async (personId, subject) => {
      await make.personAccount({ personId, subject });
      const scopes = ['cases:read', 'persons:read', 'directory:read'];
      return app.as(subject, { clientId: 'front.person', scopes });
    },
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}

/** A mutation with one input. */
export function act(
  who: Requester,
  name: string,
  type: string,
  input: Record<string, unknown>,
  fields = 'id',
  headers: Record<string, string> = {},
): Promise<Answer> {
  return who.send(`mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`, { input }, headers);
}

/** `YYYY-MM-DD` in Paris, so many days from today. */
export function day(days: number): string {
  return later(today(), days);
}
