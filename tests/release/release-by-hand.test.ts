import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SCOPES } from '../../src/auth/scopes.js';
import { byHand } from '../support/by-hand.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { type BuiltCase, county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ago } from '../support/days.js';

/** The third lock on releases and on what workers are told: by hand, with the application's role and a real login. */
let database: TestDatabase;
let make: Rows;
let file: BuiltCase;
let district: string;
const who: Record<string, string> = {};

beforeAll(async () => {
  database = await cloneDatabase();
  make = rowsOf(database);
  const made = await county(database);
  const sevran = made.district('Sevran');
  district = (await sevran).id;
  const alice = sevran.worker('alice');
  file = await alice.case();
  for (const name of ['bruno', 'conseillère', 'conseiller']) who[name] = (await sevran.worker(name)).id;
  who['alice'] = (await alice).id;
  await sevran.head('hélène');
  await made.district('Gagny').worker('gaston');
  await database.sql(
    `update membership set role = 'TECHNICAL_ADVISER', district_id = null where worker_id = any ($1)`,
    [[who['conseillère'], who['conseiller']]],
  );
});
beforeEach(async () => {
  await database.sql('truncate release cascade');
  // Alice, who has the case, asked for it; the wait is over.
  await make.release({
    caseId: file.id,
    requestedById: who['alice'],
    ground: 'COURT_ORDER',
    requestedAt: ago(8),
  });
});
afterAll(() => database.drop());

const DENIED = '42501';
const CHECK = '23514';
const without = (scope: string) => SCOPES.filter((one) => one !== 'booking' && one !== scope);
const APPROVE = 'update release set approved_at = now(), approved_by_id = $1';
const ASK = `insert into release (id, case_id, requested_by_id, ground) values (gen_random_uuid(), $1, $2, 'COURT_ORDER')`;

describe('a release', () => {
  test.each([
    ['alice', '1'],
    ['conseillère', '1'],
    ['bruno', '0'],
    ['hélène', '0'],
    ['gaston', '0'],
  ])('is found by %s: %s', async (subject, found) => {
    expect(await byHand(database, subject, (hand) => hand('select from release'))).toBe(found);
  });

  test('is asked for by the assigned worker, in their own name, with the scope to write notes', async () => {
    await database.sql('truncate release cascade');
    const ask = (subject: string, name: string, scopes?: readonly string[]) =>
      byHand(database, subject, (hand) => hand(ASK, [file.id, who[name]]), scopes);
    expect(await ask('alice', 'alice')).toBe('1');
    expect(await ask('alice', 'bruno')).toBe(DENIED);
    expect(await ask('bruno', 'bruno')).toBe(DENIED);
    expect(await ask('bruno', 'alice')).toBe(DENIED);
    expect(await ask('alice', 'alice', without('notes:write'))).toBe(DENIED);
  });

  test('is approved by an adviser, in their own name, with the scope to change cases', async () => {
    const approve = (subject: string, name: string, scopes?: readonly string[]) =>
      byHand(database, subject, (hand) => hand(APPROVE, [who[name]]), scopes);
    expect(await approve('conseillère', 'conseillère')).toBe('1');
    expect(await approve('conseillère', 'conseiller')).toBe(DENIED);
    expect(await approve('conseillère', 'conseillère', without('cases:write'))).toBe('0');
    expect(await approve('alice', 'alice')).toBe('0');
    expect(await approve('bruno', 'bruno')).toBe('0');
  });

  test('takes two people, also where an adviser has asked', async () => {
    await database.sql('update release set requested_by_id = $1', [who['conseillère']]);
    expect(await byHand(database, 'conseillère', (hand) => hand(APPROVE, [who['conseillère']]))).toBe(CHECK);
    expect(await byHand(database, 'conseiller', (hand) => hand(APPROVE, [who['conseiller']]))).toBe('1');
  });

  test('names no note to anyone', async () => {
    for (const subject of ['alice', 'conseillère'])
      expect(await byHand(database, subject, (hand) => hand('select from release_note'))).toBe(DENIED);
  });
});

describe('the case that a release is about', () => {
  const sees = (subject: string) =>
    byHand(database, subject, (hand) => hand('select from "case" where id = $1', [file.id]));

  test('is known to the advisers while it waits for one, and to nobody by it', async () => {
    expect(await sees('conseillère')).toBe('1');
    expect(await sees('gaston')).toBe('0');
    await database.sql(APPROVE, [who['conseiller']]);
    expect(await sees('conseillère')).toBe('0');
  });

  test('is not theirs to change', async () => {
    await byHand(database, 'conseillère', async (hand) => {
      expect(await hand('update "case" set version = version + 1')).toBe('0');
      expect(await hand('select from case_person')).toBe('0');
      expect(await hand('select from interview_note')).toBe('0');
    });
  });
});

test('what one is told is found by no one else', async () => {
  await database.sql('truncate notification');
  await make.notification({ workerId: who['bruno'], kind: 'HANDOVER_OFFERED', caseId: file.id });
  const found = (subject: string) => byHand(database, subject, (hand) => hand('select from notification'));
  expect(await found('bruno')).toBe('1');
  for (const subject of ['alice', 'hélène', 'conseillère']) expect(await found(subject)).toBe('0');
});

describe('an absence and a relay are the head’s of that district alone', () => {
  const absence = `insert into absence (id, worker_id, district_id, starts_at) values (gen_random_uuid(), $1, $2, now())`;
  const relay = `insert into relay (id, district_id, absent_worker_id, stand_in_id, starts_at, ends_at)
    values (gen_random_uuid(), $2, $1, $3, now(), now() + interval '1 day')`;

  test.each([
    ['hélène', '1'],
    ['bruno', DENIED],
    ['gaston', DENIED],
    ['conseillère', DENIED],
  ])('to open: %s, %s', async (subject, outcome) => {
    await byHand(database, subject, async (hand) => {
      expect(await hand(absence, [who['alice'], district])).toBe(outcome);
      expect(await hand(relay, [who['alice'], district, who['bruno']])).toBe(outcome);
    });
  });

  test('to find, and the worker’s about whom it is declared', async () => {
    await make.absence({ workerId: who['alice'], districtId: district });
    const found = (subject: string) => byHand(database, subject, (hand) => hand('select from absence'));
    for (const subject of ['hélène', 'alice']) expect(await found(subject)).toBe('1');
    for (const subject of ['bruno', 'gaston', 'conseillère']) expect(await found(subject)).toBe('0');
    await database.sql('delete from absence');
  });

  test('to end, and not to contradict; the worker’s to contradict, and not to end', async () => {
    await make.absence({ workerId: who['alice'], districtId: district });
    const does = (subject: string, change: string) =>
      byHand(database, subject, (hand) => hand(`update absence set ${change}`));
    const [END, CONTRADICT] = [`ends_at = now() + interval '1 day'`, 'contradicted_at = now()'];
    expect([await does('hélène', END), await does('hélène', CONTRADICT)]).toEqual(['1', DENIED]);
    expect([await does('alice', END), await does('alice', CONTRADICT)]).toEqual([DENIED, '1']);
    for (const subject of ['bruno', 'gaston', 'conseillère'])
      expect([await does(subject, END), await does(subject, CONTRADICT)]).toEqual(['0', '0']);
    // What is over stays as it was.
    await database.sql(
      `update absence set starts_at = now() - interval '2 days', ends_at = now() - interval '1 day'`,
    );
    expect([await does('hélène', END), await does('alice', CONTRADICT)]).toEqual([DENIED, DENIED]);
    await database.sql('delete from absence');
  });

  test('to shorten, and nobody’s to prolong', async () => {
    await make.relay({ districtId: district, absentWorkerId: who['alice'], standInId: who['bruno'] });
    const move = (subject: string, by: string) =>
      byHand(database, subject, (hand) => hand(`update relay set ends_at = ends_at + interval '${by}'`));
    expect(await move('hélène', '-1 hour')).toBe('1');
    expect(await move('hélène', '1 day')).toBe(DENIED);
    for (const subject of ['bruno', 'alice', 'gaston']) expect(await move(subject, '-1 hour')).toBe('0');
  });
});
