import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getNullableType, isListType } from 'graphql';
import { ANONYMOUS, type CrawledCounty, startCrawledCounty } from '../../support/crawler/county.js';
import { crawlWide, inFlight } from '../../support/crawler/crawl.js';
import { queryDocuments } from '../../support/crawler/documents.js';
import { say } from '../../support/say.js';
import { evening, morning, passDay, workOfDay } from './days.js';
import { Gathered, type Pair, type Pairs } from './gathered.js';

/** What is looked up one at a time is no list; how often it may be is another matter. */
const LOOK_UPS = new Set(['personLookUp', 'casesOfPerson']);

/** The root fields that answer with a list or a page of one. */
function listsOf({ schema }: CrawledCounty): ReadonlySet<string> {
  const roots = Object.values(schema.getQueryType()?.getFields() ?? {});
  return new Set(
    roots
      .filter(({ type }) => isListType(getNullableType(type)) || /Connection$/.test(String(type)))
      .map(({ name }) => name)
      .filter((name) => !LOOK_UPS.has(name)),
  );
}

/** Who came to each district on each day of the week before. */
function agoDocuments({ sources }: CrawledCounty): { query: string; variables: Record<string, unknown> }[] {
  const query = `query ($district: ID!, $day: Date) { visits(districtId: $district, day: $day, first: 100) { edges { node {
    id day status outcome worker { id } appointment { id status workers { id } } } } } }`;
  return (sources.rows.get('District') ?? []).flatMap(({ id }) =>
    [1, 2, 7].map((days) => ({
      query,
      variables: { district: id, day: new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10) },
    })),
  );
}

/** What is known is asked for again by its id, though no list has it any more: twenty at a time. */
function againDocuments(ids: readonly string[]): string[] {
  const nth = (id: string, at: number): string => `a${at}: appointment(id: "${id}") { id startsAt status }`;
  return Array.from(
    { length: Math.ceil(ids.length / 20) },
    (_, at) =>
      `{ ${ids
        .slice(at * 20, at * 20 + 20)
        .map(nth)
        .join(' ')} }`,
  );
}

/** The ids of what is of a login's own queue, or, of a person, their own; and the workers whose absence a head has been told of. */
async function ownOf(county: CrawledCounty, login: string): Promise<(pair: Pair) => boolean> {
  const own = await county.database.sql<{ id: string }>(
    `with me as (select id from worker where subject = $1), self as (select person_id as id from person_account where subject = $1),
       whose as (select id from me union select r.absent_worker_id from relay r where r.stand_in_id in (select id from me)),
       file as (select case_id as id from assignment where worker_id in (select id from whose)
         union select case_id from case_person where person_id in (select id from self)
         -- Of which they were told, and which is offered to them.
         union select case_id from notification where worker_id in (select id from me)
         union select case_id from handover where to_worker_id in (select id from me)),
       meeting as (select id from appointment where worker_ids && array(select id from me)
           or case_worker_id in (select id from whose)
         union select appointment_id from appointment_person where person_id in (select id from self))
     select id from me union select id from file union select id from meeting
       union select id from encounter where reader_id in (select id from me)
       union select id from handover where from_worker_id in (select id from me) or to_worker_id in (select id from me)
       union select id from planned_reassignment where from_worker_id in (select id from whose) or to_worker_id in (select id from me)
       union select id from handover_task where worker_id in (select id from me) or to_worker_id in (select id from me)
       union select id from appointment_request where duty_worker_id in (select id from me) or case_worker_id in (select id from whose)
       union select o.id from slot_offer o join appointment_request r on r.id = o.request_id
         where r.duty_worker_id in (select id from me) or r.case_worker_id in (select id from whose)
       union select id from need where case_id in (select id from file)
       union select id from interview_note where case_id in (select id from file)
       union select id from visit where worker_id in (select id from me)
       union select id from incoming_request where worker_id in (select id from me)
       union select id from referral where case_id in (select id from file) or to_worker_id in (select id from me)
       union select id from appointment_notice where appointment_id in (select id from meeting)
       -- The worker who follows a person, and the stand-in, read who informed the person.
       union select r.id from notice_receipt r join case_person p on p.person_id = r.person_id
         join assignment a on a.case_id = p.case_id and a.ends_at is null where a.worker_id in (select id from whose)
       -- A head is told of whoever reaches the measure of an hour: once an hour, and never of how many acts below it.
       union select id from notification where worker_id in (select id from me) and kind in ('MEASURE_REACHED', 'ACTS_TAKEN_BACK')
       union select a.worker_id from absence a join membership m on m.district_id = a.district_id and m.role = 'DISTRICT_HEAD'
         where m.worker_id in (select id from me) and a.contradicted_at is null`,
    [login],
  );
  const ids = new Set(own.map(({ id }) => id));
  return ({ worker, row }) => ids.has(worker) || ids.has(row.slice(row.indexOf(':') + 1));
}

/** Who goes through what, and for how long. */
interface Gathering {
  readonly days: number;
  readonly logins: readonly string[];
  /** Who also tries every filter, on the first day. */
  readonly deep?: readonly string[];
  /** Who goes through everything once only, on the last day. */
  readonly once?: readonly string[];
  /** Who tell one another what they are answered. */
  readonly together?: readonly (readonly string[])[];
}

/** What several who tell one another are called. */
const nameOf = (logins: readonly string[]): string => logins.join(' with ');

/**
 * Lets days pass in the county. Morning and evening everyone goes through everything that lists, page by page, and keeps it.
 * @returns what each login kept, and what those who tell one another did
 */
export async function gather(
  county: CrawledCounty,
  { days, logins, deep = [], once = [], together = [] }: Gathering,
): Promise<ReadonlyMap<string, Gathered>> {
  const gathered = new Map(
    [...logins, ...once, ...together.map(nameOf)].map((name) => [name, new Gathered(county.schema)]),
  );
  const keptOf = (login: string): Gathered[] =>
    [login, ...together.filter((some) => some.includes(login)).map(nameOf)].flatMap(
      (name) => gathered.get(name) ?? [],
    );
  const lists = listsOf(county);
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(new Date());
  const goThroughEverything = async (
    who: readonly string[],
    withFilters: readonly string[] = [],
  ): Promise<void> => {
    for (const login of who) {
      const requester = await county.as(login);
      const kept = keptOf(login);
      const witness = (
        answer: { data?: Record<string, unknown> | null | undefined },
        { query }: { query: string },
      ) => {
        for (const keep of kept) keep.add(query, answer.data, today);
      };
      await crawlWide(requester, county.sources, witness, 40);
      for (const { query, variables } of agoDocuments(county))
        witness(await requester.send(query, variables), { query });
      const known = gathered.get(login)?.appointments ?? [];
      for (const query of againDocuments(known)) witness(await requester.send(query), { query });
      if (withFilters.includes(login)) {
        const filtered = [...queryDocuments(county.sources)].filter(({ root }) => lists.has(root));
        await inFlight(filtered, 8, async (document) =>
          witness(await requester.send(document.query, { ...document.variables }), document),
        );
      }
      for (const keep of kept) keep.endLook();
    }
  };
  for (let day = 1; day <= days; day += 1) {
    say(`day ${day} of ${days}`);
    await morning(county.database);
    await goThroughEverything(logins, day === 1 ? deep : []);
    await evening(county.database);
    await workOfDay(county.database, day);
    await goThroughEverything(logins);
    await passDay(county.database);
    for (const keep of gathered.values()) keep.endDay();
  }
  await goThroughEverything([...logins, ...once]);
  return gathered;
}

/** At the end nobody has put a worker beside a case, an outcome, a need, a note or a past visit of another's. */
export function measureRanking(gathering: Gathering): void {
  const { together = [] } = gathering;
  const logins = [...gathering.logins, ...(gathering.once ?? [])];
  let county: CrawledCounty;
  let gathered: ReadonlyMap<string, Gathered>;

  beforeAll(async () => {
    county = await startCrawledCounty();
    gathered = await gather(county, gathering);
  });
  afterAll(() => county.close());

  const found = async (name: string): Promise<Pairs> => {
    const who = together.find((some) => nameOf(some) === name) ?? [name];
    const own = await Promise.all(who.map((login) => ownOf(county, login)));
    const all = gathered.get(name)?.pairs((pair) => own.some((isOwn) => isOwn(pair)));
    if (all === undefined) throw new Error(`nothing was gathered by ${name}`);
    return all;
  };

  describe.each([...logins, ...together.map(nameOf)])('%s', (login) => {
    test('puts no worker beside a case, an outcome, a need, a note, a request, a past visit or any other work', async () => {
      const { cases, needs, notes, requests, outcomes, pastVisits, others, busy, presence, calledOff } =
        await found(login);
      say(
        `${login}: ${busy.length} times who is busy when, ${presence.length} visits by whom they were to, ` +
          `${calledOff.length} appointments called off`,
      );
      expect({ cases, needs, notes, requests, outcomes, pastVisits, others }).toEqual({
        cases: [],
        needs: [],
        notes: [],
        requests: [],
        outcomes: [],
        pastVisits: [],
        others: [],
      });
    });
  });

  test('there was something to gather: a desk knows who is busy when, a worker what is theirs', async () => {
    const desk = logins.find((login) => login.startsWith('reception')) ?? '';
    expect((await found(desk)).busy.length).toBeGreaterThan(20);
    const worker = logins.find((login) => login.startsWith('worker')) ?? '';
    const theirs = gathered.get(worker)?.pairs();
    expect(theirs?.cases.length).toBeGreaterThan(5);
    expect(theirs?.outcomes.length).toBeGreaterThan(5);
  });

  if (logins.includes(ANONYMOUS))
    test('who asks without a token gathers nobody', async () => {
      expect((await found(ANONYMOUS)).busy).toEqual([]);
    });
}
