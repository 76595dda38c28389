import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';

// The where-clauses of the services are taken away, for the whole of this file; the predicates that policies use stay,
// and so do the two conditions of which a person's `reach` is made: it is a column that policies read.
const { Prisma } = await import('../../prisma/generated/client.js');
const whole = (): unknown => Prisma.sql`true`;
const CLAUSES = {
  'appointment/appointment': ['whereSeesAppointment'],
  'case/case': ['whereKnowsOfCase', 'whereHasInQueue', 'whereFollowsCase', 'whereKnowsMission'],
  'interview-note/interview-note': ['whereReadsNote'],
  'agenda/outside-calendar': ['whereOwnsOutsideCalendar'],
  'release/release': ['whereSeesRelease'],
} as const;
for (const [file, names] of Object.entries(CLAUSES)) {
  const real = (await import(`../../src/access/${file}.js`)) as Record<string, unknown>;
  jest.unstable_mockModule(`../../src/access/${file}.js`, () => ({
    ...real,
    ...Object.fromEntries(names.map((name) => [name, whole])),
  }));
}
const { CELLS } = await import('../../policies/generated/cells.js');
const { STANDPOINTS } = await import('../../policies/standpoints.js');
const { cloneDatabase } = await import('../support/database.js');
const { say } = await import('../support/say.js');
const { askAlone, mutantsOf, startAlone } = await import('./matrix/alone.js');
const { cellsOf, differences } = await import('./matrix/table.js');
const { STRICTER } = await import('./matrix/stricter/index.js');
const { buildWorld } = await import('./matrix/world/index.js');

/** The tokens of all standpoints are for the directory. `api/many-refusals` asks with one that is not. */
const OF_NARROWER_TOKENS = new Set([
  'Worker.id without operand 2',
  'Worker.id operand 2 always denied',
  // Only a worker without a post does it. Such a worker is no standpoint of the matrix; `release/gone-means-gone` has one.
  'Mutation.contradictDeparture always denied',
  // The voices of the matrix have been read by somebody else. `statistics/words-in-public` has one that nobody has read.
  'EarlierVoice.words always allowed',
  'IndicatorVoice.words always allowed',
]);

/** A function of the database answers these for who was told of a call. It reads relays and appointments, which are off here. */
const TOLD_BY_THE_DATABASE = new Set(['worker-relay', 'worker-appointment']);

/**
 * The policies alone decide here, over HTTP: row-level security and the where-clauses are off. They must come to the
 * cells of the matrix, but for those that another lock keeps closed. Then each cell's decision is turned round, and each
 * rule is mutated, one at a time: the comparison with the matrix must notice every single one.
 * @param isMutated which coordinates: all of them unless given
 * @param standpoints who asks: all of them unless given
 */
export function turnRulesRound(
  isMutated: (coordinate: string) => boolean = () => true,
  standpoints: readonly string[] = STANDPOINTS.map(({ key }) => key),
): void {
  const MUTATED = Object.keys(CELLS).filter(isMutated);
  let database: Awaited<ReturnType<typeof cloneDatabase>>;
  let alone: Awaited<ReturnType<typeof startAlone>>;
  let answers: Awaited<ReturnType<typeof askAlone>>;
  let expected: Readonly<Record<string, string>>;

  /** The matrix as the policies alone must have it. */
  function withoutOtherLocks(): Record<string, string> {
    const opened = { ...CELLS };
    for (const { coordinates, standpoints } of STRICTER) {
      for (const coordinate of coordinates) {
        const digits = opened[coordinate] ?? '';
        opened[coordinate] = STANDPOINTS.map(({ key }, at) =>
          standpoints.includes(key) ? '1' : digits[at],
        ).join('');
      }
    }
    for (const [coordinate, digits] of Object.entries(opened))
      if (coordinate.startsWith('TimeCalledOff.'))
        opened[coordinate] = STANDPOINTS.map(({ key }, at) =>
          TOLD_BY_THE_DATABASE.has(key) ? '0' : digits[at],
        ).join('');
    return opened;
  }

  /** The comparison of the matrix, when one standpoint gets these coordinates of a type. */
  function compared(coordinate: string, key: string, open: ReadonlySet<string>): string[] {
    const [type] = coordinate.split('.');
    const root = type === 'Query' || type === 'Mutation';
    const at = STANDPOINTS.findIndex((standpoint) => standpoint.key === key);
    const some = Object.entries(expected).filter(([name]) =>
      root ? name === coordinate : name.startsWith(`${type}.`),
    );
    const now = some.map(([name, digits]) => [
      name,
      digits.slice(0, at) + (open.has(name) ? '1' : '0') + digits.slice(at + 1),
    ]);
    return differences(Object.fromEntries(some), Object.fromEntries(now));
  }

  beforeAll(async () => {
    database = await cloneDatabase();
    const world = await buildWorld(database);
    alone = await startAlone(database, world);
    answers = await askAlone(alone, world, standpoints, isMutated);
    expected = withoutOtherLocks();
  });
  afterAll(async () => {
    await alone?.app.close();
    await database?.drop();
  });

  describe('the policies alone', () => {
    test('come to the cells of the matrix, but for those listed with their reason', () => {
      // Who was not asked is taken to see what they must.
      const seen = new Map(
        STANDPOINTS.map(({ key }, at) => [
          key,
          answers.get(key)?.get('') ??
            new Set(Object.keys(CELLS).filter((coordinate) => expected[coordinate]?.[at] === '1')),
        ]),
      );
      expect([...answers.keys()]).toEqual(standpoints);
      expect(differences(expected, cellsOf(seen, Object.keys(CELLS)))).toEqual([]);
    });

    test('are never the stricter ones: what is listed is closed in the matrix', () => {
      const open = STRICTER.flatMap(({ coordinates, standpoints }) =>
        coordinates.flatMap((coordinate) =>
          standpoints
            .filter((key) => CELLS[coordinate]?.[STANDPOINTS.findIndex((at) => at.key === key)] !== '0')
            .map((key) => `${coordinate} × ${key}`),
        ),
      );
      expect(open).toEqual([]);
    });
  });

  test('the matrix notices every cell whose decision is turned round, by its name', () => {
    const survivors: string[] = [];
    let tried = 0;
    for (const [key, byMutant] of answers) {
      for (const coordinate of MUTATED) {
        tried += 1;
        const open = byMutant.get(`${coordinate}#flip`);
        const named = open === undefined ? [] : compared(coordinate, key, open);
        if (!named.some((line) => line.startsWith(`${coordinate} × ${key}:`)))
          survivors.push(`${coordinate} × ${key}`);
      }
    }
    say(`cells turned round: ${tried} tried, ${tried - survivors.length} killed`);
    expect(survivors).toEqual([]);
    expect(tried).toBe(MUTATED.length * standpoints.length);
  });

  test('the matrix notices every mutated rule: always allowed, always denied, an operand dropped or replaced', () => {
    const survivors: string[] = [];
    let tried = 0;
    for (const coordinate of MUTATED) {
      const names = alone.mutants.get(coordinate) ?? [];
      for (const [nth, name] of names.entries()) {
        tried += 1;
        const killed = [...answers].some(([key, byMutant]) => {
          const open = byMutant.get(`${coordinate}#${nth}`);
          return open !== undefined && compared(coordinate, key, open).length > 0;
        });
        if (!killed) survivors.push(`${coordinate} ${name}`);
      }
    }
    say(`rules mutated: ${tried} tried, ${tried - survivors.length} killed`);
    expect(survivors.filter((name) => !OF_NARROWER_TOKENS.has(name))).toEqual([]);
    expect(tried).toBeGreaterThan(MUTATED.length);
    expect(mutantsOf(alone, ['Case.mission']).length).toBeGreaterThan(5);
  });
}
