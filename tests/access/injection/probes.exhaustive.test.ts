import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Hidden, nameOf, type Scene, type Sender, setScene } from './scene.js';
import { openSession } from './session.js';
import { PROBES } from './tries/writing.js';

/** A statement about a hidden row is answered as one about a row that is nowhere: the error does not tell that the row is there. */
let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
});
afterAll(() => scene.database.drop());

const as = (login: string): Sender => ({ role: 'cosmos_app', login });
const SENDERS = ['worker.sevran', 'reception.sevran', 'head.sevran', 'person.sevran'].map(as);

/** What a statement answers for a hidden row and for a row that is nowhere, each with the ids left out. */
async function answers(
  sender: Sender,
  of: (hidden: Hidden) => string,
  id: keyof Hidden,
): Promise<readonly string[]> {
  const session = await openSession(scene.database, sender);
  try {
    const texts: string[] = [];
    for (const value of [scene.hidden[id], crypto.randomUUID()]) {
      await session.begin();
      const { text, count } = await session.say(of({ ...scene.hidden, [id]: value }));
      // A constraint that waits for COMMIT is asked now.
      const late = await session.say('set constraints all immediate');
      texts.push(`${text} ${count} ${late.text}`.replaceAll(value, 'the id'));
      await session.rollback();
    }
    return texts;
  } finally {
    await session.close();
  }
}

describe.each(SENDERS.map((sender) => ({ sender, name: nameOf(sender) })))('$name', ({ sender }) => {
  test.each(PROBES)('%s', async (_name, of, id) => {
    const [there, nowhere] = await answers(sender, of, id);
    expect(there).toBe(nowhere);
    // A mistake in the statement would be refused alike: no such column, no such table, a syntax error, a missing or a bad value.
    expect(there).not.toMatch(/^(42703|42P01|42601|42804|42883|23502|22P02)/);
  });
});

describe('an insert does not tell that a hidden row is there', () => {
  const district = `(viewer_districts('any'))[1]`;
  test('an appointment of a hidden case', async () => {
    const of = (
      h: Hidden,
    ): string => `insert into appointment (id, district_id, case_id, type_code, mode, starts_at, ends_at)
      values (gen_random_uuid(), ${district}, '${h.case}', 'FOLLOW_UP', 'ON_SITE', now() + interval '300 days', now() + interval '7201 hours')`;
    const [there, nowhere] = await answers(as('worker.sevran'), of, 'case');
    expect(there).toBe(nowhere);
  });

  test('a person with the reference of a hidden person', async () => {
    const of = (h: Hidden): string =>
      `insert into person (id, district_id, reference, given_name, family_name) values (gen_random_uuid(), ${district}, '${h.personReference}', 'a', 'b')`;
    const [there, nowhere] = await answers(as('worker.sevran'), of, 'personReference');
    expect(there).toBe(nowhere);
  });

  test('a time of a worker of another district', async () => {
    const [busy] = await scene.database.sql<{ worker: string; at: string; until: string }>(
      `select worker_id as worker, starts_at::text as at, ends_at::text as until from occupancy
       where district_id = $1 and starts_at > now() order by starts_at limit 1`,
      [scene.hidden.district],
    );
    const session = await openSession(scene.database, as('reception.sevran'));
    try {
      await session.begin();
      const { code } =
        await session.say(`insert into occupancy (id, worker_id, district_id, appointment_id, starts_at, ends_at)
        select gen_random_uuid(), '${busy?.worker}', ${district}, (select id from appointment where starts_at > now() limit 1), '${busy?.at}', '${busy?.until}'`);
      expect(code).toBe('42501');
    } finally {
      await session.rollback();
      await session.close();
    }
  });
});
