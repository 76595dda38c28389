import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { whatFunctionsTell } from './functions.js';
import { type Hidden, NOBODY, nameOf, type Scene, type Sender, setScene } from './scene.js';

/** A function of the keeper answers an id of a hidden row as it answers the id of no row. Each such function is called, also a new one. */
let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
});
afterAll(() => scene.database.drop());

const WANTED = [
  'person',
  'case',
  'note',
  'appointment',
  'author',
] as const satisfies readonly (keyof Hidden)[];
const SENDERS: readonly Sender[] = [
  NOBODY,
  { role: 'cosmos_app', login: 'worker.sevran' },
  { role: 'cosmos_app', login: 'person.sevran' },
];

/**
 * The functions that tell a viewer something of a hidden row whose id the viewer has, and why. The API asks them only of rows that its
 * conditions let through.
 */
const OF_A_KNOWN_ID = ['case_confirms_nothing', 'ends_suspension', 'place_is_typed'] as const;

describe.each(SENDERS.map((sender) => ({ sender, name: nameOf(sender) })))('$name', ({ sender }) => {
  let telling: readonly string[];
  beforeAll(async () => {
    telling = await whatFunctionsTell(
      scene,
      sender,
      WANTED.map((row) => scene.hidden[row]),
    );
  });

  test('learns nothing by a function, unless the viewer has logged in and has the id', () => {
    const known: readonly string[] = sender === NOBODY ? [] : OF_A_KNOWN_ID;
    expect(telling.filter((name) => !known.includes(name))).toEqual([]);
  });
});
