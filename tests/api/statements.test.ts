import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { listenToFlights } from '../support/flights.js';
import { WORKED_OUT } from '../support/statistics.js';

/** How many statements an operation sends: the same for 2 rows as for 25. A list that asks once per row fails here. */
let database: TestDatabase;
let app: TestApp;
const sent: string[] = [];
let stop: () => void;

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database, { modules: 'own' });
  // The process reads the nomenclatures once.
  await (await app.as('worker.sevran')).send(PAGE, { first: 1 });
  stop = listenToFlights(database.name, (together) => sent.push(...together.map(({ text }) => text)));
});
afterAll(async () => {
  stop();
  await app.close();
  await database.drop();
});

async function statements(
  login: string,
  document: string,
  variables: Record<string, unknown> = {},
): Promise<number> {
  const requester = await app.as(login);
  sent.length = 0;
  const answer = await requester.send(document, variables);
  expect(answer.errors).toEqual([]);
  expect(sent.length).toBeGreaterThan(0);
  return sent.length;
}

/** One list at a time. What the sixty are. */
async function sixtyAsTwo(login: string, list: string) {
  const document = `query ($first: Int) { ${list} }`;
  const few = await statements(login, document, { first: 2 });
  expect(await statements(login, document, { first: 60 })).toBe(few);
  const { data } = await (await app.as(login)).send(document, { first: 60 });
  const [{ edges } = { edges: [] }] = Object.values(data ?? {});
  expect(edges).toHaveLength(60);
  return edges.map((edge: (typeof edges)[number]) => edge.node);
}

const PAGE = `query ($first: Int) { cases(first: $first, filter: { assignedToMe: true }) { edges { node {
  reference status mission district { name } assignedWorker { displayName }
  persons { displayName phone address { line } noticeReceipts { givenAt statedBy { displayName } } }
  needs { code { labelFr } person { displayName } }
  interviewNotes(first: 3) { edges { node { body writtenAt author { displayName } case { reference } } } }
  appointments(first: 1) { edges { node { startsAt publicLabel type { labelFr } workers { displayName } persons { displayName } } } }
} } } }`;

describe('statements per operation', () => {
  test('a worker’s page of cases with everything sends as many for 12 cases as for 6', async () => {
    // Each has a colleague at their appointments, not only some of the later ones.
    await database.sql(
      `insert into appointment_worker (appointment_id, worker_id)
       select a.id, w.id from appointment a join "case" c on c.id = a.case_id
       join worker v on v.id = c.assigned_worker_id and v.subject = 'worker.sevran'
       join worker w on w.subject = 'worker2.sevran' on conflict do nothing`,
    );
    const few = await statements('worker.sevran', PAGE, { first: 6 });
    const many = await statements('worker.sevran', PAGE, { first: 25 });
    expect(many).toBe(few);
    // BEGIN, two settings and the login; 15 kinds of rows, of which those who have explained the rights are known after other workers; the
    // log and COMMIT.
    expect(many).toBeLessThanOrEqual(21);
  });

  test('the desk’s day sends as many for 100 appointments as for 2', async () => {
    const day = `query ($first: Int) { appointments(first: $first) { edges { node { startsAt publicLabel workers { displayName } persons { displayName phone noticeReceipts { givenAt } } } } } }`;
    expect(await statements('reception.sevran', day, { first: 100 })).toBe(
      await statements('reception.sevran', day, { first: 2 }),
    );
  });

  test('what hangs on appointments, and who is to be told of them, sends as many for 60 as for 2', async () => {
    await database.sql(
      `insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
       select ap.appointment_id, ap.person_id, ap.district_id, 'MOVED', now() from appointment_person ap
       join appointment a on a.id = ap.appointment_id join district d on d.id = a.district_id
       where d.slug = 'sevran' and a.status = 'BOOKED' and a.starts_at > now() limit 80`,
    );
    const [{ id } = { id: '' }] = await database.sql<{ id: string }>(
      `select id from district where slug = 'sevran'`,
    );
    const told = `query ($first: Int) { noticesToGive(districtId: "${id}", first: $first) { edges { node {
      text person { displayName safeContact } appointment { startsAt warnings participants { language } } } } } }`;
    const few = await statements('reception.sevran', told, { first: 2 });
    expect(await statements('reception.sevran', told, { first: 60 })).toBe(few);
  });

  test('who waits, and what is offered to them, with everything in it, sends as many for 60 as for 2', async () => {
    const [{ id, worker } = { id: '', worker: '' }] = await database.sql<{ id: string; worker: string }>(
      `select d.id, w.id as worker from district d, worker w where d.slug = 'sevran' and w.subject = 'worker.sevran'`,
    );
    // Those who wait from the first day have less to them.
    await database.sql('delete from appointment_request');
    await database.sql(
      `with asked as (
         insert into appointment_request (district_id, person_id, case_id, type_code, duty_worker_id, appointment_id, asked_at)
         select $1::uuid, ap.person_id, a.case_id, a.type_code, $2::uuid, a.id,
           -- First those who have a case.
           now() + row_number() over (order by a.case_id is null, a.id, ap.person_id) * interval '1 millisecond'
         from appointment a join appointment_person ap on ap.appointment_id = a.id
         where a.district_id = $1 and a.status = 'BOOKED' and a.starts_at > now()
         order by a.case_id is null, a.id, ap.person_id limit 80
         returning id, appointment_id),
       offered as (
         insert into slot_offer (request_id, district_id, worker_id, mode, starts_at, ends_at, channel, answer_by)
         select asked.id, $1::uuid, $2::uuid, 'ON_SITE', now() + interval '9 days', now() + interval '9 days 1 hour',
           'NEUTRAL_TEXT', now() + interval '1 day'
         from asked returning id)
       insert into offer_skip (offer_id, request_id, reason)
       select offered.id, asked.id, 'OTHER_MODE' from (select id from offered limit 3) offered, asked`,
      [id, worker],
    );
    const request = `rank urgency askedAt publicLabel district { name } person { displayName safeContact }
      dutyWorker { displayName }`;
    const offer = 'status startsAt answerBy text channel worker { displayName }';
    const toGive = `offersToGive(districtId: "${id}", first: $first) { edges { node { ${offer} request { ${request} } } } }`;
    for (const [login, list] of [
      [
        'reception.sevran',
        `waitingList(first: $first) { edges { node { ${request} appointment { startsAt publicLabel }
          offers { ${offer} } skips { reason startsAt } } } }`,
      ],
      [
        'worker.sevran',
        `waitingList(first: $first) { edges { node { ${request} type { labelFr }
          appointment { startsAt publicLabel } offers { ${offer} } } } }`,
      ],
      ['reception.sevran', toGive],
      ['worker.sevran', toGive],
    ] as const) {
      await sixtyAsTwo(login, list);
    }
  });

  test('who came, and who is to be called back, with everything in it, sends as many for 60 as for 2', async () => {
    const [{ id, worker } = { id: '', worker: '' }] = await database.sql<{ id: string; worker: string }>(
      `select d.id, w.id as worker from district d, worker w where d.slug = 'sevran' and w.subject = 'worker.sevran'`,
    );
    await database.sql(
      `with came as (
         insert into visit (district_id, kind, person_id, appointment_id, worker_id, arrived_at, taken_in_at, closed_at, outcome)
         select $1::uuid, 'WALK_IN', ap.person_id, a.id, $2::uuid,
           -- First those whose appointment the worker sees.
           now() + row_number() over (order by $2::uuid = any (a.worker_ids) desc, a.id, ap.person_id) * interval '1 millisecond',
           now(), now(), 'RECEIVED'
         from appointment a join appointment_person ap on ap.appointment_id = a.id
         join person p on p.id = ap.person_id and not p.sensitive_file
         where a.district_id = $1 and a.starts_at > now() order by $2::uuid = any (a.worker_ids) desc, a.id, ap.person_id
         limit 80 returning person_id)
       insert into message (district_id, worker_id, person_id, phone)
       select $1::uuid, $2::uuid, person_id, '01 99 00 00 01' from came`,
      [id, worker],
    );
    const person = 'person { displayName phone safeContact address { line } noticeReceipts { givenAt } }';
    const came = (
      receiver: string,
    ): string => `visits(districtId: "${id}", first: $first) { edges { node { ticket status
      attestation district { name } ${receiver} ${person} } } }`;
    // A desk is led to the appointment until they have gone, who received them afterwards too.
    const received = 'worker { displayName } appointment { startsAt publicLabel persons { displayName } }';
    const called = `messages(first: $first) { edges { node { sentAt name phone ${person} } } }`;
    for (const [login, list] of [
      ['reception.sevran', came('')],
      ['worker.sevran', came(received)],
      ['worker.sevran', called],
    ] as const) {
      const nodes = await sixtyAsTwo(login, list);
      for (const node of nodes) {
        // The desk reads no person of a visit that is over (decision 0078).
        const person = login === 'reception.sevran' ? null : { displayName: expect.any(String) };
        expect(node).toMatchObject({ person });
        if ('attestation' in node && person !== null)
          expect(node.attestation).toContain(node.person.displayName);
      }
    }
  });

  test('who was seen on duty, with everything in it, sends as many for 60 as for 2', async () => {
    const worker = await app.as('worker.sevran');
    const visits = await database.sql<{ id: string; districtId: string; personId: string }>(
      `with came as (insert into visit (district_id, kind, person_id, worker_id)
         select d.id, 'WALK_IN', p.id, w.id from district d
         join lateral (select id from person where district_id = d.id and not sensitive_file order by id limit 70) p on true
         join worker w on w.subject = 'worker.sevran' where d.slug = 'sevran' returning id, district_id, person_id)
       select id, district_id as "districtId", person_id as "personId" from came`,
    );
    for (const { id, ...visit } of visits) {
      const { errors } = await worker.send(
        'mutation ($input: RecordEncounterInput!) { recordEncounter(input: $input) { id } }',
        { input: { ...visit, visitId: id, text: `vu ${id}` } },
      );
      expect(errors).toEqual([]);
    }
    const document = `query ($first: Int) { encounters(first: $first) { edges { node { text heldAt passedOnAt
      heldBy { displayName } district { name } visit { ticket } case { reference }
      person { displayName phone safeContact address { line } } } } } }`;
    const few = await statements('worker.sevran', document, { first: 2 });
    expect(await statements('worker.sevran', document, { first: 60 })).toBe(few);
    const { data } = await worker.send(document, { first: 60 });
    expect(data?.['encounters'].edges).toHaveLength(60);
    for (const { node } of data?.['encounters'].edges ?? [])
      expect(node).toMatchObject({
        text: expect.stringMatching(/^vu /),
        visit: { ticket: expect.any(Number) },
        person: { displayName: expect.any(String) },
      });
  });

  test('what a district is sent, and by whom, with everything in it, sends as many for 60 as for 2', async () => {
    await database.sql(
      `with sent as (
         insert into referral (case_id, to_district_id, to_worker_id, sent_by_id, sent_at, answer_by, status)
         select c.id, d.id, w.id, c.assigned_worker_id, now() - c.n * interval '1 minute', current_date + 10, 'SENT'
         from (select *, row_number() over (order by id) as n from "case" where assigned_worker_id is not null
             and district_id <> (select id from district where slug = 'sevran') limit 80) c
         join district d on d.slug = 'sevran' join worker w on w.subject = 'worker.sevran'
         returning id, case_id)
       insert into referral_person (referral_id, case_id, person_id)
       select sent.id, sent.case_id, cp.person_id from sent join case_person cp on cp.case_id = sent.case_id`,
    );
    const make = rowsOf(database);
    const codes = await database.sql<{ code: string }>('select code from need_code order by code limit 2');
    const needCodes = codes.map(({ code }) => code);
    await Promise.all(
      (
        await database.sql<{ referralId: string }>(
          `select id as "referralId" from referral r
           where not exists (select from referral_content c where c.referral_id = r.id)`,
        )
      ).map((row) => make.referralContent({ ...row, needCodes })),
    );
    await database.sql(
      `with asked as (
         insert into incoming_request (district_id, partner, mandated, person_id, worker_id, received_on, answer_by, status)
         select d.id, 'JUSTICE', false, p.id, w.id, current_date, current_date + 20, 'ALLOCATED' from district d
         join lateral (select id from person where district_id = d.id and not sensitive_file order by id limit 80) p on true
         join worker w on w.subject = 'worker.sevran' where d.slug = 'sevran' returning id)
       select from asked`,
    );
    await Promise.all(
      (
        await database.sql<{ requestId: string }>(
          `select id as "requestId" from incoming_request r
           where not exists (select from incoming_request_content c where c.request_id = r.id)`,
        )
      ).map((row) => make.incomingRequestContent(row)),
    );
    const [{ id } = { id: '' }] = await database.sql<{ id: string }>(
      `select id from district where slug = 'sevran'`,
    );
    const received = (fields: string): string =>
      `receivedReferrals(districtId: "${id}", first: $first) { edges { node { status mission
        fromDistrict { name } ${fields} } } }`;
    const requests = (fields: string): string =>
      `incomingRequests(districtId: "${id}", first: $first) { edges { node { status partner
        ${fields} } } }`;
    for (const [login, list, text] of [
      [
        'worker.sevran',
        received(
          'sentBy { displayName } toWorker { displayName } names text needs { labelFr } persons { displayName phone }',
        ),
        expect.any(String),
      ],
      ['head.sevran', received(''), undefined],
      [
        'worker.sevran',
        requests('worker { displayName } name text person { displayName phone address { line } }'),
        expect.any(String),
      ],
      ['head.sevran', requests(''), undefined],
    ] as const) {
      const nodes = await sixtyAsTwo(login, list);
      for (const node of nodes) expect(node.text).toEqual(text);
    }
  });

  test('meetings, and who has their places, send as many for 60 as for 2', async () => {
    // All within the week in which the worker of a meeting reads the contact of those who come.
    await database.sql(
      `with met as (
         insert into appointment (district_id, type_code, mode, status, starts_at, ends_at, places)
         select d.id, 'INFORMATION_MEETING', 'ON_SITE', 'BOOKED', now() + n * interval '2 hours',
           now() + n * interval '2 hours' + interval '1 hour', 12 from district d, generate_series(1, 80) n
         where d.slug = 'sevran' returning id, district_id),
       held as (insert into appointment_worker (appointment_id, worker_id)
         select met.id, w.id from met join worker w on w.subject = 'worker.sevran')
       insert into appointment_person (appointment_id, person_id)
       select met.id, p.id from met join lateral (select id from person where district_id = met.district_id
         and not sensitive_file order by md5(id::text || met.id) limit 4) p on true`,
    );
    const [{ id } = { id: '' }] = await database.sql<{ id: string }>(
      `select id from district where slug = 'sevran'`,
    );
    const document = `query ($first: Int) { collectiveAppointments(districtId: "${id}", typeCode: "INFORMATION_MEETING", first: $first) {
      places placesLeft appointment { startsAt publicLabel place workers { displayName } }
      takenPlaces { outcome version person { displayName phone } } } }`;
    for (const login of ['reception.sevran', 'worker.sevran']) {
      const few = await statements(login, document, { first: 2 });
      expect(await statements(login, document, { first: 60 })).toBe(few);
      const { data } = await (await app.as(login)).send(document, { first: 60 });
      expect(data?.['collectiveAppointments']).toHaveLength(60);
      for (const { takenPlaces } of data?.['collectiveAppointments'] ?? [])
        expect(takenPlaces).toHaveLength(4);
    }
  });

  test('figures send as many for a cell as for a hundred, and the year before is one question more', async () => {
    const cells = (fields: string): string => `query ($first: Int) {
      statistics(indicator: "NEEDS", period: "${new Date().getFullYear() - 1}", by: ["NEED_CODE"]) {
        indicator { labelFr opinions { position district { name } } } district { name } method { textFr }
        dimensions { code categories { code } }
        cells(first: $first) { edges { node { categories { labelFr } value withheld ${fields} } } pageInfo { hasNextPage } } } }`;
    const [now, before] = [cells(''), cells('yearBefore { value withheld }')];
    for (const login of ['worker.sevran', 'client.reporting']) {
      const one = await statements(login, now, { first: 1 });
      expect(await statements(login, now, { first: 100 })).toBe(one);
      const { data } = await (await app.as(login)).send(now, { first: 100 });
      expect(data?.['statistics'].cells.edges.length).toBeGreaterThan(20);
      const both = await statements(login, before, { first: 1 });
      expect(await statements(login, before, { first: 100 })).toBe(both);
      // Which table it is, and what it holds; of a year before that is frozen, in a county's second year, its snapshot as well.
      expect(both - one).toBeLessThanOrEqual(3);
    }
  });

  test('what is counted, and what each team said of it, sends as many for one as for all', async () => {
    const document = `query ($code: String) { indicators(code: $code) { code labelFr dimensions { labelFr } proposedIn { name }
      opinions { position votesFor district { name } voices { words earlier { words } } } } }`;
    // Of two versions, of which a team has proposed one.
    const one = await statements('worker.sevran', document, { code: 'OPEN_CASES' });
    expect(await statements('worker.sevran', document, { code: null })).toBe(one);
    const { data } = await app.anonymous.send(document, { code: null });
    expect(data?.['indicators'].length).toBeGreaterThan(20);
  });

  test('what a team observes sends as many for 60 as for 2', async () => {
    const [{ id } = { id: '' }] = await database.sql<{ id: string }>(
      `select id from district where slug = 'sevran'`,
    );
    const make = rowsOf(database);
    const observed = { code: 'VISITS', districtId: id, body: 'x', statedOn: '2026-01-05' };
    await Promise.all(
      [2025, 2025, ...Array.from({ length: 60 }, () => 2024)].map((year) =>
        make.indicatorObservation({ ...observed, year }),
      ),
    );
    const document = `query ($year: Int!) { indicatorObservations(districtId: "${id}", year: $year, code: "VISITS") {
      code body statedOn district { name } } }`;
    const few = await statements('worker.sevran', document, { year: 2025 });
    expect(await statements('worker.sevran', document, { year: 2024 })).toBe(few);
    const { data } = await (await app.as('worker.sevran')).send(document, { year: 2024 });
    expect(data?.['indicatorObservations']).toHaveLength(60);
  });

  test('what a team asks about its wait sends as many for 20 as for 2', async () => {
    const asked = await database.sql<{ districtId: string; askedById: string; slug: string }>(
      `select d.id as "districtId", w.id as "askedById", d.slug from district d join worker w on w.subject = 'adviser'`,
    );
    const idOf = (slug: string) => asked.find((one) => one.slug === slug)?.districtId;
    const make = rowsOf(database);
    await Promise.all(
      (
        [
          ['gagny', 2],
          ['sevran', 20],
        ] as const
      ).flatMap(([slug, count]) =>
        Array.from({ length: count }, () =>
          make.waitSimulation({ districtId: idOf(slug), askedById: asked[0]?.askedById, ...WORKED_OUT }),
        ),
      ),
    );
    const document = `query ($id: ID!) { waitSimulations(districtId: $id) {
      sentenceFr assumptionsEn asNow { days } changed { growsDaysAWeek } district { name } } }`;
    const few = await statements('adviser', document, { id: idOf('gagny') });
    expect(await statements('adviser', document, { id: idOf('sevran') })).toBe(few);
    const { data } = await (await app.as('adviser')).send(document, { id: idOf('sevran') });
    expect(data?.['waitSimulations']).toHaveLength(20);
  });

  test('what a team votes on, with one’s own vote, sends as many for 60 as for 2, and hours without an appointment as many as none', async () => {
    await database.sql('delete from team_option');
    await database.sql(
      `with o as (insert into team_option (district_id, kind, proposed_on, voted_until, starts_on, ends_on)
         select d.id, 'CALL_BACK', current_date, current_date + 7, current_date + 8, current_date + 9 + n
         from district d cross join generate_series(1, 60) n where d.slug = 'sevran' or d.slug = 'gagny' and n <= 2 returning id, district_id)
       insert into team_vote (option_id, worker_id, in_favour) select o.id, m, true from o, members_of_team(o.district_id, now()) m`,
    );
    const districts = await database.sql<{ slug: string; id: string }>('select slug, id from district');
    const idOf = (slug: string) => districts.find((one) => one.slug === slug)?.id;
    const document = `query ($id: ID!) { teamOptions(districtId: $id) { kind textFr myVote district { name } }
      walkInHours(districtId: $id) { startsAt endsAt place } }`;
    const few = await statements('worker.gagny', document, { id: idOf('gagny') });
    expect(await statements('worker.sevran', document, { id: idOf('sevran') })).toBe(few);
    const { data } = await (await app.as('worker.sevran')).send(document, { id: idOf('sevran') });
    expect(data?.['teamOptions'].filter(({ myVote }: { myVote: boolean }) => myVote)).toHaveLength(60);
  });

  test('the first note of a case sends as many as one after notes of others, whose number nobody learns', async () => {
    const [first, second] = await database.sql<{ id: string }>(
      `select c.id from "case" c join worker w on w.id = c.assigned_worker_id
       where w.subject = 'worker.sevran' and c.status = 'OPEN' order by c.id limit 2`,
    );
    await database.sql(
      'delete from handover_note where note_id in (select id from interview_note where case_id = $1)',
      [first?.id],
    );
    await database.sql('delete from interview_note where case_id = $1', [first?.id]);
    await database.sql('delete from case_key where case_id = $1', [first?.id]);
    const worker = await app.as('worker.sevran');
    const counts: number[] = [];
    for (const caseId of [first?.id, second?.id]) {
      sent.length = 0;
      const answer = await worker.send(
        'mutation ($input: WriteNoteInput!) { writeNote(input: $input) { id } }',
        { input: { caseId, body: 'x' } },
      );
      expect(answer.errors).toEqual([]);
      counts.push(sent.length);
    }
    expect(counts[0]).toBe(counts[1]);
  });

  test.each(['disableWorker', 'endMembership', 'disableClient'])(
    '%s writes nothing to what is not there',
    async (name) => {
      sent.length = 0;
      const { codes } = await (await app.as('admin')).send(
        `mutation ($input: VersionedInput!) { ${name}(input: $input) { id } }`,
        { input: { id: '00000000-0000-4000-8000-000000000000', expectedVersion: 1 } },
      );
      expect(codes).toEqual(['NOT_FOUND']);
      expect(sent.filter((text) => text.startsWith('update'))).toEqual([]);
    },
  );

  test('the directory sends as many for three districts as kinds of rows', async () => {
    const count = await statements(
      'worker.sevran',
      '{ districts { name openingHours { weekday } communes { name } workers { displayName } } }',
    );
    expect(count).toBeLessThanOrEqual(9);
  });

  test('a smallest query sends BEGIN, two settings, login and COMMIT, and nothing more', async () => {
    expect(await statements('worker.sevran', '{ viewer { kind } }')).toBe(5);
  });

  test('an anonymous question for what is public needs no login', async () => {
    sent.length = 0;
    await app.anonymous.send('{ errorCodes }');
    expect(sent.filter((text) => text.includes('login('))).toEqual([]);
  });
});
