import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { book, inParis, today, workingDaysAfter } from '../agenda/agenda.js';
import { type Answer, type Requester, startTestApp, type TestApp } from '../support/app.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** The header `Idempotency-Key`: a request that is sent again has one effect, and never opens what is shut. */
let database: TestDatabase;
let app: TestApp;
let sevran: string;
let alice: string;
let bruno: string;
let aliceCase: string;
let personId: string;
let rachida: Requester;

const days = workingDaysAfter(today());

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  const district = (await county(database)).district('Sevran');
  sevran = (await district).id;
  const worker = district.worker('alice');
  alice = (await worker).id;
  bruno = (await district.worker('bruno')).id;
  aliceCase = (await worker.case()).id;
  personId = (await district.person({ givenName: 'Nadia', familyName: 'Saïdi' })).id;
  await district.receptionist('rachida');
  await district.receptionist('rémi');
  await district.head('hélène');
  rachida = await app.as('rachida');
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

function slot(day = days.next().value, time = '09:00') {
  return { districtId: sevran, workerIds: [alice], startsAt: inParis(day, time) };
}

function key(value: string): Record<string, string> {
  return { 'idempotency-key': value };
}

function bookedId(answer: Answer): string {
  expect(answer.errors).toEqual([]);
  return answer.data?.['bookAppointment'].id;
}

async function count(query: string, values: unknown[] = []): Promise<number> {
  const [row] = await database.sql<{ count: number }>(`select count(*)::integer as count ${query}`, values);
  return row?.count ?? -1;
}

const WRITE = 'mutation ($input: WriteNoteInput!) { writeNote(input: $input) { id body } }';

test('a booking that is sent again answers the first one, and books once', async () => {
  const booking = slot();
  const first = await book(rachida, booking, key('again'));
  const second = await book(rachida, booking, key('again'));
  expect(bookedId(second)).toBe(bookedId(first));
  expect(second.data).toEqual(first.data);
  expect(await count('from appointment where starts_at = $1', [booking.startsAt])).toBe(1);
});

test('without a key, the same booking is a second one, and loses', async () => {
  const booking = slot();
  await book(rachida, booking);
  expect((await book(rachida, booking)).errors[0]?.extensions.reason).toBe('SLOT_TAKEN');
});

test('twenty at once with one key have one effect and one answer', async () => {
  const booking = slot();
  const answers = await Promise.all(Array.from({ length: 20 }, () => book(rachida, booking, key('twenty'))));
  expect(new Set(answers.map(bookedId)).size).toBe(1);
  expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
  expect(await count('from appointment where starts_at = $1', [booking.startsAt])).toBe(1);
  expect(await count('from occupancy where starts_at = $1', [booking.startsAt])).toBe(1);
});

test('one key with another request is refused, and changes nothing', async () => {
  const [booking, other] = [slot(), slot()];
  await book(rachida, booking, key('reused'));
  const answer = await book(rachida, other, key('reused'));
  expect(answer.errors[0]?.extensions).toEqual({ code: 'CONFLICT', reason: 'IDEMPOTENCY_KEY_REUSED' });
  expect(await count('from appointment where starts_at = $1', [other.startsAt])).toBe(0);
});

test('one key with another mutation of the same input is refused', async () => {
  const id = bookedId(await book(rachida, slot(), key('booked')));
  const input = { id, expectedVersion: 1, by: 'PERSON' };
  const cancel = 'mutation ($input: CancelAppointmentInput!) { cancelAppointment(input: $input) { id } }';
  expect((await rachida.send(cancel, { input }, key('booked'))).errors[0]?.extensions.reason).toBe(
    'IDEMPOTENCY_KEY_REUSED',
  );
});

test('the order of the fields and an absent optional one make no other request', async () => {
  const { districtId, workerIds, startsAt } = slot();
  const first = await rachida.send(
    'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { id } }',
    { input: { startsAt, typeCode: 'FIRST_RECEPTION', workerIds, districtId } },
    key('order'),
  );
  const second = await book(rachida, { districtId, workerIds, startsAt }, key('order'));
  expect(bookedId(second)).toBe(bookedId(first));
});

test('someone else may use the same key for a request of their own', async () => {
  const [mine, theirs] = [slot(), slot()];
  const first = bookedId(await book(rachida, mine, key('shared')));
  const other = bookedId(await book(await app.as('rémi'), theirs, key('shared')));
  expect(other).not.toBe(first);
  // Not even the same request is answered with someone else's effect.
  expect((await book(await app.as('bruno'), mine, key('shared'))).codes).toEqual(['FORBIDDEN']);
});

test('a request that is sent again, and asks for a field that is refused, is refused and no fault', async () => {
  const head = await app.as('hélène');
  const opening = (fields: string) =>
    `mutation ($input: OpenCaseInput!) { openCase(input: $input) { ${fields} } }`;
  const input = { districtId: sevran, personIds: [personId], mission: 'POLYVALENCE' };
  const send = (fields: string) => head.send(opening(fields), { input }, key('refused-later'));
  const first = (await send('id')).data?.['openCase'].id;
  expect((await send('id needs { id }')).codes).toEqual(['FORBIDDEN']);
  expect((await send('id')).data?.['openCase'].id).toBe(first);
});

test('the key of a request that failed may be used again', async () => {
  const taken = slot();
  await book(rachida, taken);
  expect((await book(rachida, taken, key('failed'))).errors[0]?.extensions.reason).toBe('SLOT_TAKEN');
  expect((await book(rachida, taken, key('failed'))).errors[0]?.extensions.reason).toBe('SLOT_TAKEN');
  expect(bookedId(await book(rachida, slot(), key('failed')))).toEqual(expect.any(String));
});

test('a key is forgotten after a day', async () => {
  const booking = slot();
  await book(rachida, booking, key('yesterday'));
  await database.sql(
    `update idempotency_key set created_at = now() - interval '25 hours' where key = 'yesterday'`,
  );
  expect((await book(rachida, booking, key('yesterday'))).errors[0]?.extensions.reason).toBe('SLOT_TAKEN');
});

test.each([
  ['empty', ''],
  ['of 129 characters', 'k'.repeat(129)],
  ['with a space', 'two words'],
  ['with a character that is not ASCII', 'cl\u00e9'],
])('a key that is %s is refused, and nothing is done', async (_name, value) => {
  const booking = slot();
  const answer = await book(rachida, booking, key(value));
  expect(answer.errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field: 'Idempotency-Key' });
  expect(await count('from appointment where starts_at = $1', [booking.startsAt])).toBe(0);
});

test('a key of 128 characters is taken', async () => {
  expect(bookedId(await book(rachida, slot(), key('k'.repeat(128))))).toEqual(expect.any(String));
});

describe('a note', () => {
  const body = 'Madame dit que le loyer de mars n’est pas payé.';
  const send = async (text = body): Promise<Answer> =>
    (await app.as('alice')).send(WRITE, { input: { caseId: aliceCase, body: text } }, key('note'));

  test('that is sent again is written once, and read back', async () => {
    const first = await send();
    expect(first.data?.['writeNote']).toEqual({ id: expect.any(String), body });
    expect((await send()).data).toEqual(first.data);
    expect(await count('from interview_note where case_id = $1', [aliceCase])).toBe(1);
  });

  test('leaves no trace of its text with the key, not even a digest that anyone could compute', async () => {
    const rows = await database.sql<{ row: string; fingerprint: Buffer }>(
      'select k::text as row, fingerprint from idempotency_key k where key = $1',
      ['note'],
    );
    expect(rows).toHaveLength(1);
    const [kept] = rows;
    expect(kept?.row).not.toContain('loyer');
    expect(kept?.row).not.toContain(Buffer.from('loyer').toString('hex'));
    const canonical = `writeNote:{"body":${JSON.stringify(body)},"caseId":${JSON.stringify(aliceCase)}}`;
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical));
    expect(kept?.fingerprint.equals(Buffer.from(digest))).toBe(false);
    expect(kept?.fingerprint).toEqual(Buffer.from(app.vault.fingerprint(canonical)));
  });

  test('sent again after the case has gone to someone else answers no note: today’s rights count', async () => {
    const input = { caseId: aliceCase, workerId: bruno, expectedVersion: 1 };
    const reassigned = await (await app.as('hélène')).send(
      'mutation ($input: AssignCaseInput!) { reassignCase(input: $input) { id } }',
      { input },
    );
    expect(reassigned.errors).toEqual([]);
    const again = await send();
    expect(again.data).toEqual({ writeNote: null });
    expect(again.text).not.toContain('loyer');
    expect((await send('Autre chose.')).errors[0]?.extensions.reason).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await count('from interview_note where case_id = $1', [aliceCase])).toBe(1);
  });
});
