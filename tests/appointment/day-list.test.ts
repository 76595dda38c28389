import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { later, today } from '../agenda/agenda.js';
import type { Answer, Requester } from '../support/app.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/** Paper stays possible: the day to be printed, as neutral as what the desk may see, with lines to write on. */
let stage: Stage;
let scene: Scene;
let alice: string;

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  alice = (await scene.worker('alice', { slots: 3 })).id;
});
afterAll(() => stage.close());

const ask = (who: Requester, day: string | null, districtId = scene.districtId): Promise<Answer> =>
  who.send('query ($id: ID!, $day: Date) { dayList(districtId: $id, day: $day) }', { id: districtId, day });

async function list(who = scene.desk, day = scene.day(0)): Promise<string> {
  const { data, text } = await ask(who, day);
  if (data?.['dayList'] == null) throw new Error(text);
  return data['dayList'];
}

/** The cells of the lines of a day, from its hours on. */
const rowsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => /^\d\d:\d\d-/.test(line))
    .map((line) => line.split(' | ').map((cell) => cell.trim()));

describe('the list of a day', () => {
  test('has times, worker, public label, name and room, in the order of the day, and a column to write in', async () => {
    const nour = await scene.person({ givenName: 'Nour', familyName: 'Benali' });
    await scene.sql(`update availability set place = 'Bureau 2' where worker_id = $1`, [alice]);
    await scene.booked(alice, scene.at('09:30'), { personIds: [nour.id] });
    // A place that somebody typed is on no list, whoever comes.
    const typed = await scene.booked(alice, scene.at('09:00'));
    await scene.sql(`update appointment set place = 'Bureau du fond' where id = $1`, [typed]);
    for (const { id } of await scene.sql<{ id: string }>(
      'update appointment set booked_at_desk = false where district_id = $1 returning id',
      [scene.districtId],
    ))
      await scene.make.appointmentSubject({ appointmentId: id, text: 'Expulsion' });
    const text = await list();
    const worker = `alice.${scene.name} ${scene.name}`;
    expect(rowsOf(text)).toEqual([
      ['09:00-09:30', worker, 'Entretien', '', '', ''],
      ['09:30-10:00', worker, 'Entretien', 'Nour Benali', 'Bureau 2', ''],
    ]);
    expect(text).toMatch(/^Liste du \S+ \d+ \S+ \d{4}\n1 rue de la Mairie, 93270 \S+\n\nHeure +\| Agent/);
    expect(text).not.toMatch(/Expulsion|social|FIRST_RECEPTION/i);
  });

  test('has a line for each who has a place in a meeting, and says how many gave no name', async () => {
    const startsAt = scene.at('09:00');
    const persons = [
      await scene.person({ givenName: 'Nour', familyName: 'Benali' }),
      await scene.person({ givenName: 'Ana', familyName: 'Keller' }),
    ];
    const id = await scene.booked(alice, startsAt, { personIds: persons.map((person) => person.id) });
    await scene.sql(
      'update appointment set places = 12, places_named = 2, places_unnamed = 3 where id = $1',
      [id],
    );
    const lines = (await list()).split('\n').map((line) => line.split(' | ').map((cell) => cell.trim()));
    const at = lines.findIndex(([time]) => time === '09:00-09:30');
    expect(lines[at]?.[3]).toBe('5 places prises sur 12');
    expect(lines.slice(at + 1, at + 4).map((line) => [line[0], line[3]])).toEqual([
      ['', expect.stringMatching(/^(Nour Benali|Ana Keller)$/)],
      ['', expect.stringMatching(/^(Nour Benali|Ana Keller)$/)],
      ['', 'et 3 sans nom'],
    ]);
  });

  test('orders the rows of one time by the workers’ names, so that no row keeps its place of yesterday by its id', async () => {
    const names = ['zoé', 'bruno', 'élise', 'dora', 'yann'];
    for (const name of names) await scene.booked((await scene.worker(name)).id, scene.at('09:00'));
    await scene.booked(alice, scene.at('09:00'));
    expect(rowsOf(await list()).map(([, worker = '']) => worker.split('.')[0])).toEqual([
      'alice',
      'bruno',
      'dora',
      'élise',
      'yann',
      'zoé',
    ]);
  });

  test('leaves lines for those who come without an appointment, of the width of the others', async () => {
    const lines = (await list()).split('\n').filter((line) => line.includes(' | '));
    expect(lines.filter((line) => line.replaceAll('|', '').trim() === '')).toHaveLength(20);
    expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
  });

  test('leaves out what is called off, another day, and the name of a sensitive file', async () => {
    const hidden = await scene.person({ familyName: 'Collègue' });
    const id = await scene.booked(alice, scene.at('09:00'));
    await scene.booked(alice, scene.at('09:30'), { personIds: [hidden.id] });
    expect(rowsOf(await list()).map(([, , , person]) => person)).toEqual(['', 'Ana Collègue']);
    await scene.sql('update person set sensitive_file = true where id = $1', [hidden.id]);
    await scene.act('cancelAppointment', 'CancelAppointmentInput', {
      id,
      expectedVersion: 1,
      by: 'SERVICE',
    });
    const text = await list();
    expect(rowsOf(text).map(([time, , , person]) => [time, person])).toEqual([['09:30-10:00', '']]);
    expect(text).not.toContain('Collègue');
    expect(rowsOf(await list(scene.desk, scene.day(1)))).toEqual([]);
  });

  test('in the evening does not tell who came from who called off: to the desk all that is over is gone alike', async () => {
    await scene.worker('bruno');
    const at = ['09:00', '09:30', '10:00', '10:30', '11:00'];
    const ids = [];
    for (const time of at) ids.push(await scene.booked(alice, scene.at(time)));
    const status = ['HONOURED', 'NOT_HONOURED', 'LEFT_BEFORE_RECEIVED', 'CANCELLED_BY_PERSON', 'BOOKED'];
    for (const [nth, id] of ids.entries())
      await scene.sql(`update appointment set status = $2::text::"AppointmentStatus" where id = $1`, [
        id,
        status[nth],
      ]);
    expect(rowsOf(await list()).map(([time]) => time)).toEqual(['11:00-11:30']);
    expect(rowsOf(await list(await scene.as('alice'))).map(([time]) => time)).toEqual([
      '09:00-09:30',
      '09:30-10:00',
      '10:00-10:30',
      '11:00-11:30',
    ]);
  });

  test('says of a home that it is one, and never where', async () => {
    const id = await scene.booked(alice, scene.at('09:00'));
    await scene.sql(`update appointment set mode = 'HOME', place = '3 rue Cachée' where id = $1`, [id]);
    const text = await list();
    expect(rowsOf(text)[0]?.[4]).toBe('à domicile');
    expect(text).not.toContain('Cachée');
  });

  test('is a social worker’s own, and the reading of a person is logged', async () => {
    const { id: bruno } = await scene.worker('bruno');
    const person = await scene.person();
    await scene.booked(alice, scene.at('09:00'), { personIds: [person.id] });
    await scene.booked(bruno, scene.at('09:00'));
    const reads = async (): Promise<number> =>
      (await scene.sql(`select from access_log where action = 'READ_PERSON' and person_id = $1`, [person.id]))
        .length;
    const before = await reads();
    expect(rowsOf(await list())).toHaveLength(2);
    expect(rowsOf(await list(await scene.as('alice')))).toHaveLength(1);
    expect(await reads()).toBe(before + 2);
  });
});

describe('what is refused', () => {
  test('to other districts, to the head and to a trainee; a district that is none in the same words', async () => {
    await scene.district.head(`head.${scene.name}`);
    await scene.district.worker(`tina.${scene.name}`, 'TRAINEE');
    const other = await stage.scene();
    const asked = [
      ask(other.desk, null),
      ask(await scene.as('head'), null),
      ask(await scene.as('tina'), null),
      ask(scene.desk, null, randomUUID()),
      ask(scene.desk, null, other.districtId),
    ];
    expect((await Promise.all(asked)).map(faultOf)).toEqual(asked.map(() => 'FORBIDDEN'));
  });

  test('a day gone by, and one too far ahead', async () => {
    expect(faultOf(await ask(scene.desk, later(today(), -1)))).toBe('INVALID_INPUT day');
    expect(faultOf(await ask(scene.desk, later(today(), 57)))).toBe('INVALID_INPUT day');
    expect(faultOf(await ask(scene.desk, later(today(), 56)))).toBe('none');
  });
});
