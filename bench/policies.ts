import 'reflect-metadata';
import { deepStrictEqual } from 'node:assert';
import { execute, type GraphQLSchema, parse, buildSchema as schemaFromText } from 'graphql';
import { buildSchema, Field, ID, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { compilePolicies, type TypeRules } from '../policies/rules/compile.js';
import { allow, deny, rowRule, viewerRule } from '../policies/rules/rules.js';
import { applyMiddleware, shield } from '../policies/rules/shield.js';
import type { Operation } from '../src/operation.js';
import { ANONYMOUS, hasScope, holdsRole, type Viewer } from '../src/viewer.js';
import { type Contender, machine, measure, report } from './support/measure.js';

/**
 * Measures what the policies cost. One query of 300 rows × 10 fields is executed without policies, with the compiled policies, and with
 * graphql-shield's own `shield()`. Only execution is measured: the document is parsed, and the rows are in memory.
 *
 * It runs on two schemas. One has graphql-js's own default resolvers, where a field costs least and a guard shows most. The other is built
 * by type-graphql, like the API's. There are two mixes of rules. A refused field answers null, and its value is not completed. So a second
 * mix refuses nothing, and the first is also compared with the same nulls without policies.
 */
const ROWS = 300;
const OPTIONS = { rounds: 21, samples: 6, processor: true };

const WORKER = 'a2e4c1de-3c0b-4f6e-9a57-4c1b0a3f8e01';
const DISTRICT = '0d7c5a4e-7c9f-4b52-8d3a-6a9b8f0c2d11';

interface Row {
  readonly districtId: string;
  readonly assignedWorkerId: string;
  readonly id: string;
  readonly reference: string;
  readonly status: string;
  readonly mission: string;
  readonly version: number;
  readonly openedBy: string;
  readonly place: string;
  readonly subject: string;
  readonly steps: number;
  readonly secret: string;
}

/** Returns rows as a service answers them: plain objects that carry the columns of their rules. */
function rows(permitted: (index: number) => boolean): readonly Row[] {
  return Array.from({ length: ROWS }, (_, index) => ({
    districtId: DISTRICT,
    assignedWorkerId: permitted(index) ? WORKER : `worker-${index}`,
    id: `case-${index}`,
    reference: `CA-${index}`,
    status: 'OPEN',
    mission: 'HOUSING',
    version: index,
    openedBy: `worker-${index}`,
    place: 'Maison du département',
    subject: `Subject ${index}`,
    steps: index % 7,
    secret: `secret ${index}`,
  }));
}

const viewer: Viewer = {
  ...ANONYMOUS,
  kind: 'WORKER',
  workerId: WORKER,
  scopes: new Set(['cases:read', 'notes:read']),
  memberships: [{ role: 'SOCIAL_WORKER', districtId: DISTRICT }],
};

const words = { fr: 'x', en: 'x' };
const workers = viewerRule(words, (of) => of.kind === 'WORKER');
const readers = viewerRule(words, (of) => hasScope(of, 'cases:read'));
const socialWorkers = viewerRule(words, (of) => hasScope(of, 'cases:read') && holdsRole(of, 'SOCIAL_WORKER'));
const assigned = (of: Viewer, row: Row) => row.assignedWorkerId === of.workerId;
const theAssigned = rowRule<Row>(words, assigned);
const whoFollows = rowRule<Row>(words, (of, row) => hasScope(of, 'cases:read') && assigned(of, row));
const whoReads = rowRule<Row>(words, (of, row) => hasScope(of, 'notes:read') && assigned(of, row));
const whoWorksThere = rowRule<Row>(
  words,
  (of, row) => assigned(of, row) && of.memberships.some((held) => held.districtId === row.districtId),
);

/** The mix of rules: 2 allow, 3 about the viewer, 4 about the row, 1 deny. */
const mix: TypeRules = {
  id: allow,
  reference: allow,
  status: workers,
  mission: readers,
  version: socialWorkers,
  openedBy: theAssigned,
  place: whoFollows,
  subject: whoReads,
  steps: whoWorksThere,
  secret: deny,
};

const document = parse(
  '{ cases { id reference status mission version openedBy place subject steps secret } }',
);

@ObjectType()
class Case {
  @Field(() => ID, { nullable: true }) id!: string;
  @Field(() => String, { nullable: true }) reference!: string;
  @Field(() => String, { nullable: true }) status!: string;
  @Field(() => String, { nullable: true }) mission!: string;
  @Field(() => Int, { nullable: true }) version!: number;
  @Field(() => String, { nullable: true }) openedBy!: string;
  @Field(() => String, { nullable: true }) place!: string;
  @Field(() => String, { nullable: true }) subject!: string;
  @Field(() => Int, { nullable: true }) steps!: number;
  @Field(() => String, { nullable: true }) secret!: string;
}

@Resolver(() => Case)
class CaseResolver {
  @Query(() => [Case], { nullable: true })
  cases(@Root() root: { readonly cases: readonly Row[] }): readonly Row[] {
    return root.cases;
  }
}

const SCHEMAS = {
  'default resolvers of graphql-js': () =>
    schemaFromText(`type Query { cases: [Case!] } type Case {
      id: ID reference: String status: String mission: String version: Int
      openedBy: String place: String subject: String steps: Int secret: String }`),
  'built by type-graphql': () => buildSchema({ resolvers: [CaseResolver], validate: false }),
};

/** Makes the part of an operation that the policies read. It is new for each execution. */
function operation(): Operation {
  const read: Pick<Operation, 'viewer' | 'refusals' | 'verdicts'> = {
    viewer,
    refusals: new Set(),
    verdicts: new Map(),
  };
  return read as Operation;
}

interface Mix {
  readonly name: string;
  readonly policy: TypeRules;
  readonly rows: readonly Row[];
}

const MIXES: readonly Mix[] = [
  {
    name: '2 allow, 3 viewer rules, 4 row rules that permit half the rows, 1 denied',
    policy: mix,
    rows: rows((index) => index % 2 === 0),
  },
  {
    name: '2 allow, 3 viewer rules, 5 row rules that permit every row',
    policy: { ...mix, secret: theAssigned },
    rows: rows(() => true),
  },
];

interface Answer {
  readonly data: { readonly cases: readonly Row[] };
}

async function answerOf(contender: Contender): Promise<Answer['data']> {
  const { data } = (await contender.run()) as Answer;
  return JSON.parse(JSON.stringify(data));
}

async function contendersFor(
  build: () => GraphQLSchema | Promise<GraphQLSchema>,
  { policy, rows }: Mix,
): Promise<readonly Contender[]> {
  const policies = { Query: { cases: allow }, Case: policy };
  const contender = (name: string, schema: GraphQLSchema, cases: readonly object[] = rows): Contender => ({
    name,
    run: () => execute({ schema, document, rootValue: { cases }, contextValue: operation() }),
  });
  const shielded = shield(
    { Query: policies.Query, Case: { ...policy } },
    { fallbackRule: deny, allowExternalErrors: true },
  );
  const bare = await build();
  const compiled = contender('compiled', compilePolicies(await build(), policies));
  const shields = contender('shield()', applyMiddleware(await build(), shielded));
  const answered = await answerOf(compiled);
  deepStrictEqual(answered, await answerOf(shields));
  const nulled = contender('no policies, same answer', bare, answered.cases);
  deepStrictEqual(answered, await answerOf(nulled));
  return [contender('no policies', bare), nulled, compiled, shields];
}

console.log(machine());
for (const [schema, build] of Object.entries(SCHEMAS)) {
  for (const mix of MIXES) {
    const measured = await measure(await contendersFor(build, mix), OPTIONS);
    console.log(report(`\n${schema}; ${mix.name}`, measured, OPTIONS));
  }
}
