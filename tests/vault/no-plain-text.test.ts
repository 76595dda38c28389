import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encounterKeyName } from '../../src/vault/note-vault.js';
import { openText, type SealedText, TEXT_TABLES, type TextTable } from '../../src/vault/sealed-text.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ago, ahead } from '../support/days.js';
import { dumpOf, findIn, formsOf } from '../support/dump.js';
import { testVault } from '../support/vault.js';

/** What somebody gets who has a dump of the database, or a disk with it, and none of the master keys: no sentence about a person. */
let database: TestDatabase;
let app: TestApp;
beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database);
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const vault = testVault();
const SAID = (what: string) => `« ${what} » — l’été, elle a dit "non" & <peut-être> à 19h 🌷`;

async function write(login: string, mutation: string, type: string, input: object): Promise<void> {
  const { errors } = await (await app.as(login)).send(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`,
    { input },
    { 'idempotency-key': `${mutation}-${Math.random()}` },
  );
  expect({ mutation, errors }).toEqual({ mutation, errors: [] });
}

async function one<R extends Record<string, string>>(sql: string): Promise<R> {
  const [row] = await database.sql<R>(sql);
  if (row === undefined) throw new Error(sql);
  return row;
}

/** Writes a sentence into each text that the API takes about a person. Answers the sentences. */
async function writeEverything(): Promise<readonly string[]> {
  const { district, worker } = await one<{ district: string; worker: string }>(
    `select d.id as district, w.id as worker from district d, worker w where d.slug = 'sevran' and w.subject = 'worker.sevran'`,
  );
  const file = await one<{ case: string; person: string }>(
    `select c.id as case, cp.person_id as person from "case" c join case_person cp on cp.case_id = c.id
     join person p on p.id = cp.person_id and not p.sensitive_file
     where c.status = 'OPEN' and c.assigned_worker_id = '${worker}' order by c.id limit 1`,
  );
  const other = await one<{ district: string; name: string; reference: string; release: string }>(
    `select (select id from district where slug = 'gagny') as district, p.given_name || ' ' || p.family_name as name, p.reference
     from person p where p.id = '${file.person}'`,
  );
  const said = ['note', 'entretien', 'motif', 'orientation', 'saisine', 'message', 'récit', 'danger'].map(
    SAID,
  );
  const [note, encounter, subject, referral, asked, message, narrative, facts] = said;
  await write('worker.sevran', 'writeNote', 'WriteNoteInput', {
    caseId: file.case,
    body: note,
  });
  await write('worker.sevran', 'recordEncounter', 'RecordEncounterInput', {
    districtId: district,
    text: encounter,
  });
  await write('worker.sevran', 'bookAppointment', 'BookAppointmentInput', {
    districtId: district,
    workerIds: [worker],
    typeCode: 'FOLLOW_UP',
    caseId: file.case,
    personIds: [file.person],
    startsAt: ahead(200),
    subject,
  });
  await write('worker.sevran', 'sendReferral', 'SendReferralInput', {
    caseId: file.case,
    personIds: [file.person],
    toDistrictId: other.district,
    text: referral,
  });
  await write('reception.sevran', 'recordIncomingRequest', 'RecordIncomingRequestInput', {
    districtId: district,
    partner: 'SCHOOL',
    text: asked,
  });
  await write('adviser', 'sendBlindMessage', 'SendBlindMessageInput', {
    fullName: other.name,
    reference: other.reference,
    text: message,
  });
  await database.sql(
    `insert into snapshot (period, starts_on, ends_on, frozen_on, method_version, secret_mark)
       values ('2019', '2019-01-01', '2020-01-01', current_date, 1, '\\x00') on conflict do nothing`,
  );
  await write('worker.sevran', 'writeNarrative', 'WriteNarrativeInput', {
    districtId: district,
    year: 2019,
    text: narrative,
    textEn: narrative,
  });
  const make = rowsOf(database);
  const releaseId = await make.release({ caseId: file.case, requestedById: worker, ground: 'COURT_ORDER' });
  await make.dangerStatement({ releaseId, text: facts, authorCalledAt: ago(0.1) });
  return said;
}

/** Opens every sealed text of the database: the notes, the encounters, and the texts of each table. */
async function openEverything(): Promise<ReadonlyMap<string, readonly string[]>> {
  const opened = new Map<string, readonly string[]>();
  for (const [table, columns] of Object.entries(TEXT_TABLES)) {
    const rows = await database.sql<{ row: string } & SealedText>(
      `select ${columns.join(` || ':' || `)} || '' as row, body, master_key_id as "masterKeyId", wrapped
       from ${table} where body is not null`,
    );
    const texts = rows.map((row) => openText(vault, table as TextTable, row.row, row));
    opened.set(table, (await Promise.all(texts)) as string[]);
  }
  for (const [table, key, nameOf] of [
    ['interview_note', 'case_key k on k.case_id = t.case_id', (id: string) => id],
    ['encounter', 'encounter_key k on k.encounter_id = t.id', encounterKeyName],
  ] as const) {
    const rows = await database.sql<{ id: string; owner: string } & SealedText>(
      `select t.id, ${table === 'encounter' ? 't.id' : 't.case_id'} as owner, t.body, k.master_key_id as "masterKeyId", k.wrapped
       from ${table} t join ${key} where t.body is not null`,
    );
    const texts = rows.map(async (row) =>
      (await vault.openCaseKey(row, nameOf(row.owner))).open(row.id, row.body),
    );
    opened.set(table, await Promise.all(texts));
  }
  return opened;
}

describe('a dump', () => {
  test('has no sentence that was written about a person, in plain text, in hexadecimal or in base64', async () => {
    const said = await writeEverything();
    // Statistics of the planner hold values of columns, and a dump of a whole server has them.
    await database.sql('analyze');
    const opened = await openEverything();
    const all = [...opened.values()].flat();
    for (const sentence of said) expect(all.some((text) => text.includes(sentence.slice(0, 9)))).toBe(true);
    const dump = await dumpOf(database);
    expect(dump.length).toBeGreaterThan(1_000_000);
    for (const sentence of said) expect(findIn(dump, sentence)).toEqual([]);
    // Of the fictional county: a few of each table, long enough not to stand anywhere by chance.
    for (const [table, texts] of opened) {
      const long = [...new Set(texts)].filter((text) => text.length > 30).slice(0, 12);
      expect({ table, some: texts.length > 0 }).toEqual({ table, some: true });
      for (const text of long)
        expect({ table, found: findIn(dump, text.slice(4, 34)) }).toEqual({ table, found: [] });
    }
  });

  describe('in which a sentence stands', () => {
    const STANDS: Readonly<Record<string, (sentence: string) => string>> = {
      'as it is': (sentence) => sentence,
      'in JSON': (text) => JSON.stringify({ text }),
      'in hexadecimal': (sentence) => `\\x${Buffer.from(sentence).toString('hex')}`,
      'in base64': (sentence) => Buffer.from(sentence).toString('base64'),
      'in base64 of a whole line': (sentence) => Buffer.from(`ab${sentence}c`).toString('base64'),
    };
    let dump: string;
    beforeAll(async () => {
      await database.sql(
        `insert into calendar_feed (worker_id, client_id, label, secret_hash)
         select w.id, c.id, l.label, sha256(convert_to(l.label, 'UTF8')) from unnest($1::text[]) l(label), (select id from worker limit 1) w, (select id from client limit 1) c`,
        [Object.entries(STANDS).map(([how, write]) => write(SAID(how)))],
      );
      dump = await dumpOf(database);
    });

    test.each(Object.keys(STANDS))('%s is found to have it', (how) => {
      expect(findIn(dump, SAID(how))).not.toEqual([]);
    });
  });

  test('is searched for each form of a sentence', () => {
    expect(formsOf('Elle a dit oui.').length).toBeGreaterThan(9);
  });
});
