import { buildCosmosSchema } from '../../schema/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { type BuiltCase, type CountyBuilder, county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ago } from '../support/days.js';

/**
 * A county in which a release is asked for: alice wrote the notes of a case that is bruno's now. The adviser Inès is the county's, Jules
 * is Sevran's and Louise is Gagny's; Rose is the officer; the administrators are Sam and Tess.
 */
export interface ReleaseCounty {
  readonly database: TestDatabase;
  readonly app: TestApp;
  readonly make: Rows;
  readonly sevran: DistrictBuilder;
  readonly gagny: DistrictBuilder;
  readonly county: CountyBuilder;
  readonly ids: Readonly<Record<string, string>>;
  /** A case of alice's with a note, reassigned by the head Hélène; and a new alice, whom nothing that was declared before concerns. */
  newCase(notes?: readonly string[]): Promise<ReassignedCase>;
  send(who: string, mutation: string, input: Record<string, unknown>, selection?: string): Promise<Sent>;
  list(who: string, query: string, selection?: string): Promise<Record<string, unknown>[]>;
  /** Kinds of what someone was told, the first first. */
  told(who: string): Promise<string[]>;
  /** As if the release had been asked for so many days before. */
  daysPass(release: string, days: number): Promise<void>;
  /** Declares an absence as if it were so many days ago. */
  absent(who: string, days: number): Promise<string>;
  close(): Promise<void>;
}

export interface ReassignedCase extends BuiltCase {
  /** The subject of her who wrote its notes. */
  readonly author: string;
}

export interface Sent {
  readonly data: Record<string, unknown> | null;
  readonly code: string | undefined;
  readonly reason: unknown;
}

export async function releaseCounty(): Promise<ReleaseCounty> {
  const database = await cloneDatabase();
  const app = await startTestApp(database);
  const make = rowsOf(database);
  const made = await county(database);
  const [sevran, gagny] = [made.district('Sevran'), made.district('Gagny')];
  const ids: Record<string, string> = {};
  const join = async (
    name: string,
    district: DistrictBuilder,
    role?: Parameters<DistrictBuilder['worker']>[1],
  ) => {
    ids[name] = (await district.worker(name, role)).id;
  };
  await join('bruno', sevran);
  await join('carla', sevran);
  await join('hélène', sevran, 'DISTRICT_HEAD');
  await join('jules', sevran, 'TECHNICAL_ADVISER');
  await join('louise', gagny, 'TECHNICAL_ADVISER');
  for (const [name, role] of [
    ['inès', 'TECHNICAL_ADVISER'],
    ['rose', 'DATA_PROTECTION_OFFICER'],
    ['sam', 'ADMINISTRATOR'],
    ['tess', 'ADMINISTRATOR'],
  ] as const) {
    await join(name, sevran);
    await database.sql('update membership set district_id = null, role = $2 where worker_id = $1', [
      ids[name],
      role,
    ]);
  }
  const inputs = (await buildCosmosSchema()).getMutationType()?.getFields() ?? {};
  let nth = 0;
  const send: ReleaseCounty['send'] = async (who, mutation, input, selection = 'id') => {
    const type = inputs[mutation]?.args[0]?.type;
    const answer = await (await app.as(who)).send(
      `mutation ($input: ${type}) { ${mutation}(input: $input) { ${selection} } }`,
      { input },
    );
    const [error] = answer.errors;
    const data = answer.data?.[mutation] as Record<string, unknown> | null | undefined;
    return { data: data ?? null, code: error?.extensions.code, reason: error?.extensions['reason'] };
  };
  return {
    database,
    app,
    make,
    sevran,
    gagny,
    county: made,
    ids,
    send,
    newCase: async (notes = ['texte']) => {
      nth += 1;
      const author = `alice-${nth}`;
      const worker = sevran.worker(author);
      ids[author] = (await worker).id;
      const file = await notes.reduce((built, note) => built.note(note), worker.case());
      const { code } = await send('hélène', 'reassignCase', {
        caseId: file.id,
        workerId: ids['bruno'],
        expectedVersion: 1,
      });
      if (code !== undefined) throw new Error(code);
      return { ...file, author };
    },
    list: async (who, query, selection = 'id') => {
      const answer = await (await app.as(who)).send(`{ ${query} { ${selection} } }`);
      return (answer.data?.[query] ?? []) as Record<string, unknown>[];
    },
    told: async (who) => {
      const rows = await database.sql<{ kind: string }>(
        'select kind from notification where worker_id = $1 order by created_at, kind',
        [ids[who]],
      );
      return rows.map(({ kind }) => kind);
    },
    daysPass: async (release, days) => {
      await database.sql(
        `update release set waits_until = waits_until - interval '1 day' * $2,
          requested_at = requested_at - interval '1 day' * $2 where id = $1`,
        [release, days],
      );
    },
    absent: async (who, days) =>
      make.absence({
        workerId: ids[who],
        districtId: (await sevran).id,
        startsAt: ago(days),
        declaredAt: ago(days),
      }),
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}

/** The texts of the case that bruno reads. */
export async function brunoReads(made: ReleaseCounty, file: BuiltCase): Promise<string[]> {
  const answer = await (await made.app.as('bruno')).send(
    'query ($id: ID!) { case(id: $id) { interviewNotes { edges { node { body } } } } }',
    { id: file.id },
  );
  const edges = answer.data?.['case'].interviewNotes.edges as { node: { body: string } }[];
  return edges.map(({ node }) => node.body).sort();
}
