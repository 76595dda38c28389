import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { sendDispatches } from '../../src/jobs/send.js';
import type { Sender } from '../../src/jobs/senders/sender.js';
import { createTextGateway } from '../../src/jobs/senders/text-gateway.js';
import { inParis, later } from '../agenda/agenda.js';
import { makeIt } from '../sending/day.js';
import { type FakeGateway, startFakeGateway } from '../sending/fake-gateway.js';
import type { Answer, Requester } from '../support/app.js';
import { ago } from '../support/days.js';
import { jobsOf } from '../support/jobs.js';
import { raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';
import { tellTwice, type Withheld } from './withheld-fields/twins.js';

/**
 * Two districts differ in one field that a viewer may not read. The viewer acts, and reads again: every answer is the same in both. No refusal,
 * offer, count or shortened answer tells the field either.
 */
const HOUR = 3_600_000;
const LINK = 'https://rendez-vous.example.org/#';

let stage: Stage;
let jobs: pg.Pool;
let gateway: FakeGateway;
let sender: Sender;

beforeAll(async () => {
  stage = await raiseStage();
  await makeIt('day', stage.database.sql);
  jobs = jobsOf(stage.database);
  gateway = await startFakeGateway();
  sender = createTextGateway(gateway);
});
afterAll(async () => {
  sender.close();
  await Promise.all([gateway.close(), jobs.end()]);
  await stage.close();
});

const mutate = (
  who: Requester,
  mutation: string,
  type: string,
  input: Record<string, unknown>,
  payload: string,
): Promise<Answer> =>
  who.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${payload} } }`, { input });

/** The desk opens hours for one type alone, whose appointments take an hour. */
function opens(
  scene: Scene,
  workerId: string,
  { nth, typeCode, opensAt, closesAt }: { nth: number; typeCode: string; opensAt: string; closesAt: string },
): Promise<Answer> {
  return mutate(
    scene.desk,
    'openAvailability',
    'OpenAvailabilityInput',
    {
      districtId: scene.districtId,
      workerId,
      startsOn: scene.day(nth),
      endsOn: later(scene.day(nth), 1),
      opensAt,
      closesAt,
      typeCodes: [typeCode],
      modes: ['ON_SITE'],
    },
    'id',
  );
}

/** An appointment of an hour, which the desk books without a case. */
async function expectedAt(
  scene: Scene,
  { workerId, at, typeCode }: { workerId: string; at: Date; typeCode: string },
): Promise<string> {
  const span = { startsAt: at, endsAt: new Date(at.getTime() + HOUR) };
  const { districtId, make } = scene;
  const id = await make.appointment({ districtId, typeCode, bookedAtDesk: true, ...span });
  await make.appointmentWorker({ appointmentId: id, workerId });
  await make.occupancy({ appointmentId: id, workerId, districtId, ...span });
  return id;
}

const TYPE_OF_AN_APPOINTMENT: Withheld<'RSA_CONTRACT' | 'SOCIAL_ASSESSMENT'> = {
  values: ['RSA_CONTRACT', 'SOCIAL_ASSESSMENT'],
  shows: [/"proposedMoves":\[\{/, /"nextFreeSlots":\[\{/, /"moveAppointment":\{/, /"appointmentsOver":\[\]/],
  story: async (scene, typeCode, keep) => {
    const { id: alice } = await scene.district.worker(`alice.${scene.name}`);
    const { id: bruno } = await scene.district.worker(`bruno.${scene.name}`);
    const at = (time: string, nth = 5): Date => inParis(scene.day(nth), time);
    const [id, second] = await Promise.all(
      ['09:00', '10:00'].map((time) => expectedAt(scene, { workerId: alice, at: at(time), typeCode })),
    );
    await expectedAt(scene, { workerId: alice, at: at('15:00'), typeCode: 'RSA_CONTRACT' });
    await opens(scene, alice, { nth: 6, typeCode: 'RSA_CONTRACT', opensAt: '09:00', closesAt: '12:00' });
    await opens(scene, bruno, { nth: 7, typeCode: 'RSA_CONTRACT', opensAt: '09:00', closesAt: '12:00' });
    keep(
      'proposed moves',
      await scene.desk.send(
        `query ($id: ID!) { appointment(id: $id) { publicLabel proposedMoves { startsAt endsAt modes workers { displayName } } } }`,
        { id },
      ),
    );
    const moves = (more: Record<string, unknown>, payload = 'id startsAt version'): Promise<Answer> =>
      mutate(
        scene.desk,
        'moveAppointment',
        'MoveAppointmentInput',
        { id, expectedVersion: 1, ...more },
        payload,
      );
    keep('a move to a taken time', await moves({ startsAt: at('15:00') }));
    keep('a colleague who has no hours then', await moves({ startsAt: at('15:00'), workerId: bruno }));
    keep(
      'a move that its payload undoes',
      await moves({ startsAt: at('09:00', 7), workerId: bruno }, 'type { code }'),
    );
    keep(
      'a colleague who has hours for one type',
      await moves({ startsAt: at('09:00', 7), workerId: bruno }, 'id startsAt workers { displayName }'),
    );
    const off = await mutate(
      scene.desk,
      'declareUnavailability',
      'DeclareUnavailabilityInput',
      { districtId: scene.districtId, workerId: alice, startsAt: at('08:00'), endsAt: at('12:00') },
      'id version',
    );
    await mutate(
      scene.desk,
      'clearUnavailability',
      'ClearUnavailabilityInput',
      { id: off.data?.['declareUnavailability'].id, expectedVersion: 1, how: 'MOVE' },
      'id appointmentsOver { id }',
    ).then((answer) => keep('all are moved out of time off', answer));
    keep(
      'where they went',
      await scene.desk.send(
        `query ($id: ID!) { appointment(id: $id) { startsAt workers { displayName } } }`,
        {
          id: second,
        },
      ),
    );
  },
};

const TYPE_OF_A_REQUEST: Withheld<'FIRST_RECEPTION' | 'FOLLOW_UP'> = {
  values: ['FIRST_RECEPTION', 'FOLLOW_UP'],
  shows: [/"rank":4/, /"reason":"NOT_REACHABLE"/, /"urgentSlots":\[\{/],
  story: async (scene, typeCode, keep) => {
    const { districtId, make } = scene;
    const paper = async (): Promise<string> => {
      const { data } = await scene.ask({ personId: undefined });
      return data?.['requestAppointment'].id;
    };
    const own = [await paper(), await paper(), await paper()];
    // On three days: of two papers of one day, the id decides which comes first.
    for (const [nth, id] of own.entries()) await scene.askedDaysAgo(id, 22 - nth);
    const { id: personId } = await scene.person({ safeContact: 'NONE' });
    const id = await make.appointmentRequest({ districtId, personId, typeCode, askedAt: ago(9) });
    const read = async (name: string): Promise<void> =>
      keep(
        name,
        await scene.desk.send(
          `query ($id: ID!, $district: ID!) { appointmentRequest(id: $id) { rank publicLabel mode skips { reason startsAt } offers { startsAt endsAt } }
            waitingList(districtId: $district) { edges { node { id rank publicLabel } } } }`,
          { id, district: districtId },
        ),
      );
    await read('ranks');
    for (const [nth, ownId] of own.entries()) {
      await scene.act('withdrawRequest', 'VersionedInput', { id: ownId, expectedVersion: 1 });
      await read(`ranks after paper ${nth + 1}`);
    }
    // The desk offers a time to a paper of its own, further down. The reason for the request above must not tell its type.
    await scene.worker('alice', { from: 5, slots: 1 });
    const last = await paper();
    await scene.present(last);
    await scene.offer();
    if ((await scene.held(last)) === undefined) throw new Error('nothing was offered');
    await read('what was passed over');
    keep(
      'urgent times before anybody judged',
      await scene.desk.send(`query ($id: ID!) { urgentSlots(requestId: $id) { startsAt endsAt } }`, { id }),
    );
    await scene.sql(`update appointment_request set urgency = 'THIS_WEEK' where id = $1`, [id]);
    const { id: bruno } = await scene.district.worker(`bruno.${scene.name}`);
    await opens(scene, bruno, { nth: 6, typeCode: 'FOLLOW_UP', opensAt: '09:00', closesAt: '12:00' });
    keep(
      'urgent times, after hours for one type are opened',
      await scene.desk.send(
        `query ($id: ID!) { urgentSlots(requestId: $id) { startsAt endsAt workers { displayName } } }`,
        { id },
      ),
    );
  },
};

let numbers = 0;
const WHETHER_A_NUMBER_IS_SHARED: Withheld<'known' | 'unknown'> = {
  values: ['known', 'unknown'],
  shows: [/"linkedAppointment":\{/, /"linkedAppointment":null/],
  story: async (scene, value, keep) => {
    numbers += 10;
    const { districtId, make } = scene;
    const worker = scene.district.worker(`alice.${scene.name}`);
    const { id: caseId, personId } = await worker.case();
    const { id: workerId } = await worker;
    const own = `06 39 97 ${1000 + numbers}`;
    const guessed = `06 39 97 ${1001 + numbers}`;
    await scene.sql(`update person set phone = $2, safe_contact = 'NEUTRAL_TEXT' where id = $1`, [
      personId,
      own,
    ]);
    if (value === 'known') await scene.person({ phone: guessed });
    const span = (hours: number) => {
      const startsAt = new Date(inParis(scene.day(0), '09:00').getTime() + hours * HOUR);
      return { startsAt, endsAt: new Date(startsAt.getTime() + HOUR / 2) };
    };
    const secrets: string[] = [];
    for (const hours of [0, 1]) {
      const id = await make.appointment({ districtId, caseId, bookedAt: ago(9), ...span(hours) });
      await make.appointmentWorker({ appointmentId: id, workerId });
      await make.appointmentPerson({ appointmentId: id, personId });
      gateway.received.length = 0;
      await scene.sql(
        `insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
          values ($1, $2, $3, 'MOVED', $4) on conflict do nothing`,
        [id, personId, districtId, span(hours).startsAt],
      );
      await sendDispatches(jobs, [sender], { url: LINK, key: Buffer.alloc(32, 3) });
      const [text] = gateway.received.filter(({ to }) =>
        to.replaceAll(/\D/g, '').endsWith(String(1000 + numbers)),
      );
      secrets.push(text?.text.split(LINK)[1] ?? '');
    }
    const anyone = stage.app.anonymous;
    const read = async (name: string): Promise<void> => {
      for (const secret of secrets)
        keep(
          `${name} ${secrets.indexOf(secret)}`,
          await anyone.send(
            `query ($secret: String!) { linkedAppointment(secret: $secret) { publicLabel cancelled } }`,
            { secret },
          ),
        );
    };
    await read('the link');
    const alice = await scene.as('alice');
    const says = async (phone: string): Promise<void> => {
      const [row] = await scene.sql<{ version: number }>('select version from person where id = $1', [
        personId,
      ]);
      const input = { id: personId, expectedVersion: row?.version, phone };
      keep(
        `says ${phone === own ? 'the old' : 'another'} number`,
        await mutate(alice, 'updatePerson', 'UpdatePersonInput', input, 'id'),
      );
    };
    await says(guessed);
    await read('the link, once the number is another');
    keep(
      'its use',
      await mutate(anyone, 'cancelByLink', 'CancelByLinkInput', { secret: secrets[0] }, 'cancelled'),
    );
    await says(own);
    await read('the link, once the number is the old one');
    keep(
      'its use then',
      await mutate(anyone, 'cancelByLink', 'CancelByLinkInput', { secret: secrets[1] }, 'cancelled'),
    );
  },
};

const EXISTENCE_OF_A_CASE: Withheld<'there' | 'not there'> = {
  values: ['there', 'not there'],
  shows: [/NOT_FOUND/, /"field":"filter.caseId"/],
  story: async (scene, value, keep) => {
    const { districtId } = scene;
    const { id: caseId, personId } = await scene.worker('alice').case();
    await scene.sql('update person set confirm_nothing = true where id = $1', [personId]);
    const id = value === 'there' ? caseId : randomUUID();
    const slots = (of: string): string =>
      `slots(filter: { districtId: "${districtId}", typeCode: "FIRST_RECEPTION", caseId: "${of}" }) { slots { startsAt } whyNone }`;
    await scene.district.worker(`bruno.${scene.name}`);
    for (const login of ['desk', 'bruno']) {
      const who = await scene.as(login);
      keep(`${login} searches`, await who.send(`{ ${slots(id)} }`));
      keep(`${login} searches twice`, await who.send(`{ one: ${slots(id)} two: ${slots(id)} }`));
      keep(`${login} searches for two`, await who.send(`{ one: ${slots(id)} two: ${slots(randomUUID())} }`));
      keep(
        `${login} asks for it`,
        await mutate(
          who,
          'requestAppointment',
          'RequestAppointmentInput',
          { districtId, typeCode: 'FIRST_RECEPTION', personId, caseId: id },
          'id',
        ),
      );
    }
  },
};

const SAFE_CONTACT: Withheld<'LETTER' | 'NEUTRAL_TEXT'> = {
  values: ['LETTER', 'NEUTRAL_TEXT'],
  shows: [/"slotOffer":\{/, /"kind":"MOVED"/],
  story: async (scene, channel, keep) => {
    const { districtId, make } = scene;
    const { id: bruno } = await scene.district.worker(`bruno.${scene.name}`);
    const { id: personId } = await scene.person({ safeContact: channel });
    const startsAt = inParis(scene.day(9), '09:00');
    const [requestId, other] = await Promise.all(
      [personId, null].map((of) =>
        make.appointmentRequest({
          districtId,
          personId: of,
          reference: of === null ? `D-${scene.name}` : null,
          dutyWorkerId: bruno,
          askedAt: ago(9),
        }),
      ),
    );
    const offers = await Promise.all(
      [requestId, other].map((of, nth) =>
        make.slotOffer({
          requestId: of,
          districtId,
          workerId: bruno,
          startsAt: new Date(startsAt.getTime() + nth * HOUR),
          endsAt: new Date(startsAt.getTime() + (nth + 0.5) * HOUR),
          answerBy: inParis(scene.day(1), '12:00'),
          channel: of === other ? 'AT_DESK' : channel,
          sending: of === other || channel === 'LETTER' ? null : 'DUE',
        }),
      ),
    );
    // Bruno has the request, and nobody has opened the contact to him.
    await scene.sql('update person_known set contact = false where person_id = $1', [personId]);
    const who = await scene.as('bruno');
    const FIELDS = 'status startsAt endsAt text channel sending toldAt letter request { contact }';
    keep(
      'the offer',
      await who.send(`query ($id: ID!) { slotOffer(id: $id) { ${FIELDS} } }`, { id: offers[0] }),
    );
    keep(
      'the offers to give',
      await who.send(`query ($id: ID!) { offersToGive(districtId: $id) { edges { node { ${FIELDS} } } } }`, {
        id: districtId,
      }),
    );
    // The same for an appointment that was moved.
    const span = { startsAt, endsAt: new Date(startsAt.getTime() + HOUR / 2) };
    const appointmentId = await make.appointment({ districtId, ...span });
    await make.appointmentWorker({ appointmentId, workerId: bruno });
    await make.appointmentPerson({ appointmentId, personId });
    await scene.sql(`update appointment_person set contact_worker_ids = '{}' where person_id = $1`, [
      personId,
    ]);
    const noticeId = await make.appointmentNotice({
      appointmentId,
      personId,
      districtId,
      previousStartsAt: inParis(scene.day(8), '09:00'),
      sending: channel === 'LETTER' ? null : 'DUE',
    });
    keep(
      'the notices to give',
      await who.send(
        `query ($id: ID!) { noticesToGive(districtId: $id) { edges { node { kind text sending outcome } } } }`,
        { id: districtId },
      ),
    );
    keep(
      'that they were told of it',
      await mutate(
        who,
        'recordNotice',
        'RecordNoticeInput',
        { id: noticeId, expectedVersion: 1, outcome: 'TOLD' },
        'kind',
      ),
    );
    keep(
      'that they were told',
      await scene.act('recordOffer', 'VersionedInput', { id: offers[0], expectedVersion: 1 }, who),
    );
  },
};

const asksFor = (scene: Scene, who: Requester, input: Record<string, unknown>): Promise<Answer> =>
  mutate(
    who,
    'requestAppointment',
    'RequestAppointmentInput',
    { districtId: scene.districtId, typeCode: 'FIRST_RECEPTION', ...input },
    'status publicLabel',
  );

/** The desk asks for a person who waits, for one type after the other. Each answer is that of the public label. */
const TYPE_OF_A_REQUEST_ASKED_AGAIN: Withheld<'FIRST_RECEPTION' | 'RSA_CONTRACT'> = {
  values: ['FIRST_RECEPTION', 'RSA_CONTRACT'],
  shows: [/"reason":"ALREADY_WAITING"/, /"publicLabel":"Appel"/, /"reason":"VERSION_CHANGED"/],
  story: async (scene, typeCode, keep) => {
    const { id: personId } = await scene.person();
    await scene.district.worker(`alice.${scene.name}`);
    const alice = await scene.as('alice');
    // Another worker's agenda has the same type, and the desk may not learn that either.
    await asksFor(scene, alice, { personId, typeCode });
    keep('the first request', await asksFor(scene, scene.desk, { personId, typeCode }));
    const types = ['FIRST_RECEPTION', 'FOLLOW_UP', 'SOCIAL_ASSESSMENT', 'RSA_CONTRACT', 'PHONE_CALL'];
    for (const again of types) {
      keep(`asked again for ${again}`, await asksFor(scene, scene.desk, { personId, typeCode: again }));
      keep(
        `and shown online, for ${again}`,
        await asksFor(scene, scene.desk, { personId, typeCode: again, showOnline: true }),
      );
    }
    const papers = await Promise.all([
      scene.waits({ personId: null }),
      scene.waits({ personId: null }, alice),
    ]);
    for (const [nth, id] of papers.entries()) {
      const input = { id, expectedVersion: 1, personId };
      keep(`the name of paper ${nth + 1}`, await scene.act('nameRequest', 'NameRequestInput', input));
      keep(
        `an old version of paper ${nth + 1}`,
        await scene.act('nameRequest', 'NameRequestInput', { ...input, expectedVersion: 9 }),
      );
    }
    keep(
      'the list',
      await scene.desk.send(
        `query ($district: ID!) { waitingList(districtId: $district) { edges { node { id rank publicLabel showOnline person { id } } } } }`,
        { district: scene.districtId },
      ),
    );
  },
};

/** Requests that a duty worker and the person do not read: each of them asks, changes and asks again, and hears nothing of these. */
const WHETHER_OTHERS_ASKED: Withheld<'THEY_DID' | 'NOBODY_DID'> = {
  values: ['THEY_DID', 'NOBODY_DID'],
  shows: [/"reason":"ALREADY_WAITING"/, /"status":"WAITING"/],
  story: async (scene, value, keep) => {
    const { id: alice } = await scene.district.worker(`alice.${scene.name}`);
    const { id: bruno } = await scene.district.worker(`bruno.${scene.name}`);
    const { id: caseId, personId } = await scene.district.worker(`chloe.${scene.name}`).case();
    const nour = await scene.asPerson(personId, 'nour', [
      'appointments:read',
      'appointments:write',
      'persons:read',
      'directory:read',
    ]);
    const paper = await scene.waits({ personId: null, dutyWorkerId: bruno });
    const asBruno = await scene.as('bruno');
    if (value === 'THEY_DID') {
      const ask = { personId, typeCode: 'FIRST_RECEPTION' };
      // The desk gives a request to a duty worker while the person stands there.
      const visit = await scene.comes(personId);
      const others = [
        await asksFor(scene, scene.desk, { ...ask, dutyWorkerId: alice }),
        await asksFor(scene, await scene.as('alice'), ask),
        await asksFor(scene, await scene.as('chloe'), { ...ask, caseId }),
      ];
      await scene.sql('delete from visit where id = $1', [visit]);
      expect(others.flatMap(({ errors }) => errors)).toEqual([]);
    }
    for (const attempt of ['first', 'second']) {
      keep(`the person asks, the ${attempt} time`, await asksFor(scene, nour, { personId }));
      keep(`a duty worker asks, the ${attempt} time`, await asksFor(scene, asBruno, { personId }));
    }
    keep(
      'a duty worker shows a request online',
      await scene
        .sql<{ id: string }>(
          `select id from appointment_request where person_id = $1 and duty_worker_id = $2`,
          [personId, bruno],
        )
        .then(([own]) =>
          mutate(
            asBruno,
            'changeRequest',
            'ChangeRequestInput',
            { id: own?.id, expectedVersion: 1, showOnline: true },
            'status version',
          ),
        ),
    );
    keep(
      'a duty worker names the person of a paper',
      await scene.act(
        'nameRequest',
        'NameRequestInput',
        { id: paper, expectedVersion: 1, personId },
        asBruno,
      ),
    );
  },
};

const TABLE = {
  'the type of an appointment, to the desk': TYPE_OF_AN_APPOINTMENT,
  'the type of a request, to the desk': TYPE_OF_A_REQUEST,
  'the type of a request, to a desk that asks again': TYPE_OF_A_REQUEST_ASKED_AGAIN,
  'whether others asked for the person, to the duty worker and the person': WHETHER_OTHERS_ASKED,
  'whether the county knows a number, to who holds a link': WHETHER_A_NUMBER_IS_SHARED,
  'whether there is a case, to the desk and a colleague': EXISTENCE_OF_A_CASE,
  'the safe contact, to the duty worker whose contact nobody opened': SAFE_CONTACT,
};

describe.each(Object.keys(TABLE) as (keyof typeof TABLE)[])('%s', (name) => {
  const withheld = TABLE[name] as Withheld<string>;
  test('is told by no answer, refusal or count, also after acts of the viewer’s own', async () => {
    const [one, other] = await tellTwice(stage, withheld);
    expect(other).toEqual(one);
    const told = Object.values(one).join('');
    expect(told).not.toMatch(/INTERNAL|UNAVAILABLE|GRAPHQL_VALIDATION/);
    for (const shown of withheld.shows) expect(told).toMatch(shown);
  });
});
