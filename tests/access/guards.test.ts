import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type LoggedCounty, startLoggedCounty } from '../data-protection/logged.js';
import type { Given } from '../support/county/rows.js';
import type { BuiltCase } from '../support/county.js';
import { ago, ahead, dayAhead, minutesAfter } from '../support/days.js';
import { everyTeamSays, secondAdviser } from '../support/statistics.js';

/** A service refuses some uses of an action that a login has: for some persons, of some rows, in some states. Nothing of it stays. */
let made: LoggedCounty;
let file: BuiltCase;
let who: LoggedCounty['who'];
const others: Record<string, string> = {};

beforeAll(async () => {
  made = await startLoggedCounty();
  who = made.who;
  for (const name of ['left', 'disabled', 'to come']) others[name] = (await made.sevran.worker(name)).id;
  others['at the desk'] = who['rachida'] ?? '';
  others['of another district'] = await made.one(`select id from worker where subject = 'gaston'`);
  for (const change of [
    `update membership set ends_at = now() - interval '1 ms' where worker_id = '${others['left']}'`,
    `update worker set disabled_at = now() where id = '${others['disabled']}'`,
    `update membership set starts_at = now() + interval '1 day' where worker_id = '${others['to come']}'`,
  ])
    await made.database.sql(change);
});
beforeEach(async () => {
  await made.database.sql('truncate relay, absence');
  file = await made.newCase();
});
afterAll(() => made.close());

const codes = async (by: string, mutation: string, input: Record<string, unknown>) =>
  (await made.send(by, mutation, input)).codes;
async function leaveTo(workerId: string | undefined): Promise<void> {
  await made.database.sql('update assignment set ends_at = now() where case_id = $1', [file.id]);
  await made.make.assignment({ caseId: file.id, workerId });
}

const districtNamed = (name: string): Promise<string> =>
  made.one('select id from district where name = $1', [name]);

describe('nobody is given a case, a stand-in or notes who', () => {
  test.each(['left', 'disabled', 'to come', 'at the desk', 'of another district'])('%s', async (name) => {
    const workerId = others[name];
    expect(await codes('hélène', 'reassignCase', { caseId: file.id, workerId, expectedVersion: 1 })).toEqual([
      'INVALID_INPUT',
    ]);
    const handover = { caseId: file.id, toWorkerId: workerId, noteIds: file.noteIds };
    expect(await codes('alice', 'offerHandover', handover)).toEqual(['INVALID_INPUT']);
    await made.send('hélène', 'declareAbsence', {
      districtId: made.district,
      workerId: who['alice'],
      startsAt: ago(1),
    });
    const relay = {
      districtId: made.district,
      absentWorkerId: who['alice'],
      standInId: workerId,
      startsAt: ago(0),
      endsAt: ahead(1),
    };
    expect(['INVALID_INPUT', 'NOT_FOUND']).toContain((await codes('hélène', 'openRelay', relay))[0]);
  });
});

describe('someone who waits', () => {
  const asked = () => ({ districtId: made.district, typeCode: 'FIRST_RECEPTION', personId: file.personId });
  const waiting = (of: Given<'appointmentRequest'> = {}): Promise<string> =>
    made.make.appointmentRequest({ districtId: made.district, personId: file.personId, ...of });

  test.each(['left', 'disabled', 'to come', 'at the desk', 'of another district'])(
    'is judged by nobody who is %s',
    async (name) => {
      const dutyWorkerId = others[name];
      expect(await codes('rachida', 'requestAppointment', { ...asked(), dutyWorkerId })).toEqual([
        'NOT_FOUND',
      ]);
      const change = { id: await waiting(), expectedVersion: 1, dutyWorkerId };
      expect(await codes('rachida', 'changeRequest', change)).toEqual(['NOT_FOUND']);
    },
  );

  test('is not handed to a colleague by who asks for them: who is on duty, the desk says', async () => {
    const handed = { ...asked(), dutyWorkerId: who['bruno'] };
    expect(await codes('alice', 'requestAppointment', handed)).toEqual(['FORBIDDEN']);
    expect(await codes('alice', 'requestAppointment', { ...handed, caseId: file.id })).toEqual(['FORBIDDEN']);
    expect(await codes('rachida', 'requestAppointment', handed)).toEqual(['INVALID_INPUT']);
    await made.make.visit({ districtId: made.district, personId: file.personId });
    expect(await codes('rachida', 'requestAppointment', handed)).toEqual([]);
    const mine = {
      id: await waiting({ dutyWorkerId: who['alice'] }),
      expectedVersion: 1,
      dutyWorkerId: who['bruno'],
    };
    expect(await codes('alice', 'changeRequest', mine)).toEqual(['FORBIDDEN']);
  });

  test('is not more urgent because the desk says so, nor there because a social worker does', async () => {
    expect(await codes('rachida', 'requestAppointment', { ...asked(), urgency: 'TODAY' })).toEqual([
      'FORBIDDEN',
    ]);
    const mine = { id: await waiting({ dutyWorkerId: who['bruno'] }), expectedVersion: 1 };
    expect(await codes('rachida', 'setUrgency', { ...mine, urgency: 'TODAY' })).toEqual(['FORBIDDEN']);
    expect(await codes('bruno', 'recordPresence', { ...mine, present: true })).toEqual(['FORBIDDEN']);
    expect(await codes('bruno', 'setUrgency', { ...mine, urgency: 'TODAY' })).toEqual([]);
    expect(await codes('bruno', 'setUrgency', { ...mine, urgency: 'ORDINARY' })).toEqual(['CONFLICT']);
    // The head sees that they wait, and changes nothing.
    for (const [mutation, more] of [
      ['withdrawRequest', {}],
      ['changeRequest', { mode: 'PHONE' }],
      ['setUrgency', { urgency: 'ORDINARY' }],
      ['recordPresence', { present: true }],
    ] as const)
      expect(await codes('hélène', mutation, { ...mine, expectedVersion: 2, ...more })).toEqual([
        'FORBIDDEN',
      ]);
  });

  test('has nothing sooner instead of what somebody else has', async () => {
    const startsAt = ahead(20);
    const booked = await made.make.appointment({
      districtId: made.district,
      startsAt,
      endsAt: minutesAfter(startsAt, 30),
    });
    await made.make.appointmentWorker({ appointmentId: booked, workerId: who['bruno'] });
    const of = (personId: string) => made.make.appointmentPerson({ appointmentId: booked, personId });
    await of((await made.newCase()).personId);
    const sooner = { ...asked(), insteadOfId: booked };
    expect(await codes('rachida', 'requestAppointment', sooner)).toEqual(['NOT_FOUND']);
    await of(file.personId);
    expect(await codes('rachida', 'requestAppointment', sooner)).toEqual([]);
  });

  test('waits no longer, though the version be the present one', async () => {
    const input = { id: await waiting({ dutyWorkerId: who['bruno'] }), expectedVersion: 1 };
    expect(await codes('rachida', 'withdrawRequest', input)).toEqual([]);
    const after = { ...input, expectedVersion: 2 };
    expect(await codes('rachida', 'withdrawRequest', after)).toEqual(['CONFLICT']);
    expect(await codes('rachida', 'changeRequest', { ...after, mode: 'PHONE' })).toEqual(['CONFLICT']);
    expect(await codes('bruno', 'setUrgency', { ...after, urgency: 'TODAY' })).toEqual(['CONFLICT']);
  });
});

describe('a case', () => {
  test('is not reassigned to who has it, nor when nobody has it', async () => {
    const input = { caseId: file.id, workerId: who['alice'], expectedVersion: 1 };
    expect(await codes('hélène', 'reassignCase', input)).toEqual(['CONFLICT']);
    const unassigned = await made.sevran.case();
    expect(await codes('hélène', 'reassignCase', { ...input, caseId: unassigned.id })).toEqual(['CONFLICT']);
  });

  test('is not closed twice, though the version be the present one', async () => {
    expect(await codes('alice', 'closeCase', { caseId: file.id, expectedVersion: 1 })).toEqual([]);
    expect(await codes('alice', 'closeCase', { caseId: file.id, expectedVersion: 2 })).toEqual(['CONFLICT']);
  });

  test('is not opened about someone beyond one’s look-up, and has no need of who is not in it', async () => {
    const stranger = await made.make.person({ districtId: await districtNamed('Gagny') });
    const opened = { districtId: made.district, mission: 'RSA', personIds: [file.personId, stranger] };
    expect(await codes('alice', 'openCase', opened)).toEqual(['NOT_FOUND']);
    const need = { caseId: file.id, code: made.code, startsOn: '2026-01-05' };
    expect(await codes('alice', 'recordNeed', { ...need, personId: stranger })).toEqual(['NOT_FOUND']);
    expect(await codes('alice', 'recordNeed', { ...need, personId: file.personId })).toEqual([]);
  });
});

describe('a list by absent worker', () => {
  async function listed(by = 'hélène'): Promise<boolean> {
    const answer = await (await made.app.as(by)).send(
      'query ($id: ID!) { cases(first: 100, filter: { absentWorkerId: $id, purpose: REASSIGNMENT }) { edges { node { id } } } }',
      { id: who['alice'] },
    );
    return JSON.stringify(answer.data).includes(file.id);
  }
  test.each<[string, string, string | null, boolean]>([
    ['who is absent', ago(1), ahead(4), true],
    ['who is absent for two days', ago(1), ahead(2), false],
    ['who leaves in 20 days', ahead(20), null, true],
    ['who leaves in 40 days', ahead(40), null, false],
    ['who is absent from tomorrow', ahead(1), ahead(2), false],
    ['who is back', ago(2), ago(1), false],
  ])('of %s', async (_name, startsAt, endsAt, found) => {
    await made.make.absence({ workerId: who['alice'], districtId: made.district, startsAt, endsAt });
    expect(await listed()).toBe(found);
    expect(await listed('bruno')).toBe(false);
    await made.database.sql(`update "case" set status = 'CLOSED', closed_at = now() where id = $1`, [
      file.id,
    ]);
    expect(await listed()).toBe(false);
  });
});

describe('a relay', () => {
  const open = async (): Promise<readonly string[]> =>
    codes('hélène', 'openRelay', {
      districtId: made.district,
      absentWorkerId: who['alice'],
      standInId: who['bruno'],
      startsAt: ago(0.5),
      endsAt: ahead(0.5),
    });
  const absentIn = async (district: string) =>
    made.make.absence({ workerId: who['alice'], districtId: await districtNamed(district) });

  test('has an absence, which its head ends and whose worker contradicts: at its version, while it is not over', async () => {
    const id = await absentIn('Sevran');
    const end = (expectedVersion: number, endsAt: string | null = ahead(2)) =>
      codes('hélène', 'changeAbsence', { id, expectedVersion, endsAt });
    const contradict = (subject: string, expectedVersion: number) =>
      codes(subject, 'contradictAbsence', { id, expectedVersion });
    expect(await end(7)).toEqual(['CONFLICT']);
    expect(await end(1, ago(2))).toEqual(['INVALID_INPUT']);
    expect(await end(1)).toEqual([]);
    await made.make.absence({
      workerId: who['alice'],
      districtId: made.district,
      startsAt: ahead(5),
      endsAt: ahead(6),
    });
    // Into another of theirs.
    expect(await end(2, null)).toEqual(['CONFLICT']);
    await made.database.sql('delete from absence where starts_at > now()');
    expect(await end(2, null)).toEqual([]);
    expect(await contradict('hélène', 3)).toEqual(['FORBIDDEN']);
    expect(await contradict('bruno', 3)).toEqual(['NOT_FOUND']);
    expect(await codes('alice', 'changeAbsence', { id, expectedVersion: 3, endsAt: null })).toEqual([
      'FORBIDDEN',
    ]);
    expect(await contradict('alice', 2)).toEqual(['CONFLICT']);
    expect(await contradict('alice', 3)).toEqual([]);
    expect(await contradict('alice', 4)).toEqual(['CONFLICT']);
    // An end in the past is now.
    expect(await end(4, ago(0.5))).toEqual([]);
    expect(await made.one(`select (ends_at <= now())::text from absence where id = $1`, [id])).toBe('true');
    expect(await end(5)).toEqual(['CONFLICT']);
  });

  test('is not opened for an absence in another district', async () => {
    await absentIn('Gagny');
    expect(await open()).toEqual(['INVALID_INPUT']);
  });

  test('is not ended at a version that has passed, nor once it has ended', async () => {
    await absentIn('Sevran');
    expect(await open()).toEqual([]);
    const id = await made.one('select id from relay');
    expect(await codes('hélène', 'endRelay', { id, expectedVersion: 7 })).toEqual(['CONFLICT']);
    expect(await codes('hélène', 'endRelay', { id, expectedVersion: 1 })).toEqual([]);
    expect(await codes('hélène', 'endRelay', { id, expectedVersion: 2 })).toEqual(['CONFLICT']);
  });
});

describe('a note', () => {
  test('is not written by who loses the case at the same moment', async () => {
    const head = new pg.Client({ connectionString: made.database.url });
    await head.connect();
    await head.query('begin');
    await head.query('update assignment set ends_at = now() where case_id = $1', [file.id]);
    await head.query('insert into assignment (case_id, worker_id) values ($1, $2)', [file.id, who['bruno']]);
    const writing = codes('alice', 'writeNote', { caseId: file.id, body: 'trop tard' });
    // Until the writer waits for the head, and sees what the head has done.
    const waits = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await made.database.sql(waits)).length === 0) await new Promise(setImmediate);
    await head.query('commit');
    await head.end();
    expect(await writing).toEqual(['FORBIDDEN']);
    expect(await made.database.sql('select from interview_note where case_id = $1', [file.id])).toHaveLength(
      1,
    );
  });

  test('that was handed over is read by who has the case now, and amended by nobody', async () => {
    await made.send('alice', 'offerHandover', {
      caseId: file.id,
      toWorkerId: who['bruno'],
      noteIds: file.noteIds,
    });
    const offered = async (): Promise<unknown> =>
      (await (await made.app.as('bruno')).send('{ pendingHandovers { id case { id } } }')).data?.[
        'pendingHandovers'
      ];
    const id = await made.one('select id from handover where case_id = $1', [file.id]);
    expect(await offered()).toContainEqual({ id, case: { id: file.id } });
    await leaveTo(who['bruno']);
    expect(await codes('bruno', 'acceptHandover', { id })).toEqual([]);
    expect(await offered()).toEqual([]);
    for (const [by, code] of [
      ['bruno', 'FORBIDDEN'],
      ['alice', 'NOT_FOUND'],
    ] as const)
      expect(await codes(by, 'amendNote', { id: file.noteIds[0], expectedVersion: 1, body: 'x' })).toEqual([
        code,
      ]);
  });

  test('of another case is not offered along with this one, and none to oneself', async () => {
    const second = await made.newCase();
    const offer = {
      caseId: file.id,
      toWorkerId: who['bruno'],
      noteIds: [...file.noteIds, ...second.noteIds],
    };
    expect(await codes('alice', 'offerHandover', offer)).toEqual(['NOT_FOUND']);
    expect(
      await codes('alice', 'offerHandover', { ...offer, toWorkerId: who['alice'], noteIds: file.noteIds }),
    ).toEqual(['INVALID_INPUT']);
  });

  test('is not released by the adviser who has asked for it, and waits for another', async () => {
    const id = await made.make.release({
      caseId: file.id,
      requestedById: who['conseillère'],
      ground: 'COURT_ORDER',
    });
    expect(await codes('conseillère', 'approveRelease', { id })).toEqual(['FORBIDDEN']);
    const pending = async () =>
      (await (await made.app.as('conseillère')).send('{ pendingReleases { id } }')).data?.['pendingReleases'];
    // It is not hers to decide, and is not listed to her.
    expect(await pending()).toEqual([]);
  });
});

describe('an indicator', () => {
  let nth = 0;
  /** On which the teams are asked, and have agreed. */
  async function agreed(code = `AGREED_${++nth}`, version = 1): Promise<string> {
    const id = await made.make.indicator({
      code,
      version,
      status: 'CONSULTED',
      consultedFrom: dayAhead(0),
      consultedUntil: dayAhead(20),
    });
    await made.database.sql(everyTeamSays('FOR'), [[id]]);
    await made.database.sql(`update district set switched_on_on = '2025-01-01' where id = $1`, [
      made.district,
    ]);
    return id;
  }
  const adopts = async (id: string): Promise<readonly (readonly string[])[]> => [
    await codes('conseillère', 'adoptIndicator', { id }),
    await codes(await secondAdviser(made.database), 'adoptIndicator', { id }),
  ];
  const statusOf = (id: string): Promise<string> =>
    made.one('select status from indicator where id = $1', [id]);

  test('is adopted beside another at the same moment, each in a place of its own', async () => {
    const ids = [await agreed(), await agreed(), await agreed()];
    await secondAdviser(made.database);
    const answers = await Promise.all(ids.map(adopts));
    expect(answers.flat()).toEqual([[], [], [], [], [], []]);
    expect(
      await made.one(
        `select count(distinct place) from indicator where id = any ($1) and status = 'ADOPTED'`,
        [ids],
      ),
    ).toBe('3');
  });

  test('that is confirmed twice at the same moment is adopted once', async () => {
    const id = await agreed();
    const other = await secondAdviser(made.database);
    await codes('conseillère', 'adoptIndicator', { id });
    const answers = await Promise.all([
      codes(other, 'adoptIndicator', { id }),
      codes(other, 'adoptIndicator', { id }),
    ]);
    expect(answers.flat()).toEqual(['CONFLICT']);
    expect(await statusOf(id)).toBe('ADOPTED');
  });

  test('takes the place of the version before it', async () => {
    const first = await agreed('TWICE');
    expect(await adopts(first)).toEqual([[], []]);
    const second = await agreed('TWICE', 2);
    expect(await adopts(second)).toEqual([[], []]);
    expect([await statusOf(first), await statusOf(second)]).toEqual(['RETIRED', 'ADOPTED']);
  });

  test('goes one way only: what is decided is not decided again', async () => {
    const id = await agreed();
    const retirement = { id, reason: 'Personne ne le lit.' };
    expect(await codes('conseillère', 'retireIndicator', retirement)).toEqual(['CONFLICT']);
    expect(await codes('conseillère', 'openConsultation', { id })).toEqual(['CONFLICT']);
    const refusal = { id, refusal: 'NOT_WANTED', reason: 'Personne n’en veut.' };
    const other = await secondAdviser(made.database);
    for (const by of ['conseillère', other]) expect(await codes(by, 'refuseIndicator', refusal)).toEqual([]);
    for (const [name, input] of [
      ['refuseIndicator', refusal],
      ['adoptIndicator', { id }],
      ['retireIndicator', retirement],
      ['openConsultation', { id }],
    ] as const)
      expect({ name, codes: await codes('conseillère', name, input) }).toEqual({ name, codes: ['CONFLICT'] });
    const opinion = { id, districtId: made.district, position: 'AGAINST' };
    expect(await codes('alice', 'stateOpinion', opinion)).toEqual(['CONFLICT']);
    expect(await statusOf(id)).toBe('REFUSED');
  });

  test('is spoken of by each member of a team, who restate their own voice with the version that was read', async () => {
    const id = await agreed();
    const opinion = { id, districtId: made.district, position: 'AGAINST', words: 'Nous étions partagés.' };
    expect(await codes('bruno', 'stateOpinion', { ...opinion, expectedVersion: 1 })).toEqual(['CONFLICT']);
    expect(await codes('bruno', 'stateOpinion', opinion)).toEqual([]);
    expect(await codes('bruno', 'stateOpinion', opinion)).toEqual(['CONFLICT']);
    expect(await codes('bruno', 'stateOpinion', { ...opinion, expectedVersion: 7 })).toEqual(['CONFLICT']);
    expect(await codes('bruno', 'stateOpinion', { ...opinion, expectedVersion: 1 })).toEqual([]);
    expect(await codes('alice', 'stateOpinion', { ...opinion, expectedVersion: 2 })).toEqual(['CONFLICT']);
    expect(await codes('alice', 'stateOpinion', opinion)).toEqual([]);
    for (const by of ['hélène', 'rachida', 'gaston', 'conseillère'])
      expect({ by, codes: await codes(by, 'stateOpinion', { ...opinion, expectedVersion: 2 }) }).toEqual({
        by,
        codes: ['FORBIDDEN'],
      });
  });
});
