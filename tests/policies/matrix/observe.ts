import { type GraphQLObjectType, type GraphQLSchema, getNamedType } from 'graphql';
import { CELLS } from '../../../policies/generated/cells.js';
import { STANDPOINTS } from '../../../policies/standpoints.js';
import { DEMO_CLIENTS } from '../../../src/auth/logins.js';
import type { Answer, Requester, TestApp } from '../../support/app.js';
import { inFlight } from '../../support/crawler/crawl.js';
import type { TestDatabase } from '../../support/database.js';
import { patient } from '../../support/patient.js';
import { say } from '../../support/say.js';
import { ACTIONS } from './actions/index.js';
import { crawl, harvestPayload, type Seen, shallow } from './crawl.js';
import { follow } from './follow.js';
import type { Stand, Targets } from './world/targets.js';

/** By standpoint: the coordinates seen; mutations among them, when done. */
export type Observation = ReadonlyMap<string, ReadonlySet<string>>;

/** Someone at a standpoint, with a real token that has all the scopes of its client. */
export async function requesterFor(app: TestApp, stand: Stand): Promise<Requester> {
  if (stand.login === null) return patient(app.anonymous);
  const client = DEMO_CLIENTS.find(({ clientId }) => clientId === (stand.clientId ?? 'front.demo'));
  if (client === undefined) throw new Error(`no client ${stand.clientId}`);
  return patient(await app.as(stand.login, { clientId: client.clientId, scopes: client.scopes }));
}

/** One mutation, with these fields of the row that it answers. */
export function mutationDocument(schema: GraphQLSchema, name: string, selected: readonly string[]): string {
  const field = schema.getMutationType()?.getFields()[name];
  const input = field?.args[0];
  if (field === undefined || input === undefined) throw new Error(`no mutation ${name}`);
  return `mutation ($input: ${input.type}) { ${name}(input: $input) { __typename ${selected.join(' ')} } }`;
}

function payloadOf(schema: GraphQLSchema, name: string): GraphQLObjectType {
  const field = schema.getMutationType()?.getFields()[name];
  if (field === undefined) throw new Error(`no mutation ${name}`);
  return getNamedType(field.type) as GraphQLObjectType;
}

/** Rows for one attempt after another: made anew once an action has changed them. */
class Fresh {
  private current: Promise<Targets> | null = null;
  constructor(private readonly stand: Stand) {}

  take(): Promise<Targets> {
    this.current ??= this.stand.fresh();
    return this.current;
  }

  use(): void {
    this.current = null;
  }
}

/** What an action came to: its answer, and whether the rows have changed. */
async function attempt(
  database: TestDatabase,
  requester: Requester,
  fresh: Fresh,
  key: string,
  name: string,
  document: string,
): Promise<{ readonly done: boolean; readonly answer: Answer }> {
  const action = ACTIONS[name];
  if (action === undefined)
    throw new Error(`Mutation.${name}: say in tests/policies/matrix/actions how it is tried`);
  const targets = await fresh.take();
  const answer = await requester.send(document, { input: action.input(targets) });
  // A conflict would be no refusal, but rows in an unfit state.
  const refusals = ['FORBIDDEN', 'NOT_FOUND', ...(action.conflictsFor?.includes(key) ? ['CONFLICT'] : [])];
  if (answer.codes.some((code) => !refusals.includes(code)))
    throw new Error(`${name}: ${answer.text} of ${JSON.stringify(action.input(targets))}`);
  const [sql, ...values] = action.done(targets);
  const [row] = await database.sql<{ done: boolean | null }>(sql, values);
  const done = row?.done === true;
  if (done !== (answer.errors.length === 0))
    throw new Error(`${name}: answered ${answer.text}, and the rows ${done ? 'changed' : 'did not change'}`);
  if (done) fresh.use();
  return { done, answer };
}

/** Does what the standpoint may do, and reads of the answered row all that is not refused. */
async function act(
  database: TestDatabase,
  schema: GraphQLSchema,
  requester: Requester,
  stand: Stand,
  key: string,
  seen: Seen,
): Promise<void> {
  const fresh = new Fresh(stand);
  for (const name of Object.keys(schema.getMutationType()?.getFields() ?? {})) {
    const payload = payloadOf(schema, name);
    const readsPayload = ACTIONS[name]?.answersOther?.includes(key) !== true;
    let fields = readsPayload ? Object.values(payload.getFields()) : [];
    // A refused field of the payload undoes the whole: it is left out, and the action tried once more.
    for (let more = true; more; ) {
      const document = mutationDocument(schema, name, fields.map(shallow));
      const { done, answer } = await attempt(database, requester, fresh, key, name, document);
      if (done) {
        seen.add(`Mutation.${name}`);
        if (readsPayload) harvestPayload(payload, answer.data?.[name], seen);
      }
      const refused = new Set(answer.errors.map((error) => error.path?.[1]));
      more = !done && fields.some((field) => refused.has(field.name));
      fields = fields.filter((field) => !refused.has(field.name));
    }
  }
}

/** What each of these standpoints sees and does, over HTTP, with all locks on. */
export async function observe(
  database: TestDatabase,
  app: TestApp,
  schema: GraphQLSchema,
  stands: ReadonlyMap<string, Stand>,
): Promise<Observation> {
  const observed = new Map<string, Seen>([...stands.keys()].map((key) => [key, new Set<string>()]));
  const asking = async ([key, stand]: [string, Stand]): Promise<void> =>
    crawl(schema, await requesterFor(app, stand), stand.targets, observed.get(key) ?? new Set());
  const desk = stands.get('desk-same-district');
  if (desk === undefined) throw new Error('nobody at the desk');
  const witness = await requesterFor(app, desk);
  const following = async ([key, stand]: [string, Stand]): Promise<void> =>
    follow(
      database,
      app,
      schema,
      await requesterFor(app, stand),
      witness,
      stand.targets,
      observed.get(key) ?? new Set(),
    );
  const acting = async ([key, stand]: [string, Stand]): Promise<void> =>
    act(database, schema, await requesterFor(app, stand), stand, key, observed.get(key) ?? new Set());
  say(`reading at ${stands.size} standpoints`);
  await inFlight(stands, 6, asking);
  say('following');
  // One after the other: each hears of the changes of the district that it shares with the next.
  await inFlight(stands, 1, following);
  say('preparing');
  // As many as were done last time, and one for what is refused.
  const attempts = (key: string): number => {
    const at = STANDPOINTS.findIndex((standpoint) => standpoint.key === key);
    return (
      1 +
      Object.keys(CELLS).filter((name) => name.startsWith('Mutation.') && CELLS[name]?.[at] === '1').length
    );
  };
  await Promise.all([...stands].map(([key, stand]) => stand.prepare(attempts(key))));
  say('acting');
  await inFlight(stands, 6, acting);
  say('observed');
  return observed;
}
