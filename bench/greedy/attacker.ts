import { Agent, request } from 'node:http';
import { WebSocket } from 'ws';
import { loadOrCreateDevelopmentIssuer } from '../../src/auth/development-issuer.js';
import { tokenFor } from '../support/app.js';
import { ATTACKS, type AttackName, type Ids, UNKNOWN_SUBSCRIPTION } from './attacks.js';

/** The greedy client. It runs until it is killed, and then reports its answers. */
const setting = (name: string): string => process.env[name] ?? '';
const [url, folder, localAddress] = ['URL_OF_THE_API', 'FOLDER', 'FROM'].map(setting) as [
  string,
  string,
  string,
];
const attack = ATTACKS[process.argv[2] as AttackName];
const issuer = await loadOrCreateDevelopmentIssuer(folder);
const owned = await tokenFor(issuer, attack.login ?? 'reception.gagny');
/** The token with another signature: its tenth character from the end is another. */
const altered = `${owned.slice(0, -10)}${owned.at(-10) === 'A' ? 'B' : 'A'}${owned.slice(-9)}`;
const BAD = { altered, garbage: 'garbage' } as const;
const token = attack.login !== null ? owned : attack.badToken === undefined ? null : BAD[attack.badToken];
const agent = new Agent({ keepAlive: true, maxSockets: 512 });
const answers = new Map<string, number>();
const count = (what: string): void => void answers.set(what, (answers.get(what) ?? 0) + 1);

function ask(
  method: 'GET' | 'POST',
  path: string,
  headers: Record<string, string | number>,
  body = '',
  from = localAddress,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { method, agent, localAddress: from, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const code = /"code":"([A-Z_]+)"/.exec(text)?.[1] ?? 'done';
        count(`${response.statusCode} ${code}`);
        resolve(text);
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const post = (body: string, from?: string): Promise<string> =>
  ask(
    'POST',
    '/graphql',
    {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body,
    from,
  );

async function idsOf(): Promise<Ids> {
  const me = `{ viewer { memberships { district { id } } } ${
    attack.login?.startsWith('worker') ? 'cases(first: 1) { edges { node { id } } }' : ''
  } }`;
  const { data } = JSON.parse(await post(JSON.stringify({ query: me })));
  return {
    districtId: data.viewer.memberships[0]?.district?.id,
    caseId: data.cases?.edges[0]?.node.id,
  };
}

function follow(districtId: string): void {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    localAddress,
  });
  socket.on('error', () => undefined);
  socket.on('open', () =>
    socket.send(
      JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token ?? ''}` } }),
    ),
  );
  socket.on('message', (data) => {
    const { type } = JSON.parse(String(data)) as { type: string };
    if (type === 'ping') socket.send('{"type":"pong"}');
    if (type === 'next') count('event');
    if (type !== 'connection_ack') return;
    for (let id = 0; id < 10; id += 1)
      socket.send(
        JSON.stringify({
          id: String(id),
          type: 'subscribe',
          payload: {
            query: `subscription ($id: ID!) { visitChanges(districtId: $id) { reload visit { id ticket status } } }`,
            variables: { id: districtId },
          },
        }),
      );
  });
}

function stranger(): void {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    localAddress,
  });
  socket.on('error', () => count('refused'));
  socket.on('open', () => count('opened'));
  socket.on('close', () => setTimeout(stranger, 5));
}

/** Sends documents that are refused, as fast as the network takes them. A socket that is closed is opened again. */
function flood(): void {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    localAddress,
  });
  let id = 0;
  const send = (): void => {
    if (socket.readyState !== socket.OPEN) return;
    // A socket that was cut off buffers nothing, until it says so.
    for (let nth = 0; nth < 200 && socket.bufferedAmount < 1_000_000; nth += 1) {
      id += 1;
      const payload = { query: UNKNOWN_SUBSCRIPTION };
      socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload }));
    }
    setTimeout(send, 1);
  };
  socket.on('error', () => count('cut off'));
  socket.on('open', () =>
    socket.send(
      JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token ?? ''}` } }),
    ),
  );
  socket.on('message', (data) => {
    const { type } = JSON.parse(String(data)) as { type: string };
    count(type);
    if (type === 'connection_ack') send();
  });
  socket.on('close', (code) => {
    count(`closed ${code}`);
    setTimeout(flood, 5);
  });
}

process.once('SIGTERM', () => {
  process.stdout.write(JSON.stringify(Object.fromEntries(answers)), () => process.exit(0));
});

const ids: Ids = attack.login === null ? { districtId: '', caseId: '' } : await idsOf();
if (attack.sockets === 'boards') for (let nth = 0; nth < 10; nth += 1) follow(ids.districtId);
if (attack.sockets === 'strangers') for (let nth = 0; nth < 300; nth += 1) stranger();
if (typeof attack.sockets === 'number') for (let nth = 0; nth < attack.sockets; nth += 1) flood();
const body = JSON.stringify({ query: attack.query, variables: attack.variables(ids) });
let fetched = 0;
const addressOf = (nth: number): string => {
  const [last = ''] = localAddress.split('.').slice(-1);
  return localAddress.replace(/\d+$/, String(Number(last) + (nth % (attack.addresses ?? 1))));
};
const again = (nth: number): Promise<string> => {
  if (attack.page === undefined) return post(body, addressOf(nth));
  fetched += 1;
  return ask('GET', attack.page(fetched), {});
};
for (let nth = 0; nth < attack.connections; nth += 1)
  void (async () => {
    for (;;)
      await again(nth).catch((error: NodeJS.ErrnoException) => {
        count(String(error.code));
        return new Promise((resolve) => setTimeout(resolve, 5));
      });
  })();
