import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { attack, type Before, lookBefore } from './attack.js';
import { nameOf, type Scene, type Sender, setScene } from './scene.js';
import { MAKING } from './tries/making.js';
import { PLANNING, READING } from './tries/reading.js';
import { ROLE, VIEWER } from './tries/viewer.js';
import { WRITING } from './tries/writing.js';

/** All tries whose check is the same: no more is seen, told, written or logged than before. */
export const EVERYTHING = [VIEWER, ROLE, READING, PLANNING, MAKING, WRITING] as const;

/** The tables that are looked at after each try of every day: what a forged viewer would see first. */
export const MOST_WANTED = ['interview_note', 'person', 'case', 'person_address', 'case_key', 'encounter'];

/** Tests that these senders get nothing by any try. @param tables the tables that are looked at; all unless given */
export function tryEverything(senders: readonly Sender[], tables?: readonly string[]): void {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setScene();
  });
  afterAll(() => scene.database.drop());

  describe.each(senders.map((sender) => ({ sender, name: nameOf(sender) })))('$name', ({ sender }) => {
    let before: Before;
    beforeAll(async () => {
      before = await lookBefore(scene.database, sender, tables);
    });

    test.each(EVERYTHING.map((tries) => ({ subject: tries.subject, tries })))(
      'never $subject',
      async ({ tries }) => {
        expect(await attack(scene, sender, tries, before)).toEqual([]);
      },
    );
  });
}
