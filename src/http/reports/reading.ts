import type { Language } from './words.js';
import { Writer } from './writer.js';

/** The address of the page that says how to read a report. */
export const READING = '/rapports/lire';

interface Part {
  readonly heading: string;
  readonly paragraphs: readonly string[];
}

/** What a report says in three sentences, at length. No number of it is a parameter of the method: these change, and the page is for all years. */
const PARTS: Readonly<Record<Language, readonly Part[]>> = {
  fr: [
    {
      heading: 'Pourquoi un chiffre n’est pas exact',
      paragraphs: [
        'On ajoute à chaque chiffre, ou on lui retire, un petit nombre tiré au sort une fois pour toutes. Sans cela, qui connaît presque tout le monde retrouverait une personne dans un tableau.',
        'Le total est protégé de même. Les lignes d’un tableau ne donnent donc pas toujours le total. Ce n’est pas une erreur.',
        'La même chose peut être dite par deux chiffres un peu différents, dans deux tableaux ou pour un mois et pour l’année : chacun est protégé à part. Que deux chiffres diffèrent un peu, ou soient égaux, ne prouve rien.',
        '« 0 » veut dire rien, ou presque rien. Ce n’est pas la preuve que personne n’est venu.',
      ],
    },
    {
      heading: 'Les deux nombres à côté d’un chiffre',
      paragraphs: [
        '« 52 (40 à 64) » se lit : ce qui a été compté est presque toujours entre 40 et 64 (95 fois sur cent). C’est peut-être 52 ; c’est peut-être 45.',
        'Entre deux années, ou entre deux lignes, un écart plus petit que celui de 40 à 64 peut ne rien vouloir dire. Plus le chiffre est petit, moins on peut le comparer.',
        'Ces deux nombres ne disent que ce que la protection laisse d’incertain. Une année peut aussi différer d’une autre par hasard.',
      ],
    },
    {
      heading: 'Les taux',
      paragraphs: [
        'Un taux est en pour cent. Le nombre après « sur » dit combien de cas ont servi à le calculer. Il n’est pas donné quand ces cas sont trop peu nombreux.',
      ],
    },
    {
      heading: 'Les mots à la place d’un chiffre',
      paragraphs: [
        '« Non donné » : le taux est calculé sur trop peu de cas, ou le chiffre parle de santé ou de violences et il est petit. Ou la méthode d’alors ne donnait aucun petit chiffre. Cela ne dit pas qu’il n’y a rien eu, ni qu’il y a eu quelque chose, ni que c’est un manque.',
        '« Département seul » : pour protéger les personnes, ce chiffre n’est jamais donné pour une circonscription.',
        '« – » : cette période n’a pas de chiffre, par exemple parce que le service n’était pas ouvert. Ce n’est pas zéro.',
      ],
    },
    {
      heading: 'Les délais',
      paragraphs: [
        'Un délai va de la demande au rendez-vous auquel elle a mené. Qui annule ou manque un rendez-vous, puis redemande, attend en tout plus longtemps que ce délai.',
        'Ne sont comptés que ceux qui ont été reçus. Ceux qui attendent encore sont comptés à part, et ceux qui ont renoncé ne sont comptés dans aucun délai.',
        'Un délai raccourcit donc aussi quand des personnes repartent sans rendez-vous, ou ne redemandent pas. Moins de demandes n’est pas un progrès : c’est peut-être une porte que l’on ne trouve plus.',
      ],
    },
    {
      heading: 'Comparer les circonscriptions',
      paragraphs: [
        'Chacun peut mettre les rapports côte à côte. Un classement ne dirait pas qui travaille mieux : les circonscriptions ne reçoivent pas les mêmes demandes et n’ont pas les mêmes moyens, et le hasard seul fait une première et une dernière.',
        'Aucun chiffre ne dit pourquoi. L’équipe, dans son texte, peut le dire.',
      ],
    },
  ],
  en: [
    {
      heading: 'Why a figure is not exact',
      paragraphs: [
        'A small number, drawn by lot once and for all, is added to each figure or taken from it. Otherwise somebody who knows nearly everyone could find one person in a table.',
        'The total is protected in the same way. So the lines of a table do not always give its total. This is no error.',
        'One thing may be told by two figures that differ a little, in two tables, or for a month and for the year: each is protected by itself. It proves nothing if two figures differ a little, nor if they are equal.',
        '“0” means nothing, or nearly nothing. It does not prove that nobody came.',
      ],
    },
    {
      heading: 'The two numbers beside a figure',
      paragraphs: [
        '“52 (40 to 64)” reads: what was counted is nearly always between 40 and 64 (in 95 cases of 100). It may be 52, and it may be 45.',
        'Between two years, or between two lines, a difference smaller than the one from 40 to 64 may mean nothing. The smaller a figure is, the less it can be compared.',
        'These two numbers say only what the protection leaves uncertain. One year may also differ from another by chance.',
      ],
    },
    {
      heading: 'Rates',
      paragraphs: [
        'A rate is in per cent. The number after “of” says how many cases it was worked out from. It is not given where these are too few.',
      ],
    },
    {
      heading: 'The words in the place of a figure',
      paragraphs: [
        '“Not given”: a rate is of too few cases, or the figure is about health or violence, and is small. Or the method of that time gave no small figure. It does not say that there was nothing, nor that there was something, nor that it was not enough.',
        '“County alone”: to protect people, this figure is never given for a district.',
        '“–”: that period has no figure, for example because the service was not open. It is not zero.',
      ],
    },
    {
      heading: 'Waits',
      paragraphs: [
        'A wait goes from the ask to the appointment that came of it. Somebody who cancels or misses an appointment, and asks again, waits longer in all than this wait says.',
        'Only those who were received are counted. Those who still wait are counted apart, and those who gave up are counted in no wait.',
        'So a wait also gets shorter when people leave without an appointment, or do not ask again. Fewer asks are no progress: perhaps the door is no longer found.',
      ],
    },
    {
      heading: 'Comparing districts',
      paragraphs: [
        'Anyone can put the reports side by side. A ranking would not say who works better: districts meet different demands with different means, and chance alone makes one first and one last.',
        'No figure says why. The team can, in its text.',
      ],
    },
  ],
};

/** Renders the page that says how to read a report. */
export function renderReading(language: Language): string {
  const writer = new Writer(language);
  const { words } = writer;
  const other = language === 'fr' ? 'en' : 'fr';
  const ways = `<a href="/rapports?lang=${language}">${writer.say(words.allReports)}</a> <a href="${READING}?lang=${other}" lang="${other}" hreflang="${other}">${words.language}</a>`;
  const title = writer.say(words.howToRead);
  const parts = PARTS[language].map(
    ({ heading, paragraphs }) =>
      `<section><h2>${writer.say(heading)}</h2>${paragraphs.map((text) => `<p>${writer.say(text)}</p>`).join('\n')}</section>`,
  );
  return writer.frame(title, title, ways, parts.join('\n'));
}
