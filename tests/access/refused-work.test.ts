import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LoggedCounty, startLoggedCounty } from '../data-protection/logged.js';
import { byHand } from '../support/by-hand.js';
import { openHours } from '../support/county.js';
import { dayAhead } from '../support/days.js';
import { ATTEMPTS, refused } from './refused-work/attempts.js';
import { fill } from './refused-work/rows.js';
import { countWrites, touched } from './refused-work/touched.js';

/**
 * A refusal is no oracle. Sixty requests at once would add up the time of what is done and undone. So a refused mutation does no work
 * that grows with rows that the login may not read. Sequences, which nothing undoes, count the rows that are written.
 */
let made: LoggedCounty;

beforeAll(async () => {
  made = await startLoggedCounty();
  // Hélène is a head here and a social worker elsewhere: her roles alone do not decide which rows of a case she may read.
  await made.make.membership({
    workerId: made.who['hélène'],
    districtId: await made.one(`select id from district where name = 'Gagny'`),
  });
  await countWrites(made.database);
});
afterAll(() => made.close());

const reassigning = (caseId: string) => ({ caseId, workerId: made.who['bruno'], expectedVersion: 1 });

describe('sixty refused reassignments of one case at once', () => {
  test.each([0, 10, 50])(
    'with %i notes, needs, appointments: each writes the case and nothing that hangs on it',
    async (count) => {
      const file = await made.newCase();
      await fill(made, file.id, file.personId, count);
      const rows = await touched(made.database, () =>
        Promise.all(
          Array.from({ length: 60 }, () =>
            refused(
              made,
              'hélène',
              'reassignCase',
              reassigning(file.id),
              'interviewNotes { edges { node { id } } }',
            ),
          ),
        ),
      );
      expect(rows).toEqual(['assignment 120', 'case 180', 'case_person 120']);
    },
  );

  test('and one that is not refused gives all of it to who takes the case, at the commit', async () => {
    const file = await made.newCase();
    await fill(made, file.id, file.personId, 3);
    const rows = await touched(made.database, async () => {
      const { errors } = await made.send('hélène', 'reassignCase', reassigning(file.id));
      expect(errors).toEqual([]);
    });
    // Each row is written once. The case had one note before.
    expect(rows).toEqual(
      expect.arrayContaining(['interview_note 4', 'need 3', 'encounter 3', 'referral 3', 'release 3']),
    );
    const [copies] = await made.database.sql(
      `select (select count(*)::integer from interview_note where case_id = $1 and reader_id is not null) as readable,
         (select count(*)::integer from encounter where case_id = $1 and reader_id is not null) as encounters,
         (select count(*)::integer from need where case_id = $1 and assigned_worker_id = $2) as needs,
         (select count(*)::integer from appointment where case_id = $1 and case_worker_id = $2) as appointments,
         (select count(*)::integer from appointment_request where case_id = $1 and case_worker_id = $2) as requests,
         (select count(*)::integer from referral where case_id = $1 and assigned_worker_id = $2) as referrals,
         (select count(*)::integer from release where case_id = $1 and lapsed_at is null) as releases`,
      [file.id, made.who['bruno']],
    );
    expect(copies).toEqual({
      readable: 0,
      encounters: 0,
      needs: 3,
      appointments: 3,
      requests: 3,
      referrals: 3,
      releases: 0,
    });
  });

  test('nobody reads by what is not committed: neither who leaves, nor who takes the case, until then', async () => {
    const file = await made.newCase();
    const read = 'select from interview_note where case_id = $1';
    const reads = (subject: string) => byHand(made.database, subject, (hand) => hand(read, [file.id]));
    expect([await reads('alice'), await reads('bruno')]).toEqual(['1', '0']);
    await made.send('hélène', 'reassignCase', reassigning(file.id));
    expect([await reads('alice'), await reads('bruno')]).toEqual(['0', '0']);
  });
});

describe('as much is written, and undone, whether there is nothing or a lot', () => {
  test.each(ATTEMPTS)('%s', async (_name, attempt) => {
    const rows = [];
    for (const count of [0, 10]) {
      const task = await attempt(made, count);
      rows.push(await touched(made.database, task));
    }
    expect(rows[1]).toEqual(rows[0]);
    expect(rows[0]?.length).toBeGreaterThan(0);
    expect(rows.flat().filter((row) => row.startsWith('looked'))).toEqual([]);
  });

  test('a post that an administrator ends, and undoes: of the hours that were open', async () => {
    const rows = [];
    for (const count of [0, 10]) {
      const { id } = await made.sevran.worker(`post-${count}`);
      if (count > 0)
        await openHours(made.database, id, made.district, {
          until: dayAhead(count),
          weekdays: [1, 2, 3, 4, 5, 6, 7],
        });
      rows.push(
        await touched(made.database, () =>
          byHand(made.database, 'admin', async (hand) => {
            const ended = 'set ends_at = now(), version = version + 1 where worker_id = $1';
            expect(await hand(`update membership ${ended}`, [id])).toBe('1');
            expect(
              await hand('update worker set disabled_at = now(), version = version + 1 where id = $1', [id]),
            ).toBe('1');
          }),
        ),
      );
    }
    expect(rows).toEqual([
      ['membership 1', 'worker 1'],
      ['membership 1', 'worker 1'],
    ]);
  });
});
