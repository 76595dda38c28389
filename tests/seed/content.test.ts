import { describe, expect, test } from '@jest/globals';
import { APPOINTMENT_SUBJECTS, makeAppointmentSubject } from '../../prisma/seed/content/appointments.js';
import { makeNoteText } from '../../prisma/seed/content/notes.js';
import { FAMILY_NAMES, GIVEN_NAMES, makePersonName } from '../../prisma/seed/content/people.js';
import { createRandom, type Random } from '../../prisma/seed/content/random.js';
import { APPOINTMENT_TYPES } from '../../prisma/seed/reference/appointment-types.js';
import { NEED_CODES } from '../../prisma/seed/reference/need-codes.js';
import { FORBIDDEN, JUDGEMENTS, matches } from './forbidden.js';

/** The same stream, and how many values have been drawn from it. */
function counted(stream: Random): { random: Random; draws: () => number } {
  let draws = 0;
  const drawn = <T>(many: number, value: T): T => {
    draws += many;
    return value;
  };
  const random: Random = {
    next: () => drawn(1, stream.next()),
    int: (min, max) => drawn(1, stream.int(min, max)),
    pick: (items) => drawn(1, stream.pick(items)),
    chance: (probability) => drawn(1, stream.chance(probability)),
    uuid: () => drawn(4, stream.uuid()),
    shuffle: (items) => drawn(items.length, stream.shuffle(items)),
  };
  return { random, draws: () => draws };
}

describe('random', () => {
  test('the same seed gives the same stream, another seed another one', () => {
    const draw = (seed: string): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 20 }, () => random.next());
    };
    expect(draw('cosmos')).toEqual(draw('cosmos'));
    expect(draw('cosmos')).not.toEqual(draw('cosmot'));
  });

  test('int keeps to its bounds and reaches both', () => {
    const random = createRandom('int');
    const seen = new Set(Array.from({ length: 2000 }, () => random.int(3, 7)));
    expect([...seen].sort()).toEqual([3, 4, 5, 6, 7]);
  });

  test('uuid has the shape of a version 4 and does not repeat', () => {
    const random = createRandom('uuid');
    const ids = Array.from({ length: 10_000 }, () => random.uuid());
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('shuffle keeps every element and leaves its argument alone', () => {
    const items = Object.freeze([1, 2, 3, 4, 5, 6, 7, 8]);
    const shuffled = createRandom('shuffle').shuffle(items);
    expect(shuffled).not.toEqual(items);
    expect([...shuffled].sort()).toEqual(items);
  });

  test('pick refuses an empty list, chance follows its probability', () => {
    const random = createRandom('chance');
    expect(() => random.pick([])).toThrow(RangeError);
    const hits = Array.from({ length: 10_000 }, () => random.chance(0.2)).filter(Boolean).length;
    expect(hits).toBeGreaterThan(1800);
    expect(hits).toBeLessThan(2200);
  });
});

describe('people', () => {
  test('long lists without repetition', () => {
    for (const names of [GIVEN_NAMES, FAMILY_NAMES]) {
      expect(names.length).toBeGreaterThanOrEqual(80);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test('most persons in full, some under a chosen name only, some anonymous', () => {
    const random = createRandom('people');
    const people = Array.from({ length: 2000 }, () => makePersonName(random));
    const count = (kind: string): number => people.filter((person) => person.kind === kind).length;
    expect(count('FULL')).toBeGreaterThan(1700);
    expect(count('CHOSEN')).toBeGreaterThan(50);
    expect(count('ANONYMOUS')).toBeGreaterThan(25);
    for (const person of people) {
      if (person.kind === 'ANONYMOUS') expect(person.displayName).toBeNull();
      if (person.kind === 'CHOSEN')
        expect([person.familyName, person.displayName]).toEqual([null, person.chosenName]);
      if (person.kind === 'FULL') expect(person.displayName).toContain(person.familyName);
    }
  });
});

describe('notes', () => {
  const make = (seed: string, count: number): string[] => {
    const random = createRandom(seed);
    return Array.from({ length: count }, () => {
      const { displayName } = makePersonName(random);
      const needCodes = random
        .shuffle(NEED_CODES)
        .slice(0, random.int(0, 3))
        .map(({ code }) => code);
      return makeNoteText(random, { personName: displayName, needCodes });
    });
  };
  const notes = make('notes', 1200);

  test('1,200 distinct texts, the same ones for the same seed', () => {
    expect(new Set(notes).size).toBe(1200);
    expect(make('notes', 1200)).toEqual(notes);
    expect(make('other', 1)[0]).not.toBe(notes[0]);
  });

  test('60 to 250 words, every slot filled, no forbidden datum, no judgement', () => {
    for (const note of notes) {
      const words = note.split(' ').length;
      expect(words).toBeGreaterThanOrEqual(60);
      expect(words).toBeLessThanOrEqual(250);
      expect(note).not.toMatch(/[{}]|undefined|null|\(e\)| {2}/);
      expect(matches(note, [...FORBIDDEN, ...JUDGEMENTS])).toEqual([]);
    }
  });

  test('elision is respected before names and articles', () => {
    for (const note of notes)
      expect(note).not.toMatch(/ (de|que|le|la|du) [AEIOUÉÈÎ][a-zéèï]|\bde (le|les|un|une)\b/);
  });

  test('every need code has sentences of its own', () => {
    const random = createRandom('codes');
    const byCode = NEED_CODES.map(({ code }) =>
      makeNoteText(random, { needCodes: [code], personName: 'Camille' }),
    );
    expect(new Set(byCode).size).toBe(NEED_CODES.length);
    for (const note of byCode) expect(note).toContain('.');
  });

  test('without a sensitive code, nothing on violence, mental or sexual health, or addiction', () => {
    const random = createRandom('ordinary');
    const ordinary = NEED_CODES.filter(({ sensitive }) => !sensitive).map(({ code }) => code);
    for (let i = 0; i < 2000; i++) {
      const needCodes = i % 2 === 0 ? [] : [random.pick(ordinary)];
      expect(makeNoteText(random, { needCodes })).not.toMatch(
        /violence|harcèlement|CMP|CSAPA|sexuelle|danger|consommation dont/,
      );
    }
  });

  test('unknown need codes are ignored', () => {
    expect(makeNoteText(createRandom('x'), { needCodes: ['ZZZ-99'] })).toBe(makeNoteText(createRandom('x')));
  });

  test('fast enough for 200,000 notes: under 50 microseconds each', () => {
    // A note is put together once, of what is drawn for it. With 47 draws, that takes 20 microseconds.
    const { random, draws } = counted(createRandom('speed'));
    for (let i = 0; i < 4000; i++)
      makeNoteText(random, { personName: 'Awa Martin', needCodes: ['LOG-03', 'BUD-01'] });
    expect(draws() / 4000).toBeLessThan(100);
  });
});

describe('appointments', () => {
  test('every type that is about someone has subjects, short, and free of forbidden or sensitive words', () => {
    expect(Object.keys(APPOINTMENT_SUBJECTS).sort()).toEqual(
      APPOINTMENT_TYPES.filter(({ option }) => option === undefined)
        .map(({ code }) => code)
        .sort(),
    );
    for (const subject of Object.values(APPOINTMENT_SUBJECTS).flat()) {
      expect(subject.length).toBeLessThanOrEqual(70);
      expect(matches(subject, [...FORBIDDEN, ...JUDGEMENTS, /violence|santé|addiction/i])).toEqual([]);
    }
    expect(makeAppointmentSubject(createRandom('s'), 'UNKNOWN')).not.toBe('');
  });
});
