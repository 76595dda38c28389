import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isObjectType,
  isRequiredArgument,
  Kind,
  parse,
  print,
  visit,
} from 'graphql';

/** The front ends of a county may use Relay. Its own compiler says whether each list is a connection that it can page through. */
/** The path of the compiler's binary for this machine. */
const RELAY = createRequire(import.meta.url)('relay-compiler') as string;
const CONTRACT = await readFile('schema/schema.graphql', 'utf8');

/** The contract without one field. */
function withoutField(type: string, field: string): string {
  const without = visit(parse(CONTRACT), {
    enter: (node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === type
        ? { ...node, fields: (node.fields ?? []).filter(({ name }) => name.value !== field) }
        : undefined,
  });
  return print(without);
}

interface List {
  readonly type: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
}

function listsOf(sdl: string): readonly List[] {
  const types = Object.values(buildSchema(sdl).getTypeMap()).filter(isObjectType);
  return types.flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => getNamedType(field.type).name.endsWith('Connection'))
      .map((field) => ({ type, field })),
  );
}

/** A fragment that pages through a list. One that is asked from `Query` can be fetched again by itself, as `usePaginationFragment` does. */
function fragmentFor({ type, field }: List): string {
  const name = `Lists_${type.name}_${field.name}`;
  const required = field.args.filter(isRequiredArgument);
  const args = [
    'first: { type: "Int", defaultValue: 20 }',
    'after: { type: "String" }',
    ...required.map((arg) => `${arg.name}: { type: "${arg.type}" }`),
  ];
  const given = ['first', 'after', ...required.map((arg) => arg.name)].map((arg) => `${arg}: $${arg}`);
  const again = type.name === 'Query' ? `@refetchable(queryName: "Lists_${field.name}_Query")` : '';
  return `graphql\`fragment ${name} on ${type.name} ${again} @argumentDefinitions(${args.join(', ')}) {
    ${field.name}(${given.join(', ')}) @connection(key: "${name}") { edges { node { __typename } } }
  }\`;`;
}

/** Compiles the fragments against a schema. Returns what the compiler says where it refuses them, and what it made. */
async function compile(
  sdl: string,
  fragments: readonly string[],
): Promise<{ readonly said: string; readonly made: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'cosmos-relay-'));
  try {
    await mkdir(join(folder, 'src', '__generated__'), { recursive: true });
    await writeFile(join(folder, 'schema.graphql'), sdl);
    await writeFile(
      join(folder, 'src', 'Lists.ts'),
      `import { graphql } from 'react-relay';\n${fragments.join('\n')}`,
    );
    const config = { src: './src', schema: './schema.graphql', language: 'typescript' };
    await writeFile(join(folder, 'relay.config.json'), JSON.stringify(config));
    const run = promisify(execFile)(RELAY, ['relay.config.json'], { cwd: folder });
    const said = await run.then(
      () => '',
      ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
    );
    return { said, made: await readdir(join(folder, 'src', '__generated__')) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('Relay compiles every list of the contract', async () => {
  const lists = listsOf(CONTRACT);
  expect(lists.length).toBeGreaterThan(15);
  const { said, made } = await compile(CONTRACT, lists.map(fragmentFor));
  expect(said).toBe('');
  for (const { type, field } of lists) expect(made).toContain(`Lists_${type.name}_${field.name}.graphql.ts`);
  expect(made).toContain('Lists_cases_Query.graphql.ts');
});

test.each(['startCursor', 'hasPreviousPage', 'hasNextPage', 'endCursor'])(
  'Relay would not, without `PageInfo.%s`',
  async (field) => {
    const [list] = listsOf(CONTRACT);
    if (list === undefined) throw new Error('no list');
    const { said } = await compile(withoutField('PageInfo', field), [fragmentFor(list)]);
    expect(said).toContain(`to expose a 'pageInfo { ${field} }' field`);
  },
);
