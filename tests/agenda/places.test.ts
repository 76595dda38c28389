import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { callsElsewhere, DIGITS_OF_APPOINTMENT, DIGITS_OF_HOURS } from '../../src/services/agenda/places.js';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/** A clerk opened hours of a colleague with the place « RDV ANNULE, appelez le 08 99 … »: it was on the public page at once. */
let stage: Stage;
let scene: Scene;
let alice: { id: string };
let asAlice: Requester;
const TRAP = 'RDV ANNULE, appelez le 08 99 12 34 56';
const LISTED = 'Permanence en mairie';

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  alice = await scene.district.worker(`alice.${scene.name}`);
  asAlice = await scene.as('alice');
  await scene.make.districtPlace({ districtId: scene.districtId, place: LISTED });
});
afterAll(() => stage.close());

const open = (who: Requester, place: string | null, nth = 0): Promise<Answer> =>
  who.send(
    'mutation ($input: OpenAvailabilityInput!) { openAvailability(input: $input) { id version place } }',
    {
      input: {
        districtId: scene.districtId,
        workerId: alice.id,
        startsOn: scene.day(nth),
        opensAt: '09:00',
        closesAt: '12:00',
        modes: ['ON_SITE'],
        typeCodes: ['FIRST_RECEPTION'],
        place,
      },
    },
  );
const book = (who: Requester, more: Record<string, unknown>): Promise<Answer> =>
  who.send('mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { id place } }', {
    input: {
      districtId: scene.districtId,
      workerIds: [alice.id],
      typeCode: 'FIRST_RECEPTION',
      startsAt: scene.at('14:00'),
      ...more,
    },
  });
/** The places on the public page of free times. */
async function published(): Promise<string[]> {
  const anyone = stage.app.anonymous;
  const { data, text } = await anyone.send(
    `query ($filter: SlotFilter!) { slots(filter: $filter, first: 20) { slots { place } } }`,
    { filter: { districtId: scene.districtId, typeCode: 'FIRST_RECEPTION' } },
  );
  if (data?.['slots'] == null) throw new Error(text);
  return data['slots'].slots.map(({ place }: { place: string }) => place);
}
const told = () =>
  scene.sql(`select kind::text from notification where worker_id = $1 order by created_at`, [alice.id]);
const REFUSED = 'INVALID_INPUT input.place';

describe('a clerk', () => {
  test('opens hours of a colleague at no place of the clerk’s own words', async () => {
    for (const place of [TRAP, 'Bureau du fond', LISTED.toUpperCase()])
      expect(faultOf(await open(scene.desk, place))).toBe(REFUSED);
    expect(await scene.sql('select from availability where worker_id = $1', [alice.id])).toEqual([]);
    expect(await told()).toEqual([]);
  });

  test('chooses a place of the district; the worker is told, and takes the hours back', async () => {
    const opened = await open(scene.desk, LISTED);
    expect(opened.data?.['openAvailability']).toMatchObject({ place: LISTED });
    expect(new Set(await published())).toEqual(new Set([LISTED]));
    expect(await told()).toEqual([{ kind: 'AGENDA_CHANGED' }]);
    const { id } = opened.data?.['openAvailability'] ?? {};
    const ended = await asAlice.send(
      'mutation ($input: EndAvailabilityInput!) { endAvailability(input: $input) { id } }',
      { input: { id, expectedVersion: 1, endsOn: scene.day(0) } },
    );
    expect(ended.errors).toEqual([]);
    expect(await published()).toEqual([]);
    // At the district's address there is nothing to tell.
    expect((await open(scene.desk, null, 1)).errors).toEqual([]);
    expect(await told()).toHaveLength(1);
  });

  test('types none for a colleague’s appointment or meeting, and chooses one of the district, which letters name', async () => {
    expect(faultOf(await book(scene.desk, { place: 'Bureau du fond' }))).toBe(REFUSED);
    const meeting = (place: string) =>
      scene.desk.send(
        'mutation ($input: OpenCollectiveAppointmentInput!) { openCollectiveAppointment(input: $input) { id } }',
        {
          input: {
            districtId: scene.districtId,
            workerIds: [alice.id],
            typeCode: 'INFORMATION_MEETING',
            startsAt: scene.at('16:00'),
            place,
          },
        },
      );
    await scene.make.teamOption({ districtId: scene.districtId });
    expect(faultOf(await meeting(TRAP))).toBe(REFUSED);
    expect(faultOf(await meeting(LISTED))).toBe('none');
    const booked = await book(scene.desk, { place: LISTED });
    const { id } = booked.data?.['bookAppointment'] ?? {};
    expect(await scene.sql('select place from appointment where id = $1', [id])).toEqual([{ place: LISTED }]);
    expect(await scene.sql('select from withheld_place where appointment_id = $1', [id])).toEqual([]);
  });

  test('by hand, in the application’s role, neither', async () => {
    const insert = `insert into availability (id, worker_id, district_id, modes, place, starts_on, ends_on, opens_at, closes_at)
      values (gen_random_uuid(), $1, $2, '{ON_SITE}', $3, current_date + 1, current_date + 2, '09:00', '10:00')`;
    const found = await byHand(stage.database, `desk.${scene.name}`, async (hand) => [
      await hand(insert, [alice.id, scene.districtId, TRAP]),
      await hand(insert, [alice.id, scene.districtId, LISTED]),
      await hand(`insert into district_place values ($1, $2)`, [scene.districtId, TRAP]),
    ]);
    expect(found).toEqual(['P0001', '1', '42501']);
  });
});

describe('a worker', () => {
  test('types the place of their own hours and appointments, and no number', async () => {
    expect(faultOf(await open(asAlice, TRAP))).toBe(REFUSED);
    expect(faultOf(await open(asAlice, 'Centre social, 12 rue des Lilas', 1))).toBe('none');
    expect(await told()).toEqual([]);
    expect(faultOf(await book(asAlice, { place: TRAP }))).toBe(REFUSED);
    expect(
      faultOf(await book(asAlice, { place: '12 bis rue des Lilas, bât. 3, porte 204, 93270 Sevran' })),
    ).toBe('none');
  });

  test('reads the places of the district, as everyone does', async () => {
    const anyone = stage.app.anonymous;
    const { data } = await anyone.send('{ districts { name places } }');
    expect(data?.['districts']).toContainEqual({ name: scene.name, places: [LISTED] });
  });
});

describe('a place calls elsewhere', () => {
  test.each([
    'appelez le 08 99 12 34 56',
    'appelez le 08.99.12.34.56',
    'appelez le 08-99-12-34-56',
    'appelez0899123456vite',
    'appelez le 08 puis 99 puis 12 puis 34 puis 56',
    'appelez le +33 8 99 12 34 56',
    'appelez le 0033899123456',
    '０８ ９９ １２ ３４ ５６',
    '٠٨ ٩٩ ١٢ ٣٤ ٥٦',
    '०८ ९९ १२ ३४ ५६',
    '⓪⑧ ⑨⑨ ①② ③④ ⑤⑥',
    '0️⃣8️⃣9️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣',
    '𝟎𝟖 𝟗𝟗 𝟏𝟐 𝟑𝟒 𝟓𝟔',
    '0\u200b8\u200b9\u200b9\u200b1\u200b2\u200b3\u200b4\u200b5\u200b6',
    'O8 99 I2 34 56',
    'zéro huit quatre-vingt-dix-neuf douze trente-quatre cinquante-six',
    'zérohuitquatrevingtdixneufdouzetrentequatrecinquantesix',
    'appelez le 3919',
    'appelez le 118 218',
    'voir https://ailleurs.example',
    'voir www ailleurs',
    'voir ailleurs.fr',
    'voir ailleurs。fr',
    'écrire à alice＠ailleurs',
  ])('%s', (place) => {
    expect(callsElsewhere(place, DIGITS_OF_HOURS)).toBe(true);
  });

  test.each([
    LISTED,
    'Salle 4',
    'Mairie annexe, 12 bis rue des Lilas, 93270 Sevran',
    'M.J.C. Aimé-Césaire, salle 2',
    'Maison des Quatre-Vents',
    'Centre communal, bureau 104',
  ])('not %s', (place) => {
    expect(callsElsewhere(place, DIGITS_OF_HOURS)).toBe(false);
  });

  test('for an appointment, an address with its door is no number', () => {
    expect(
      callsElsewhere('1204 avenue du Général, bât. B, porte 12, 93270 Sevran', DIGITS_OF_APPOINTMENT),
    ).toBe(false);
    for (const place of [
      '08 99 12 34 56',
      '0899 12 34 56, 93270 Sevran',
      '93270 Sevran 08 99 12 34 56',
      'a@b.fr',
    ])
      expect(callsElsewhere(place, DIGITS_OF_APPOINTMENT)).toBe(true);
  });
});
