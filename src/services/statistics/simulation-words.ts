import { growsAt, growthAt, type Range } from '../../statistics/what-if.js';

/** A text in both languages of the county. */
export interface Words {
  readonly fr: string;
  readonly en: string;
}

/** What a simulation supposes to change; 0 is no change. */
export interface SupposedChange {
  readonly moreHalfDays: number;
  readonly morePosts: number;
  readonly moreAsksPercent: number;
}

/** What was worked out for the quarter: what is asked for as a share of what is open, and the wait in days. */
export interface Foreseen {
  readonly load: Range;
  readonly days: Range;
}

const DAY_FR = new Intl.DateTimeFormat('fr', { dateStyle: 'long', timeZone: 'UTC' });
const DAY_EN = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** Rounds to a tenth. */
export const toTenths = (value: number): number => Math.round(value * 10) / 10;

/** A number to a tenth, with a true minus sign. Zero has none. */
function numberIn(language: 'fr' | 'en', value: number): string {
  const rounded = toTenths(value);
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
    .format(rounded === 0 ? 0 : rounded)
    .replace('-', '−');
}

/** A count with its noun. French has the singular below two, English for one alone. */
const counted = (count: number, fr: readonly [string, string], en: readonly [string, string]): Words => {
  const many = toTenths(Math.abs(count));
  return {
    fr: `${numberIn('fr', many)} ${many < 2 ? fr[0] : fr[1]}`,
    en: `${numberIn('en', many)} ${many === 1 ? en[0] : en[1]}`,
  };
};
const DAYS = [
  ['jour', 'jours'],
  ['day', 'days'],
] as const;
const HALF_DAYS_FR = ['demi-journée', 'demi-journées'] as const;

/** The first of a month has an ordinal in French. */
const dayIn = (day: Date): Words => ({
  fr: DAY_FR.format(day).replace(/^1 /, '1er '),
  en: DAY_EN.format(day),
});

function wordsOfChange({ moreHalfDays, morePosts, moreAsksPercent }: SupposedChange): Words {
  const parts: Words[] = [];
  if (moreHalfDays !== 0) {
    const more = moreHalfDays > 0;
    const many = counted(
      moreHalfDays,
      HALF_DAYS_FR,
      more ? ['more half-day', 'more half-days'] : ['fewer half-day', 'fewer half-days'],
    );
    parts.push({ fr: `${many.fr} de ${more ? 'plus' : 'moins'} par semaine`, en: `${many.en} a week` });
  }
  if (morePosts !== 0) {
    const more = morePosts > 0;
    const many = counted(
      morePosts,
      ['poste', 'postes'],
      more ? ['more post', 'more posts'] : ['fewer post', 'fewer posts'],
    );
    parts.push({ fr: `${many.fr} de ${more ? 'plus' : 'moins'}`, en: many.en });
  }
  if (moreAsksPercent !== 0)
    parts.push({
      fr: `${Math.abs(moreAsksPercent)} % de demandes en ${moreAsksPercent > 0 ? 'plus' : 'moins'}`,
      en: `${Math.abs(moreAsksPercent)} % ${moreAsksPercent > 0 ? 'more' : 'fewer'} requests`,
    });
  return { fr: parts.map(({ fr }) => fr).join(', '), en: parts.map(({ en }) => en).join(', ') };
}

function wordsOfForeseen({ load, days }: Foreseen): Words {
  if (!growsAt(load.middle)) {
    const [middle, low, high] = [days.middle, days.low, days.high].map(Math.round) as [
      number,
      number,
      number,
    ];
    const many = counted(middle, ...DAYS);
    return { fr: `${many.fr}, entre ${low} et ${high}`, en: `${many.en}, between ${low} and ${high}` };
  }
  const [middle, low, high] = [load.middle, load.low, load.high].map(growthAt) as [number, number, number];
  const many = counted(middle, ...DAYS);
  return {
    fr: `l’attente augmente de ${many.fr} par semaine, entre ${numberIn('fr', low)} et ${numberIn('fr', high)} ; elle n’a pas de durée stable`,
    en: `the wait grows by ${many.en} a week, between ${numberIn('en', low)} and ${numberIn('en', high)}; it has no steady length`,
  };
}

/** Says in a sentence or two what the wait is as now, and what it is after the change. */
export function sentenceOf(change: SupposedChange, asNow: Foreseen, changed: Foreseen): Words {
  const now = wordsOfForeseen(asNow);
  const supposed = wordsOfChange(change);
  const fr = `Sans changement : ${now.fr}.`;
  const en = `Without a change: ${now.en}.`;
  if (supposed.fr === '') return { fr, en };
  const then = wordsOfForeseen(changed);
  return { fr: `${fr} Avec ${supposed.fr} : ${then.fr}.`, en: `${en} With ${supposed.en}: ${then.en}.` };
}

/** What a simulation rests on. */
export interface Grounds {
  readonly typeFr: string;
  readonly typeEn: string;
  readonly figuresFrom: Date;
  readonly foreseenFrom: Date;
  readonly halfDaysNow: number;
  readonly postsNow: number;
}

/** Says what a simulation supposes. Every screen and report that shows the simulation shows this too. */
export function assumptionsOf(of: Grounds): readonly Words[] {
  const from = dayIn(of.figuresFrom);
  const until = dayIn(of.foreseenFrom);
  const open = counted(of.halfDaysNow, HALF_DAYS_FR, ['half-day', 'half-days']);
  const share = of.halfDaysNow / of.postsNow;
  return [
    {
      fr: `Le seul chiffre lu est le troisième rendez-vous libre (${of.typeFr}) de chaque semaine, du ${from.fr} au ${until.fr} exclu. Un matin sans rendez-vous libre dans les 92 jours compte pour 92.`,
      en: `The only figure that is read is the third next available appointment (${of.typeEn}) of each week, from ${from.en} until before ${until.en}. A morning without a free time within 92 days counts as 92.`,
    },
    {
      fr: `La circonscription ouvre ${open.fr} par semaine : c’est ce que dit la personne qui a posé la question. Elle a ${of.postsNow} postes de travailleur social ; un poste en ouvre ${numberIn('fr', share)} en moyenne.`,
      en: `The district opens ${open.en} a week: the member who asked says so. It has ${of.postsNow} posts of social workers; a post opens ${numberIn('en', share)} of them on average.`,
    },
    {
      fr: `L’attente est la moyenne des treize semaines à partir du ${until.fr}. Dans huit cas sur dix elle est entre les deux bornes.`,
      en: `The wait is the mean of the thirteen weeks from ${until.en}. In eight cases of ten it is between the two ends.`,
    },
    {
      fr: 'Rien d’autre ne change : autant de demandes, d’annulations et d’absences qu’en ces six mois. Les vacances et les saisons ne sont pas comptées. Une attente plus courte n’attire personne.',
      en: 'Nothing else changes: as many requests, cancellations and absences as in those six months. Holidays and seasons are left out. A shorter wait attracts nobody.',
    },
  ];
}
