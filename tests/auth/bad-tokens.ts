import {
  constants,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKeyInput,
  KeyObject,
  sign,
  webcrypto,
} from 'node:crypto';
import { CompactEncrypt, type CryptoKey, type JWK } from 'jose';
import { base64url, compact, es256, type Json } from './hand-made-token.js';

/** The issuer under which the bad tokens are forged: its ES256 key pair and claims that would be accepted. */
export interface BadTokenContext {
  readonly privateKey: CryptoKey | KeyObject;
  readonly publicJwk: JWK;
  readonly kid: string;
  readonly issuer: string;
  readonly audience: string;
  /** All of `iss aud sub client_id jti iat exp scope`, valid now. */
  readonly validClaims: Json;
  /** A key of the issuer's set with `use: enc`; without it, the token names a key that is not in the set. */
  readonly encryptionKey?: { readonly privateKey: CryptoKey | KeyObject; readonly kid: string };
  /** A key that has left the issuer's set; without it, any key that never was in it. */
  readonly retiredKey?: { readonly privateKey: CryptoKey | KeyObject; readonly kid: string };
}

export interface NamedToken {
  readonly name: string;
  readonly token: string;
}

/** False for the few that no HTTP client sends in a header: they are for the verifier alone. */
export function fitsInHeader({ token }: NamedToken): boolean {
  return /^[\x21-\x7e]+( [\x21-\x7e]+)*$/.test(token);
}

/** The control: signed by hand as the bad ones are, with nothing wrong in it. It must be accepted. */
export function goodToken(ctx: BadTokenContext, claims: Json = {}, header: Json = {}): string {
  return compact(
    JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: ctx.kid, ...header }),
    JSON.stringify({ ...ctx.validClaims, ...claims }),
    es256(keyObject(ctx.privateKey)),
  );
}

/** Every kind of token that must be refused. `undefined` leaves a member out, as JSON has no such value. */
export async function badTokens(ctx: BadTokenContext): Promise<NamedToken[]> {
  return [
    ...wrongAlgorithms(ctx),
    ...wrongHeaders(ctx),
    ...wrongKeys(ctx),
    ...wrongSignatures(ctx),
    ...wrongTimes(ctx),
    ...wrongClaims(ctx),
    ...wrongTexts(ctx),
    ...(await otherFormats(ctx)),
  ];
}

/**
 * The bad token of a name, made for this moment: one that begins in a minute is a good one a minute later, when a busy
 * machine comes to it.
 */
export function badTokenNow(ctx: BadTokenContext): (name: string) => Promise<string> {
  const seconds = (): number => Math.floor(Date.now() / 1_000);
  let latest: { readonly at: number; readonly tokens: readonly NamedToken[] } = { at: 0, tokens: [] };
  return async (named) => {
    const at = seconds();
    if (at > latest.at + 20)
      latest = {
        at,
        tokens: await badTokens({ ...ctx, validClaims: { ...ctx.validClaims, iat: at, exp: at + 300 } }),
      };
    const found = latest.tokens.find(({ name }) => name === named);
    if (found === undefined) throw new Error(named);
    return found.token;
  };
}

function wrongAlgorithms(ctx: BadTokenContext): NamedToken[] {
  const jwk = { key: ctx.publicJwk, format: 'jwk' } as JsonWebKeyInput;
  const pem = createPublicKey(jwk).export({ type: 'spki', format: 'pem' });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const with_ = (alg: unknown, signature: (input: string) => Buffer): string =>
    compact(JSON.stringify({ alg, typ: 'at+jwt', kid: ctx.kid }), JSON.stringify(ctx.validClaims), signature);
  const hmac =
    (secret: string | Buffer) =>
    (input: string): Buffer =>
      createHmac('sha256', secret).update(input).digest();
  const ours = es256(keyObject(ctx.privateKey));
  return [
    { name: 'alg none, without a signature', token: with_('none', () => Buffer.alloc(0)) },
    { name: 'alg none, with a signature', token: with_('none', ours) },
    { name: 'alg nOnE', token: with_('nOnE', ours) },
    { name: 'HS256 with the public key as PEM', token: with_('HS256', hmac(pem)) },
    { name: 'HS256 with the public key as JWK', token: with_('HS256', hmac(JSON.stringify(ctx.publicJwk))) },
    { name: 'HS256 with an empty secret', token: with_('HS256', hmac('')) },
    {
      name: 'RS256 by an RSA key, under the kid of our EC key',
      token: with_('RS256', (i) => sign('sha256', Buffer.from(i), rsa)),
    },
    {
      name: 'PS256 by an RSA key, under the kid of our EC key',
      token: with_('PS256', (i) =>
        sign('sha256', Buffer.from(i), {
          key: rsa,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: 32,
        }),
      ),
    },
    { name: 'RS256 declared over an ES256 signature', token: with_('RS256', ours) },
    { name: 'ES384 declared over an ES256 signature', token: with_('ES384', ours) },
    { name: 'alg in lower case', token: with_('es256', ours) },
    { name: 'alg as an array', token: with_(['ES256'], ours) },
    { name: 'alg missing', token: with_(undefined, ours) },
  ];
}

function wrongHeaders(ctx: BadTokenContext): NamedToken[] {
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const strangersJwk = stranger.publicKey.export({ format: 'jwk' });
  const own = (name: string, header: Json): NamedToken => ({ name, token: goodToken(ctx, {}, header) });
  const foreign = (name: string, header: Json): NamedToken => ({
    name,
    token: goodToken({ ...ctx, privateKey: stranger.privateKey }, {}, header),
  });
  return [
    foreign('embedded jwk of a stranger', { jwk: strangersJwk }),
    own('embedded jwk that is our own key', { jwk: ctx.publicJwk }),
    foreign('jku of a stranger', { jku: 'https://attacker.invalid/jwks.json' }),
    own('jku in a token that is otherwise good', { jku: 'https://attacker.invalid/jwks.json' }),
    own('x5u', { x5u: 'https://attacker.invalid/certificate.pem' }),
    own('x5c', { x5c: ['MIIB'] }),
    own('kid that climbs to /etc/passwd', { kid: '../../etc/passwd' }),
    own('kid that is /dev/null', { kid: '/dev/null' }),
    own('kid with SQL', { kid: "' OR '1'='1' --" }),
    own('kid with a line break', { kid: `${ctx.kid}\nforged log line` }),
    own('kid with a NUL', { kid: `${ctx.kid}\u0000` }),
    own('kid that is a URL', { kid: 'http://169.254.169.254/latest' }),
    own('kid of 4,000 characters', { kid: 'k'.repeat(4000) }),
    own('kid empty', { kid: '' }),
    own('kid that is a number', { kid: 1 }),
    own('kid that is an array', { kid: [ctx.kid] }),
    own('kid __proto__', { kid: '__proto__' }),
    own('kid missing', { kid: undefined }),
    own('unknown crit', { crit: ['x-unknown'], 'x-unknown': true }),
    own('crit empty', { crit: [] }),
    own('crit naming exp', { crit: ['exp'], exp: 1 }),
    own('b64 false without crit', { b64: false }),
    unencodedPayload(ctx),
    own('typ JWT', { typ: 'JWT' }),
    own('typ of a logout token', { typ: 'logout+jwt' }),
    own('typ in upper case', { typ: 'AT+JWT' }),
    own('typ as an array', { typ: ['at+jwt'] }),
    own('typ missing', { typ: undefined }),
    { name: 'an ID token', token: idToken(ctx) },
  ];
}

/** RFC 7797 announced as it must be, over a payload that is encoded all the same: only `crit` speaks against it. */
function unencodedPayload(ctx: BadTokenContext): NamedToken {
  const header = base64url(
    JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: ctx.kid, b64: false, crit: ['b64'] }),
  );
  const payload = base64url(JSON.stringify(ctx.validClaims));
  const signature = es256(keyObject(ctx.privateKey))(`${header}.${payload}`);
  return { name: 'b64 false with crit', token: `${header}.${payload}.${base64url(signature)}` };
}

function idToken(ctx: BadTokenContext): string {
  const { client_id: client, jti: _jti, scope: _scope, ...claims } = ctx.validClaims;
  const bare = { ...ctx, validClaims: { ...claims, azp: client, nonce: 'n', auth_time: claims['iat'] } };
  return goodToken(bare, {}, { typ: 'JWT' });
}

function wrongKeys(ctx: BadTokenContext): NamedToken[] {
  const fresh = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const { privateKey: encryption, kid: encryptionKid } = ctx.encryptionKey ?? {
    privateKey: fresh(),
    kid: 'enc-1',
  };
  const { privateKey: retired, kid: retiredKid } = ctx.retiredKey ?? {
    privateKey: fresh(),
    kid: 'retired-1',
  };
  return [
    { name: 'signed by a foreign key under our kid', token: goodToken({ ...ctx, privateKey: fresh() }) },
    {
      name: 'signed by a key that is for encryption',
      token: goodToken({ ...ctx, privateKey: encryption, kid: encryptionKid }),
    },
    { name: 'signed by a retired key', token: goodToken({ ...ctx, privateKey: retired, kid: retiredKid }) },
    { name: 'our key under a kid that nobody has', token: goodToken({ ...ctx, kid: 'nobody-has-this' }) },
    { name: 'our kid in another case', token: goodToken({ ...ctx, kid: swapCase(ctx.kid) }) },
  ];
}

function wrongSignatures(ctx: BadTokenContext): NamedToken[] {
  const good = goodToken(ctx);
  const [header = '', payload = '', signature = ''] = good.split('.');
  const key = keyObject(ctx.privateKey);
  const bytes = Buffer.from(signature, 'base64url');
  const other = goodToken(ctx, { sub: 'somebody.else' }).split('.');
  const tampered = (claims: Json): string =>
    `${header}.${base64url(JSON.stringify({ ...ctx.validClaims, ...claims }))}.${signature}`;
  const signedBy = (signed: Buffer): string => `${header}.${payload}.${base64url(signed)}`;
  return [
    { name: 'payload tampered: another subject', token: tampered({ sub: 'admin.of.all' }) },
    { name: 'payload tampered: one more scope', token: tampered({ scope: 'everything' }) },
    {
      name: 'header tampered: application/at+jwt after the signature',
      token: `${base64url(JSON.stringify({ alg: 'ES256', typ: 'application/at+jwt', kid: ctx.kid }))}.${payload}.${signature}`,
    },
    { name: 'signature tampered: one bit', token: signedBy(flipBit(bytes)) },
    { name: 'signature of another token', token: `${header}.${payload}.${other[2]}` },
    { name: 'signature truncated', token: signedBy(bytes.subarray(0, 63)) },
    { name: 'signature of one byte', token: signedBy(Buffer.from([0])) },
    { name: 'signature all zero (CVE-2022-21449)', token: signedBy(Buffer.alloc(64)) },
    { name: 'signature with a byte more', token: signedBy(Buffer.concat([bytes, Buffer.from([0])])) },
    { name: 'signature in DER', token: signedBy(es256(key, 'der')(`${header}.${payload}`)) },
    { name: 'signature over the payload alone', token: signedBy(es256(key)(payload)) },
    { name: 'signature missing', token: `${header}.${payload}.` },
    { name: 'two parts', token: `${header}.${payload}` },
    { name: 'truncated in the payload', token: good.slice(0, header.length + payload.length / 2) },
    { name: 'truncated by one character', token: good.slice(0, -1) },
    { name: 'payload missing', token: `${header}..${signature}` },
    { name: 'header missing', token: `.${payload}.${signature}` },
    { name: 'four parts', token: `${good}.${signature}` },
    { name: 'two tokens, one after the other', token: `${good}.${good}` },
    { name: 'the empty text', token: '' },
    { name: 'dots only', token: '..' },
  ];
}

function wrongTimes(ctx: BadTokenContext): NamedToken[] {
  const now = Number(ctx.validClaims['iat']);
  const bad = (name: string, claims: Json): NamedToken => ({ name, token: goodToken(ctx, claims) });
  return [
    bad('expired an hour ago', { iat: now - 7200, exp: now - 3600 }),
    bad('expired a minute ago', { iat: now - 600, exp: now - 60 }),
    bad('nbf in the future', { nbf: now + 600 }),
    bad('nbf as a string', { nbf: String(now) }),
    bad('nbf null', { nbf: null }),
    bad('iat far in the future', { iat: now + 86_400 * 365, exp: now + 86_400 * 365 + 300 }),
    bad('iat a minute in the future', { iat: now + 60, exp: now + 360 }),
    bad('exp in milliseconds', { exp: (now + 300) * 1000 }),
    bad('iat and exp in milliseconds', { iat: now * 1000, exp: (now + 300) * 1000 }),
    bad('lifetime of a day', { exp: now + 86_400 }),
    bad('lifetime of a second too much', { exp: now + 3601 }),
    bad('exp before iat', { iat: now, exp: now - 1 }),
    bad('exp as a string', { exp: String(now + 300) }),
    bad('exp with a fraction', { exp: now + 300.5 }),
    bad('exp negative', { exp: -1 }),
    bad('exp null', { exp: null }),
    bad('iat as a string', { iat: String(now) }),
    bad('exp infinite', { exp: 'Infinity' }),
    {
      name: 'exp as 1e999, which parses as infinite',
      token: compact(
        JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: ctx.kid }),
        JSON.stringify({ ...ctx.validClaims, exp: 'HERE' }).replace('"HERE"', '1e999'),
        es256(keyObject(ctx.privateKey)),
      ),
    },
  ];
}

function wrongClaims(ctx: BadTokenContext): NamedToken[] {
  const bad = (name: string, claims: Json): NamedToken => ({ name, token: goodToken(ctx, claims) });
  const required = ['iss', 'aud', 'exp', 'iat', 'sub', 'client_id', 'jti'];
  return [
    ...required.map((claim) => bad(`${claim} missing`, { [claim]: undefined })),
    bad('aud of another API', { aud: 'https://another-api.invalid' }),
    bad('aud with a foreign one beside ours', { aud: [ctx.audience, 'https://another-api.invalid'] }),
    bad('aud with ours last', { aud: ['https://another-api.invalid', ctx.audience] }),
    bad('aud with ours twice', { aud: [ctx.audience, ctx.audience] }),
    bad('aud as an empty array', { aud: [] }),
    bad('aud as an object', { aud: { 0: ctx.audience, length: 1 } }),
    bad('aud as a nested array', { aud: [[ctx.audience]] }),
    bad('aud with a trailing slash', { aud: `${ctx.audience}/` }),
    bad('aud that begins with ours', { aud: `${ctx.audience}.attacker.invalid` }),
    bad('aud null', { aud: null }),
    bad('iss of a stranger', { iss: 'https://attacker.invalid' }),
    bad('iss with a trailing slash', { iss: `${ctx.issuer}/` }),
    bad('iss in upper case', { iss: ctx.issuer.toUpperCase() }),
    bad('iss as an array', { iss: [ctx.issuer] }),
    bad('iss empty', { iss: '' }),
    bad('sub as a number', { sub: 42 }),
    bad('sub as an object', { sub: { id: 'worker' } }),
    bad('sub as an array', { sub: ['worker'] }),
    bad('sub null', { sub: null }),
    bad('sub true', { sub: true }),
    bad('sub empty', { sub: '' }),
    bad('sub of 256 characters', { sub: 's'.repeat(256) }),
    bad('sub with a NUL', { sub: 'worker\u0000admin' }),
    bad('sub with half a surrogate pair', { sub: 'worker\ud800' }),
    bad('client_id as a number', { client_id: 7 }),
    bad('client_id empty', { client_id: '' }),
    bad('client_id as an array', { client_id: ['front.demo'] }),
    bad('jti empty', { jti: '' }),
    bad('jti as a number', { jti: 1 }),
    bad('jti of 256 characters', { jti: 'j'.repeat(256) }),
    bad('scope as an array', { scope: ['cases:read'] }),
    bad('scope as an object', { scope: { 'cases:read': true } }),
    bad('scope null', { scope: null }),
    bad('scope with a quote', { scope: 'cases:read "notes:read"' }),
    bad('scope with a line break', { scope: 'cases:read\nnotes:read' }),
  ];
}

/** Wrong as texts: white space, padding, repeated names, sizes. */
function wrongTexts(ctx: BadTokenContext): NamedToken[] {
  const good = goodToken(ctx);
  const [header = '', payload = '', signature = ''] = good.split('.');
  const sign_ = es256(keyObject(ctx.privateKey));
  const plain = JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: ctx.kid });
  const claims = JSON.stringify(ctx.validClaims);
  const raw = (name: string, head: string, body: string): NamedToken => ({
    name,
    token: compact(head, body, sign_),
  });
  const encoded = (name: string, head: string, body: string): NamedToken => ({
    name,
    token: `${head}.${body}.${base64url(sign_(`${head}.${body}`))}`,
  });
  return [
    raw('a name repeated in the payload', plain, claims.replace('{', '{"sub":"first",')),
    raw('a name repeated in the payload, once escaped', plain, claims.replace('{', '{"\\u0073ub":"first",')),
    raw('a name repeated deep in the payload', plain, claims.replace('{', '{"act":{"sub":"a","sub":"b"},')),
    raw('a name repeated in an object in an array', plain, claims.replace('{', '{"act":[{"a":1,"a":2}],')),
    raw('a name repeated in the header: alg', plain.replace('{', '{"alg":"none",'), claims),
    raw('a name repeated in the header: kid', plain.replace('{', '{"kid":"another",'), claims),
    raw('a payload that is an array', plain, `[${claims}]`),
    raw('a payload that is a string', plain, JSON.stringify(claims)),
    raw('a payload that is null', plain, 'null'),
    raw('a payload that is no JSON', plain, 'sub=worker'),
    raw('a payload with something after it', plain, `${claims}{}`),
    raw('a payload with a byte order mark', plain, `\ufeff${claims}`),
    raw('a header that is an array', `[${plain}]`, claims),
    raw('a header with a byte order mark', `\ufeff${plain}`, claims),
    {
      name: 'a payload that is not UTF-8',
      token: ((): string => {
        const bytes = Buffer.from(claims.replace('{', '{"x":"?",'));
        bytes[bytes.indexOf('?')] = 0xff;
        const input = `${base64url(plain)}.${base64url(bytes)}`;
        return `${input}.${base64url(sign_(input))}`;
      })(),
    },
    raw('oversized by an unknown claim', plain, claims.replace('{', `{"x":"${'x'.repeat(9000)}",`)),
    raw('oversized by its header', plain.replace('{', `{"x":"${'x'.repeat(9000)}",`), claims),
    { name: 'oversized noise', token: 'a'.repeat(12_000) },
    {
      name: 'white space inside',
      token: `${header}.${payload.slice(0, 9)} ${payload.slice(9)}.${signature}`,
    },
    {
      name: 'a line break in the signature',
      token: `${header}.${payload}.${signature.slice(0, 9)}\n${signature.slice(9)}`,
    },
    encoded('padded base64url in the header', padded(header), payload),
    encoded('padded base64url in the payload', header, padded(payload)),
    { name: 'padded base64url in the signature', token: `${header}.${payload}.${signature}==` },
    {
      name: 'base64url with spare bits in the signature',
      token: `${header}.${payload}.${spareBits(signature)}`,
    },
    { name: 'base64 instead of base64url', token: `${header}.${payload}.${plainBase64(ctx)}` },
    { name: 'a NUL at the end', token: `${good}\u0000` },
    { name: 'a word', token: 'null' },
  ];
}

async function otherFormats(ctx: BadTokenContext): Promise<NamedToken[]> {
  const [header = '', payload = '', signature = ''] = goodToken(ctx).split('.');
  const one = { protected: header, signature };
  const text = new TextEncoder().encode(JSON.stringify(ctx.validClaims));
  const { x, y, kty, crv } = ctx.publicJwk;
  const recipient = await webcrypto.subtle.importKey(
    'jwk',
    { x, y, kty, crv } as webcrypto.JsonWebKey,
    { name: 'ECDH', namedCurve: 'P-256' },
    true,
    [],
  );
  const encrypt = (head: Json): Promise<string> =>
    new CompactEncrypt(text)
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: ctx.kid, ...head })
      .encrypt(recipient as CryptoKey);
  return [
    {
      name: 'JSON serialisation with two signatures',
      token: JSON.stringify({ payload, signatures: [one, one] }),
    },
    { name: 'flattened JSON serialisation', token: JSON.stringify({ payload, ...one }) },
    { name: 'a JWE', token: await encrypt({ typ: 'at+jwt' }) },
    { name: 'a JWE that holds a JWS', token: await encrypt({ typ: 'at+jwt', cty: 'JWT' }) },
    { name: 'a JWT inside a JWT', token: nested(ctx) },
  ];
}

/** RFC 7519 §5.2: `cty: JWT`, and a token where the claims should be. */
function nested(ctx: BadTokenContext): string {
  const header = JSON.stringify({ alg: 'ES256', typ: 'at+jwt', cty: 'JWT', kid: ctx.kid });
  return compact(header, goodToken(ctx), es256(keyObject(ctx.privateKey)));
}

function keyObject(key: CryptoKey | KeyObject): KeyObject {
  return key instanceof KeyObject ? key : KeyObject.from(key as webcrypto.CryptoKey);
}

function swapCase(text: string): string {
  return [...text].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join('');
}

function flipBit(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[10] = (copy[10] ?? 0) ^ 1;
  return copy;
}

/** Always wrong: the missing padding, or padding where none is due. */
function padded(part: string): string {
  return part + '='.repeat(4 - (part.length % 4));
}

/** 64 bytes leave four bits of the last character unused: set, they decode to the same signature. */
function spareBits(signature: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return signature.slice(0, -1) + alphabet[alphabet.indexOf(signature.slice(-1)) + 1];
}

/** ECDSA signatures vary: one is taken that holds a character in which the two alphabets differ. */
function plainBase64(ctx: BadTokenContext): string {
  const [header, payload] = goodToken(ctx).split('.');
  for (;;) {
    const signed = es256(keyObject(ctx.privateKey))(`${header}.${payload}`)
      .toString('base64')
      .replaceAll('=', '');
    if (/[+/]/.test(signed)) return signed;
  }
}
