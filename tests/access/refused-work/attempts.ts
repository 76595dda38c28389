import { expect } from '@jest/globals';
import type { LoggedCounty } from '../../data-protection/logged.js';
import { ago, ahead, minutesAfter } from '../../support/days.js';
import { caseTo, newWorker, notesOf, times } from './rows.js';

/** Sends a mutation that is done, and then refused because of a field of its payload. */
export async function refused(
  made: LoggedCounty,
  by: string,
  mutation: string,
  input: Record<string, unknown>,
  payload: string,
): Promise<void> {
  const names: Readonly<Record<string, string>> = { reassignCase: 'AssignCaseInput' };
  const type = names[mutation] ?? `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const { codes, errors } = await (await made.app.as(by)).send(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${payload} } }`,
    { input },
  );
  expect(codes).toEqual(['FORBIDDEN']);
  // The error is at a field of the payload, and so the mutation had been done.
  expect(errors[0]?.path?.length).toBeGreaterThan(1);
}

/** Makes so many rows that the login may not read, and returns an attempt that is refused because of its payload. */
type Attempt = (made: LoggedCounty, count: number) => Promise<() => Promise<void>>;

/** Makes names of workers and districts different. */
let at = 0;

export const ATTEMPTS: readonly (readonly [name: string, attempt: Attempt])[] = [
  [
    'approveRelease, of notes that an adviser never reads',
    async (made, count) => {
      const file = await made.newCase();
      at += 1;
      const gone = await newWorker(made, `gone-${at}`);
      await caseTo(made, gone, file.id);
      await notesOf(made, file.id, count, gone);
      await caseTo(made, 'bruno', file.id);
      await made.database.sql(
        `update membership set ends_at = now() - interval '1 ms' where worker_id = $1`,
        [made.who[gone]],
      );
      const id = await made.make.release({
        caseId: file.id,
        requestedById: made.who['bruno'],
        ground: 'COURT_ORDER',
      });
      await made.database.sql('update release set waits_until = requested_at where id = $1', [id]);
      return () => refused(made, 'conseillère', 'approveRelease', { id }, 'requestedBy { version }');
    },
  ],
  [
    'requestRelease, of notes by authors whom the requester does not know',
    async (made, count) => {
      const file = await made.newCase();
      // Ten workers have always held the case, since each of them is asked by a row. Only `count` of them wrote a note.
      for (let nth = 0; nth < 10; nth += 1) {
        at += 1;
        const name = await newWorker(made, `author-${at}`);
        await caseTo(made, name, file.id);
        if (nth < count) await notesOf(made, file.id, 1, name);
      }
      await caseTo(made, 'bruno', file.id);
      const input = { caseId: file.id, ground: 'COURT_ORDER' };
      return () => refused(made, 'bruno', 'requestRelease', input, 'requestedBy { version }');
    },
  ],
  [
    'contradictAbsence, of what the absence has opened',
    async (made, count) => {
      const { make, who } = made;
      const file = await made.newCase();
      await notesOf(made, file.id, count);
      await caseTo(made, 'bruno', file.id);
      const release = await make.release({
        caseId: file.id,
        requestedById: who['bruno'],
        ground: 'COURT_ORDER',
      });
      await made.database.sql(
        'insert into release_note (release_id, note_id) select $1, id from interview_note where case_id = $2',
        [release, file.id],
      );
      await made.database.sql('delete from absence where worker_id = $1', [who['alice']]);
      const id = await make.absence({ workerId: who['alice'], districtId: made.district });
      const input = { id, expectedVersion: 1 };
      return () => refused(made, 'alice', 'contradictAbsence', input, 'worker { version }');
    },
  ],
  [
    'declareAbsence, of what was offered of the worker’s time',
    async (made, count) => {
      at += 1;
      const { make, district: districtId } = made;
      const { id: workerId } = await made.sevran.worker(`offered-${at}`);
      for (let nth = 0; nth < count; nth += 1) {
        const { id: personId } = await made.sevran.person();
        const startsAt = ahead(10 + nth);
        await make.slotOffer({
          requestId: await make.appointmentRequest({ districtId, personId }),
          districtId,
          workerId,
          startsAt,
          endsAt: minutesAfter(startsAt, 30),
          channel: 'NEUTRAL_TEXT',
        });
      }
      const input = { districtId, workerId, startsAt: ahead(1), endsAt: ahead(40) };
      return () => refused(made, 'hélène', 'declareAbsence', input, 'worker { version }');
    },
  ],
  [
    'updatePerson, of the districts in which someone waits',
    async (made, count) => {
      const { make } = made;
      const { id } = await made.sevran.person({ phone: '0600000000' });
      await make.noticeReceipt({
        personId: id,
        noticeId: made.notice,
        givenAt: ago(0),
        statedById: made.who['alice'],
      });
      for (let nth = 0; nth < count; nth += 1) {
        at += 1;
        const districtId = await make.district({ slug: `d${at}`, name: `D${at}` });
        await make.appointmentRequest({ districtId, personId: id });
      }
      const input = { id, expectedVersion: 1, phone: '0611111111' };
      return () => refused(made, 'rachida', 'updatePerson', input, 'noticeReceipts { statedBy { version } }');
    },
  ],
  [
    'recordVisit, of how often someone waits',
    async (made, count) => {
      const { id: personId } = await made.sevran.person();
      await times(count, () => made.make.appointmentRequest({ districtId: made.district, personId }));
      const input = { districtId: made.district, kind: 'WALK_IN', personId };
      return () => refused(made, 'bruno', 'recordVisit', input, 'worker { version }');
    },
  ],
  [
    'acceptHandover, of the notes that were kept back',
    async (made, count) => {
      const { make, who } = made;
      const file = await made.newCase();
      await notesOf(made, file.id, count);
      const id = await make.handover({
        caseId: file.id,
        fromWorkerId: who['alice'],
        toWorkerId: who['bruno'],
      });
      await make.handoverNote({ handoverId: id, noteId: file.noteIds[0] });
      await caseTo(made, 'bruno', file.id);
      return () => refused(made, 'bruno', 'acceptHandover', { id }, 'fromWorker { version }');
    },
  ],
  [
    'closeCase, of the notes before',
    async (made, count) => {
      const file = await made.newCase();
      await notesOf(made, file.id, count);
      await caseTo(made, 'bruno', file.id);
      const input = { caseId: file.id, expectedVersion: 1 };
      return () => refused(made, 'bruno', 'closeCase', input, 'assignedWorker { version }');
    },
  ],
];
