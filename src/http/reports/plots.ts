import type { TopLevelSpec } from 'vega-lite';

/** One bar of a plot. A null value is withheld, and leaves a gap with a word in it. */
export interface Bar {
  readonly label: string;
  readonly value: number | null;
  readonly withheld: string;
}

/** The colours can be read on both backgrounds, light and dark, and in print. */
const INK = '#5b6672';
const BAR = '#3f6fb5';
const FONT = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

const config = {
  background: 'transparent',
  font: FONT,
  axis: {
    labelColor: INK,
    titleColor: INK,
    domainColor: INK,
    tickColor: INK,
    gridColor: '#8a94a033',
    labelFontSize: 12,
  },
  view: { stroke: 'transparent' },
  text: { color: INK, font: FONT, fontSize: 12 },
};

/** Loads Vega once, with the first report: it takes a quarter of the time in which the process starts. */
async function loadVega() {
  const { parse, View } = await import('vega');
  const { compile } = await import('vega-lite');
  return { parse, View, compile };
}
let vega: ReturnType<typeof loadVega> | null = null;

async function toSvg(spec: object): Promise<string> {
  vega ??= loadVega();
  const { parse, View, compile } = await vega;
  const view = new View(parse(compile({ ...spec, config } as unknown as TopLevelSpec).spec), {
    renderer: 'none',
  });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

/**
 * Draws the months of a year as bars, by their first letters. A withheld month is marked, so that its gap is not read as zero.
 * @returns SVG
 */
export function plotMonths(bars: readonly Bar[]): Promise<string> {
  const values = bars.map(({ label, value, withheld }) => ({
    label,
    value: value ?? 0,
    mark: value === null ? withheld : '',
  }));
  const x = { field: 'label', type: 'ordinal', sort: null, title: null, axis: { labelAngle: 0 } };
  return toSvg({
    width: 620,
    height: 170,
    data: { values },
    layer: [
      {
        mark: { type: 'bar', color: BAR, cornerRadiusEnd: 2 },
        encoding: { x, y: { field: 'value', type: 'quantitative', title: null, axis: { tickCount: 4 } } },
      },
      {
        mark: { type: 'text', baseline: 'bottom', dy: -3 },
        encoding: { x, y: { field: 'value', type: 'quantitative' }, text: { field: 'mark' } },
      },
    ],
  });
}

/**
 * Draws categories as horizontal bars, in the order of the table, never by their size.
 * @returns SVG
 */
export function plotCategories(bars: readonly Bar[]): Promise<string> {
  const values = bars.map(({ label, value, withheld }) => ({
    label,
    value: value ?? 0,
    mark: value === null ? withheld : String(value),
  }));
  const y = {
    field: 'label',
    type: 'ordinal',
    sort: null,
    title: null,
    axis: { labelLimit: 260 },
  };
  return toSvg({
    width: 430,
    height: { step: 24 },
    data: { values },
    layer: [
      {
        mark: { type: 'bar', color: BAR, cornerRadiusEnd: 2 },
        encoding: { y, x: { field: 'value', type: 'quantitative', title: null, axis: { tickCount: 4 } } },
      },
      {
        mark: { type: 'text', align: 'left', dx: 5 },
        encoding: { y, x: { field: 'value', type: 'quantitative' }, text: { field: 'mark' } },
      },
    ],
  });
}
