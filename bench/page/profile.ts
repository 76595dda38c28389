import { type Profiler, Session } from 'node:inspector/promises';

/** What Node.js spent its time on, by category: milliseconds, the largest first. */
export type Spent = readonly (readonly [category: string, ms: number])[];

/** By the file that a function stands in. The first that fits counts. */
const BY_FILE: readonly (readonly [RegExp, string])[] = [
  [/node_modules\/(pg|pg-protocol|pg-pool|pg-types|postgres-[a-z]+)\//, 'pg: its protocol, and rows'],
  [/\/src\/execution\/|node_modules\/graphql\/execution\//, 'execution and completion'],
  [/node_modules\/graphql\//, 'graphql: parsing, validation, errors'],
  [/node_modules\/(type-graphql|graphql-middleware)\//, 'type-graphql: its resolvers'],
  [/node_modules\/dataloader\//, 'dataloader'],
  [/node_modules\/@prisma\/|prisma\/generated/, 'Prisma: putting SQL together'],
  [/node_modules\/(@apollo|@as-integrations)\//, 'Apollo Server'],
  [/node_modules\/jose\//, 'tokens'],
  [/node_modules\/graphql-query-complexity\//, 'cost of documents'],
  [/\/policies\//, 'policies'],
  [/\/src\/access\//, 'rules of access'],
  [/\/src\/vault\//, 'vault'],
  [/\/src\/services\//, 'services'],
  [/\/src\/(database\/|loader|log\/)/, 'transactions, loaders and log'],
  [/\/src\/http\//, 'HTTP of Cosmos'],
  [/\/schema\//, 'resolvers of Cosmos'],
  [/node:internal\/crypto/, 'vault'],
  [/node:(internal\/)?(_?http|streams?|net|timers|async_hooks|process)/, 'Node.js: HTTP, streams, timers'],
  [/node:/, 'Node.js: the rest'],
];

/** By the name of a function that is not JavaScript. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/^\(garbage collector\)$/, 'garbage'],
  [/^\(program\)$/, 'native code'],
  [/^writev?(Latin1String|Utf8String|Buffer)?$/, 'writes to sockets'],
  [/^(stringify|parse)$/, 'JSON'],
];

function categoryOf({ functionName, url }: Profiler.ProfileNode['callFrame']): string | null {
  if (functionName === '(idle)' || functionName === '(root)') return null;
  // Around JSON.stringify.
  if (functionName === 'writeAhead' || functionName === 'textOf') return 'JSON';
  const named = url === '' ? BY_NAME.find(([pattern]) => pattern.test(functionName)) : undefined;
  return named?.[1] ?? BY_FILE.find(([pattern]) => pattern.test(url))?.[1] ?? 'built-in functions';
}

/** Sums up a profile. A function's time is its own, without that of the functions that it calls. */
export function spentIn({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Spent {
  const categories = new Map(nodes.map(({ id, callFrame }) => [id, categoryOf(callFrame)]));
  const spent = new Map<string, number>();
  for (const [at, id] of samples.entries()) {
    const category = categories.get(id);
    if (category != null) spent.set(category, (spent.get(category) ?? 0) + (timeDeltas[at] ?? 0) / 1_000);
  }
  return [...spent].sort(([, a], [, b]) => b - a);
}

/** Profiles this process until the returned function is called. */
export async function startProfile(): Promise<() => Promise<Profiler.Profile>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  return async () => {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    return profile;
  };
}
