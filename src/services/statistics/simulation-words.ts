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

const FR = new Intl.NumberFormat('fr', { maximumFractionDigits: 1 });
const EN = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const DAY_FR = new Intl.DateTimeFormat('fr', { dateStyle: 'long', timeZone: 'UTC' });
const DAY_EN = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** French has the singular below two, English for one alone. */
const counted = (count: number, fr: string, en: string): Words => {
  const many = Math.abs(count);
  return {
    fr: `${FR.format(many)} ${fr}${many < 2 ? '' : 's'}`,
    en: `${EN.format(many)} ${en}${many === 1 ? '' : 's'}`,
  };
};

function wordsOfChange({ moreHalfDays, morePosts, moreAsksPercent }: SupposedChange): Words {
  const parts: Words[] = [];
  if (moreHalfDays !== 0) {
    // « Demi-journée » has its plural at both ends.
    const many = Math.abs(moreHalfDays);
    parts.push({
      fr: `${many} ${many < 2 ? 'demi-journée' : 'demi-journées'} de ${moreHalfDays > 0 ? 'plus' : 'moins'} par semaine`,
      en: `${counted(moreHalfDays, '', moreHalfDays > 0 ? 'more half-day' : 'fewer half-day').en} a week`,
    });
  }
  if (morePosts !== 0) {
    const more = morePosts > 0;
    parts.push({
      fr: `${counted(morePosts, 'poste', '').fr} de ${more ? 'plus' : 'moins'}`,
      en: counted(morePosts, '', more ? 'more post' : 'fewer post').en,
    });
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
    const many = counted(middle, 'jour', 'day');
    return { fr: `${many.fr}, entre ${low} et ${high}`, en: `${many.en}, between ${low} and ${high}` };
  }
  const [middle, low, high] = [load.middle, load.low, load.high].map(growthAt) as [number, number, number];
  const many = counted(middle, 'jour', 'day');
  return {
    fr: `l’attente augmente de ${many.fr} par semaine, entre ${FR.format(low)} et ${FR.format(high)} ; elle n’a pas de durée stable`,
    en: `the wait grows by ${many.en} a week, between ${EN.format(low)} and ${EN.format(high)}; it has no steady length`,
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

/** Says what a simulation supposes. It is shown with it, wherever it is shown. */
export function assumptionsOf(of: Grounds): readonly Words[] {
  const share = of.halfDaysNow / of.postsNow;
  const from = { fr: DAY_FR.format(of.foreseenFrom), en: DAY_EN.format(of.foreseenFrom) };
  return [
    {
      fr: `Le seul chiffre lu est le troisième rendez-vous libre (${of.typeFr}) de chaque matin, du ${DAY_FR.format(of.figuresFrom)} au ${from.fr} exclu. Tous ceux qui lisent les statistiques le lisent aussi.`,
      en: `The only figure that is read is the third next available appointment (${of.typeEn}) of each morning, from ${DAY_EN.format(of.figuresFrom)} until before ${from.en}. All who read statistics read it too.`,
    },
    {
      fr: `La circonscription ouvre ${of.halfDaysNow} demi-journées par semaine : c’est ce que dit la personne qui a posé la question. Elle a ${of.postsNow} postes de travailleur social ; un poste en ouvre ${FR.format(share)} en moyenne.`,
      en: `The district opens ${of.halfDaysNow} half-days a week: the member who asked says so. It has ${of.postsNow} posts of social workers; a post opens ${EN.format(share)} of them on average.`,
    },
    {
      fr: `L’attente est la moyenne des treize semaines à partir du ${from.fr}. Dans huit cas sur dix elle est entre les deux bornes.`,
      en: `The wait is the mean of the thirteen weeks from ${from.en}. In eight cases of ten it is between the two ends.`,
    },
    {
      fr: 'Rien d’autre ne change : autant de demandes, d’annulations et d’absences qu’en ces six mois. Les vacances et les saisons ne sont pas comptées. Une attente plus courte n’attire personne.',
      en: 'Nothing else changes: as many requests, cancellations and absences as in those six months. Holidays and seasons are left out. A shorter wait attracts nobody.',
    },
  ];
}
