import type { PerturbationTable } from '../../src/statistics/perturbation-table.js';

/** Figures that others worked out for the cell-key method. Bounds of keys are lower <= key < upper in all of them. */

/** Handbook on Statistical Disclosure Control, section on the cell key method: three records, and all their tables. */
export const HANDBOOK: {
  readonly recordKeys: Readonly<Record<'A' | 'B' | 'C', number>>;
  readonly table: PerturbationTable;
  readonly cells: readonly {
    readonly records: readonly ('A' | 'B' | 'C')[];
    readonly key: number;
    readonly published: number;
  }[];
} = {
  recordKeys: { A: 9, B: 3, C: 6 },
  table: {
    modulus: 10,
    cycle: 1,
    rows: [
      [
        { from: 0, to: 5, perturbation: -1 },
        { from: 5, to: 10, perturbation: 1 },
      ],
      [
        { from: 0, to: 8, perturbation: 0 },
        { from: 8, to: 10, perturbation: 1 },
      ],
      [
        { from: 0, to: 3, perturbation: -1 },
        { from: 3, to: 7, perturbation: 0 },
        { from: 7, to: 10, perturbation: 1 },
      ],
    ],
  },
  cells: [
    { records: [], key: 0, published: 0 },
    { records: ['A'], key: 9, published: 2 },
    { records: ['B'], key: 3, published: 0 },
    { records: ['C'], key: 6, published: 2 },
    { records: ['A', 'B'], key: 2, published: 2 },
    { records: ['A', 'C'], key: 5, published: 2 },
    { records: ['B', 'C'], key: 9, published: 3 },
    { records: ['A', 'B', 'C'], key: 8, published: 4 },
  ],
};

/** The R packages ptable and cellKey: by true count, the probability of each published count. */
export const PTABLE = {
  withoutOnes: {
    parameters: { maxPerturbation: 2, variance: 1.08, js: 1, monotonyOff: [3] },
    /** How exact the figures are. */
    tolerance: 0.001,
    rows: {
      1: { 0: 0.5133, 2: 0.46, 3: 0.0267 },
      2: { 0: 0.1656, 2: 0.5463, 3: 0.2449, 4: 0.0432 },
      3: { 2: 0.4208, 3: 0.2776, 4: 0.1824, 5: 0.1192 },
      4: { 2: 0.0739, 3: 0.2442, 4: 0.3637, 5: 0.2442, 6: 0.0739 },
    },
  },
  /** From the vignette "Introduction" of ptable 1.0. */
  ofVarianceOne: {
    parameters: { maxPerturbation: 2, variance: 1, js: 0 },
    tolerance: 0.0001,
    rows: { 1: { 0: 0.3665, 1: 0.3665, 2: 0.1676, 3: 0.0995 } },
  },
  /** Its variance is more than the rows have a use for. The figures are cumulative. */
  ofLargeVariance: {
    parameters: { maxPerturbation: 2, variance: 3, js: 0 },
    tolerance: 0.01,
    cumulative: {
      1: { 0: 0.37, 1: 0.73, 2: 0.9, 3: 1 },
      2: { 0: 0.2, 1: 0.4, 2: 0.6, 3: 0.8, 4: 1 },
    },
  },
} as const;

/** ONS, cell-key guide: the rows of large counts, each as [true count, row]. */
export const ONS_LARGE_COUNTS = {
  rows: 750,
  cycle: 250,
  cases: [
    [750, 750],
    [751, 501],
    [1000, 750],
    [1001, 501],
    [100_001, 501],
  ],
} as const;

/**
 * Method 4 from the secret to the key of a cell, for units called A, B and C, in a cell of the county's first receptions on duty. Worked out apart
 * from this code, with Python's `hmac`; HKDF by its two steps (RFC 5869).
 */
export const METHOD_4 = {
  /** The bytes 0 to 31. */
  secret: Buffer.from(Array.from({ length: 32 }, (_, byte) => byte)),
  unit: 'PERSON',
  recordModulus: 2 ** 48,
  modulus: 16_777_216,
  recordKeys: { A: 275_458_135_003_180, B: 204_689_618_397_906, C: 194_251_922_563_081 },
  name: {
    measure: 'ASKED',
    districtId: null,
    dimensions: [],
    categories: [],
    part: 'ALL',
  },
  cells: [
    { period: '2026-Q1', records: [], sum: 0, key: 11_311_775 },
    { period: '2026-Q1', records: ['A'], sum: 275_458_135_003_180, key: 12_136_048 },
    { period: '2026-Q1', records: ['A', 'B'], sum: 198_672_776_690_430, key: 14_045_462 },
    { period: '2026-Q1', records: ['A', 'B', 'C'], sum: 111_449_722_542_855, key: 2_092_822 },
    { period: '2026-Q2', records: [], sum: 0, key: 13_640_745 },
    { period: '2026-Q2', records: ['A'], sum: 275_458_135_003_180, key: 3_700_697 },
    { period: '2026-Q2', records: ['A', 'B'], sum: 198_672_776_690_430, key: 5_058_094 },
    { period: '2026-Q2', records: ['A', 'B', 'C'], sum: 111_449_722_542_855, key: 8_735_373 },
  ],
} as const;
