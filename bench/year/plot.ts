import type { TopLevelSpec } from 'vega-lite';
import { svgOf } from '../support/svg.js';

/** What rules changed in one year, against the first rules in the year of the same seed. */
export interface Difference {
  readonly rules: string;
  readonly seed: string;
  /** Days; below zero, people waited less. */
  readonly days: number;
}

/** Draws a row for each set of rules, with a dot for each seed and a line at the mean, as SVG (Vega-Lite). */
export async function plot(title: string, differences: readonly Difference[]): Promise<string> {
  const y = { field: 'rules', type: 'nominal', title: null, sort: null } as const;
  const unit = 'days, against the same year without (below zero: people waited less)';
  const spec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    title: { text: title, anchor: 'start' },
    width: 640,
    height: { step: 36 },
    data: { values: [...differences] },
    layer: [
      { mark: { type: 'rule', color: '#9ca3af' }, encoding: { x: { datum: 0 } } },
      {
        mark: { type: 'point', filled: true, opacity: 0.6, size: 50, color: '#1d4ed8' },
        encoding: { x: { field: 'days', type: 'quantitative', title: unit }, y },
      },
      {
        mark: { type: 'tick', thickness: 3, size: 24, color: '#b45309' },
        encoding: { x: { aggregate: 'mean', field: 'days', type: 'quantitative' }, y },
      },
    ],
  } as unknown as TopLevelSpec;
  return svgOf(spec);
}
