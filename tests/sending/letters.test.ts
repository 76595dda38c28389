import { expect, test } from '@jest/globals';
import { type Letter, makeLetter } from '../../src/workshop/letter.js';

const LETTER: Letter = {
  to: ['Łucja Nguyễn', '12 rue des Lilas', '93270 Sevran'],
  from: '1 rue des Écoles, 93270 Sevran',
  on: new Date('2027-02-25T14:00:00.001Z'),
  text: 'Rappel : entretien le mardi 2 mars à 10:00, 1 rue des Écoles, 93270 Sevran.',
};

test('is one page of A4, with the letters of whatever name it bears', async () => {
  const source = Buffer.from(await makeLetter(LETTER), 'base64').toString('latin1');
  expect(source.slice(0, 5)).toBe('%PDF-');
  expect(source.match(/\/Type \/Page\b/g)).toHaveLength(1);
  expect(source).toContain('/MediaBox [0 0 595.28 841.89]');
  // A font of its own, in which each letter is one of Unicode.
  expect(source).toMatch(/\/FontFile2 /);
  expect(source).toMatch(/\/ToUnicode /);
});

test('is the same file for the same letter of a day, and another for another', async () => {
  const made = await makeLetter(LETTER);
  const later = new Date('2027-02-25T14:00:07.777Z');
  expect(await makeLetter({ ...LETTER, on: later })).toBe(made);
  expect(await makeLetter({ ...LETTER, text: 'Autre chose.' })).not.toBe(made);
});
