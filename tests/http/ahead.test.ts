import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { guardSchema } from '../../policies/index.js';
import { type Answer, startTestApp, type TestApp } from '../support/app.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/**
 * A calendar is read in the workshop before its transaction begins. Three logins without any right to import one once sent calendars
 * that take two seconds each, and a desk's letter waited for them.
 */
let database: TestDatabase;
let app: TestApp;
let underWay = 0;
let most = 0;
let made = 0;
let districtId: string;
const waiting: (() => void)[] = [];

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database, {
    guard: (schema) => {
      const field = schema.getMutationType()?.getFields()['importCalendar'];
      if (field === undefined) throw new Error('calendars are imported by another name now');
      field.extensions = {
        ...field.extensions,
        ahead: async () => {
          made += 1;
          underWay += 1;
          most = Math.max(most, underWay);
          await new Promise<void>((resolve) => waiting.push(resolve));
          underWay -= 1;
          return [];
        },
      };
      return guardSchema(schema);
    },
  });
  const sevran = (await county(database)).district('Sevran');
  await sevran.worker('alice');
  await sevran.head('hélène');
  districtId = (await sevran).id;
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const importCalendar = async (who: string, name = 'privé'): Promise<Answer> =>
  (await app.as(who)).send(
    'mutation ($input: ImportCalendarInput!) { importCalendar(input: $input) { name } }',
    { input: { districtId, name, content: 'BEGIN:VCALENDAR' } },
  );

describe('what a mutation makes of its input before its transaction', () => {
  test.each(['hélène', 'client.reporting'])('is made for nobody who may not do it: %s', async (who) => {
    const answer = await importCalendar(who);
    expect(answer.codes).toEqual(['FORBIDDEN']);
    expect(made).toBe(0);
  });

  test('is made one at a time for each login', async () => {
    const answers = ['un', 'deux', 'trois'].map((name) => importCalendar('alice', name));
    for (let done = 0; done < 3; done += 1) {
      while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
      waiting.shift()?.();
    }
    for (const answer of await Promise.all(answers)) expect(answer.codes).not.toContain('FORBIDDEN');
    expect({ made, most }).toEqual({ made: 3, most: 1 });
  });
});
