import { type KeyLike, type SignKeyObjectInput, sign } from 'node:crypto';

export type Json = Readonly<Record<string, unknown>>;

export function base64url(content: string | Buffer): string {
  return Buffer.from(content).toString('base64url');
}

/** A compact JWS from raw texts, by no library: so that it can be wrong in every way. */
export function compact(header: string, payload: string, signature: (input: string) => Buffer): string {
  const input = `${base64url(header)}.${base64url(payload)}`;
  return `${input}.${base64url(signature(input))}`;
}

/** ECDSA over SHA-256 as RFC 7518 §3.4 writes it, r and s side by side; DER on demand, which is wrong. */
export function es256(
  key: KeyLike,
  dsaEncoding: 'ieee-p1363' | 'der' = 'ieee-p1363',
): (input: string) => Buffer {
  return (input) => sign('sha256', Buffer.from(input), { key, dsaEncoding } as SignKeyObjectInput);
}
