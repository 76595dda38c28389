import { expect, test } from '@jest/globals';
import { bearerToken } from '../../src/auth/bearer.js';
import { UnauthenticatedError } from '../../src/errors.js';

test('no header is an anonymous request', () => {
  expect(bearerToken(undefined)).toBeNull();
});

test.each([
  ['Bearer abc.def.ghi', 'abc.def.ghi'],
  ['bearer abc', 'abc'],
  ['BEARER abc', 'abc'],
  ['Bearer  abc', 'abc'],
  ['Bearer A-Z._~+/a==', 'A-Z._~+/a=='],
])('%j holds a token', (header, token) => {
  expect(bearerToken(header)).toBe(token);
});

test.each([
  '',
  ' ',
  'Bearer',
  'Bearer ',
  'Bearer abc def',
  'Bearer abc, Bearer def',
  'Bearer abc,def',
  'Bearer abc\n',
  'Bearer\tabc',
  ' Bearer abc',
  'Bearer abc ',
  'Bearer =abc',
  'Bearer "abc"',
  'Bearer: abc',
  'Bearerabc',
  'abc.def.ghi',
  'Basic dXNlcjpwYXNz',
  'DPoP abc',
  'Basic abc, Bearer def',
  'Béarer abc',
  'Bearer äbc',
])('%j is refused, not taken for anonymous', (header) => {
  expect(() => bearerToken(header)).toThrow(UnauthenticatedError);
});
