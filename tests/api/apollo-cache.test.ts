import { ApolloClient, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { type BuiltCase, county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** The front ends of a county may use Apollo Client. Its cache keeps each row once, by type and `id`, and joins the pages of a list. */
let database: TestDatabase;
let app: TestApp;
let alice: { id: string };
const waiting: BuiltCase[] = [];

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  const sevran = (await county(database)).district('Sevran');
  await sevran.head('hélène');
  alice = await sevran.worker('alice');
  for (let nth = 0; nth < 5; nth += 1) waiting.push(await sevran.case());
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const LIST = gql`
  query Unallocated($after: String) {
    cases(first: 2, after: $after) {
      edges { cursor node { id reference assignedWorker { id } needs { id } } }
      pageInfo { startCursor endCursor hasPreviousPage hasNextPage }
    }
  }
`;

interface Listed {
  readonly cases: {
    readonly edges: readonly {
      readonly cursor: string;
      readonly node: {
        readonly id: string;
        readonly assignedWorker: { readonly id: string } | null;
        readonly needs: null;
      };
    }[];
    readonly pageInfo: {
      readonly startCursor: string | null;
      readonly endCursor: string | null;
      readonly hasPreviousPage: boolean;
      readonly hasNextPage: boolean;
    };
  };
}

function listedIn(data: Listed | null | undefined): Listed['cases'] {
  if (data == null) throw new Error('no list');
  return data.cases;
}

/** A client of its own for a worker, and how it reads one page through the network. */
async function clientOf(login: string) {
  const authorization = `Bearer ${await app.token(login)}`;
  const client = new ApolloClient({
    link: new HttpLink({ uri: `${app.url}/graphql`, headers: { authorization } }),
    cache: new InMemoryCache({ typePolicies: { Query: { fields: { cases: relayStylePagination() } } } }),
  });
  const ask = async (after: string | null): Promise<Listed['cases']> => {
    const { data } = await client.query<Listed>({
      query: LIST,
      variables: { after },
      errorPolicy: 'all',
      fetchPolicy: 'network-only',
    });
    return listedIn(data);
  };
  return { client, ask };
}

test('the cache joins the pages of a list, and knows each row by its id', async () => {
  const { client, ask } = await clientOf('hélène');
  for (let after: string | null = null, more = true; more; ) {
    const { pageInfo } = await ask(after);
    [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
  }
  const known = () => listedIn(client.readQuery<Listed>({ query: LIST }));
  const { edges, pageInfo } = known();
  expect(edges.map(({ node }) => node.id)).toEqual(waiting.map(({ id }) => id).toReversed());
  expect(pageInfo).toMatchObject({
    startCursor: edges[0]?.cursor,
    endCursor: edges[4]?.cursor,
    hasPreviousPage: false,
    hasNextPage: false,
  });
  expect(Object.keys(client.cache.extract() as object).filter((key) => key.startsWith('Case:'))).toHaveLength(
    5,
  );

  // The answer of a mutation changes the row in the list, without another word.
  const [first] = waiting;
  await client.mutate({
    mutation: gql`
      mutation Assign($input: AssignCaseInput!) { assignCase(input: $input) { id assignedWorker { id } } }
    `,
    variables: { input: { caseId: first?.id, workerId: alice.id, expectedVersion: 1 } },
  });
  const assigned = known().edges.map(({ node }) => node.assignedWorker?.id ?? null);
  expect(assigned).toEqual([null, null, null, null, alice.id]);
  client.stop();
});

test('a null that was refused has an error at its path, row by row; a true null has none', async () => {
  const { client } = await clientOf('hélène');
  const { data, error } = await client.query<Listed>({ query: LIST, errorPolicy: 'all' });
  expect(listedIn(data).edges.map(({ node: { assignedWorker, needs } }) => [assignedWorker, needs])).toEqual([
    [null, null],
    [null, null],
  ]);
  const errors = CombinedGraphQLErrors.is(error) ? error.errors : [];
  expect(errors.map(({ path, extensions }) => [path, extensions?.['code']])).toEqual([
    [['cases', 'edges', 0, 'node', 'needs'], 'FORBIDDEN'],
    [['cases', 'edges', 1, 'node', 'needs'], 'FORBIDDEN'],
  ]);
  client.stop();
});

test('a page says where it begins, and that a page came before it', async () => {
  const hélène = await app.as('hélène');
  const ask = async (after: string | null): Promise<Listed['cases']> =>
    (await hélène.send(LIST.loc?.source.body ?? '', { after })).data?.['cases'];
  const first = await ask(null);
  expect(first.pageInfo).toMatchObject({ hasPreviousPage: false, startCursor: first.edges[0]?.cursor });
  const second = await ask(first.pageInfo.endCursor);
  expect(second.pageInfo).toMatchObject({ hasPreviousPage: true, startCursor: second.edges[0]?.cursor });
  let last = second;
  while (last.pageInfo.endCursor !== null) last = await ask(last.pageInfo.endCursor);
  expect(last).toMatchObject({
    edges: [],
    pageInfo: { startCursor: null, endCursor: null, hasPreviousPage: true, hasNextPage: false },
  });
});
