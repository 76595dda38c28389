import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AppointmentStatus } from '../../prisma/generated/enums.js';
import { act, day, raiseStage, type Stage } from '../orientation/stage.js';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { ahead } from '../support/days.js';
import { faultOf } from '../waiting-list/scene.js';

/** What a week of use has found: someone starts something, and cannot go on. */
let stage: Stage;
let file: Awaited<ReturnType<Stage['file']>>;
let alice: Requester;

beforeAll(async () => {
  stage = await raiseStage();
  alice = stage.north.worker;
});
beforeEach(async () => {
  file = await stage.file();
});
afterAll(() => stage.close());

const sql = (text: string, values: unknown[] = []) => stage.database.sql(text, values);
const CODE = 'LOG-01';
const need = (who: Requester, caseId: string, more: Record<string, unknown> = {}): Promise<Answer> =>
  act(who, 'recordNeed', 'RecordNeedInput', { caseId, code: CODE, startsOn: day(-3), ...more });
async function versionOf(caseId: string): Promise<number> {
  const [row] = await sql('select version from "case" where id = $1', [caseId]);
  return row?.['version'] as number;
}
const close = async (who: Requester, caseId: string, leaving?: string[]): Promise<Answer> =>
  act(who, 'closeCase', 'CloseCaseInput', {
    caseId,
    expectedVersion: await versionOf(caseId),
    ...(leaving === undefined ? {} : { leaving }),
  });
const reopen = async (who: Requester, caseId: string, reason = 'MISTAKE'): Promise<Answer> =>
  act(
    who,
    'reopenCase',
    'ReopenCaseInput',
    { caseId, expectedVersion: await versionOf(caseId), reason },
    'id status closedAt',
  );
const shut = (caseId: string) =>
  sql(`update "case" set status = 'CLOSED', closed_at = now() where id = $1`, [caseId]);
async function toldOf(workerId: string): Promise<unknown[]> {
  const rows = await sql(
    `select kind from notification where worker_id = $1 and case_id = $2 order by created_at, id`,
    [workerId, file.id],
  );
  return rows.map(({ kind }) => kind);
}

/** Booked for alice, of the case, in so many days. */
const booked = (days: number, status: AppointmentStatus = 'BOOKED'): Promise<string> =>
  stage.make.appointment({
    districtId: stage.north.id,
    caseId: file.id,
    status,
    startsAt: ahead(days),
    endsAt: ahead(days + 1 / 48),
  });

describe('closing', () => {
  test('lists what is loose to whom the case is assigned, and to nobody else: booked appointments to come, open needs', async () => {
    const open = (await need(alice, file.id)).data?.['recordNeed'].id;
    const ended = (await need(alice, file.id)).data?.['recordNeed'].id;
    await act(alice, 'endNeed', 'EndNeedInput', { id: ended, expectedVersion: 1, endsOn: day(-1) });
    const later = await booked(9);
    const soon = await booked(2);
    await booked(-2);
    await booked(3, 'CANCELLED_BY_PERSON');
    const listed = (who: Requester) =>
      who.send(
        'query ($id: ID!) { case(id: $id) { id looseEnds { appointments { id } needs { id code { code } } } } }',
        {
          id: file.id,
        },
      );
    expect((await listed(alice)).data?.['case'].looseEnds).toEqual({
      appointments: [{ id: soon }, { id: later }],
      needs: [{ id: open, code: { code: CODE } }],
    });
    for (const who of [stage.north.colleague, stage.north.head, stage.north.desk])
      expect((await listed(who)).data?.['case']).toEqual({ id: file.id, looseEnds: null });
  });

  test('is refused with what is loose, and closes once each is ended or named', async () => {
    const open = (await need(alice, file.id)).data?.['recordNeed'].id;
    const soon = await booked(2);
    const refused = await close(alice, file.id);
    expect(faultOf(refused)).toBe('CONFLICT LOOSE_ENDS');
    expect(refused.errors[0]?.extensions['looseEnds']).toEqual([soon, open]);
    expect(faultOf(await close(alice, file.id, [soon]))).toBe('CONFLICT LOOSE_ENDS');
    expect(await sql('select status, version from "case" where id = $1', [file.id])).toEqual([
      { status: 'OPEN', version: 1 },
    ]);
    await act(alice, 'endNeed', 'EndNeedInput', { id: open, expectedVersion: 1, endsOn: day(0) });
    expect(faultOf(await close(alice, file.id, [soon.toUpperCase()]))).toBe('none');
    expect(await sql('select status from appointment where id = $1', [soon])).toEqual([{ status: 'BOOKED' }]);
  });

  test('is by the assigned worker alone, in the database as well', async () => {
    expect(faultOf(await close(stage.north.colleague, file.id))).toBe('FORBIDDEN');
    expect(faultOf(await close(stage.north.head, file.id))).toBe('FORBIDDEN');
    const closing = `update "case" set status = 'CLOSED', closed_at = now() where id = $1`;
    const byHands = (subject: string) => byHand(stage.database, subject, (hand) => hand(closing, [file.id]));
    expect(await byHands('head.Nord')).toBe('P0001');
    expect(await byHands('bruno')).toBe('0');
    expect(await byHands('alice')).toBe('1');
  });
});

describe('a closed case', () => {
  test('takes no need, referral, appointment, request nor encounter, and says why', async () => {
    await shut(file.id);
    const ofCase = { districtId: stage.north.id, caseId: file.id };
    const [type] = await sql(`select code from appointment_type where option is null order by code limit 1`);
    const noted = await act(stage.north.colleague, 'recordEncounter', 'RecordEncounterInput', {
      districtId: stage.north.id,
    });
    const tries: [Requester, string, string, Record<string, unknown>][] = [
      [alice, 'recordNeed', 'RecordNeedInput', { caseId: file.id, code: CODE, startsOn: day(0) }],
      [
        alice,
        'sendReferral',
        'SendReferralInput',
        { caseId: file.id, personIds: [file.personId], toDistrictId: stage.south.id },
      ],
      [
        alice,
        'bookAppointment',
        'BookAppointmentInput',
        {
          ...ofCase,
          workerIds: [stage.north.workerId],
          typeCode: type?.['code'],
          startsAt: new Date(Date.now() + 86_400_000).toISOString(),
        },
      ],
      [
        alice,
        'requestAppointment',
        'RequestAppointmentInput',
        { ...ofCase, personId: file.personId, typeCode: type?.['code'] },
      ],
      [
        stage.north.colleague,
        'passOnEncounter',
        'PassOnEncounterInput',
        { id: noted.data?.['recordEncounter'].id, expectedVersion: 1, caseId: file.id },
      ],
    ];
    for (const [who, name, input, values] of tries)
      expect(`${name}: ${faultOf(await act(who, name, input, values))}`).toBe(
        `${name}: CONFLICT CASE_CLOSED`,
      );
  });

  test('takes none when it is closed while one is added: the one waits for the other', async () => {
    const [needs, closings] = await Promise.all([
      Promise.all([1, 2, 3, 4].map(() => need(alice, file.id))),
      Promise.all([close(alice, file.id), close(alice, file.id)]),
    ]);
    const closed = closings.some((answer) => faultOf(answer) === 'none');
    const faults = new Set(needs.map(faultOf));
    expect([...faults].every((fault) => fault === 'none' || fault === 'CONFLICT CASE_CLOSED')).toBe(true);
    const [{ status, count } = {}] = await sql(
      'select c.status, (select count(*)::integer from need n where n.case_id = c.id) as count from "case" c where c.id = $1',
      [file.id],
    );
    // Nobody has named a need: with one, the case is open.
    expect({ status, none: count === 0 }).toEqual({ status: closed ? 'CLOSED' : 'OPEN', none: closed });
  });

  test('takes none behind the service’s back either', async () => {
    await shut(file.id);
    const needByHand = `insert into need (id, case_id, code, starts_on) values (gen_random_uuid(), $1, '${CODE}', '2026-01-01')`;
    // The operation runs again, and is told by the service.
    expect(await byHand(stage.database, 'alice', (hand) => hand(needByHand, [file.id]))).toBe('40001');
  });
});

describe('reopening', () => {
  test('is by the assigned worker, who has kept it, and is in the log with its reason', async () => {
    expect(faultOf(await close(alice, file.id))).toBe('none');
    expect(faultOf(await reopen(stage.north.colleague, file.id))).toBe('FORBIDDEN');
    expect(faultOf(await reopen(stage.north.head, file.id))).toBe('FORBIDDEN');
    expect(faultOf(await reopen(stage.south.head, file.id))).toBe('NOT_FOUND input.caseId');
    const answer = await reopen(alice, file.id, 'RETURN');
    expect(answer.data?.['reopenCase']).toEqual({ id: file.id, status: 'OPEN', closedAt: null });
    expect(faultOf(await reopen(alice, file.id))).toBe('CONFLICT STATE_CHANGED');
    expect(faultOf(await need(alice, file.id))).toBe('none');
    expect(await toldOf(stage.north.workerId)).toEqual([]);
    expect(
      await sql(
        `select action, outcome from access_log where case_id = $1 and action like 'REOPEN%' order by id`,
        [file.id],
      ),
    ).toEqual([
      { action: 'REOPEN_CASE_FOR_MISTAKE', outcome: 'REFUSED' },
      { action: 'REOPEN_CASE_FOR_MISTAKE', outcome: 'REFUSED' },
      { action: 'REOPEN_CASE_FOR_RETURN', outcome: 'DONE' },
      { action: 'REOPEN_CASE_FOR_MISTAKE', outcome: 'CONFLICT' },
    ]);
  });

  test('is by the head where nobody keeps it, and who is still assigned is told', async () => {
    const ended = (at: string | null) =>
      sql('update membership set ends_at = $2::timestamptz where worker_id = $1', [stage.north.workerId, at]);
    await shut(file.id);
    await ended(new Date().toISOString());
    try {
      expect(faultOf(await reopen(alice, file.id))).not.toBe('none');
      expect(faultOf(await reopen(stage.north.head, file.id))).toBe('none');
      expect(await toldOf(stage.north.workerId)).toEqual(['CASE_REOPENED']);
    } finally {
      await ended(null);
    }
    await sql('delete from assignment where case_id = $1', [file.id]);
    await shut(file.id);
    expect(faultOf(await reopen(stage.north.head, file.id))).toBe('none');
  });

  test('opens no note to anybody new', async () => {
    await stage.make.interviewNote({
      caseId: file.id,
      authorId: stage.north.workerId,
      districtId: stage.north.id,
    });
    await sql(`update assignment set ends_at = now() where case_id = $1 and ends_at is null`, [file.id]);
    await stage.make.assignment({ caseId: file.id, workerId: stage.north.colleagueId });
    const readers = () => sql('select reader_id from interview_note where case_id = $1', [file.id]);
    expect(await readers()).toEqual([{ reader_id: null }]);
    expect(faultOf(await close(stage.north.colleague, file.id))).toBe('none');
    expect(faultOf(await reopen(stage.north.colleague, file.id))).toBe('none');
    expect(await readers()).toEqual([{ reader_id: null }]);
    const read = (who: Requester) =>
      who.send('query ($id: ID!) { case(id: $id) { interviewNotes(first: 9) { edges { node { id } } } } }', {
        id: file.id,
      });
    expect((await read(stage.north.colleague)).data?.['case'].interviewNotes.edges).toEqual([]);
    expect((await read(alice)).data?.['case'].interviewNotes).toBeNull();
  });
});

describe('an accepted referral', () => {
  /** To sana, or to her district. */
  async function sent(more: Record<string, unknown> = { toWorkerId: stage.south.workerId }): Promise<string> {
    const answer = await act(alice, 'sendReferral', 'SendReferralInput', {
      caseId: file.id,
      personIds: [file.personId],
      toDistrictId: stage.south.id,
      ...more,
    });
    expect(faultOf(answer)).toBe('none');
    return answer.data?.['sendReferral'].id;
  }
  const accept = async (who: Requester, id: string, version = 1): Promise<string> =>
    faultOf(
      await act(who, 'answerReferral', 'AnswerReferralInput', {
        id,
        expectedVersion: version,
        answer: 'ACCEPTED',
      }),
    );
  const opened = (
    who: Requester,
    districtId = stage.south.id,
    personIds = [file.personId],
  ): Promise<Answer> => act(who, 'openCase', 'OpenCaseInput', { districtId, mission: 'LOGEMENT', personIds });
  const NOT_KNOWN = 'NOT_FOUND input.personIds';

  test('lets whoever accepted it open a case about the person without a look-up, once, in their district alone', async () => {
    const id = await sent();
    expect(faultOf(await opened(stage.south.worker))).toBe(NOT_KNOWN);
    expect(await accept(stage.south.worker, id)).toBe('none');
    expect(faultOf(await opened(stage.south.colleague))).toBe(NOT_KNOWN);
    expect(faultOf(await opened(stage.south.head))).toBe(NOT_KNOWN);
    expect(faultOf(await opened(stage.south.worker, stage.north.id))).toBe('FORBIDDEN');
    // The other person of the case was not sent.
    expect(faultOf(await opened(stage.south.worker, stage.south.id, [file.personId, file.otherId]))).toBe(
      NOT_KNOWN,
    );
    const { data } = await stage.south.worker.send(
      'query ($id: ID!) { referral(id: $id) { persons { displayName } } }',
      { id },
    );
    expect(data?.['referral'].persons).toEqual([{ displayName: 'Ana Petit' }]);
    expect(faultOf(await opened(stage.south.worker))).toBe('none');
    expect(faultOf(await opened(stage.south.worker))).toBe(NOT_KNOWN);
  });

  test('opens none after 30 days, and none when it was refused', async () => {
    const id = await sent();
    expect(await accept(stage.south.worker, id)).toBe('none');
    await sql(
      `update referral set sent_at = now() - interval '40 days', closed_at = now() - interval '31 days' where id = $1`,
      [id],
    );
    expect(faultOf(await opened(stage.south.worker))).toBe(NOT_KNOWN);
    const refused = await sent();
    await act(stage.south.worker, 'answerReferral', 'AnswerReferralInput', {
      id: refused,
      expectedVersion: 1,
      answer: 'REFUSED',
      refusal: 'NO_PLACE',
    });
    expect(faultOf(await opened(stage.south.worker))).toBe(NOT_KNOWN);
  });

  test('by the head for the district is allocated afterwards, by name, and makes the person known to whom it is', async () => {
    const id = await sent({});
    expect(await accept(stage.south.head, id)).toBe('none');
    const names = async () =>
      (await stage.south.head.send('query ($id: ID!) { referral(id: $id) { names } }', { id })).data?.[
        'referral'
      ].names;
    expect(await names()).toEqual(['Ana Petit']);
    const allocate = (version: number, workerId = stage.south.workerId) =>
      act(stage.south.head, 'allocateReferral', 'AllocateReferralInput', {
        id,
        expectedVersion: version,
        workerId,
      });
    expect(faultOf(await opened(stage.south.worker))).toBe(NOT_KNOWN);
    expect(faultOf(await allocate(2))).toBe('none');
    expect(await names()).toBeNull();
    expect(faultOf(await allocate(3, stage.south.colleagueId))).toBe('CONFLICT STATE_CHANGED');
    expect(faultOf(await opened(stage.south.worker))).toBe('none');
  });
});

describe('an absence', () => {
  test('is listed, moved and ended by the head of the district; then a relay for it is none', async () => {
    const declared = await act(stage.north.head, 'declareAbsence', 'DeclareAbsenceInput', {
      districtId: stage.north.id,
      workerId: stage.north.workerId,
      startsAt: new Date(Date.now() - 3_600_000).toISOString(),
      endsAt: new Date(Date.now() + 9 * 86_400_000).toISOString(),
    });
    const id = declared.data?.['declareAbsence'].id;
    const listed = async (who: Requester): Promise<unknown[]> =>
      (
        await who.send('query ($id: ID!) { absences(districtId: $id) { id worker { id } } }', {
          id: stage.north.id,
        })
      ).data?.['absences'] ?? [];
    expect(await listed(stage.north.head)).toEqual([{ id, worker: { id: stage.north.workerId } }]);
    for (const who of [alice, stage.north.colleague, stage.north.desk, stage.south.head])
      expect(await listed(who)).toEqual([]);
    const change = (who: Requester, expectedVersion: number, endsAt: string) =>
      act(who, 'changeAbsence', 'ChangeAbsenceInput', { id, expectedVersion, endsAt }, 'endsAt version');
    const moved = new Date(Date.now() + 20 * 86_400_000).toISOString();
    expect(faultOf(await change(stage.north.colleague, 1, moved))).toMatch(/NOT_FOUND|FORBIDDEN/);
    expect((await change(stage.north.head, 1, moved)).data?.['changeAbsence']).toEqual({
      endsAt: moved,
      version: 2,
    });
    expect(faultOf(await change(stage.north.head, 1, moved))).toBe('CONFLICT VERSION_CHANGED');
    expect(faultOf(await change(stage.north.head, 2, new Date().toISOString()))).toBe('none');
    expect(await listed(stage.north.head)).toEqual([]);
    expect(faultOf(await change(stage.north.head, 3, moved))).toBe('CONFLICT VERSION_CHANGED');
  });
});

describe('whoever opens a case', () => {
  /** bruno's, about someone of the district whom he has looked up. */
  async function opened(): Promise<{ id: string; personId: string }> {
    const { id: personId } = await stage.north.district.person({
      givenName: 'Léa',
      familyName: 'Noir',
      phone: '06 39 98 00 07',
    });
    const answer = await act(stage.north.colleague, 'openCase', 'OpenCaseInput', {
      districtId: stage.north.id,
      mission: 'LOGEMENT',
      personIds: [personId],
    });
    expect(faultOf(answer)).toBe('none');
    return { id: answer.data?.['openCase'].id, personId };
  }
  const read = async (who: Requester, id: string): Promise<Record<string, unknown> | null> =>
    (
      await who.send(
        `query ($id: ID!) { case(id: $id) { status mission persons { displayName phone } needs { id person { displayName } }
          referrals { id } appointments { edges { cursor } } interviewNotes { edges { cursor } } looseEnds { needs { id } } } }`,
        { id },
      )
    ).data?.['case'];
  const assign = async (caseId: string, workerId: string): Promise<string> =>
    faultOf(
      await act(stage.north.head, 'assignCase', 'AssignCaseInput', {
        caseId,
        workerId,
        expectedVersion: await versionOf(caseId),
      }),
    );
  const NOTHING = { mission: null, persons: null, needs: null };
  const NEVER = { referrals: null, appointments: null, interviewNotes: null, looseEnds: null };

  test('reads the mission, the names and the needs that they have entered; nobody else reads them, and nothing more is theirs', async () => {
    const { id, personId } = await opened();
    const noted = (await need(stage.north.colleague, id, { personId })).data?.['recordNeed'].id;
    // Of another, whoever that may be.
    await stage.make.need({ caseId: id, code: CODE });
    expect(await read(stage.north.colleague, id)).toEqual({
      status: 'OPEN',
      mission: 'LOGEMENT',
      persons: [{ displayName: 'Léa Noir', phone: null }],
      needs: [{ id: noted, person: { displayName: 'Léa Noir' } }],
      ...NEVER,
    });
    for (const who of [alice, stage.north.desk])
      expect(await read(who, id)).toEqual({ status: 'OPEN', ...NOTHING, ...NEVER });
    expect(await read(stage.north.head, id)).toMatchObject({ mission: 'LOGEMENT', needs: null });
    expect(await read(stage.south.worker, id)).toBeNull();
    const tries: [string, string, Record<string, unknown>][] = [
      [
        'sendReferral',
        'SendReferralInput',
        { caseId: id, personIds: [personId], toDistrictId: stage.south.id },
      ],
      ['closeCase', 'CloseCaseInput', { caseId: id, expectedVersion: 1 }],
      ['writeNote', 'WriteNoteInput', { caseId: id, body: 'x' }],
    ];
    for (const [name, type, input] of tries)
      expect(`${name}: ${faultOf(await act(stage.north.colleague, name, type, input))}`).toBe(
        `${name}: FORBIDDEN`,
      );
    expect(faultOf(await need(alice, id))).toBe('FORBIDDEN');
    const ended = { id: noted, expectedVersion: 1, endsOn: day(0) };
    expect(faultOf(await act(alice, 'endNeed', 'EndNeedInput', ended))).toBe('NOT_FOUND input.id');
    expect(faultOf(await act(stage.north.colleague, 'endNeed', 'EndNeedInput', ended))).toBe('none');
  });

  test('reads none of it from the first assignment on, for good, in the database as well', async () => {
    const { id } = await opened();
    await need(stage.north.colleague, id);
    const byHands = () =>
      byHand(stage.database, 'bruno', async (hand) => [
        await hand('select from need where case_id = $1', [id]),
        await hand('select from case_person where case_id = $1', [id]),
      ]);
    expect(await byHands()).toEqual(['1', '1']);
    expect(await assign(id, stage.north.workerId)).toBe('none');
    expect(await read(stage.north.colleague, id)).toEqual({ status: 'OPEN', ...NOTHING, ...NEVER });
    expect(await byHands()).toEqual(['0', '0']);
    expect(faultOf(await need(stage.north.colleague, id))).toBe('FORBIDDEN');
    expect((await read(alice, id))?.['needs']).toHaveLength(1);
    await sql('delete from assignment where case_id = $1', [id]);
    expect(await read(stage.north.colleague, id)).toEqual({ status: 'OPEN', ...NOTHING, ...NEVER });
    expect(await byHands()).toEqual(['0', '0']);
  });

  test('of a referral still knows how to reach the person, until the case has someone', async () => {
    await sql(`update person set phone = '06 39 98 00 01' where id = $1`, [file.personId]);
    const sent = await act(alice, 'sendReferral', 'SendReferralInput', {
      caseId: file.id,
      personIds: [file.personId],
      toDistrictId: stage.south.id,
      toWorkerId: stage.south.workerId,
    });
    const id = sent.data?.['sendReferral'].id;
    await act(stage.south.worker, 'answerReferral', 'AnswerReferralInput', {
      id,
      expectedVersion: 1,
      answer: 'ACCEPTED',
    });
    const answer = await act(stage.south.worker, 'openCase', 'OpenCaseInput', {
      districtId: stage.south.id,
      mission: 'LOGEMENT',
      personIds: [file.personId],
    });
    const caseId = answer.data?.['openCase'].id;
    const ana = [{ displayName: 'Ana Petit', phone: '06 39 98 00 01' }];
    expect((await read(stage.south.worker, caseId))?.['persons']).toEqual(ana);
    await act(stage.south.head, 'assignCase', 'AssignCaseInput', {
      caseId,
      workerId: stage.south.colleagueId,
      expectedVersion: 1,
    });
    expect((await read(stage.south.worker, caseId))?.['persons']).toBeNull();
    const known = () => sql('select worker_id from person_known where person_id = $1', [file.personId]);
    expect(await known()).toEqual([]);
    // Nor by what becomes of the case that it was sent from.
    await sql('update assignment set ends_at = now() where case_id = $1 and ends_at is null', [file.id]);
    await stage.make.assignment({ caseId: file.id, workerId: stage.north.colleagueId });
    expect(await known()).toEqual([]);
    expect((await read(stage.south.colleague, caseId))?.['persons']).toEqual(ana);
  });
});
