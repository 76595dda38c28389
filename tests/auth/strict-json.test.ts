import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseStrictObject } from '../../src/auth/strict-json.js';

test('any object without a repeated name is parsed as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(0, 2, '\t'), (object, space) => {
      const text = JSON.stringify(object, null, space);
      expect(parseStrictObject(text)).toEqual(JSON.parse(text));
    }),
  );
});

test('a name repeated anywhere is found, however it is written', () => {
  const hex = (c: string): string => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const escaped = (name: string): string => `"${name.split('').map(hex).join('')}"`;
  fc.assert(
    fc.property(
      fc.string(),
      fc.jsonValue(),
      fc.jsonValue(),
      fc.boolean(),
      fc.boolean(),
      (name, a, b, deep, raw) => {
        const again = raw ? JSON.stringify(name) : escaped(name);
        const twice = `{${JSON.stringify(name)} : ${JSON.stringify(a)}, ${again}\n:${JSON.stringify(b)}}`;
        expect(parseStrictObject(deep ? `{"in":[[],{},${twice}]}` : twice)).toBeNull();
      },
    ),
  );
});

test.each(['', '[]', 'null', '1', '"{}"', '{', '{}{}', "{'a':1}", '{"a":1,}', '{"a":NaN}', '\ufeff{}'])(
  '%j is no object',
  (text) => {
    expect(parseStrictObject(text)).toBeNull();
  },
);

test('__proto__ stays a name like others, and changes no prototype', () => {
  const parsed = parseStrictObject('{"__proto__":{"sub":"forged"}}');
  expect(parsed?.['sub']).toBeUndefined();
  expect(parseStrictObject('{"__proto__":1,"__proto__":2}')).toBeNull();
});

test('brackets deep enough to end a recursive scan are an answer, not a crash', () => {
  const deep = `{"a":${'['.repeat(4000)}${']'.repeat(4000)}}`;
  expect(parseStrictObject(deep)).not.toBeNull();
});
