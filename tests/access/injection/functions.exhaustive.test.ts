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
  'option',
] as const satisfies readonly (keyof Hidden)[];
const SENDERS: readonly Sender[] = [
  NOBODY,
  ...[
    'worker.sevran',
    'reception.sevran',
    'head.sevran',
    'person.sevran',
    'client.integration',
    'client.booking',
    'admin',
  ].map((login): Sender => ({ role: 'cosmos_app', login })),
];

describe.each(SENDERS.map((sender) => ({ sender, name: nameOf(sender) })))('$name', ({ sender }) => {
  let telling: readonly string[];
  beforeAll(async () => {
    telling = await whatFunctionsTell(
      scene,
      sender,
      WANTED.map((row) => scene.hidden[row]),
    );
  });

  test('learns nothing by a function, though the sender has the ids', () => {
    expect(telling).toEqual([]);
  });
});
