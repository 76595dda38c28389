import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ahead } from '../support/days.js';

/** A head who receives persons as well, in the same district: what an appointment opens stays open in the list of unassigned cases. */
let database: TestDatabase;
let app: TestApp;
let id: string;
let other: string;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  const make = rowsOf(database);
  const sevran = (await county(database)).district('Sevran');
  const { id: districtId } = await sevran;
  const head = await sevran.head('hélène');
  await make.membership({ workerId: head.id, districtId, role: 'SOCIAL_WORKER' });
  const [met, unmet] = [await sevran.case(), await sevran.case()];
  [id, other] = [met.id, unmet.id];
  await database.sql(`update person set phone = '0148000000'`);
  const appointmentId = await make.appointment({ districtId, startsAt: ahead(1), endsAt: ahead(25 / 24) });
  await make.appointmentWorker({ appointmentId, workerId: head.id });
  await make.appointmentPerson({ appointmentId, personId: met.personId });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

test('she reads the phone of the person whom she receives, and the name alone of the other', async () => {
  const asked = `query ($id: ID!) { case(id: $id) { persons { displayName phone } } }`;
  const hélène = await app.as('hélène');
  const met = await hélène.send(asked, { id });
  expect(met.codes).toEqual([]);
  expect(met.data?.['case'].persons).toEqual([{ displayName: expect.any(String), phone: '0148000000' }]);
  const unmet = await hélène.send(asked, { id: other });
  expect(unmet.codes).toEqual(['FORBIDDEN']);
  expect(unmet.data?.['case'].persons).toEqual([{ displayName: expect.any(String), phone: null }]);
});
