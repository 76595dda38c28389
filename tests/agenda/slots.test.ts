import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { county, openHours } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let app: TestApp;
beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

test('a worker of two districts is offered in one at no time at which they are busy in the other', async () => {
  const all = await county(database);
  const [sevran, gagny] = [all.district('Sevran'), all.district('Gagny')];
  // Mornings in Sevran, afternoons in Gagny.
  const alice = await sevran.worker('alice').open({ closesAt: '12:00' });
  await sevran.receptionist('accueil.sevran');
  await gagny.receptionist('accueil.gagny');
  await rowsOf(database).membership({ workerId: alice.id, districtId: (await gagny).id });
  await openHours(database, alice.id, (await gagny).id, { opensAt: '13:00' });
  const book = async (desk: string, districtId: string, startsAt: string) =>
    (await app.as(desk)).send(
      'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { startsAt } }',
      {
        input: { districtId, workerIds: [alice.id], typeCode: 'PHONE_CALL', startsAt },
      },
    );
  // The next Monday but one, nine o'clock in Paris.
  const day = new Date(Date.now() + 14 * 24 * 3_600_000);
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7));
  const [row] = await database.sql<{ at: Date }>(
    `select ($1::date + time '09:00') at time zone 'Europe/Paris' as at`,
    [day.toISOString().slice(0, 10)],
  );
  const nine = row?.at.toISOString() ?? '';
  const taken = await book('accueil.gagny', (await gagny).id, nine);
  expect(taken.errors).toEqual([]);
  const lost = await book('accueil.sevran', (await sevran).id, nine);
  expect(lost.codes).toEqual(['CONFLICT']);
  const offered = lost.errors[0]?.extensions['nextFreeSlots'] as { startsAt: string }[];
  expect(offered).toHaveLength(3);
  expect(offered.map((slot) => slot.startsAt)).not.toContain(nine);
  const [next] = offered;
  expect((await book('accueil.sevran', (await sevran).id, next?.startsAt ?? '')).errors).toEqual([]);
});
