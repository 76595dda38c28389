import type { TopLevelSpec } from 'vega-lite';
import { svgOf } from '../support/svg.js';
import { percentile } from './ledger.js';
import type { Played } from './play.js';

const PARTS = 10;

/** Draws the latency of each tenth of the run, and below it the operations a second, as SVG (Vega-Lite). */
export async function plot(title: string, { ledger, seconds }: Played): Promise<string> {
  const minutesOfAPart = seconds / 60 / PARTS;
  const parts = Array.from({ length: PARTS }, (_, nth) => {
    const own = ledger.entries.filter(({ at }) => Math.floor((PARTS * at) / (1_000 * seconds)) === nth);
    return { minute: (nth + 0.5) * minutesOfAPart, times: own.map(({ ms }) => ms) };
  });
  const latencies = parts.flatMap(({ minute, times }) => [
    { minute, of: 'p50', ms: percentile(times, 0.5) },
    { minute, of: 'p95', ms: percentile(times, 0.95) },
  ]);
  const rates = parts.map(({ minute, times }) => ({
    minute,
    perSecond: (PARTS * times.length) / seconds,
  }));
  const x = {
    field: 'minute',
    type: 'quantitative',
    title: 'minutes from the beginning',
    scale: { domain: [0, seconds / 60] },
  } as const;
  const spec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    title: { text: title, anchor: 'start' },
    vconcat: [
      {
        width: 640,
        height: 220,
        data: { values: latencies },
        mark: { type: 'line', point: true },
        encoding: {
          x,
          y: { field: 'ms', type: 'quantitative', title: 'ms from the intended beginning' },
          color: {
            field: 'of',
            type: 'nominal',
            title: null,
            scale: { domain: ['p50', 'p95'], range: ['#1d4ed8', '#b45309'] },
          },
        },
      },
      {
        width: 640,
        height: 120,
        data: { values: rates },
        mark: { type: 'line', point: true, color: '#374151' },
        encoding: { x, y: { field: 'perSecond', type: 'quantitative', title: 'operations a second' } },
      },
    ],
  } as unknown as TopLevelSpec;
  return svgOf(spec);
}
