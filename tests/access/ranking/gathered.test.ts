import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { Gathered } from './gathered.js';

/** The measure finds what there is to be found, in one answer or in several of different days. */
const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
const page = (node: Record<string, unknown>) => ({ edges: [{ node }] });
const AGENDA = '{ appointments { edges { node { id status workers { id } } } } }';

describe('what is put together by id', () => {
  test('is a case and its assigned worker, and the needs below it', () => {
    const gathered = new Gathered(schema);
    gathered.add(
      '{ cases { edges { node { id assignedWorker { id } needs { id } } } } }',
      { cases: page({ id: 'c', assignedWorker: { id: 'w' }, needs: [{ id: 'n' }] }) },
      '2026-03-04',
    );
    expect(gathered.pairs()).toMatchObject({
      cases: [{ worker: 'w', row: 'Case:c' }],
      needs: [{ worker: 'w', row: 'Need:n' }],
    });
    expect(gathered.pairs(({ worker }) => worker === 'w').cases).toEqual([]);
  });

  test('is a worker of one day and an outcome of another', () => {
    const gathered = new Gathered(schema);
    gathered.add(
      AGENDA,
      { appointments: page({ id: 'a', status: 'BOOKED', workers: [{ id: 'w' }] }) },
      '2026-03-04',
    );
    expect(gathered.pairs()).toMatchObject({ outcomes: [], busy: [{ worker: 'w', row: 'Appointment:a' }] });
    gathered.add(
      AGENDA,
      { appointments: page({ id: 'a', status: 'HONOURED', workers: null }) },
      '2026-03-05',
    );
    expect(gathered.pairs()).toMatchObject({ outcomes: [{ worker: 'w', row: 'Appointment:a' }], busy: [] });
  });

  test('is the worker of a visit and the outcome of the appointment for which they came', () => {
    const gathered = new Gathered(schema);
    gathered.add(
      '{ visits(districtId: "d") { edges { node { id day worker { id } appointment { id status } } } } }',
      {
        visits: page({
          id: 'v',
          day: '2026-03-03',
          worker: { id: 'w' },
          appointment: { id: 'a', status: 'HONOURED' },
        }),
      },
      '2026-03-04',
    );
    expect(gathered.pairs()).toMatchObject({
      outcomes: [{ worker: 'w', row: 'Appointment:a' }],
      pastVisits: [{ worker: 'w', row: 'Visit:v' }],
    });
  });

  test('is one of many who did not come to a meeting of a worker', () => {
    const gathered = new Gathered(schema);
    gathered.add(
      '{ collectiveAppointment(id: "a") { id takenPlaces { outcome } appointment { id workers { id } } } }',
      {
        collectiveAppointment: {
          id: 'a',
          takenPlaces: [{ outcome: 'NOT_HONOURED' }],
          appointment: { id: 'a', workers: [{ id: 'w' }] },
        },
      },
      '2026-03-04',
    );
    expect(gathered.pairs().outcomes).toEqual([{ worker: 'w', row: 'Appointment:a' }]);
  });

  test('is yesterday’s visit and the worker whom the morning’s list named beside its appointment', () => {
    const gathered = new Gathered(schema);
    gathered.add(
      AGENDA,
      { appointments: page({ id: 'a', status: 'BOOKED', workers: [{ id: 'w' }] }) },
      '2026-03-03',
    );
    const VISITS = '{ visits(districtId: "d") { edges { node { id day appointment { id } } } } }';
    const visit = { id: 'v', day: '2026-03-03', appointment: { id: 'a' } };
    gathered.add(VISITS, { visits: page(visit) }, '2026-03-03');
    expect(gathered.pairs()).toMatchObject({
      presence: [{ worker: 'w', row: 'Visit:v' }],
      pastVisits: [],
    });
    gathered.add(VISITS, { visits: page({ ...visit, appointment: null }) }, '2026-03-04');
    expect(gathered.pairs().pastVisits).toEqual([]);
    gathered.add(VISITS, { visits: page(visit) }, '2026-03-04');
    expect(gathered.pairs().pastVisits).toEqual([{ worker: 'w', row: 'Visit:v' }]);
  });

  test('is who came on a day, and with whom that person had an appointment', () => {
    const gathered = new Gathered(schema);
    gathered.add(
      '{ appointments { edges { node { id startsAt workers { id } persons { id } } } } }',
      {
        appointments: page({
          id: 'a',
          startsAt: '2026-03-03T23:30:00.000Z',
          workers: [{ id: 'w' }],
          persons: [{ id: 'p' }],
        }),
      },
      '2026-03-03',
    );
    const VISITS = '{ visits(districtId: "d") { edges { node { id day person { id } } } } }';
    gathered.add(VISITS, { visits: page({ id: 'u', day: '2026-03-03', person: { id: 'p' } }) }, '2026-03-05');
    expect(gathered.pairs().presence).toEqual([]);
    gathered.add(VISITS, { visits: page({ id: 'v', day: '2026-03-04', person: { id: 'p' } }) }, '2026-03-05');
    expect(gathered.pairs().presence).toEqual([{ worker: 'w', row: 'Visit:v' }]);
  });

  test('is the worker whom the desk saw and what the head reads of the same visit', () => {
    const together = new Gathered(schema);
    const DESK = '{ visits(districtId: "d") { edges { node { id day worker { id } } } } }';
    const HEAD = '{ visits(districtId: "d") { edges { node { id status outcome takenInAt } } } }';
    for (const id of ['v', 'u', 'x'])
      together.add(DESK, { visits: page({ id, day: '2026-03-04', worker: { id: 'w' } }) }, '2026-03-04');
    const node = { status: 'CLOSED', outcome: null, takenInAt: null };
    together.add(HEAD, { visits: page({ ...node, id: 'v', outcome: 'LEFT' }) }, '2026-03-04');
    together.add(HEAD, { visits: page({ ...node, id: 'u', takenInAt: '2026-03-04T09:00Z' }) }, '2026-03-04');
    together.add(HEAD, { visits: page({ ...node, id: 'x' }) }, '2026-03-04');
    expect(together.pairs().outcomes).toEqual([
      { worker: 'w', row: 'Visit:v' },
      { worker: 'w', row: 'Visit:u' },
    ]);
  });

  test('is a line of the list of a day that is booked no more, and was not called off', () => {
    const gathered = new Gathered(schema);
    const line = (time: string, who: string) => `${time} | ${who.padEnd(12)} | Entretien   |  |  | `;
    const dayList = `Liste du mercredi 4 mars 2026\n1 rue\n\nHeure | Agent\n${line('09:00-09:30', 'Ana Weil')}\n${line('10:00-10:30', 'Ana Weil')}\n`;
    const ask = (query: string, data: Record<string, unknown>) => gathered.add(query, data, '2026-03-04');
    ask('{ appointments { edges { node { id startsAt endsAt status workers { id displayName } } } } }', {
      appointments: page({
        id: 'a',
        startsAt: '2026-03-04T08:00:00.000Z',
        endsAt: '2026-03-04T08:30:00.000Z',
        status: 'BOOKED',
        workers: [{ id: 'w', displayName: 'Ana Weil' }],
      }),
    });
    ask('{ dayList(districtId: "d") }', { dayList });
    gathered.endLook();
    expect(gathered.pairs().outcomes).toEqual([
      { worker: 'w', row: 'Line:Liste du mercredi 4 mars 2026 10:00-10:30 Ana Weil' },
    ]);
  });

  test('is each of those who hold the appointment of such a line, and nobody if it is of the requester', () => {
    const gathered = new Gathered(schema);
    const ask = (query: string, data: Record<string, unknown>) => gathered.add(query, data, '2026-03-04');
    ask('{ appointments { edges { node { id workers { id displayName } } } } }', {
      appointments: page({
        id: 'a',
        workers: [
          { id: 'w', displayName: 'Ana Weil' },
          { id: 'x', displayName: 'Maximilienne Robespierre-Descamps' },
        ],
      }),
    });
    const both = 'Ana Weil, Maximilienne Robespierre';
    ask('{ dayList(districtId: "d") }', {
      dayList: `Liste du mercredi 4 mars 2026\n1 rue\n\n10:00-10:30 | ${both} | Entretien |  |  | \n`,
    });
    gathered.endLook();
    const row = `Line:Liste du mercredi 4 mars 2026 10:00-10:30 ${both}`;
    expect(gathered.pairs().outcomes).toEqual([
      { worker: 'w', row },
      { worker: 'x', row },
    ]);
    expect(gathered.pairs(({ worker }) => worker === 'x').outcomes).toEqual([]);
  });

  test('is an appointment that is booked no more before its day: it was called off', () => {
    const gathered = new Gathered(schema);
    const AGAIN = '{ appointment(id: "a") { id startsAt status } }';
    gathered.add(
      AGENDA,
      { appointments: page({ id: 'a', status: 'BOOKED', workers: [{ id: 'w' }] }) },
      '2026-03-04',
    );
    const appointment = { id: 'a', startsAt: '2026-03-04T08:00:00.000Z', status: null };
    gathered.add(AGAIN, { appointment }, '2026-03-04');
    expect(gathered.pairs().calledOff).toEqual([]);
    gathered.add(
      AGAIN,
      { appointment: { ...appointment, startsAt: '2026-03-05T08:00:00.000Z' } },
      '2026-03-04',
    );
    expect(gathered.pairs().calledOff).toEqual([{ worker: 'w', row: 'Appointment:a' }]);
  });
});
