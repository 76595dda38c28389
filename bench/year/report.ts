import { table } from '../support/measure.js';
import { deviation, type Figures, GROUPS, mean } from './figures.js';

type Figure = (figures: Figures) => number;
/** A cell of the report: the figures of some rules over all seeds, beside those of the first rules. */
type Cell = (of: readonly Figures[], first: readonly Figures[]) => string;

const average =
  (figure: Figure, digits: number): Cell =>
  (of) =>
    mean(of.map(figure)).toFixed(digits);

const percent =
  (figure: Figure): Cell =>
  (of) =>
    `${(100 * mean(of.map(figure))).toFixed(1)} %`;

const signed = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(1)}`;

/** The differences from the first rules in the year of the same seed: their mean and standard deviation, the least and the most. */
const against =
  (figure: Figure): Cell =>
  (of, first) => {
    const differences = of.map((figures, nth) => figure(figures) - figure(first[nth] as Figures));
    const [least, most] = [Math.min(...differences), Math.max(...differences)];
    return `${signed(mean(differences))} ± ${deviation(differences).toFixed(1)} (${signed(least)} to ${signed(most)})`;
  };

/** The mean of the differences from the first rules, with its own uncertainty: the standard error. */
const meanAgainst =
  (figure: Figure): Cell =>
  (of, first) => {
    const differences = of.map((figures, nth) => figure(figures) - figure(first[nth] as Figures));
    const error = deviation(differences) / Math.sqrt(differences.length);
    return `${mean(differences).toFixed(2)} ± ${error.toFixed(2)}`;
  };

const LINES: readonly (readonly [name: string, cell: Cell])[] = [
  ['days from asking to being received, median', average(({ median }) => median, 1)],
  ['… against the first, ± sd (least to most)', against(({ median }) => median)],
  ['… the mean of that, ± its standard error', meanAgainst(({ median }) => median)],
  ['… counted from the first ask', average(({ medianSinceFirst }) => medianSinceFirst, 1)],
  ['… against the first', against(({ medianSinceFirst }) => medianSinceFirst)],
  ['… 90th percentile', average(({ p90 }) => p90, 1)],
  ['… against the first', against(({ p90 }) => p90)],
  ['… counted from the first ask', average(({ p90SinceFirst }) => p90SinceFirst, 1)],
  ['… of who must be seen this week, median', average(({ urgentMedian }) => urgentMedian, 1)],
  ['… against the first', against(({ urgentMedian }) => urgentMedian)],
  ['third next available, mean of the mornings', average(({ thirdNext }) => thirdNext, 1)],
  ['received within 7 days', percent(({ withinDays }) => mean(withinDays[7]))],
  ['received within 14 days', percent(({ withinDays }) => mean(withinDays[14]))],
  ['asked for the first time', average(({ asked }) => asked, 0)],
  ['received', average(({ received }) => received, 0)],
  ['still waiting at the end', average(({ stillWaiting }) => stillWaiting, 0)],
  ['asked, and found no time', average(({ inVain }) => inVain, 0)],
  ['called off or did not come, and asked again', average(({ askedAgain }) => askedAgain, 0)],
  ['called off or did not come, and never asked again', average((f) => f.neverAskedAgain, 0)],
  ['received by their own worker, of those who have one', percent(({ ownKept }) => ownKept)],
  ['went to a sooner time', average(({ moved }) => moved, 0)],
  ['answers that came too late', average(({ tooLate }) => tooLate, 0)],
  ['times called off that someone else used', percent(({ freedUsed }) => freedUsed)],
  ['open minutes in which someone was to come', percent(({ minutesUsed }) => minutesUsed)],
  ['open minutes in which somebody was received', percent(({ minutesReceived }) => minutesReceived)],
  ['load: minutes asked for, of those open', average(({ load }) => load, 3)],
  ['… if someone else used each minute called off', average(({ loadIfFreedUsed }) => loadIfFreedUsed, 3)],
  ['published: visits that ended without a time', average(({ published }) => published.noTime, 0)],
  ['published: appointments that were honoured', average(({ published }) => published.honoured, 0)],
  ['published: asked again within thirty days', percent(({ published }) => published.askedAgain)],
  ['published: freed times that were used', percent(({ published }) => published.freedUsed)],
  ['told of a time held for them', average(({ offers }) => offers, 0)],
  ...GROUPS.map(
    (group) => [`mean wait: ${group}, against the first`, against(({ meanOf }) => meanOf[group])] as const,
  ),
];

/** Formats a table with a column for each set of rules. Each has the figures of all seeds, in the same order. */
export function report(rules: readonly string[], figures: readonly (readonly Figures[])[]): string {
  const [first = []] = figures;
  return table([
    ['', ...rules],
    ...LINES.map(([name, cell]) => [name, ...figures.map((of) => cell(of, first))]),
  ]);
}
