import { type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import type { Requester, TestApp } from '../../support/app.js';
import type { TestDatabase } from '../../support/database.js';
import { LiveClient } from '../../support/live.js';
import { until } from '../../support/until.js';
import { harvestRow, type Seen, selection } from './crawl.js';
import type { Targets } from './world/targets.js';

/** What each subscription is followed with, and the notifications of a change of the target, and of one more at the end. */
const FOLLOWED: Readonly<
  Record<string, (t: Targets) => { variables: Record<string, unknown>; payloads: readonly [string, string] }>
> = {
  visitChanges: (t) => ({
    variables: { districtId: t.District },
    payloads: [`${t.District} ${t.Visit}`, t.District],
  }),
};

/**
 * Notes what a standpoint is told of its target rows by all that can be followed, over real sockets.
 * @param witness the desk, who is told of every change of the target: once they are, everyone's stream has taken it
 */
export async function follow(
  database: TestDatabase,
  app: TestApp,
  schema: GraphQLSchema,
  requester: Requester,
  witness: Requester,
  t: Targets,
  seen: Seen,
): Promise<void> {
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const known = FOLLOWED[field.name]?.(t);
    const type = getNamedType(field.type);
    if (known === undefined || !isObjectType(type))
      throw new Error(`Subscription.${field.name}: say how it is followed`);
    const declared = field.args.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
    const passed = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
    const document = `subscription (${declared}) { ${field.name}(${passed}) { ${selection(type, 3, 2)} } }`;
    // Whoever shows no token comes no further than the door.
    if (requester.token === null) {
      await LiveClient.connect(app.url, null).then(
        () => Promise.reject(new Error('admitted without a token')),
        ({ message }: Error) => {
          if (message !== 'closed: 4403 Forbidden') throw new Error(message);
        },
      );
      continue;
    }
    const once = async (): Promise<boolean> => {
      const client = await LiveClient.connect(app.url, requester.token);
      const beside = await LiveClient.connect(app.url, witness.token);
      const subscription = client.subscribe(document, known.variables);
      const told = async (): Promise<Record<string, unknown> | null> => {
        const { type: kind, payload } = await subscription.next();
        if (kind === 'next') return payload.data[field.name];
        if (payload[0].extensions.code !== 'FORBIDDEN') throw new Error(JSON.stringify(payload));
        return null;
      };
      try {
        const first = await told();
        if (first === null) return true;
        harvestRow(type, first, t, seen);
        const seeing = beside.subscribe(document, known.variables);
        await seeing.event();
        for (const [nth, payload] of known.payloads.entries()) {
          await database.sql(`select pg_notify('visit_changed', $1)`, [payload]);
          const { data } = await seeing.event();
          if (nth === 0 && data?.[field.name].visit == null) return false;
        }
        const event = await told();
        if (event?.['visit'] == null) return true;
        seen.add(`Subscription.${field.name}`);
        harvestRow(type, event, t, seen);
        if ((await told())?.['reload'] !== true) throw new Error('another event');
        return true;
      } finally {
        await Promise.all([client.close(), beside.close()]);
      }
    };
    // Where the machine has stopped for seconds, its connection that listens is a lost one, and all are told to read again.
    await until('the witness to be told of the change itself', once);
  }
}
