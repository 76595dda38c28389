import type { ActivityReportRow, ReportSignatureRow } from '../../services/statistics/activity-reports.js';
import type { CoverageRow } from '../../services/statistics/coverage.js';
import type { ErratumRow } from '../../services/statistics/errata.js';
import type { FigureRow } from '../../services/statistics/figures.js';
import { countedFact } from '../../services/statistics/indicators.js';
import type { Narrative } from '../../services/statistics/narratives.js';
import type { ObservationRow } from '../../services/statistics/observations.js';
import type {
  ReportFigureRow,
  ReportLineRow,
  ReportSectionRow,
} from '../../services/statistics/report-figures.js';
import type { WaitSimulationRow } from '../../services/statistics/wait-simulations.js';
import { inWorkshop } from '../../workshop/workshop.js';
import { escapeHtml } from '../html.js';
import { LICENCE } from '../statistics/catalogue.js';
import { READING } from './reading.js';
import type { Language, Words } from './words.js';
import { picture, say, Writer } from './writer.js';

/** A report as a page needs it. */
export interface ReportForPage {
  readonly report: ActivityReportRow;
  /** The district's name, and its short name for addresses; null is the county. */
  readonly district: { readonly name: string; readonly slug: string } | null;
  /** Null if the team declined. */
  readonly narrative: Narrative | null;
  readonly sections: readonly ReportSectionRow[];
  readonly observations: readonly ObservationRow[];
  /** Null if the team shows none. */
  readonly simulation: WaitSimulationRow | null;
  readonly signatures: readonly ReportSignatureRow[];
  readonly coverage: CoverageRow | null;
  readonly errata: readonly ErratumRow[];
}

/** Returns the address of a report. */
export function addressOf(year: number, slug: string | null): string {
  return `/rapports/${year}/${slug ?? 'departement'}`;
}

/** Makes one after the other. So a page has one picture in the workshop at a time: a letter waits for that one, and not for all. */
async function oneAfterTheOther<T>(
  all: readonly T[],
  make: (one: T, nth: number) => Promise<string>,
): Promise<readonly string[]> {
  const made: string[] = [];
  for (const [nth, one] of all.entries()) made.push(await make(one, nth));
  return made;
}

/** Renders the page of one published report. */
export async function renderReport(of: ReportForPage, language: Language): Promise<string> {
  const writer = new Writer(language);
  const { words } = writer;
  const { report, district, sections, observations } = of;
  const name = writer.say(district?.name ?? words.county);
  const other = language === 'fr' ? 'en' : 'fr';
  const address = addressOf(report.year, district?.slug ?? null);
  const ways = `<a href="/rapports?lang=${language}">${writer.say(words.allReports)}</a> <a href="${address}?lang=${other}" lang="${other}" hreflang="${other}">${words.language}</a>`;
  const parts = [
    { id: 'means', label: writer.say(words.means) },
    ...sections.map((section) => ({ id: section.code.toLowerCase(), label: writer.label(section) })),
  ];
  const main = `
<p class="soft">${writer.say(words.published)} ${writer.day(report.publishedOn)}.${covered(writer, of)}</p>
${wrong(writer, of.errata)}<nav class="contents" aria-label="${writer.say(words.contents)}"><ul>
<li><a href="#team">${writer.say(words.byTeam)}</a></li>
${parts.map(({ id, label }) => `<li><a href="#${id}">${label}</a></li>`).join('\n')}
</ul></nav>
<section class="note"><h2 id="reading">${writer.say(words.howToRead)}</h2><p>${writer.say(words.method)}</p>
<p><a href="${READING}?lang=${language}">${writer.say(words.readOn)}</a></p></section>
<section><h2 id="team">${writer.say(words.byTeam)}</h2>${narrative(writer, of)}${simulated(writer, of.simulation)}${observed(writer, observations)}</section>
${means(writer, of)}
${(await oneAfterTheOther(sections, (section) => sectionHtml(writer, section, of))).join('\n')}
<p class="soft">${writer.say(words.actions)}</p>`;
  return writer.frame(
    `${writer.say(words.report)} ${report.year} – ${name}`,
    `${writer.say(words.report)} ${report.year} – ${name}`,
    ways,
    main,
  );
}

/** Renders the population that a team serves, and its means: they come before what it did. */
function means(writer: Writer, { report }: ReportForPage): string {
  const { words } = writer;
  const lines = [
    [words.population, report.population],
    [words.socialWorkers, report.socialWorkers],
    [words.receptionists, report.receptionists],
    [words.daysOpen, report.daysOpen],
  ] as const;
  const list = lines
    .map(
      ([label, value]) =>
        `<dt>${writer.say(label)}</dt><dd>${value === null ? writer.say(words.unknown) : writer.number(value)}</dd>`,
    )
    .join('');
  return `<section><h2 id="means">${writer.say(words.means)}</h2><dl>${list}</dl>
<p class="soft">${writer.say(words.meansReading)}</p></section>`;
}

/** Renders the day from which the report counts, if that is not the whole year, and the number of districts, if those are not all. */
function covered(writer: Writer, { report, coverage }: ReportForPage): string {
  const { words } = writer;
  if (coverage === null) return '';
  const begins = coverage.from?.toISOString().slice(0, 10);
  const since =
    begins === `${report.year}-01-01`
      ? ''
      : ` ${begins === undefined ? writer.say(words.notCovered) : `${writer.say(words.since)} ${writer.day(coverage.from)}.`}`;
  const some =
    coverage.districts === coverage.ofDistricts
      ? ''
      : ` ${writer.say(`${words.districtsCovered} ${writer.number(coverage.districts)} / ${writer.number(coverage.ofDistricts)}.`)}`;
  return `${since}${some}`;
}

/** Renders the errata. A recall of the report comes first. */
function wrong({ words, language }: Writer, errata: readonly ErratumRow[]): string {
  if (errata.length === 0) return '';
  const recalled = errata.some(({ recalls }) => recalls)
    ? `<p><strong>${say(words.recalled, language)}</strong></p>`
    : '';
  const items = errata.map(({ textFr, textEn, indicator, period, signedBy, proposedBy, publishedOn }) => {
    const english = language === 'en' && textEn !== null;
    const text = english ? say(textEn, 'en') : say(textFr, 'fr');
    const names = [proposedBy, signedBy].filter((name) => name !== null).join(', ');
    const about = [indicator, period, publishedOn?.toISOString().slice(0, 10), names].filter(
      (one) => one != null,
    );
    return `<li><span lang="${english ? 'en' : 'fr'}">${text}</span> <span class="soft">(${escapeHtml(about.join(', '))})</span></li>`;
  });
  return `<section class="note"><h2 id="errata">${say(words.errata, language)}</h2>${recalled}<ul>${items.join('\n')}</ul></section>\n`;
}

function narrative({ words, language }: Writer, { narrative: said, signatures }: ReportForPage): string {
  const names = signatures.map(({ name }) => `<span lang="fr">${say(name, 'fr')}</span>`).join(', ');
  // A report that was published before members signed has its signature in its text.
  const signed = names === '' ? '' : `<p class="signed">${say(words.signed, language)} ${names}</p>`;
  if (said === null) return `<p>${say(words.declined, language)}</p>${signed}`;
  const spoken = language === 'en' && said.en !== null ? 'en' : 'fr';
  const paragraphs = (spoken === 'en' ? (said.en ?? '') : said.fr)
    .split(/\n{2,}/)
    .map((text) => `<p lang="${spoken}">${say(text, spoken)}</p>`)
    .join('\n');
  return `<div class="narrative">${paragraphs}${signed}</div>`;
}

/** What the wait would be under other means, with all that it supposes. */
function simulated(writer: Writer, simulation: WaitSimulationRow | null): string {
  if (simulation?.sentence == null) return '';
  const { language } = writer;
  const supposed = simulation.assumptions.map((of) => `<li>${say(of[language], language)}</li>`).join('\n');
  return `<h3>${writer.say(writer.words.simulated)}</h3><p>${say(simulation.sentence[language], language)}</p><ul class="soft">${supposed}</ul>`;
}

function observed(writer: Writer, observations: readonly ObservationRow[]): string {
  if (observations.length === 0) return '';
  return `<h3>${writer.say(writer.words.observations)}</h3><ul lang="fr">${observations
    .map(({ body }) => `<li>${say(body, 'fr')}</li>`)
    .join('\n')}</ul>`;
}

async function sectionHtml(writer: Writer, section: ReportSectionRow, of: ReportForPage): Promise<string> {
  const figures = await oneAfterTheOther(section.figures, (figure, nth) =>
    figureHtml(writer, figure, of, `${section.code.toLowerCase()}-${nth}`),
  );
  return `<section><h2 id="${section.code.toLowerCase()}">${writer.label(section)}</h2>\n${thirdNextTable(writer, section)}${figures.join('\n')}</section>`;
}

/** The third next available appointment by type. It is the first thing of its section, and the figures that guard it follow. */
function thirdNextTable(writer: Writer, { thirdNext }: ReportSectionRow): string {
  if (thirdNext.length === 0) return '';
  const { words, language } = writer;
  const tenths = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const head = [words.type, words.meanDays, words.measuredWeeks, words.fullWeeks];
  const rows = thirdNext.map((of) => {
    const cells = [tenths.format(of.days), writer.number(of.measuredWeeks), writer.number(of.fullWeeks)];
    return `<tr><th scope="row">${writer.label(of)}</th>${cells.map((text) => `<td>${writer.say(text)}</td>`).join('')}</tr>`;
  });
  return `<div class="figure"><h3>${writer.say(words.thirdNext)}</h3><p class="soft">${writer.say(words.thirdNextReading)}</p>
<table><caption><span class="aside">${writer.say(words.thirdNext)}</span></caption><thead><tr>${head.map((text) => `<th scope="col">${writer.say(text)}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>
`;
}

async function figureHtml(
  writer: Writer,
  { indicator, dimension, lines, months }: ReportFigureRow,
  { report }: ReportForPage,
  id: string,
): Promise<string> {
  const { words } = writer;
  const unit = indicator.kind === 'RATE' ? words.perCent : words.unit[indicator.unit];
  const title = `${writer.label(indicator)}${dimension === null ? '' : `, ${writer.label(dimension)}`}`;
  const plot = months.some(({ value }) => value !== null)
    ? await monthsPlot(writer, months, id, title)
    : dimension !== null && lines.some(({ value }) => value !== null)
      ? await categoriesPlot(writer, lines, id, title)
      : '';
  return `<div class="figure"><h3 id="${id}">${title}</h3>
${plot}
${dimension?.code === 'WAIT' ? `<p class="soft">${writer.say(indicator.code === 'ASKED_TO_HELD' ? `${words.waitFrom} ${words.waitBands}` : words.waitBands)}</p>\n` : ''}${linesTable(writer, lines, report, `<span class="aside">${title}, </span>${writer.say(unit)}`)}
${months.length > 0 ? monthsTable(writer, months, title) : ''}
<details><summary>${writer.say(words.definition)}</summary><dl>
<dt>${writer.say(words.recorded)}</dt><dd>${writer.say(countedFact(indicator)[writer.language] ?? '')}</dd>
<dt>${writer.say(indicator.code)}, ${writer.say(words.version)} ${indicator.version}</dt><dd lang="fr">${say(indicator.definitionFr, 'fr')}</dd>
<dt>${writer.say(words.counts)}</dt><dd lang="fr">${say(indicator.countsFr, 'fr')}</dd>
<dt>${writer.say(words.doesNotCount)}</dt><dd lang="fr">${say(indicator.doesNotCountFr, 'fr')}</dd>
</dl></details></div>`;
}

const UNTOLD: Readonly<Record<NonNullable<FigureRow['withheld']>, (words: Words) => string>> = {
  TOO_FEW: ({ notTold }) => notTold,
  COUNTY_ALONE: ({ countyAlone }) => countyAlone,
  NOT_FROZEN: () => '–',
};

type Told = Pick<FigureRow, 'value' | 'withheld'> & Partial<Pick<FigureRow, 'low' | 'high' | 'base'>>;

function cell(writer: Writer, { value, withheld, low, high, base }: Told): string {
  const { words } = writer;
  if (value === null) return `<td class="untold">${writer.say(UNTOLD[withheld ?? 'NOT_FROZEN'](words))}</td>`;
  const of = base == null ? '' : ` ${words.base} ${writer.number(base)}`;
  const interval =
    low == null || high == null
      ? ''
      : ` <span class="interval">${writer.say(`(${writer.number(low)} ${words.to} ${writer.number(high)})${of}`)}</span>`;
  return `<td>${writer.say(writer.number(value))}${interval}</td>`;
}

function lineLabel({ words, language }: Writer, { labelFr, labelEn }: ReportLineRow): string {
  return (language === 'fr' ? labelFr : labelEn) ?? words.total;
}

function linesTable(
  writer: Writer,
  lines: readonly ReportLineRow[],
  report: ActivityReportRow,
  caption: string,
): string {
  const { words } = writer;
  const hasCounty = report.districtId !== null;
  const head = [
    words.category,
    String(report.year),
    String(report.year - 1),
    ...(hasCounty ? [`${words.countyColumn}, ${report.year}`] : []),
  ];
  return `<table><caption>${caption}</caption>
<thead><tr>${head.map((text) => `<th scope="col">${writer.say(text)}</th>`).join('')}</tr></thead>
<tbody>${lines
    .map(
      (line) =>
        `<tr><th scope="row">${writer.say(lineLabel(writer, line))}</th>${cell(writer, line)}${cell(writer, { value: line.yearBefore, withheld: line.yearBeforeWithheld })}${hasCounty ? cell(writer, { value: line.county, withheld: line.countyWithheld }) : ''}</tr>`,
    )
    .join('\n')}</tbody></table>`;
}

type Months = ReportFigureRow['months'];

const monthOf = (words: Words, period: string): string => words.months[Number(period.slice(5)) - 1] ?? period;

function monthsTable(writer: Writer, months: Months, title: string): string {
  const { words } = writer;
  return `<details><summary>${writer.say(words.monthly)}</summary><table><caption><span class="aside">${title}, </span>${writer.say(words.monthly.toLowerCase())}</caption>
<thead><tr><th scope="col">${writer.say(words.month)}</th><th scope="col">${writer.say(words.total)}</th></tr></thead>
<tbody>${months.map((month) => `<tr><th scope="row">${writer.say(monthOf(words, month.period))}</th>${cell(writer, month)}</tr>`).join('\n')}</tbody></table>${months.length < words.months.length ? `<p class="soft">${writer.say(words.someMonths)}</p>` : ''}</details>`;
}

async function monthsPlot(writer: Writer, months: Months, id: string, title: string): Promise<string> {
  const bars = months.map(({ period, value }) => ({
    label: monthOf(writer.words, period),
    value,
    withheld: '?',
  }));
  return picture(await inWorkshop('months', bars), id, `${title}, ${writer.words.monthly.toLowerCase()}`);
}

async function categoriesPlot(
  writer: Writer,
  lines: readonly ReportLineRow[],
  id: string,
  title: string,
): Promise<string> {
  const bars = lines.map((line) => ({
    label: lineLabel(writer, line),
    value: line.value,
    withheld: UNTOLD[line.withheld ?? 'NOT_FROZEN'](writer.words),
  }));
  return picture(await inWorkshop('categories', bars), id, title);
}

/** Renders the list of published reports. */
export function renderList(
  reports: readonly {
    readonly year: number;
    readonly district: { readonly name: string; readonly slug: string } | null;
  }[],
  language: Language,
): string {
  const writer = new Writer(language);
  const { words } = writer;
  const other = language === 'fr' ? 'en' : 'fr';
  const years = [...new Set(reports.map(({ year }) => year))];
  const list = years
    .map(
      (year) =>
        `<section><h2>${year}</h2><ul class="list">${reports
          .filter((report) => report.year === year)
          .map(
            ({ district }) =>
              `<li><a href="${addressOf(year, district?.slug ?? null)}?lang=${language}">${writer.say(district?.name ?? words.county)}</a></li>`,
          )
          .join('\n')}</ul></section>`,
    )
    .join('\n');
  return writer.frame(
    writer.say(words.reports),
    writer.say(words.reports),
    `<a href="/rapports?lang=${other}" lang="${other}" hreflang="${other}">${words.language}</a>`,
    `<p>${writer.say(words.introduction)}</p>${reports.length === 0 ? `<p>${writer.say(words.none)}</p>` : list}
<p class="soft"><a href="/statistics/calendar.ics">${writer.say(words.releases)}</a> · <a href="/statistics/catalogue.jsonld">${writer.say(words.catalogue)}</a> · <a href="${LICENCE}">${writer.say(words.licence)}</a></p>`,
  );
}

/** Renders the page for a report that is not published or does not exist. */
export function renderNotFound(language: Language): string {
  const writer = new Writer(language);
  return writer.frame(
    writer.say(writer.words.notFound),
    writer.say(writer.words.reports),
    `<a href="/rapports?lang=${language}">${writer.say(writer.words.allReports)}</a>`,
    `<p>${writer.say(writer.words.notFound)}</p>`,
  );
}
