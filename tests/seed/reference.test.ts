import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import Holidays from 'date-holidays';
import { APPOINTMENT_TYPES } from '../../prisma/seed/reference/appointment-types.js';
import { COMMUNES } from '../../prisma/seed/reference/communes.js';
import { DISTRICTS } from '../../prisma/seed/reference/districts.js';
import { NEED_CODES, NEED_THEMES } from '../../prisma/seed/reference/need-codes.js';
import { PRIVACY_NOTICES } from '../../prisma/seed/reference/privacy-notices.js';
import { PUBLIC_HOLIDAY_YEARS, publicHolidays } from '../../prisma/seed/reference/public-holidays.js';
import { FORBIDDEN, JUDGEMENTS, matches } from './forbidden.js';

describe('communes', () => {
  const codes = COMMUNES.map(({ inseeCode }) => inseeCode);

  test('the 39 current communes of Seine-Saint-Denis, sorted and unique', () => {
    expect(COMMUNES).toHaveLength(39);
    expect(new Set(codes).size).toBe(39);
    expect(codes).toEqual([...codes].sort());
    for (const { inseeCode, name, postalCodes } of COMMUNES) {
      expect(inseeCode).toMatch(/^93\d{3}$/);
      expect(name).not.toBe('');
      expect(postalCodes.length).toBeGreaterThan(0);
      for (const postalCode of postalCodes) expect(postalCode).toMatch(/^93\d{3}$/);
    }
  });

  test('they are what the official geographic code says', () => {
    const official = createRequire(import.meta.url)('@etalab/decoupage-administratif/data/communes.json') as {
      code: string;
      nom: string;
      population: number;
      departement?: string;
      type: string;
    }[];
    const current = official.filter(
      (commune) => commune.departement === '93' && commune.type === 'commune-actuelle',
    );
    expect(COMMUNES.map(({ inseeCode, name, population }) => [inseeCode, name, population])).toEqual(
      current.map(({ code, nom, population }) => [code, nom, population]),
    );
  });

  test('Pierrefitte-sur-Seine is part of Saint-Denis', () => {
    expect(codes).not.toContain('93059');
    expect(COMMUNES.find(({ inseeCode }) => inseeCode === '93066')?.postalCodes).toContain('93380');
  });
});

describe('districts', () => {
  test('every commune is served by exactly one district', () => {
    const served = DISTRICTS.flatMap(({ servedInseeCodes }) => servedInseeCodes);
    expect([...served].sort()).toEqual(COMMUNES.map(({ inseeCode }) => inseeCode));
  });

  test('each office stands in a commune it serves, under its postal code, with a fictional number', () => {
    for (const district of DISTRICTS) {
      const commune = COMMUNES.find(({ inseeCode }) => inseeCode === district.communeInseeCode);
      expect(district.servedInseeCodes).toContain(district.communeInseeCode);
      expect(commune?.postalCodes).toContain(district.postalCode);
      expect(district.phone).toMatch(/^01 99 00 \d{2} \d{2}$/);
      expect(district.slug).toMatch(/^[a-z]+(-[a-z]+)*$/);
    }
    expect(new Set(DISTRICTS.map(({ slug }) => slug)).size).toBe(3);
  });

  test('opening hours are ordered spans of local time that never overlap', () => {
    for (const { openingHours } of DISTRICTS) {
      expect(new Set(openingHours.map(({ weekday }) => weekday))).toEqual(new Set([1, 2, 3, 4, 5]));
      const spans = openingHours.map(({ weekday, opens, closes }) => {
        expect(opens).toMatch(/^\d{2}:\d{2}$/);
        expect(closes > opens).toBe(true);
        return [`${weekday} ${opens}`, `${weekday} ${closes}`] as const;
      });
      const flat = spans.flat();
      expect(flat).toEqual([...flat].sort());
      expect(new Set(flat).size).toBe(flat.length);
    }
  });
});

describe('public holidays', () => {
  test.each([
    [
      2026,
      ['01-01', '04-06', '05-01', '05-08', '05-14', '05-25', '07-14', '08-15', '11-01', '11-11', '12-25'],
    ],
    [
      2027,
      ['01-01', '03-29', '05-01', '05-06', '05-08', '05-17', '07-14', '08-15', '11-01', '11-11', '12-25'],
    ],
  ])('%i', (year, days) => {
    expect(publicHolidays(year).map(({ date }) => date)).toEqual(days.map((day) => `${year}-${day}`));
  });

  test('the table is what date-holidays says, for every year', () => {
    const source = new Holidays('FR');
    for (let year = PUBLIC_HOLIDAY_YEARS.first; year <= PUBLIC_HOLIDAY_YEARS.last; year++) {
      const expected = source.getHolidays(year, 'fr').filter(({ type }) => type === 'public');
      expect(publicHolidays(year).map(({ date, labelFr }) => [date, labelFr])).toEqual(
        expected.map(({ date, name }) => [date.slice(0, 10), name]),
      );
    }
  });

  test('a year outside the table is an error', () => {
    expect(() => publicHolidays(2023)).toThrow(RangeError);
    expect(() => publicHolidays(2031)).toThrow(RangeError);
  });
});

describe('need codes', () => {
  test('about forty, unique, stable in form and numbered without gap in their theme', () => {
    const codes = NEED_CODES.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThanOrEqual(38);
    expect(codes.length).toBeLessThanOrEqual(45);
    for (const code of codes) expect(code).toMatch(/^[A-Z]{3}-\d{2}$/);
    for (const { theme } of NEED_THEMES) {
      const ofTheme = NEED_CODES.filter((need) => need.theme === theme).map(({ code }) => code);
      expect(new Set(ofTheme.map((code) => code.slice(0, 3))).size).toBe(1);
      expect(ofTheme.map((code) => Number(code.slice(4)))).toEqual(ofTheme.map((_, index) => index + 1));
    }
  });

  test('no forbidden datum and no judgement in any text', () => {
    for (const need of NEED_CODES) {
      const text = [need.labelFr, need.labelEn, need.definitionFr, need.countsFr, need.doesNotCountFr].join(
        '\n',
      );
      expect([need.code, ...matches(text, FORBIDDEN), ...matches(text, JUDGEMENTS)]).toEqual([need.code]);
      for (const part of text.split('\n')) expect(part.trim()).not.toBe('');
    }
  });

  test('codes named in "does not count" exist', () => {
    const codes = new Set(NEED_CODES.map(({ code }) => code));
    for (const { code, doesNotCountFr } of NEED_CODES) {
      for (const other of doesNotCountFr.match(/[A-Z]{3}-\d{2}/g) ?? []) {
        expect(codes.has(other)).toBe(true);
        expect(other).not.toBe(code);
      }
    }
  });

  test('violence, mental and sexual health, addiction and endangered minors are sensitive; nothing else', () => {
    expect(NEED_CODES.filter(({ sensitive }) => sensitive).map(({ code }) => code)).toEqual([
      'ENF-05',
      'SAN-03',
      'SAN-04',
      'SAN-05',
      'VIO-01',
      'VIO-02',
      'VIO-03',
    ]);
  });
});

describe('appointment types', () => {
  test('public labels are neutral and agree in both languages', () => {
    const english = { Entretien: 'Meeting', Visite: 'Visit', Appel: 'Call', Réunion: 'Group meeting' };
    for (const type of APPOINTMENT_TYPES) {
      expect(Object.keys(english)).toContain(type.publicLabelFr);
      expect(type.publicLabelEn).toBe(english[type.publicLabelFr]);
    }
  });

  test('codes are unique, every type has a mode, a booker but for hours without appointment, and a duration in fives of minutes', () => {
    expect(new Set(APPOINTMENT_TYPES.map(({ code }) => code)).size).toBe(APPOINTMENT_TYPES.length);
    for (const { modes, bookableBy, durationMinutes, option } of APPOINTMENT_TYPES) {
      expect(modes.length).toBeGreaterThan(0);
      expect(bookableBy.includes('SOCIAL_WORKER')).toBe(option !== 'WALK_IN_HOUR');
      expect(durationMinutes % 5).toBe(0);
    }
  });
});

describe('privacy notices', () => {
  test('short and full, in both languages, same version', () => {
    expect(PRIVACY_NOTICES.map(({ kind, language }) => `${kind} ${language}`)).toEqual([
      'SHORT fr',
      'SHORT en',
      'FULL fr',
      'FULL en',
    ]);
    expect(new Set(PRIVACY_NOTICES.map(({ version }) => version)).size).toBe(1);
  });

  test('the full notices name what articles 13 and 14 ask for', () => {
    const wanted = {
      fr: ['responsable du traitement', 'DPO', 'intérêt public', 'deux ans', 'CNIL', 'opposer', 'partenaire'],
      en: ['controller', 'DPO', 'public interest', 'two years', 'CNIL', 'object', 'partner'],
    };
    for (const { kind, language, body } of PRIVACY_NOTICES) {
      if (kind === 'FULL') for (const words of wanted[language]) expect(body).toContain(words);
      if (kind === 'SHORT') expect(body.split(/\s+/).length).toBeLessThan(130);
    }
  });
});
