import { type DocumentNode, TokenKind } from 'graphql';

/**
 * The bytes that a token of a document keeps in memory, at most. A document of 400 fields kept 500 bytes a token, with its plan, and a
 * comment some 90 (on Node.js 20).
 */
const BYTES_PER_TOKEN = 500;

/** Counts the tokens of a parsed document. Its comments count: graphql-js leaves them out of `maxTokens`, and keeps them in memory. */
export function tokensOf({ loc }: DocumentNode): number {
  let tokens = 0;
  for (let token = loc?.startToken.next; token != null && token.kind !== TokenKind.EOF; token = token.next)
    tokens += 1;
  return tokens;
}

/** Returns about how many bytes a parsed document keeps in memory, with its text. */
export function bytesOf(document: DocumentNode): number {
  return BYTES_PER_TOKEN * tokensOf(document) + 2 * (document.loc?.source.body.length ?? 0);
}
