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
});
