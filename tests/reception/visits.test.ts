import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { later, today } from '../agenda/agenda.js';
import type { Answer, Requester } from '../support/app.js';
import { openHours } from '../support/county.js';
import { ahead } from '../support/days.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/** Who comes is counted by a number and received by whom it concerns; nobody is asked who they are, or why they come. */
let stage: Stage;
let scene: Scene;
let alice: string;
let asAlice: Requester;

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  alice = (await scene.worker('alice')).id;
  asAlice = await scene.as('alice');
});
afterAll(() => stage.close());

const VISIT = `id ticket status kind outcome arrivedAt takenInAt closedAt version person { displayName } worker { id } attestation`;

function act(
  mutation: string,
  type: string,
  input: Record<string, unknown>,
  who = scene.desk,
): Promise<Answer> {
  return who.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${VISIT} } }`, { input });
}
const record = (more: Record<string, unknown> = {}, who = scene.desk) =>
  act('recordVisit', 'RecordVisitInput', { districtId: scene.districtId, kind: 'WALK_IN', ...more }, who);
const takeIn = (id: string, expectedVersion: number, who = scene.desk) =>
  act('takeIn', 'VersionedInput', { id, expectedVersion }, who);
const close = (id: string, expectedVersion: number, outcome: string, who = scene.desk) =>
  act('closeVisit', 'CloseVisitInput', { id, expectedVersion, outcome }, who);

/** What an answer holds; what it says if that is nothing. */
function of(answer: Answer) {
  const [value] = Object.values(answer.data ?? {});
  if (value == null) throw new Error(answer.text);
  return value;
}

async function queue(who = scene.desk): Promise<number[]> {
  const { data } = await who.send(
    `query ($id: ID!) { visits(districtId: $id, status: WAITING) { edges { node { ticket } } } }`,
    { id: scene.districtId },
  );
  return data?.['visits'].edges.map(({ node }: { node: { ticket: number } }) => node.ticket);
}

/** An appointment of today, with alice, begun or not. */
async function bookedToday(more: Record<string, unknown> = {}): Promise<string> {
  const id = await scene.booked(alice, scene.at('09:00'), more);
  await scene.sql(
    `update appointment set starts_at = date_trunc('hour', now()), ends_at = date_trunc('hour', now()) + interval '30 minutes'
      where id = $1`,
    [id],
  );
  return id;
}

async function statusOf(appointment: string): Promise<string> {
  const [row] = await scene.sql<{ status: string }>('select status from appointment where id = $1', [
    appointment,
  ]);
  return row?.status ?? '';
}

describe('who comes', () => {
  test('gets a number of the day, under no name, and waits in the order of arrival', async () => {
    const first = of(await record());
    expect(first).toMatchObject({
      ticket: 1,
      status: 'WAITING',
      person: null,
      worker: null,
      attestation: null,
    });
    await record({ kind: 'CALL' });
    await record();
    expect(await queue()).toEqual([1, 2, 3]);
  });

  test('at once, gets a number of their own each', async () => {
    const tickets = (await Promise.all(Array.from({ length: 12 }, () => record()))).map(
      (one) => of(one).ticket,
    );
    expect(tickets.sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, nth) => nth + 1));
  });

  test('for an appointment of today, waits for its worker, who knows them', async () => {
    const { id: personId } = await scene.person({ givenName: 'Nour', familyName: 'Benali' });
    const appointmentId = await bookedToday({ personIds: [personId] });
    const { id } = of(await record({ appointmentId, personId }));
    const { data } = await asAlice.send(`query ($id: ID!) { visit(id: $id) { ${VISIT} } }`, { id });
    expect(data?.['visit']).toMatchObject({ person: { displayName: 'Nour Benali' }, worker: { id: alice } });
    expect(faultOf(await record({ appointmentId }))).toBe('CONFLICT STATE_CHANGED');
  });

  test('is received, and has an attestation that says that they were there, and who issues it', async () => {
    const appointmentId = await bookedToday();
    const visit = of(await record({ appointmentId }));
    expect(of(await takeIn(visit.id, 1, asAlice)).status).toBe('TAKEN_IN');
    expect(await statusOf(appointmentId)).toBe('HONOURED');
    const closed = of(await close(visit.id, 2, 'RECEIVED', asAlice));
    expect(closed.attestation).toMatch(
      /^Attestation de présence\n\nDépartement\n1 rue de la Mairie, 93270 \S+\nTéléphone : [\d ]+\n\nNous attestons de la présence de la personne portant le numéro 1 à cette adresse le \d+ \S+ \d{4}, de \d\d:\d\d à \d\d:\d\d\.\n\nFait le \d+ \S+ \d{4}, par (.+), agent\.$/,
    );
    expect(await queue()).toEqual([]);
  });

  test('has it issued by the desk in its own name or by its function, and never in that of who received', async () => {
    const visit = of(await record({ workerId: alice }));
    await takeIn(visit.id, 1, asAlice);
    await close(visit.id, 2, 'RECEIVED', asAlice);
    const { data } = await scene.desk.send(
      'query ($id: ID!) { visit(id: $id) { named: attestation unnamed: attestation(withoutMyName: true) } }',
      { id: visit.id },
    );
    const nameOf = async (subject: string) =>
      (
        await scene.sql<{ name: string }>(
          `select given_name || ' ' || family_name as name from worker where subject = $1`,
          [`${subject}.${scene.name}`],
        )
      )[0]?.name;
    const { named, unnamed } = data?.['visit'] ?? {};
    expect(named).toMatch(new RegExp(`, par ${await nameOf('desk')}, agent d’accueil\\.$`));
    expect(unnamed).toMatch(/, par un agent d’accueil\.$/);
    for (const text of [named, unnamed]) {
      expect(text).not.toContain(await nameOf('alice'));
      // Neither the service, nor why.
      expect(text).not.toMatch(/social|circonscription|polyvalence|Secteur\d+ –/i);
    }
  });

  test('and leaves before, gives the rest of the time back', async () => {
    const appointmentId = await bookedToday();
    const visit = of(await record({ appointmentId }));
    expect(of(await close(visit.id, 1, 'LEFT'))).toMatchObject({ status: 'CLOSED', outcome: 'LEFT' });
    expect(await statusOf(appointmentId)).toBe('LEFT_BEFORE_RECEIVED');
    const taken = await scene.sql('select from occupancy where appointment_id = $1', [appointmentId]);
    expect(taken).toEqual([]);
  });

  test('and is on the waiting list, is offered what is free today, until they have gone', async () => {
    const { id: personId } = await scene.district.person();
    const requestId = await scene.waits({ personId });
    const hours = await openHours(stage.database, alice, scene.districtId, {
      types: ['FIRST_RECEPTION'],
      until: later(today(), 1),
      weekdays: [],
    });
    await scene.make.availabilityOccurrence({
      availabilityId: hours.id,
      startsAt: ahead(20 / 1440),
      endsAt: ahead(50 / 1440),
    });
    expect(await scene.offer()).toBe(0);
    const visit = of(await record({ personId }));
    expect((await scene.offered(requestId)).channel).toBe('AT_DESK');
    await close(visit.id, 1, 'ANSWERED');
    expect((await scene.request(requestId)).presentUntil).toBeNull();
  });
});

describe('who receives them', () => {
  test('is said by the desk; a colleague who is not the one sees nothing', async () => {
    await scene.worker('bruno');
    const bruno = await scene.as('bruno');
    const { id } = of(await record({ personId: (await scene.person()).id }));
    const seen = (who: Requester) =>
      who.send(`query ($id: ID!) { visit(id: $id) { person { displayName } } }`, { id });
    expect((await seen(asAlice)).data?.['visit']).toBeNull();
    const directed = await act('directVisit', 'DirectVisitInput', {
      id,
      expectedVersion: 1,
      workerId: alice,
    });
    expect(of(directed).worker).toEqual({ id: alice });
    expect((await seen(asAlice)).data?.['visit']).toEqual({ person: { displayName: 'Ana Petit' } });
    expect((await seen(bruno)).data?.['visit']).toBeNull();
    expect(faultOf(await takeIn(id, 2, bruno))).toBe('NOT_FOUND input.id');
    expect(await queue(asAlice)).toEqual([1]);
    expect(await queue(bruno)).toEqual([]);
  });

  test('knows the person until 30 days after, and no longer', async () => {
    const { id: personId } = await scene.person({ givenName: 'Nour', familyName: 'Benali' });
    const { id } = of(await record({ personId, workerId: alice }));
    await takeIn(id, 1, asAlice);
    await close(id, 2, 'RECEIVED', asAlice);
    const name = async () =>
      (await asAlice.send(`query ($id: ID!) { visit(id: $id) { person { displayName } } }`, { id })).data?.[
        'visit'
      ].person;
    expect(await name()).toEqual({ displayName: 'Nour Benali' });
    await scene.sql(`update person_known set known_until = now() - interval '1 ms' where source_id = $1`, [
      id,
    ]);
    expect(await name()).toBeNull();
  });

  test('the head sees that people came, and who receives whom to nobody but the desk', async () => {
    await scene.district.head(`head.${scene.name}`);
    const head = await scene.as('head');
    const { id } = of(await record({ personId: (await scene.person()).id, workerId: alice }));
    const { data, codes } = await head.send(`query ($id: ID!) { visit(id: $id) { ticket ${VISIT} } }`, {
      id,
    });
    expect(data?.['visit']).toMatchObject({ ticket: 1, person: null, worker: null, attestation: null });
    expect(new Set(codes)).toEqual(new Set(['FORBIDDEN']));
    expect(faultOf(await takeIn(id, 1, head))).toBe('FORBIDDEN');
  });

  test('a desk alone takes in itself whoever nobody else is to receive', async () => {
    const { id } = of(await record());
    expect(of(await takeIn(id, 1)).worker).not.toBeNull();
    expect(of(await close(id, 2, 'APPOINTMENT_GIVEN')).outcome).toBe('APPOINTMENT_GIVEN');
  });
});

describe('what is refused, and changes nothing', () => {
  test.each([
    ['another district', () => ({ districtId: randomUUID() }), 'FORBIDDEN'],
    ['no such person', () => ({ personId: randomUUID() }), 'NOT_FOUND input.personId'],
    ['no such appointment', () => ({ appointmentId: randomUUID() }), 'NOT_FOUND input.appointmentId'],
    ['no such worker', () => ({ workerId: randomUUID() }), 'NOT_FOUND input.workerId'],
  ])('%s', async (_what, input, fault) => {
    expect(faultOf(await record(input()))).toBe(fault);
    expect(await queue()).toEqual([]);
  });

  test('somebody who is not expected for the appointment for which they come', async () => {
    const appointmentId = await bookedToday({ personIds: [(await scene.person()).id] });
    const { id: personId } = await scene.person();
    expect(faultOf(await record({ appointmentId, personId }))).toBe('NOT_FOUND input.personId');
    expect(faultOf(await record({ appointmentId }))).toBe('none');
  });

  test('an appointment of another day, or called off', async () => {
    const tomorrow = await scene.booked(alice, scene.at('09:00'));
    expect(faultOf(await record({ appointmentId: tomorrow }))).toBe('INVALID_INPUT input.appointmentId');
    await scene.act('cancelAppointment', 'CancelAppointmentInput', {
      id: tomorrow,
      expectedVersion: 1,
      by: 'SERVICE',
    });
    expect(faultOf(await record({ appointmentId: tomorrow }))).toBe('CONFLICT STATE_CHANGED');
  });

  test('received who was not taken in, left who was; twice; and what is closed', async () => {
    const { id } = of(await record({ workerId: alice }));
    expect(faultOf(await close(id, 1, 'RECEIVED'))).toBe('INVALID_INPUT input.outcome');
    const faults = (await Promise.all([takeIn(id, 1), takeIn(id, 1, asAlice), takeIn(id, 1)]))
      .map(faultOf)
      .sort();
    expect(faults).toEqual(['CONFLICT VERSION_CHANGED', 'CONFLICT VERSION_CHANGED', 'none']);
    expect(faultOf(await close(id, 2, 'LEFT'))).toBe('INVALID_INPUT input.outcome');
    await close(id, 2, 'RECEIVED');
    expect(faultOf(await close(id, 3, 'ANSWERED'))).toBe('CONFLICT STATE_CHANGED');
    expect(faultOf(await takeIn(id, 3))).toBe('CONFLICT STATE_CHANGED');
  });

  test('days to come, or more than a month ago', async () => {
    const ask = (day: string) =>
      scene.desk.send(
        `query ($id: ID!, $day: Date!) { visits(districtId: $id, day: $day) { edges { node { id } } } }`,
        {
          id: scene.districtId,
          day,
        },
      );
    expect(faultOf(await ask(later(today(), 1)))).toBe('INVALID_INPUT day');
    expect(faultOf(await ask(later(today(), -40)))).toBe('INVALID_INPUT day');
    expect((await ask(later(today(), -3))).data?.['visits'].edges).toEqual([]);
  });

  test('a social worker records whom they receive themselves, and nobody else', async () => {
    const { id: bruno } = await scene.worker('bruno');
    expect(of(await record({}, asAlice)).worker).toEqual({ id: alice });
    expect(faultOf(await record({ workerId: bruno }, asAlice))).toBe('FORBIDDEN');
  });
});
