import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { BuiltCase } from '../support/county.js';
import { type LoggedCounty, startLoggedCounty } from './logged.js';

/**
 * Rule 9: what was tried, and refused or lost, is written under who tried it, as what they tried. Only of the
 * confidential part it is not, unless by the one whose it is: such lines are shown without an author.
 */
let made: LoggedCounty;
let file: BuiltCase;
let nth = 0;

beforeAll(async () => {
  made = await startLoggedCounty();
});
beforeEach(async () => {
  nth += 1;
  file = await made.newCase();
});
afterAll(() => made.close());

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** Does it, and does it again: the second time is too late. */
async function twice(by: string, mutation: string, input: Record<string, unknown>): Promise<string[]> {
  expect((await made.send(by, mutation, input)).errors).toEqual([]);
  return refused(by, mutation, input, 'CONFLICT');
}

async function refused(
  by: string,
  mutation: string,
  input: Record<string, unknown>,
  code = 'FORBIDDEN',
): Promise<string[]> {
  return made.logged(async () => {
    expect((await made.send(by, mutation, input)).codes).toEqual([code]);
  });
}

describe('of a case', () => {
  test('a colleague who assigns, reassigns or closes is written with what they tried', async () => {
    const input = { caseId: file.id, expectedVersion: 1 };
    const reassigned = { ...input, workerId: made.who['hélène'] };
    expect(await refused('hélène', 'reassignCase', reassigned, 'INVALID_INPUT')).toEqual([
      'READ_CASE the case by hélène: REFUSED',
      'REASSIGN_CASE the case for hélène by hélène: REFUSED',
    ]);
    expect(
      await refused('hélène', 'assignCase', { ...input, workerId: made.who['bruno'] }, 'CONFLICT'),
    ).toEqual([
      'READ_CASE the case by hélène: CONFLICT',
      'ASSIGN_CASE the case for bruno by hélène: CONFLICT',
    ]);
    expect(await refused('bruno', 'closeCase', input)).toEqual([
      'READ_CASE the case by bruno: REFUSED',
      'CLOSE_CASE the case by bruno: REFUSED',
    ]);
  });

  test('so is a need', async () => {
    expect(
      await refused('bruno', 'recordNeed', { caseId: file.id, code: made.code, startsOn: '2026-01-05' }),
    ).toEqual(['READ_CASE the case by bruno: REFUSED', 'RECORD_NEED the case by bruno: REFUSED']);
    await made.send('alice', 'recordNeed', { caseId: file.id, code: made.code, startsOn: '2026-01-05' });
    const id = await made.one('select id from need where case_id = $1', [file.id]);
    expect(await twice('alice', 'endNeed', { id, expectedVersion: 1, endsOn: '2026-02-02' })).toEqual([
      'RECORD_NEED the case by alice: CONFLICT',
    ]);
  });

  test('so is an appointment, whether the time is taken or the version has passed', async () => {
    const booking = {
      districtId: made.district,
      workerIds: [made.who['alice']],
      typeCode: 'FOLLOW_UP',
      startsAt: inDays(nth),
      caseId: file.id,
    };
    expect(await twice('alice', 'bookAppointment', booking)).toEqual([
      'READ_CASE the case by alice: CONFLICT',
      'BOOK_APPOINTMENT the case by alice: CONFLICT',
    ]);
    const id = await made.one('select id from appointment where case_id = $1', [file.id]);
    const moved = { id, expectedVersion: 1, startsAt: inDays(nth + 50) };
    expect(await twice('alice', 'moveAppointment', moved)).toEqual([
      'MOVE_APPOINTMENT the case by alice: CONFLICT',
    ]);
    expect(await twice('alice', 'cancelAppointment', { id, expectedVersion: 2, by: 'PERSON' })).toEqual([
      'CANCEL_APPOINTMENT the case by alice: CONFLICT',
    ]);
  });
});

test('of a person', async () => {
  const id = file.personId;
  expect(await twice('alice', 'updatePerson', { id, expectedVersion: 1, chosenName: 'Sam' })).toEqual([
    'READ_PERSON Ana by alice: CONFLICT',
    'UPDATE_PERSON Ana by alice: CONFLICT',
  ]);
  const address = { personId: id, expectedVersion: 0, line: 'ici', confidential: true };
  expect(await refused('rachida', 'setPersonAddress', address)).toEqual([
    'READ_PERSON Ana by rachida: REFUSED',
    'UPDATE_PERSON Ana by rachida: REFUSED',
  ]);
  const notice = { personId: id, noticeId: file.id, channel: 'ORAL' };
  expect(await refused('rachida', 'giveNotice', notice, 'NOT_FOUND')).toEqual([
    'READ_PERSON Ana by rachida: REFUSED',
    'GIVE_NOTICE Ana by rachida: REFUSED',
  ]);
});

test('of an absence and a relay', async () => {
  const [startsAt, endsAt] = [inDays(-1), inDays(9)];
  const district = { districtId: made.district };
  expect(
    await twice('hélène', 'declareAbsence', { ...district, workerId: made.who['alice'], startsAt, endsAt }),
  ).toEqual(['DECLARE_ABSENCE for alice by hélène: CONFLICT']);
  const absence = await made.one('select id from absence where worker_id = $1', [made.who['alice']]);
  expect(await twice('hélène', 'changeAbsence', { id: absence, expectedVersion: 1, endsAt })).toEqual([
    'CHANGE_ABSENCE for alice by hélène: CONFLICT',
  ]);
  const relay = { ...district, absentWorkerId: made.who['alice'], standInId: made.who['bruno'] };
  expect(await twice('hélène', 'openRelay', { ...relay, startsAt, endsAt })).toEqual([
    'OPEN_RELAY for bruno by hélène: CONFLICT',
  ]);
  const id = await made.one('select id from relay');
  expect(await twice('hélène', 'endRelay', { id, expectedVersion: 1 })).toEqual([
    'END_RELAY for bruno by hélène: CONFLICT',
  ]);
  expect(await twice('alice', 'contradictAbsence', { id: absence, expectedVersion: 2 })).toEqual([
    'CONTRADICT_ABSENCE for alice by alice: CONFLICT',
  ]);
});

test('of the directory', async () => {
  const { id } = await made.sevran.worker('on the way out');
  expect(await twice('admin', 'disableWorker', { id, expectedVersion: 1 })).toEqual([
    'DISABLE_WORKER for another by admin: CONFLICT',
  ]);
});

describe('of the confidential part', () => {
  test('what its reader tries and loses is written as what it is', async () => {
    const amended = { id: file.noteIds[0], expectedVersion: 1, body: 'autre texte' };
    expect(await twice('alice', 'amendNote', amended)).toEqual(['AMEND_NOTE the case by alice: CONFLICT']);
    expect(await refused('alice', 'writeNote', { caseId: file.id, body: ' ' }, 'INVALID_INPUT')).toEqual([
      'READ_CASE the case by alice: REFUSED',
      'WRITE_NOTE the case by alice: REFUSED',
    ]);
    const offer = { caseId: file.id, toWorkerId: made.who['bruno'], noteIds: [file.personId] };
    expect(await refused('alice', 'offerHandover', offer, 'NOT_FOUND')).toEqual([
      'READ_CASE the case by alice: REFUSED',
      'OFFER_HANDOVER the case for bruno by alice: REFUSED',
    ]);
  });

  test('so is what is accepted or approved a second time', async () => {
    await made.send('alice', 'offerHandover', {
      caseId: file.id,
      toWorkerId: made.who['bruno'],
      noteIds: file.noteIds,
    });
    await made.send('hélène', 'reassignCase', {
      caseId: file.id,
      workerId: made.who['bruno'],
      expectedVersion: 1,
    });
    const offered = await made.one('select id from handover where case_id = $1', [file.id]);
    expect(await twice('bruno', 'acceptHandover', { id: offered })).toEqual([
      'READ_CASE the case by bruno: CONFLICT',
      'ACCEPT_HANDOVER the case by bruno: CONFLICT',
    ]);
    await made.send('bruno', 'requestRelease', { caseId: file.id, ground: 'COURT_ORDER' });
    const asked = await made.one(
      'update release set waits_until = requested_at where case_id = $1 returning id',
      [file.id],
    );
    expect(await twice('conseillère', 'approveRelease', { id: asked })).toEqual([
      'APPROVE_NOTE_RELEASE the case for bruno by conseillère: CONFLICT',
    ]);
  });

  test('a colleague who tries leaves the case that they looked at, under their name', async () => {
    for (const [mutation, input] of [
      ['writeNote', { body: 'x' }],
      ['offerHandover', { toWorkerId: made.who['bruno'], noteIds: file.noteIds }],
      ['requestRelease', { ground: 'COURT_ORDER' }],
    ] as const)
      expect(await refused('bruno', mutation, { caseId: file.id, ...input })).toEqual([
        'READ_CASE the case by bruno: REFUSED',
      ]);
  });

  test('the officer does not see when its reader tried, nor who that is', async () => {
    await made.database.sql('truncate access_log');
    for (const [mutation, input] of [
      ['writeNote', { caseId: file.id, body: ' ' }],
      ['amendNote', { id: file.noteIds[0], expectedVersion: 9, body: 'x' }],
    ] as const)
      expect((await made.send('alice', mutation, input)).errors).toHaveLength(1);
    const answer = await (await made.app.as('déléguée')).send(
      `query ($of: String!) { accessLog(filter: { caseReference: $of, ground: CONTROL }) {
        edges { node { action occurredAt outcome worker { displayName } } } } }`,
      { of: file.reference },
    );
    expect(answer.data?.['accessLog'].edges).toEqual([
      { node: { action: 'CONFIDENTIAL_PART', occurredAt: null, outcome: 'DONE', worker: null } },
    ]);
  });
});
