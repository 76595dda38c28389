/** An object as parsed from JSON. Only its own properties may be trusted. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Parses a JSON text that must be an object without a repeated member name at any depth; null otherwise.
 *
 * RFC 7515 §4 and RFC 7519 §4 let a parser keep the last of two equal names. Another parser in front of us may keep the first, and the
 * two would then read two different tokens. RFC 8725 §2.4 asks to leave no such room. `JSON.parse` keeps the last one silently, so the
 * raw text is scanned.
 */
export function parseStrictObject(text: string): JsonObject | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which is part of a token: it goes no further.
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return hasRepeatedName(text) ? null : (value as JsonObject);
}

/** Strings and the four brackets: the scan needs nothing else, since the text is known to be JSON. */
const TOKENS = /("(?:[^"\\]|\\.)*")\s*(:?)|[{}[\]]/gsu;

function hasRepeatedName(text: string): boolean {
  // One set of names per open object. An array takes a place of its own so that the brackets pair up.
  const open: (Set<string> | null)[] = [];
  for (const [token, literal, colon] of text.matchAll(TOKENS)) {
    if (literal !== undefined) {
      if (colon !== ':') continue;
      // The name is decoded before it is compared: "\u0061ud" and "aud" are the same name.
      const name = JSON.parse(literal) as string;
      const names = open.at(-1);
      if (names?.has(name)) return true;
      names?.add(name);
    } else if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else open.pop();
  }
  return false;
}
