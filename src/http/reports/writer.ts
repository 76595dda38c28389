import { escapeHtml } from '../html.js';
import { STYLE } from './style.js';
import { type Language, WORDS, type Words } from './words.js';

interface Labelled {
  readonly labelFr: string;
  readonly labelEn: string;
}

/** Sets the French spaces before double punctuation so that they do not break; then escapes the text for HTML. */
export function say(text: string, language: Language): string {
  const typed =
    language === 'en'
      ? text
      : text
          .replace(/ ([;!?])/g, '\u202f$1')
          .replace(/ ([:»%])/g, '\u00a0$1')
          .replace(/« /g, '«\u00a0');
  return escapeHtml(typed);
}

/** Writes a page in one language. */
export class Writer {
  readonly words: Words;
  constructor(readonly language: Language) {
    this.words = WORDS[language];
  }
  say(text: string): string {
    return say(text, this.language);
  }
  label(of: Labelled): string {
    return this.say(this.language === 'fr' ? of.labelFr : of.labelEn);
  }
  day(date: Date | null): string {
    if (date === null) return '';
    const form = new Intl.DateTimeFormat(this.language === 'fr' ? 'fr-FR' : 'en-GB', {
      dateStyle: 'long',
      timeZone: 'UTC',
    });
    return `<time datetime="${date.toISOString().slice(0, 10)}">${this.say(form.format(date))}</time>`;
  }
  number(value: number): string {
    return new Intl.NumberFormat(this.language === 'fr' ? 'fr-FR' : 'en-GB').format(value);
  }

  frame(title: string, heading: string, ways: string, main: string): string {
    return `<!doctype html>
<html lang="${this.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#contenu">${this.say(this.words.skip)}</a>
<header><div class="width">
<p>${this.say(this.words.service)}</p>
<h1>${heading}</h1>
<div class="ways">${ways}</div>
</div></header>
<main class="width" id="contenu">
${main}
</main>
</body>
</html>
`;
  }
}

/**
 * Wraps a picture for the page. The table below says the same, so a screen reader is told what the picture is, and not each of its marks.
 */
export function picture(svg: string, id: string, title: string): string {
  const named = svg.replace(/<svg /, `<svg role="img" aria-label="${title}" `);
  return `<figure id="plot-${id}">${named}</figure>`;
}
