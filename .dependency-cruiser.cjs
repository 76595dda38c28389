/**
 * Who may import whom. A rule that fails tells which law of the architecture the import would break; change the
 * import, not the rule. `npm run check:imports` runs them.
 *
 *   app ─► schema ─► services ─► access ─► viewer, errors
 *    └───► policies ─────────────┘
 */

/** Only these may know Prisma's client and its types. */
const KNOWS_THE_DATABASE = [
  '^src/(access|database|services|vault)/',
  '^src/loader\\.ts$',
  '^prisma/seed/',
  '^bench/',
  '^tests/',
];

/**
 * The rooms, the lower before the upper: a domain has the same folder in src/services, src/access, policies, schema, prisma/sql and tests. What an
 * operation is made of (who asks, repetition, paging, dates) is at the bottom; statistics read everything.
 */
const ROOMS = [
  'operation',
  'directory',
  'act',
  'notification',
  'data-protection',
  'case',
  'person',
  'agenda',
  'calendar-feed',
  'appointment',
  'interview-note',
  'release',
  'reception',
  'orientation',
  'waiting-list',
  'sending',
  'statistics',
];

/** A room knows the rooms below it. Two rooms that know each other are one room, or what they share belongs below both. */
const LAYERS = ['src/services', 'src/access', 'policies', 'schema'];
const roomsKnowThoseBelow = LAYERS.flatMap((layer) =>
  ROOMS.slice(0, -1).map((room, at) => {
    const above = ROOMS.slice(at + 1).join('|');
    return {
      name: `${layer.replace('src/', '')}-of-${room}-know-no-room-above`,
      comment: `The rooms of ${layer} know each other in one direction: ${ROOMS.join(' < ')}. A field of a lower room’s type that needs a room above is resolved in that room.`,
      severity: 'error',
      from: { path: `^${layer}/${room}/` },
      to: { path: `^(${LAYERS.join('|')})/(${above})/` },
    };
  }),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Two modules that need each other are one module, or need a third. A cycle also breaks decorators: a class is undefined while its neighbour is being read. A cycle that only a type closes is gone once compiled, and passes.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      comment: 'An import that leads nowhere. Relative imports end in .js, also when the file is a .ts.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '/dist/' },
    },
    {
      name: 'errors-stand-alone',
      comment: 'Every layer throws these errors, so they import no layer.',
      severity: 'error',
      from: { path: '^src/errors\\.ts$' },
      to: { path: '^(src|schema|policies|prisma|tests)/' },
    },
    {
      name: 'viewer-stands-alone',
      comment:
        'The viewer is plain data that every layer reads. It knows the list of scopes, and nothing of how it was made: no token, no database, no HTTP.',
      severity: 'error',
      from: { path: '^src/viewer\\.ts$' },
      to: { path: '^(src|schema|policies|prisma|tests)/', pathNot: '^src/auth/scopes\\.ts$' },
    },
    {
      name: 'access-is-pure',
      comment:
        'A rule of access answers from a viewer and a row, or writes itself as a condition in SQL. It loads nothing and asks nobody, so that both locks, policies and services, can share it and a test needs no server.',
      severity: 'error',
      from: { path: '^src/access/' },
      to: { pathNot: ['^src/access/', '^src/(errors|viewer)\\.ts$', '^prisma/generated/'] },
    },
    {
      name: 'statistics-are-pure',
      comment:
        'How a count is protected depends on nothing but what is counted: no database, no viewer, no service. So the attack suite runs the very code that protects.',
      severity: 'error',
      from: { path: '^src/statistics/' },
      to: {
        path: '^(src|schema|policies|prisma)/',
        pathNot: ['^src/statistics/', '^src/auth/exclusive-file\\.ts$'],
      },
    },
    {
      name: 'services-know-no-graphql',
      comment:
        'Services are the second lock and hold without the first: they know neither types of the schema nor policies, nor who calls them (HTTP, tokens, settings).',
      severity: 'error',
      from: { path: '^src/services/' },
      to: { path: ['^(schema|policies)/', '^src/(auth|http)/', '^src/config\\.ts$'] },
    },
    {
      name: 'services-use-no-graphql-library',
      comment:
        'A service that reads a query or throws GraphQLError can serve GraphQL only. It throws from src/errors.ts.',
      severity: 'error',
      from: { path: '^src/services/' },
      to: { path: '^node_modules/(graphql|type-graphql|graphql-[^/]+|@apollo/[^/]+)/' },
    },
    {
      name: 'lower-layers-know-no-services',
      comment: 'Database, vault, log and tokens serve the services, and work without them.',
      severity: 'error',
      from: { path: '^src/(auth|database|log|vault)/' },
      to: { path: ['^(schema|policies)/', '^src/(services|http)/'] },
    },
    {
      name: 'schema-goes-through-services',
      comment:
        'A resolver is a line that calls a service with the operation. It neither decides who may see what nor reads a table: both would pass by a lock.',
      severity: 'error',
      from: { path: '^schema/' },
      to: {
        path: '^(src|policies|prisma|tests)/',
        pathNot: [
          '^src/services/',
          '^src/(errors|viewer|context|operation|messages)\\.ts$',
          '^src/auth/scopes\\.ts$',
          '^src/log/access-recorder\\.ts$',
          '^prisma/generated/enums\\.ts$',
        ],
      },
    },
    {
      name: 'schema-has-no-database',
      comment: 'The schema never holds a connection: rows come from services, which filter them.',
      severity: 'error',
      from: { path: '^schema/' },
      to: { path: '^node_modules/(pg|pg-[^/]+|@prisma/[^/]+|prisma|graphql-shield)/' },
    },
    {
      name: 'types-stand-apart',
      comment:
        'A *.type.ts holds the columns that its policies may judge alone. A field that leads to another type is a field resolver, in *.resolver.ts, where it passes a loader and a policy; imports from type to type would be cycles too.',
      severity: 'error',
      from: { path: '^schema/.+\\.type\\.ts$' },
      to: { path: '^schema/.+\\.type\\.ts$' },
    },
    {
      name: 'policies-are-pure',
      comment:
        'A policy names a rule of src/access for a field, and does nothing else. With no service and no database at hand, it cannot load what it then judges.',
      severity: 'error',
      // The door to graphql-shield mends how that package loads.
      from: { path: '^policies/', pathNot: '^policies/rules/shield\\.ts$' },
      to: {
        pathNot: [
          '^policies/',
          '^src/access/',
          '^src/(errors|viewer|operation|context)\\.ts$',
          '^node_modules/(graphql|graphql-shield)/',
        ],
      },
    },
    {
      name: 'execution-knows-graphql-alone',
      comment: 'It does what graphql-js does, for any schema.',
      severity: 'error',
      from: { path: '^src/execution/' },
      to: { pathNot: ['^src/execution/', '^node_modules/graphql/'] },
    },
    ...roomsKnowThoseBelow,
    {
      name: 'everything-stands-in-a-room',
      comment: 'A service or a rule of access stands in the folder of its domain.',
      severity: 'error',
      from: { path: '.' },
      to: { path: `^src/(services|access)/`, pathNot: `^src/(services|access)/(${ROOMS.join('|')})/` },
    },
    {
      name: 'policies-know-no-other-policy',
      comment:
        'The policies of a domain are made of policies/rules/ alone: who may read a case is not said in the file of an appointment.',
      severity: 'error',
      from: { path: '^policies/([a-z-]+)/' },
      to: { path: '^policies/', pathNot: ['^policies/$1/', '^policies/rules/'] },
    },
    {
      name: 'one-door-to-graphql-shield',
      comment:
        'graphql-shield’s own module does not load on current Node.js: policies/rules/shield.ts loads the build that does, for everyone.',
      severity: 'error',
      from: { pathNot: '^policies/rules/shield\\.ts$' },
      to: { path: '^node_modules/graphql-(shield|middleware)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-app-joins-schema-and-policies',
      comment:
        'app/app.ts puts the policies around the schema, once. A second place could forget to, and serve the schema bare.',
      severity: 'error',
      from: { path: '^(src|prisma|app)/', pathNot: '^app/app\\.ts$' },
      to: { path: '^(schema|policies)/' },
    },
    {
      name: 'nothing-imports-app',
      comment:
        'app/ puts the parts together and starts them. A part that imports it would need the whole to be tested.',
      severity: 'error',
      from: { path: '^(src|schema|policies|prisma)/' },
      to: { path: '^app/' },
    },
    {
      name: 'src-knows-no-seed',
      comment: 'The seed makes the fictional county with the services of src/, which hold without it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^prisma/', pathNot: '^prisma/generated/' },
    },
    {
      name: 'database-client-stays-below',
      comment:
        'Prisma’s client and row types end at the services: what leaves them has been chosen column by column.',
      severity: 'error',
      from: {
        pathNot: [...KNOWS_THE_DATABASE, '^prisma/generated/', '^schema/'],
      },
      to: { path: '^prisma/generated/' },
    },
    {
      name: 'nobody-imports-tests-or-benchmarks',
      comment: 'What ships does not lean on what is not shipped.',
      severity: 'error',
      from: { pathNot: '^(tests|bench)/' },
      to: { path: '^(tests|bench)/' },
    },
    {
      name: 'no-development-packages',
      comment:
        'The image holds no development packages: move the package to "dependencies", or do without it.',
      severity: 'error',
      // Migrations are written where the product is developed; the image applies them.
      from: { path: '^(app|src|schema|policies|prisma)/', pathNot: '^prisma/migration/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^prisma/generated/'] },
    // A contender of a bench has packages of its own, which are there only where it was asked.
    exclude: { path: '^(dist|bench/peers)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.d.ts', '.json'],
    },
  },
};
