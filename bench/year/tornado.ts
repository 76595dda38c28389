import type { TopLevelSpec } from 'vega-lite';
import { table } from '../support/measure.js';
import { svgOf } from '../support/svg.js';
import type { Habits } from './habits.js';

/** A habit that is half or twice as frequent, or as long, as it is assumed to be. A share is 1 at most. */
export interface Change {
  readonly habit: keyof Habits;
  readonly times: 0.5 | 2;
  readonly value: number;
}

/** The habits that are numbers of hours or days, and no shares. */
const NO_SHARES: readonly (keyof Habits)[] = ['stays', 'waitsForOwn', 'answersAfter', 'answersSoonAfter'];

/** The habits that a year without the rules knows nothing of: nobody is offered, asked, reminded, or told of another worker. */
const OF_THE_RULES: readonly (keyof Habits)[] = [
  'wouldSeeAnyone',
  'waitsForOwn',
  'wouldComeSooner',
  'agreesToShortNotice',
  'answersAfter',
  'answersSoonAfter',
  'isBroughtByReminder',
  'usesLink',
  'neverAnswers',
  'isUrgent',
];

/** True if a year without the rules is another one when this habit is changed. */
export function changesAnyYear({ habit }: Change): boolean {
  return !OF_THE_RULES.includes(habit);
}

/** Returns each habit that anyone has, halved and doubled. A doubled share that would be above 1 is 1. */
export function changesOf(habits: Habits): readonly Change[] {
  const had = (Object.keys(habits) as (keyof Habits)[]).filter((habit) => habits[habit] > 0);
  return had.flatMap((habit) =>
    ([0.5, 2] as const).map((times) => {
      const value = habits[habit] * times;
      return { habit, times, value: NO_SHARES.includes(habit) ? value : Math.min(1, value) };
    }),
  );
}

/** What the rules do to the median wait, in days, if a habit is changed. */
export interface Swing extends Change {
  readonly days: number;
}

/** Formats the swings, the widest habit first, and says where the sign is not that of the assumed habits. */
export function swingsTable(swings: readonly Swing[], usual: number): string {
  const of = (habit: keyof Habits, times: number): number =>
    swings.find((swing) => swing.habit === habit && swing.times === times)?.days ?? Number.NaN;
  const habits = [...new Set(swings.map(({ habit }) => habit))];
  const width = (habit: keyof Habits): number => Math.abs(of(habit, 2) - of(habit, 0.5));
  const flips = (days: number): string =>
    Math.sign(days) === Math.sign(usual) ? '' : ' (the sign is the other one)';
  const signed = (days: number): string => `${days > 0 ? '+' : ''}${days.toFixed(1)}${flips(days)}`;
  return table([
    [`habit (as assumed: ${signed(usual)} days)`, 'halved', 'doubled'],
    ...habits
      .sort((a, b) => width(b) - width(a))
      .map((habit) => [habit, signed(of(habit, 0.5)), signed(of(habit, 2))]),
  ]);
}

/** Draws a bar for each habit, from the effect if it is halved to the effect if it is doubled, as SVG. */
export async function plotTornado(title: string, swings: readonly Swing[], usual: number): Promise<string> {
  const habits = [...new Set(swings.map(({ habit }) => habit))].map((habit) => {
    const [halved, doubled] = [0.5, 2].map(
      (times) => swings.find((swing) => swing.habit === habit && swing.times === times)?.days ?? usual,
    );
    return { habit, halved, doubled, width: Math.abs((doubled ?? 0) - (halved ?? 0)) };
  });
  habits.sort((a, b) => b.width - a.width);
  const y = { field: 'habit', type: 'nominal', title: null, sort: null } as const;
  const unit = 'days of the median wait, with the rules against without';
  const spec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    title: { text: title, anchor: 'start' },
    width: 640,
    height: { step: 22 },
    data: { values: habits },
    layer: [
      {
        mark: { type: 'bar', color: '#93c5fd', height: 12 },
        encoding: {
          x: { field: 'halved', type: 'quantitative', title: unit },
          x2: { field: 'doubled' },
          y,
        },
      },
      {
        mark: { type: 'point', filled: true, color: '#1d4ed8' },
        encoding: { x: { field: 'doubled', type: 'quantitative' }, y },
      },
      { mark: { type: 'rule', color: '#b45309' }, encoding: { x: { datum: usual } } },
      { mark: { type: 'rule', color: '#9ca3af' }, encoding: { x: { datum: 0 } } },
    ],
  } as unknown as TopLevelSpec;
  return svgOf(spec);
}
