import type { AppointmentTypeRow } from '../../services/agenda/appointment-types.js';
import type { OnlineTypeRow } from '../../services/agenda/online-types.js';
import { addressOf, type DistrictRow, type OpeningHoursRow } from '../../services/directory/directory.js';
import { escapeHtml } from '../html.js';
import { STYLE } from '../reports/style.js';
import { type Language, WORDS, type Words } from './words.js';

/** A district and the communes that it serves today. */
export interface ServedDistrict {
  readonly district: DistrictRow;
  readonly communes: readonly string[];
}

/** A district as its page needs it. */
export interface DistrictForPage extends ServedDistrict {
  readonly hours: readonly OpeningHoursRow[];
  readonly types: readonly (OnlineTypeRow & { readonly type: AppointmentTypeRow })[];
}

/** The parts that all pages have in common. */
export interface Frame {
  readonly language: Language;
  /** The name of the county. */
  readonly county: string;
  /** The address where people book online; null if the county has no such page. */
  readonly bookingUrl: string | null;
}

/** Returns the address of a page. */
const pathOf = (slug: string | null): string => (slug === null ? '/rendez-vous' : `/rendez-vous/${slug}`);

/** Sets the French spaces before double punctuation so that they do not break; then escapes the text for HTML. */
function say(text: string, language: Language): string {
  const typed =
    language === 'en' ? text : text.replace(/ ([;!?])/g, '\u202f$1').replace(/ ([:»])/g, '\u00a0$1');
  return escapeHtml(typed);
}

function frame(of: Frame, place: DistrictRow | null, main: string): string {
  const { language } = of;
  const words = WORDS[language];
  const slug = place?.slug ?? null;
  const title = say(words.title, language);
  const name = place === null ? '' : escapeHtml(place.name);
  const other = language === 'fr' ? 'en' : 'fr';
  const ways = [
    slug === null ? '' : `<a href="/rendez-vous?lang=${language}">${say(words.all, language)}</a>`,
    `<a href="${pathOf(slug)}?lang=${other}" lang="${other}" hreflang="${other}">${words.other}</a>`,
  ];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}${place === null ? '' : ` – ${name}`}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#contenu">${say(words.skip, language)}</a>
<header><div class="width">
<p lang="fr">${escapeHtml(of.county)}</p>
<h1>${title}${place === null ? '' : ` – <span lang="fr">${name}</span>`}</h1>
<div class="ways">${ways.join(' ')}</div>
</div></header>
<main class="width" id="contenu">
${main}
<p class="note">${say(words.danger, language)}</p>
</main>
</body>
</html>
`;
}

/** Renders the list of places, by commune. It says of no place how soon there is a free time: side by side, that would be a ranking. */
export function renderPlaces(places: readonly ServedDistrict[], of: Frame): string {
  const { language } = of;
  const words = WORDS[language];
  const link = ({ slug, name }: DistrictRow): string =>
    `<a href="${pathOf(slug)}?lang=${language}" lang="fr">${escapeHtml(name)}</a>`;
  const byCommune = new Map<string, DistrictRow[]>();
  for (const { district, communes } of places)
    for (const commune of communes) byCommune.set(commune, [...(byCommune.get(commune) ?? []), district]);
  const rows = [...byCommune]
    .sort(([one], [another]) => one.localeCompare(another, 'fr'))
    .map(
      ([commune, districts]) =>
        `<dt lang="fr">${escapeHtml(commune)}</dt><dd>${districts.map(link).join(', ')}</dd>`,
    );
  const all = places.map(
    ({ district }) =>
      `<li>${link(district)}<br><span lang="fr">${escapeHtml(addressOf(district))}</span><br>${phoneOf(district)}</li>`,
  );
  return frame(
    of,
    null,
    `<p>${say(words.introduction, language)}</p>
<section><h2>${say(words.choose, language)}</h2>
<p class="soft">${say(words.elsewhere, language)}</p>
<dl>
${rows.join('\n')}
</dl></section>
<section><h2>${say(words.all, language)}</h2>
<ul>
${all.join('\n')}
</ul></section>`,
  );
}

function phoneOf({ phone }: DistrictRow): string {
  return `<a href="tel:${escapeHtml(phone.replace(/[^+\d]/g, ''))}">${escapeHtml(phone)}</a>`;
}

function typesOf({ types }: DistrictForPage, words: Words, language: Language): string {
  if (types.length === 0) return `<p>${say(words.noneOnline, language)}</p>`;
  return types
    .map(({ type, modes, nextFree }) => {
      const [label, called] =
        language === 'fr' ? [type.labelFr, type.publicLabelFr] : [type.labelEn, type.publicLabelEn];
      return `<h3>${say(label, language)} – ${type.durationMinutes} ${words.minutes}</h3>
<dl>
<dt>${say(words.held, language)}</dt><dd>${modes.map((mode) => say(words.modes[mode], language)).join(', ')}</dd>
<dt>${say(words.soon, language)}</dt><dd>${say(words.nextFree[nextFree], language)}</dd>
<dt>${say(words.called, language)}</dt><dd>${say(called, language)}</dd>
</dl>`;
    })
    .join('\n');
}

function hoursOf({ hours }: DistrictForPage, words: Words, language: Language): string {
  if (hours.length === 0) return say(words.noHours, language);
  const byDay = words.days.flatMap((day, nth) => {
    const open = hours.filter(({ weekday }) => weekday === nth + 1);
    return open.length === 0
      ? []
      : [`${day} ${open.map(({ opensAt, closesAt }) => `${opensAt}–${closesAt}`).join(', ')}`];
  });
  return byDay.map((day) => say(day, language)).join('<br>');
}

/** Renders the page of one district: what can be booked online, how it is held, the address and the hours. */
export function renderPlace(place: DistrictForPage, of: Frame): string {
  const { language } = of;
  const words = WORDS[language];
  const { district, communes } = place;
  const online =
    of.bookingUrl === null || place.types.length === 0
      ? ''
      : `<li><a href="${escapeHtml(of.bookingUrl)}">${say(words.byLink, language)}</a></li>\n`;
  return frame(
    of,
    district,
    `<p>${say(words.introduction, language)}</p>
<section><h2>${say(words.online, language)}</h2>
${typesOf(place, words, language)}
</section>
<section><h2>${say(words.how, language)}</h2>
<ul>
${online}<li>${say(words.byPhone, language)} ${phoneOf(district)}</li>
<li>${say(words.byComing, language)}</li>
</ul>
<p>${say(words.bring, language)}</p>
<p>${say(words.language, language)}</p>
</section>
<section><h2>${say(words.address, language)}</h2>
<dl>
<dt>${say(words.address, language)}</dt><dd lang="fr">${escapeHtml(addressOf(district))}</dd>
<dt>${say(words.phone, language)}</dt><dd>${phoneOf(district)}</dd>
<dt>${say(words.hours, language)}</dt><dd>${hoursOf(place, words, language)}</dd>
<dt>${say(words.communes, language)}</dt><dd lang="fr">${communes.map(escapeHtml).join(', ')}</dd>
</dl></section>`,
  );
}

/** Renders the page for a place that does not exist. */
export function renderNoPlace(of: Frame): string {
  const words = WORDS[of.language];
  return frame(
    of,
    null,
    `<p>${say(words.notFound, of.language)} <a href="/rendez-vous?lang=${of.language}">${say(words.all, of.language)}</a></p>`,
  );
}
