import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Requester, startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** In the agenda of the worker whom they stand in for, a stand-in books for the cases that they follow. */
let database: TestDatabase;
let app: TestApp;
let standIn: Requester;
let seen: { absent: string; district: string; person: string; case: string };

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database);
  standIn = await app.as('worker2.sevran');
  const [row] = await database.sql<typeof seen>(
    `select w.id as absent, d.id as district, (select p.id from person p where p.district_id = d.id order by p.id limit 1) as person,
       (select c.id from "case" c where c.assigned_worker_id = w.id and c.status = 'OPEN' order by c.id limit 1) as case
     from worker w, district d where w.subject = 'agent-03' and d.slug = 'sevran'`,
  );
  if (row === undefined) throw new Error('nobody is absent');
  seen = row;
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const BOOK =
  'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { id workers { id } case { id } } }';
const input = (more: Record<string, unknown>) => ({
  input: {
    districtId: seen.district,
    workerIds: [seen.absent],
    typeCode: 'FOLLOW_UP',
    startsAt: new Date(Date.now() + 40 * 86_400_000).toISOString(),
    ...more,
  },
});

describe('a stand-in', () => {
  test('is refused what they would not see: an appointment without a case, with or without a person', async () => {
    for (const more of [{}, { personIds: [seen.person] }]) {
      const answer = await standIn.send(BOOK, input(more));
      expect(answer.codes).toEqual(['FORBIDDEN']);
    }
    const made = await database.sql(
      `select from appointment where starts_at > now() + interval '39 days 23 hours'
      and starts_at < now() + interval '40 days 1 hour' and worker_ids @> array[$1::uuid]`,
      [seen.absent],
    );
    expect(made).toEqual([]);
  });

  test('books for a case that they follow, and sees it', async () => {
    const answer = await standIn.send(BOOK, input({ caseId: seen.case }));
    expect(answer.errors).toEqual([]);
    expect(answer.data?.['bookAppointment']).toMatchObject({
      workers: [{ id: seen.absent }],
      case: { id: seen.case },
    });
  });
});
