import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** A point of a line: a month, and what was found in it. */
export interface Point {
  readonly month: string;
  readonly year: string;
  readonly value: number;
}

export interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly points: readonly Point[];
}

/** Draws panels, one below the other, with a line for each year, as SVG (Vega-Lite). */
export async function plot(title: string, panels: readonly Panel[]): Promise<string> {
  const spec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    title: { text: title, anchor: 'start' },
    vconcat: panels.map((panel) => ({
      width: 640,
      height: 180,
      title: { text: panel.title, anchor: 'start', fontSize: 12 },
      data: { values: [...panel.points] },
      mark: { type: 'line', point: true },
      encoding: {
        x: { field: 'month', type: 'ordinal', title: null, axis: { labelAngle: 0 } },
        y: { field: 'value', type: 'quantitative', title: panel.unit, scale: { zero: true } },
        color: {
          field: 'year',
          type: 'nominal',
          title: null,
          scale: { range: ['#b45309', '#1d4ed8'] },
          legend: { orient: 'top-right' },
        },
      },
    })),
  } as unknown as TopLevelSpec;
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
