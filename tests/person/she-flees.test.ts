import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Requester } from '../support/app.js';
import type { BuiltCase } from '../support/county.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * A couple with a child has one case. She flees with the child, and the worker hides the new address for the two of them. He shares the
 * case, has an account, and knows somebody at the desk. Nothing that he, the desk, a second clerk or a colleague reads has changed, except
 * her open address.
 */
let stage: Stage;
let scene: Scene;
let asSuit: Requester;
let asColleague: Requester;
let clerk: Requester;
let him: Requester;
let her: Requester;
let asOther: Requester;
let file: BuiltCase;
/** A case of his alone, with another worker; the child is in it too. */
let his: BuiltCase;
let husband: string;
let child: string;
let appointments: string[];
const HOME = '3 rue du Domicile';
const SHELTER = '7 impasse du Refuge';
const SCOPES = ['cases:read', 'appointments:read', 'appointments:write', 'persons:read', 'directory:read'];

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  const builder = scene.worker('suit', { days: 5, slots: 6 });
  const { id: suit } = await builder;
  file = await builder.case();
  const other = scene.worker('autre', { days: 5, slots: 6 });
  his = await other.case();
  const { id: colleague } = await scene.worker('deux', { days: 5, slots: 6 });
  await scene.district.receptionist(`clerk.${scene.name}`);
  [asSuit, asOther, asColleague, clerk] = [
    await scene.as('suit'),
    await scene.as('autre'),
    await scene.as('deux'),
    await scene.as('clerk'),
  ];
  husband = his.personId;
  child = (await scene.district.person({ givenName: 'Léo' })).id;
  for (const [caseId, personId] of [
    [file.id, husband],
    [file.id, child],
    [his.id, child],
  ] as const)
    await scene.make.casePerson({ caseId, personId });
  await scene.sql(`update person set safe_contact = 'LETTER', phone = '06 39 98 00 01' where id = any ($1)`, [
    [file.personId, husband, child],
  ]);
  for (const personId of [file.personId, husband, child])
    expect(faultOf(await address(asSuit, personId, 0, HOME, false))).toBe('none');
  [him, her] = [
    await scene.asPerson(husband, 'lui', SCOPES),
    await scene.asPerson(file.personId, 'elle', SCOPES),
  ];
  await scene.sql('update case_person set show_online = true where case_id = $1', [file.id]);
  appointments = [];
  for (const [nth, personId] of [file.personId, husband, child].entries()) {
    const booked = await scene.desk.send(
      'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { id } }',
      {
        input: {
          districtId: scene.districtId,
          workerIds: [nth === 2 ? suit : colleague],
          typeCode: 'FIRST_RECEPTION',
          startsAt: scene.at(`09:${nth === 1 ? '30' : '00'}`, nth === 0 ? 0 : 1),
          personIds: [personId],
        },
      },
    );
    appointments.push(booked.data?.['bookAppointment'].id);
    // A place that the desk typed before it had to choose one of the district.
    if (nth === 0)
      await scene.sql(
        `update appointment set place = 'Salle bleue', place_by_id = (select id from worker where subject = $2) where id = $1`,
        [appointments[0], `desk.${scene.name}`],
      );
  }
  await scene.sql('update appointment_person set show_online = true where appointment_id = any ($1)', [
    appointments,
  ]);
});
afterAll(() => stage.close());

function address(
  who: Requester,
  personId: string,
  expectedVersion: number,
  line: string | null,
  confidential: boolean,
  alsoFor?: string[],
) {
  return who.send(
    'mutation ($input: SetPersonAddressInput!) { setPersonAddress(input: $input) { id address { line version } } }',
    { input: { personId, expectedVersion, line, confidential, ...(alsoFor && { alsoFor }) } },
  );
}

const ADDRESS = 'address { line postalCode city confidential version }';
const ME = `{ me { id version phone safeContact contactSuspended ${ADDRESS} openAddress { line } noticeReceipts { id }
  cases { id persons { id ${ADDRESS} } } } appointments(first: 10) { edges { node { id place startsAt status version } } } }`;

/** Returns what a person reads by their login, with their calendar. */
async function account(who: Requester): Promise<string> {
  const feed = await who.send(
    'mutation ($input: OpenCalendarFeedInput!) { openCalendarFeed(input: $input) { address } }',
    { input: {} },
  );
  const response = await fetch(
    `${stage.app.url.replace(/\/graphql$/, '')}${feed.data?.['openCalendarFeed'].address}`,
  );
  const calendar = (await response.text()).replaceAll(/^DTSTAMP.*$/gm, '');
  expect(calendar).toContain('BEGIN:VEVENT');
  return `${(await who.send(ME)).text}\n${calendar}`;
}

/** What somebody of the service reads of the three appointments, of their persons, and of the day. */
async function office(who: Requester): Promise<string> {
  const texts: string[] = [];
  for (const id of appointments)
    texts.push(
      (
        await who.send(
          `query ($id: ID!) { appointment(id: $id) { id version place warnings proposedMoves { startsAt place workers { id } }
            persons { id version phone safeContact contactSuspended confirmNothing ${ADDRESS} openAddress { line version } } } }`,
          { id },
        )
      ).text,
    );
  for (const [query, variables] of [
    [
      'query ($f: AppointmentFilter) { appointments(filter: $f, first: 100) { edges { node { id place version } } } }',
      { f: { districtId: scene.districtId } },
    ],
    ['query ($id: ID!, $day: Date) { dayList(districtId: $id, day: $day) }', { day: scene.day(0) }],
    [
      'query ($id: ID!) { noticesToGive(districtId: $id) { edges { node { id text sending appointment { place } } } } }',
      {},
    ],
    ['{ notifications(first: 50) { edges { node { kind } } } }', undefined],
  ] as const)
    texts.push((await who.send(query, variables && { id: scene.districtId, ...variables })).text);
  return texts.join('\n');
}

const caseOf = async (who: Requester, id: string): Promise<string> =>
  (
    await who.send(
      `query ($id: ID!) { case(id: $id) { id version status persons { id version ${ADDRESS} } } }`,
      {
        id,
      },
    )
  ).text;

/** Everything that is compared, by reader. */
async function everyone(): Promise<Record<string, string>> {
  const read = {
    'his account': await account(him),
    'her account': await account(her),
    'the desk': await office(scene.desk),
    'a second clerk': await office(clerk),
    'a colleague': await office(asColleague),
    'the worker of his case': `${await caseOf(asOther, his.id)}\n${await office(asOther)}`,
  };
  for (const text of Object.values(read)) expect(text).not.toMatch(/INVALID_DOCUMENT|INTERNAL/);
  return read;
}

const hide = () => address(asSuit, file.personId, 1, SHELTER, true, [child]);

describe('she flees, and her worker hides the address for her and the child', () => {
  test('he, his worker, the desk, a second clerk and a colleague read what they read before, except her open address', async () => {
    // Her open address goes, as if any of those who write one had removed it.
    expect(faultOf(await address(scene.desk, file.personId, 1, null, false))).toBe('none');
    await scene.sql(`delete from notification`);
    const before = await everyone();
    expect(before['his account']).toContain(HOME);
    expect(before['the worker of his case']).toContain(HOME);
    expect(faultOf(await address(asSuit, file.personId, 0, SHELTER, true, [child]))).toBe('none');
    expect(await everyone()).toEqual(before);
    expect(JSON.stringify(before)).not.toContain('Refuge');
  });

  test('an open address that goes with it looks like one that a colleague has removed', async () => {
    const removed = async () => {
      expect(faultOf(await address(asSuit, file.personId, 1, null, false))).toBe('none');
      const read = await everyone();
      expect(faultOf(await address(asSuit, file.personId, 0, HOME, false))).toBe('none');
      await scene.sql('delete from notification');
      return read;
    };
    await scene.sql('delete from notification');
    const after = await removed();
    expect(faultOf(await hide())).toBe('none');
    expect(await everyone()).toEqual(after);
    // And whoever writes one again is answered alike.
    for (const version of [1, 0])
      expect(faultOf(await address(clerk, file.personId, version, HOME, false))).toBe(
        version === 1 ? 'CONFLICT VERSION_CHANGED' : 'none',
      );
  });

  test('his address is his: it is not confidential, and letters to him go on', async () => {
    expect(faultOf(await hide())).toBe('none');
    const { data } = await him.send(ME);
    expect(data?.['me'].address).toMatchObject({ line: HOME, confidential: false });
    const letters = (personId: string) => scene.sql('select line from letter_address($1)', [personId]);
    expect(await letters(husband)).toEqual([{ line: HOME }]);
    expect([await letters(file.personId), await letters(child)]).toEqual([[], []]);
  });

  test('the worker who follows them reads the shelter for her and the child alone', async () => {
    expect(faultOf(await hide())).toBe('none');
    const { data } = await asSuit.send(
      'query ($id: ID!) { case(id: $id) { persons { id address { line } } } }',
      { id: file.id },
    );
    const lines = new Map(
      data?.['case'].persons.map((of: { id: string; address: { line: string } }) => [of.id, of.address.line]),
    );
    expect(lines).toEqual(
      new Map([
        [file.personId, SHELTER],
        [husband, HOME],
        [child, SHELTER],
      ]),
    );
  });
});
