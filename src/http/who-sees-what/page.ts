import { escapeHtml } from '../html.js';
import type { MatrixForPage, RuleForPage, StandpointForPage, TypeForPage } from './matrix.js';
import { STYLE } from './style.js';
import { WORDS, type Words } from './words.js';

/** The languages of the page. */
export type Language = 'fr' | 'en';

/** The request for the page. */
export interface PageRequest {
  readonly language: Language;
  /** Null if none is chosen yet. */
  readonly standpoint: StandpointForPage | null;
  /** True if the request named a standpoint that does not exist. */
  readonly unknown: boolean;
}

/**
 * Sets the French spaces before double punctuation and inside quotation marks so that they do not break; then escapes the text for HTML.
 */
function say(text: string, language: Language): string {
  const typed =
    language === 'en'
      ? text
      : text
          .replace(/ ([;!?])/g, '\u202f$1')
          .replace(/ ([:»])/g, '\u00a0$1')
          .replace(/« /g, '«\u00a0')
          .replace(/(\d) (?=jours)/g, '$1\u00a0');
  return escapeHtml(typed);
}

/** The types of the root fields of questions. */
const STARTS: ReadonlySet<string> = new Set(['Query', 'Subscription']);

/** Writes the page in one language, for one standpoint. */
class Page {
  private readonly words: Words;
  constructor(
    private readonly matrix: MatrixForPage,
    private readonly request: PageRequest,
  ) {
    this.words = WORDS[request.language];
  }

  private say(text: string): string {
    return say(text, this.request.language);
  }

  private word(of: { readonly labelFr: string; readonly labelEn: string }): string {
    return this.say(this.request.language === 'fr' ? of.labelFr : of.labelEn);
  }

  private address(key: string | null, language = this.request.language): string {
    const asked = new URLSearchParams({ ...(key === null ? {} : { who: key }), lang: language });
    return escapeHtml(`/who-sees-what?${asked}`);
  }

  private roles(): Map<string, StandpointForPage[]> {
    const roles = new Map<string, StandpointForPage[]>();
    for (const standpoint of this.matrix.standpoints) {
      const role = this.request.language === 'fr' ? standpoint.roleFr : standpoint.roleEn;
      roles.set(role, [...(roles.get(role) ?? []), standpoint]);
    }
    return roles;
  }

  private form(): string {
    const chosen = this.request.standpoint?.key;
    const groups = [...this.roles()].map(
      ([role, standpoints]) => `          <optgroup label="${this.say(role)}">
${standpoints
  .map(
    (standpoint) =>
      `            <option value="${escapeHtml(standpoint.key)}"${standpoint.key === chosen ? ' selected' : ''}>${this.say(role)} – ${this.word(standpoint)}</option>`,
  )
  .join('\n')}
          </optgroup>`,
    );
    return `    <form method="get" action="/who-sees-what">
      <div class="field">
        <label for="who">${this.say(this.words.choose)}</label>
        <select id="who" name="who">
${groups.join('\n')}
        </select>
      </div>
      <input type="hidden" name="lang" value="${this.request.language}">
      <button type="submit">${this.say(this.words.show)}</button>
    </form>`;
  }

  private overview(): string {
    const roles = [...this.roles()].map(
      ([role, standpoints]) => `      <section>
        <h3>${this.say(role)}</h3>
        <ul>
${standpoints
  .map(
    (standpoint) =>
      `          <li><a href="${this.address(standpoint.key)}">${this.word(standpoint)}</a></li>`,
  )
  .join('\n')}
        </ul>
      </section>`,
    );
    return `    <h2>${this.say(this.words.all)}</h2>
    <div class="roles">
${roles.join('\n')}
    </div>`;
  }

  private table(caption: string, rules: readonly RuleForPage[], key: string, actions = false): string {
    const { words } = this;
    const rows = rules.map((rule) => {
      const open = rule.openTo.includes(key);
      const sentence = this.request.language === 'fr' ? rule.ruleFr : rule.ruleEn;
      return `          <tr>
            <th scope="row">${this.word(rule)} <code>${escapeHtml(rule.coordinate)}</code></th>
            <td><span class="answer ${open ? 'yes' : 'no'}">${this.say(open ? words.yes : words.no)}</span></td>
            <td>${this.say(sentence)}</td>
          </tr>`;
    });
    return `      <table>
        <caption>${caption}</caption>
        <thead>
          <tr><th scope="col">${this.say(actions ? words.action : words.field)}</th><th scope="col">${this.say(actions ? words.done : words.visible)}</th><th scope="col">${this.say(words.openTo)}</th></tr>
        </thead>
        <tbody>
${rows.join('\n')}
        </tbody>
      </table>`;
  }

  private typeTable(type: TypeForPage, key: string): string {
    const open = type.fields.filter((field) => field.openTo.includes(key)).length;
    const much = open === type.fields.length ? this.words.whole : this.words.part(open, type.fields.length);
    return this.table(`${this.word(type)} <span class="soft">(${this.say(much)})</span>`, type.fields, key);
  }

  private folded(type: TypeForPage, key: string): string {
    return `    <details>
      <summary>${this.word(type)}</summary>
${this.table(this.word(type), type.fields, key)}
    </details>`;
  }

  private standpoint(standpoint: StandpointForPage): string {
    const { words } = this;
    const { key } = standpoint;
    const seesAny = (type: TypeForPage): boolean => type.fields.some((field) => field.openTo.includes(key));
    const readable = this.matrix.types.filter((type) => !type.technical && !STARTS.has(type.name));
    const seen = readable.filter(seesAny);
    const unseen = readable.filter((type) => !seesAny(type));
    const fields = readable.flatMap((type) => type.fields);
    const open = (rules: readonly RuleForPage[]): number =>
      rules.filter((rule) => rule.openTo.includes(key)).length;
    const french = this.request.language === 'fr';
    const queries = this.matrix.types.filter((type) => STARTS.has(type.name));
    return `    <h2 class="who" id="standpoint">${this.say(french ? standpoint.roleFr : standpoint.roleEn)} – ${this.word(standpoint)}</h2>
    <p>${this.say(french ? standpoint.descriptionFr : standpoint.descriptionEn)}</p>
    <p><strong>${this.say(words.summary(open(fields), fields.length, open(this.matrix.actions), this.matrix.actions.length))}</strong></p>
    <nav class="contents" aria-label="${this.say(words.contents)}">
      <ul>
        <li><a href="#sees">${this.say(words.sees)}</a></li>
        <li><a href="#sees-not">${this.say(words.seesNot)}</a></li>
        <li><a href="#does">${this.say(words.does)}</a></li>
        <li><a href="#lists">${this.say(words.lists)}</a></li>
      </ul>
    </nav>
    <h2 id="sees">${this.say(words.sees)}</h2>
${seen.map((type) => this.typeTable(type, key)).join('\n') || `    <p>${this.say(words.seesNothing)}</p>`}
    <h2 id="sees-not">${this.say(words.seesNot)}</h2>
${unseen.map((type) => this.folded(type, key)).join('\n') || `    <p>–</p>`}
    <h2 id="does">${this.say(words.does)}</h2>
${this.table(this.say(words.does), this.matrix.actions, key, true)}
    <h2 id="lists">${this.say(words.lists)}</h2>
${queries.map((type) => this.typeTable(type, key)).join('\n')}
    <p class="soft">${this.say(words.note)}</p>
    <h2 id="technical">${this.say(words.technical)}</h2>
${this.matrix.types
  .filter((type) => type.technical)
  .map((type) => this.folded(type, key))
  .join('\n')}`;
  }

  render(): string {
    const { words, request } = this;
    const { standpoint } = request;
    const other = request.language === 'fr' ? 'en' : 'fr';
    const title =
      standpoint === null ? this.say(words.title) : `${this.word(standpoint)} – ${this.say(words.title)}`;
    return `<!doctype html>
<html lang="${request.language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title}</title>
  <link rel="icon" href="data:,">
  <style>${STYLE}</style>
</head>
<body>
  <a class="skip" href="#content">${this.say(words.skip)}</a>
  <header>
    <div class="width">
      <h1>${this.say(words.title)}</h1>
      <a class="language" lang="${other}" hreflang="${other}" href="${this.address(standpoint?.key ?? null, other)}">${words.otherLanguage}</a>
    </div>
  </header>
  <main class="width" id="content" tabindex="-1">
${request.unknown ? `    <p class="message">${this.say(words.unknown)}</p>\n` : ''}    <p>${this.say(words.intro)}</p>
    <p class="soft">${this.say(words.observed)}</p>
${this.form()}
${standpoint === null ? this.overview() : this.standpoint(standpoint)}
  </main>
  <footer class="width">
    <p>${this.say(words.footer)}</p>
  </footer>
</body>
</html>
`;
  }
}

/** Renders the whole page, in one file without script. */
export function renderWhoSeesWhat(matrix: MatrixForPage, request: PageRequest): string {
  return new Page(matrix, request).render();
}
