import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { type BuiltCase, county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ahead } from '../support/days.js';

/** A confidential address: the assigned worker, the stand-in and the person; to all others, no address. */
let database: TestDatabase;
let app: TestApp;
let make: Rows;
let district: { id: string };
let file: BuiltCase;
let plain: BuiltCase;
let bare: BuiltCase;
let alice: { id: string };
let bruno: { id: string };
let appointmentOf: Record<string, string>;
const SECRET = '7 impasse du Secret';

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  make = rowsOf(database);
  const sevran = (await county(database)).district('Sevran');
  district = await sevran;
  await sevran.receptionist('rachid');
  await sevran.head('hélène');
  const builder = sevran.worker('alice');
  alice = await builder;
  bruno = await sevran.worker('bruno');
  const chloe = await sevran.worker('chloé');
  await sevran.worker('théo', 'TRAINEE');
  [file, plain, bare] = [await builder.case(), await builder.case(), await builder.case()];
  await make.personAddress({
    personId: file.personId,
    line: SECRET,
    postalCode: '93999',
    city: 'Nulleville',
    confidential: true,
  });
  await make.personAddress({ personId: plain.personId, line: '1 rue Claire' });
  await make.personAccount({ personId: file.personId, subject: 'ana' });
  appointmentOf = {};
  // Chloé holds an appointment with each, without following the case.
  for (const one of [file, plain, bare]) {
    const appointmentId = await make.appointment({
      districtId: district.id,
      startsAt: ahead(1),
      endsAt: ahead(25 / 24),
    });
    await make.appointmentWorker({ appointmentId, workerId: chloe.id });
    await make.appointmentPerson({ appointmentId, personId: one.personId });
    appointmentOf[one.personId] = appointmentId;
  }
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const ADDRESS = 'id version phone safeContact address { line postalCode city confidential version }';
/** A person by whatever path the viewer has to them. */
async function person(who: string, one: BuiltCase): Promise<Record<string, unknown> | null> {
  const requester = await app.as(
    who,
    who === 'ana' ? { clientId: 'front.person', scopes: ['cases:read', 'persons:read'] } : {},
  );
  if (who === 'ana') return (await requester.send(`{ me { ${ADDRESS} } }`)).data?.['me'] ?? null;
  const byAppointment = await requester.send(
    `query ($id: ID!) { appointment(id: $id) { persons { ${ADDRESS} } } }`,
    { id: appointmentOf[one.personId] },
  );
  const found = byAppointment.data?.['appointment']?.persons?.[0];
  if (found !== undefined) return found;
  const byCase = await requester.send(`query ($id: ID!) { case(id: $id) { persons { ${ADDRESS} } } }`, {
    id: one.id,
  });
  return byCase.data?.['case']?.persons?.[0] ?? null;
}
async function set(
  who: string,
  personId: string,
  expectedVersion: number,
  confidential = false,
  line = '9 rue Neuve',
) {
  return (await app.as(who)).send(
    `mutation ($input: SetPersonAddressInput!) { setPersonAddress(input: $input) { id version } }`,
    { input: { personId, expectedVersion, line, confidential } },
  );
}
async function stored(personId: string): Promise<Record<string, unknown>[]> {
  return database.sql('select line, confidential, version from person_address where person_id = $1', [
    personId,
  ]);
}

describe('is read', () => {
  test('by the assigned worker', async () =>
    expect((await person('alice', file))?.['address']).toMatchObject({ line: SECRET, confidential: true }));
  // Somebody else may hold the phone on which the person is logged in.
  test('not by the login of the person', async () =>
    expect((await person('ana', file))?.['address']).toBeNull());
  test.each(['rachid', 'chloé', 'hélène', 'bruno', 'théo'])('not by %s', async (who) => {
    const found = await person(who, file);
    expect(found?.['address'] ?? null).toBeNull();
  });
  test('a plain one by the desk and who holds the appointment, and not by the head', async () => {
    expect((await person('rachid', plain))?.['address']).toMatchObject({ line: '1 rue Claire' });
    expect((await person('chloé', plain))?.['address']).toMatchObject({ line: '1 rue Claire' });
    expect((await person('hélène', plain))?.['address'] ?? null).toBeNull();
  });
  test('and to the desk and the holder it looks as no address does', async () => {
    for (const who of ['rachid', 'chloé']) {
      const [hidden, none] = [await person(who, file), await person(who, bare)];
      expect({ ...hidden, id: 0 }).toEqual({ ...none, id: 0 });
    }
  });
});

describe('is not probed', () => {
  test('by writing with any version but 0: a confidential one and none answer the same', async () => {
    for (const who of ['rachid', 'chloé', 'hélène', 'bruno']) {
      for (const version of [1, 2, -1, 99]) {
        const [hidden, none] = [
          await set(who, file.personId, version),
          await set(who, bare.personId, version),
        ];
        expect({ who, version, body: hidden.text }).toEqual({ who, version, body: none.text });
      }
    }
    expect(await stored(file.personId)).toEqual([{ line: SECRET, confidential: true, version: 1 }]);
  });

  test('by writing where one reads none: the desk is answered as where there is none', async () => {
    const [hidden, none] = [await set('rachid', file.personId, 0), await set('rachid', bare.personId, 0)];
    await database.sql('delete from person_address where person_id = $1', [bare.personId]);
    expect(hidden.codes).toEqual(none.codes);
    const [row] = await database.sql<{ line: string }>(
      'select line from person_address where person_id = $1 and confidential',
      [file.personId],
    );
    expect(row?.line).toBe(SECRET);
  });

  test('by the version of the person, which an address does not move', async () => {
    const before = (await person('rachid', file))?.['version'];
    expect((await set('alice', file.personId, 1, true, SECRET)).errors).toEqual([]);
    expect((await person('rachid', file))?.['version']).toBe(before);
  });

  test('by marking: neither desk nor holder makes an address confidential, nor learns by trying', async () => {
    for (const who of ['rachid', 'chloé']) {
      const [hidden, none, open] = [
        await set(who, file.personId, 0, true),
        await set(who, bare.personId, 0, true),
        await set(who, plain.personId, 1, true),
      ];
      expect({ who, codes: [hidden.codes, none.codes, open.codes] }).toEqual({
        who,
        codes: [['FORBIDDEN'], ['FORBIDDEN'], ['FORBIDDEN']],
      });
    }
  });

  test('by look-up, whose answer has no address', async () => {
    const answer = await (await app.as('rachid')).send(
      `query ($input: PersonLookUpInput!) { personLookUp(input: $input) { id displayName birthYear reference } }`,
      {
        input: {
          fullName: 'Ana Petit',
          reference: (
            await database.sql<{ reference: string }>('select reference from person where id = $1', [
              file.personId,
            ])
          )[0]?.reference,
        },
      },
    );
    expect(answer.data?.['personLookUp']).toHaveLength(1);
    expect(answer.text).not.toContain('Secret');
  });
});

test('the stand-in reads it while the relay lasts, and no longer', async () => {
  await make.absence({ workerId: alice.id, districtId: district.id });
  const relay = await make.relay({
    districtId: district.id,
    absentWorkerId: alice.id,
    standInId: bruno.id,
  });
  expect((await person('bruno', file))?.['address']).toMatchObject({ line: SECRET });
  await database.sql(`update relay set ends_at = now() - interval '1 ms' where id = $1`, [relay]);
  expect(await person('bruno', file)).toBeNull();
});

test('who loses the case loses the address', async () => {
  await database.sql('update assignment set ends_at = now() where case_id = $1', [file.id]);
  await make.assignment({ caseId: file.id, workerId: bruno.id });
  expect(await person('alice', file)).toBeNull();
  expect((await person('bruno', file))?.['address']).toMatchObject({ line: SECRET });
  expect((await set('alice', file.personId, 2)).codes).toEqual(['NOT_FOUND']);
});
