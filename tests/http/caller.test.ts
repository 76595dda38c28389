import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import type { VerifiedToken } from '../../src/auth/token-verifier.js';
import { addressOf, callerOf, callerOfFile } from '../../src/http/caller.js';

/** As Node gives it: who is connected, and what each hop before has told. */
function request(remoteAddress: string, ...forwarded: string[]): IncomingMessage {
  const headersDistinct = forwarded.length === 0 ? {} : { 'x-forwarded-for': forwarded };
  return { socket: { remoteAddress }, headersDistinct } as unknown as IncomingMessage;
}

const token = (subject: string, ...scopes: string[]): VerifiedToken => ({
  issuer: 'https://issuer.example',
  subject,
  clientId: 'front.demo',
  scopes,
  tokenId: 'one',
  expiresAt: new Date('2027-01-01T00:00:00Z'),
});

describe('the address of a request', () => {
  test('is that of the connection, whatever is told, where the county has no proxy', () => {
    expect(addressOf(request('192.0.2.1'), 0)).toBe('192.0.2.1');
    expect(addressOf(request('192.0.2.1', '198.51.100.7'), 0)).toBe('192.0.2.1');
  });

  test('is what the county’s own proxies tell, and not what was told to them', () => {
    expect(addressOf(request('10.0.0.1', '203.0.113.9, 192.0.2.1'), 1)).toBe('192.0.2.1');
    expect(addressOf(request('10.0.0.1', '203.0.113.9', '192.0.2.1, 10.0.0.2'), 2)).toBe('192.0.2.1');
    expect(addressOf(request('10.0.0.1'), 1)).toBe('10.0.0.1');
  });

  test('is a network of IPv6, since its holder has as many addresses as they like', () => {
    expect(addressOf(request('2001:db8:0:7::1'), 0)).toBe('2001:db8:0:7::/64');
    expect(addressOf(request('2001:0db8:0000:0007:1:2:3:4'), 0)).toBe('2001:db8:0:7::/64');
    expect(addressOf(request('2001:db8::1'), 0)).toBe('2001:db8:0:0::/64');
    expect(addressOf(request('::1'), 0)).toBe('0:0:0:0::/64');
    expect(addressOf(request('::ffff:192.0.2.1'), 0)).toBe('192.0.2.1');
  });
});

describe('a request counts for', () => {
  test('its login, from wherever it comes', () => {
    const [one, other] = ['192.0.2.1', '192.0.2.2'].map((address) =>
      callerOf(request(address), token('alice'), 0),
    );
    expect(one).toEqual(other);
    expect(one).toMatchObject({ kind: 'LOGIN' });
    expect(callerOf(request('192.0.2.1'), token('bruno'), 0)).not.toEqual(one);
  });

  test('the end user of a booking client, within the share of the client', () => {
    const [one, other] = ['198.51.100.7', '198.51.100.8'].map((endUser) =>
      callerOf(request('192.0.2.1', endUser), token('client.booking', 'booking'), 0),
    );
    expect(one).toMatchObject({ kind: 'BOOKING', member: '198.51.100.7' });
    expect(other).toMatchObject({ share: one?.share, member: '198.51.100.8' });
    // Behind a proxy of the county's, the client is the last that is told.
    expect(
      callerOf(request('10.0.0.1', '198.51.100.7, 192.0.2.1'), token('client.booking', 'booking'), 1),
    ).toEqual(one);
  });

  test('its address without a token; a file apart from the rest', () => {
    expect(callerOf(request('192.0.2.1'), null, 0)).toEqual({
      kind: 'ANONYMOUS',
      share: '',
      member: '192.0.2.1',
    });
    expect(callerOfFile(request('192.0.2.1'), null, 0)).toMatchObject({ kind: 'FILE', member: '192.0.2.1' });
    expect(callerOfFile(request('192.0.2.1'), token('alice'), 0)).toMatchObject({ kind: 'LOGIN' });
  });
});
