import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { BuiltCase } from '../support/county.js';
import { booking, newAppointment } from './log-of-actions/appointment.js';
import { everyAction } from './log-of-actions/every.js';
import { ofPerson, READS_CASE, type Scene } from './log-of-actions/scene.js';
import { newOffer } from './log-of-actions/waiting-list.js';
import { type LoggedCounty, startLoggedCounty } from './logged.js';

/** Rule 9, action by action: each writes its own line and the lines of what it read, in the name of who acted, and no other line. */
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

const scene: Scene = {
  get made() {
    return made;
  },
  get make() {
    return made.make;
  },
  get file() {
    return file;
  },
  get nth() {
    return nth;
  },
};

const send: LoggedCounty['send'] = (...args) => made.send(...args);

const DONE = everyAction(scene);

describe('what is done', () => {
  test.each(DONE)('%s by %s', async (mutation, by, input, lines) => {
    const prepared = await input();
    const written = await made.logged(async () => {
      expect((await send(by, mutation, prepared)).errors).toEqual([]);
    });
    expect(written).toEqual(lines);
  });

  test('is asked of every mutation that the schema has', async () => {
    const { data } = await (await made.app.as('alice')).send(
      '{ __schema { mutationType { fields { name } } } }',
    );
    const names = data?.['__schema'].mutationType.fields.map(({ name }: { name: string }) => name);
    expect(DONE.map(([mutation]) => mutation).sort()).toEqual(names.sort());
  });

  test('an offer that is declined books nothing; one that is accepted moves what they have', async () => {
    const declined = await newOffer(scene);
    expect(await made.logged(() => send('alice', 'answerOffer', { ...declined, accept: false }))).toEqual([
      'ANSWER_OFFER Ana by alice: DONE',
    ]);
    const later = await newAppointment(scene);
    const offer = await newOffer(scene);
    await made.database.sql(
      `update appointment_request r set appointment_id = $2 from slot_offer o where o.id = $1 and r.id = o.request_id`,
      [offer.id, later.id],
    );
    await made.database.sql(
      `update appointment set starts_at = starts_at + interval '400 days', ends_at = ends_at + interval '400 days' where id = $1`,
      [later.id],
    );
    expect(await made.logged(() => send('alice', 'answerOffer', { ...offer, accept: true }))).toEqual([
      'ANSWER_OFFER Ana by alice: DONE',
      'MOVE_APPOINTMENT the case Ana by alice: DONE',
    ]);
  });

  test('a request for a case is written with its case, which was looked at on the way', async () => {
    const asked = { districtId: made.district, typeCode: 'FOLLOW_UP', ...ofPerson(scene), caseId: file.id };
    expect(await made.logged(() => send('alice', 'requestAppointment', asked))).toEqual([
      `${READS_CASE} alice: DONE`,
      'REQUEST_APPOINTMENT the case Ana by alice: DONE',
    ]);
  });

  test('an appointment of several persons is written once for each', async () => {
    const { id } = await made.sevran.person();
    const written = await made.logged(() =>
      send('alice', 'bookAppointment', { ...booking(scene), personIds: [file.personId, id] }),
    );
    expect(written.filter((line) => line.startsWith('BOOK')).sort()).toEqual([
      'BOOK_APPOINTMENT the case Ana by alice: DONE',
      'BOOK_APPOINTMENT the case another by alice: DONE',
    ]);
  });
});
