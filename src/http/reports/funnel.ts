import type { FunnelDotRow } from '../../services/statistics/funnels.js';
import type { ObservationRow } from '../../services/statistics/observations.js';
import { rateOfAll } from '../../statistics/funnel.js';
import { inWorkshop } from '../../workshop/workshop.js';
import { picture, say, type Writer } from './writer.js';

/**
 * Renders a rate among those of all districts, unnamed: a plot, its table, and the team's words where chance alone does not explain its
 * own rate.
 */
export async function funnelHtml(
  writer: Writer,
  dots: readonly FunnelDotRow[],
  { id, title, observations }: FunnelOf,
): Promise<string> {
  if (dots.length === 0) return '';
  const { words } = writer;
  const whole = rateOfAll(dots.map(({ rate, base }) => ({ percent: rate, base })));
  const svg = await inWorkshop('funnel', dots, whole, {
    base: words.funnelBase,
    rate: words.perCent,
    own: words.funnelOwn,
    other: words.funnelOther,
    limits: words.funnelLimits.toLowerCase(),
    whole: words.funnelWhole,
  });
  return `${picture(svg, `${id}-funnel`, `${title}, ${writer.say(words.funnel)}`)}
<p class="soft">${writer.say(words.funnelReading)}</p>
${outside(writer, dots, observations)}<details><summary>${writer.say(words.funnelTable)}</summary>${table(writer, dots, title)}</details>`;
}

interface FunnelOf {
  readonly id: string;
  /** HTML, already escaped. */
  readonly title: string;
  /** The observations of members of the team on this indicator. */
  readonly observations: readonly ObservationRow[];
}

/** Renders the team's words beside a rate that lies outside the limits: those on this rate, and a pointer to the others. */
function outside(
  { words, language }: Writer,
  dots: readonly FunnelDotRow[],
  observations: readonly ObservationRow[],
): string {
  if (!dots.some(({ isOwn, isOutside }) => isOwn && isOutside)) return '';
  const said = observations.map(({ body }) => `<li lang="fr">${say(body, 'fr')}</li>`).join('\n');
  return `<div class="note"><p>${say(words.funnelOutside, language)} <a href="#team">${say(words.byTeam, language)}</a></p>${said === '' ? '' : `<ul>${said}</ul>`}</div>\n`;
}

function table(writer: Writer, dots: readonly FunnelDotRow[], title: string): string {
  const { words } = writer;
  const head = [words.funnelDistrict, words.funnelBase, words.perCent, words.funnelLimits];
  const rows = dots.map(
    ({ isOwn, base, rate, low, high, isOutside }) =>
      `<tr><th scope="row">${writer.say(isOwn ? words.funnelOwn : words.funnelOther)}</th><td>${writer.number(base)}</td><td>${writer.number(rate)}${isOutside ? ` <span class="interval">${writer.say(words.funnelIsOutside)}</span>` : ''}</td><td>${writer.number(low)}–${writer.number(high)}</td></tr>`,
  );
  return `<table><caption><span class="aside">${title}, </span>${writer.say(words.funnel)}</caption>
<thead><tr>${head.map((text) => `<th scope="col">${writer.say(text)}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table>`;
}
