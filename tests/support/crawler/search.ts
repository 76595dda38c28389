import type { Canary } from './canaries.js';

/** A canary that someone got who may not. */
export interface Leak {
  readonly login: string;
  readonly kind: string;
  readonly id: string;
  readonly secret: string;
  /** Where: around the secret. */
  readonly around: string;
}

/** Marks, ids, instants, days and references: whatever a secret looks like. */
const TOKENS =
  /canari-[0-9a-f]{30,32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|(?<!\d)\d{4}-\d\d-\d\d(?![\dT])|[A-Z0-9]+(?:-[A-Z0-9]+)+/g;

/** What a text may hide: cursors and whatever else is written in base64 or in hexadecimal. */
export function hiddenIn(text: string): string {
  const decoded: string[] = [];
  for (const [word] of text.matchAll(/[A-Za-z0-9+/_-]{24,}={0,2}/g)) {
    const plain = Buffer.from(word, 'base64url').toString('latin1');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is not printed is no text.
    if (!/[\x00-\x08\x0e-\x1f]/.test(plain.slice(0, 24))) decoded.push(plain);
  }
  for (const [, word] of text.matchAll(/\\x((?:[0-9a-f]{2}){8,})/g))
    decoded.push(Buffer.from(word ?? '', 'hex').toString('latin1'));
  return decoded.join('\n');
}

/** Looks canaries up in what a login got: by the form of what is found, and so once for however many canaries. */
export class CanarySearch {
  readonly #owners = new Map<string, Canary[]>();

  constructor(canaries: readonly Canary[]) {
    for (const canary of canaries) {
      for (const secret of canary.secrets) {
        const owners = this.#owners.get(secret);
        if (owners === undefined) this.#owners.set(secret, [canary]);
        else owners.push(canary);
      }
    }
  }

  /** Every secret that stands in the text, in the clear or encoded, with the canaries that it gives away. */
  *found(text: string): Generator<{
    readonly canaries: readonly Canary[];
    readonly secret: string;
    readonly around: string;
  }> {
    const seen = new Set<string>();
    for (const where of [text, hiddenIn(text)]) {
      for (const match of where.matchAll(TOKENS)) {
        const [secret] = match;
        if (seen.has(secret)) continue;
        seen.add(secret);
        const canaries = this.#owners.get(secret);
        if (canaries !== undefined)
          yield { canaries, secret, around: where.slice(Math.max(0, match.index - 160), match.index + 80) };
      }
    }
  }

  /** Those that the login may not get: what stands in several rows, whoever may read one of them may get. */
  leaks(login: string, text: string): Leak[] {
    return [...this.found(text)].flatMap(({ canaries, secret, around }) => {
      const [canary] = canaries;
      if (canary === undefined || canaries.some(({ readers }) => readers.has(login))) return [];
      return [{ login, kind: canary.kind, id: canary.id, secret, around }];
    });
  }
}
