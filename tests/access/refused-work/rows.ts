import type { LoggedCounty } from '../../data-protection/logged.js';
import { ago, ahead, minutesAfter } from '../../support/days.js';

/** Makes so many rows in the same tick, so that they are one statement. */
export const times = (count: number, make: (nth: number) => Promise<unknown>): Promise<unknown> =>
  Promise.all(Array.from({ length: count }, (_, nth) => make(nth)));

/** Notes of a case by one worker. Nobody else reads them. */
export async function notesOf(
  made: LoggedCounty,
  caseId: string,
  count: number,
  by = 'alice',
): Promise<void> {
  const note = { caseId, authorId: made.who[by], districtId: made.district };
  await times(count, () => made.make.interviewNote(note));
}

/** A worker of the district, who is in `who` by this name. */
export async function newWorker(made: LoggedCounty, name: string): Promise<string> {
  (made.who as Record<string, string>)[name] = (await made.sevran.worker(name)).id;
  return name;
}

export async function caseTo(made: LoggedCounty, worker: string, caseId: string): Promise<void> {
  await made.database.sql('update assignment set ends_at = now() where case_id = $1 and ends_at is null', [
    caseId,
  ]);
  await made.make.assignment({ caseId, workerId: made.who[worker] });
}

/** So many rows of each table that belongs to a case and that a head does not read. */
export async function fill(
  made: LoggedCounty,
  caseId: string,
  personId: string,
  count: number,
): Promise<void> {
  const { make, district: districtId } = made;
  const alice = made.who['alice'];
  await notesOf(made, caseId, count);
  await times(count, () => make.need({ caseId, code: made.code }));
  await times(count, async (nth) => {
    const startsAt = ahead(nth + 1);
    const endsAt = minutesAfter(startsAt, 45);
    const appointmentId = await make.appointment({
      districtId,
      caseId,
      typeCode: 'FOLLOW_UP',
      startsAt,
      endsAt,
    });
    await make.appointmentPerson({ appointmentId, personId });
  });
  await times(count, () => make.appointmentRequest({ districtId, personId, caseId, typeCode: 'FOLLOW_UP' }));
  await times(count, () => make.referral({ caseId, toDistrictId: districtId, sentById: alice }));
  await times(count, () => make.encounter({ districtId, heldById: alice }));
  await made.database.sql(`update encounter set case_id = $1 where held_by_id = $2 and case_id is null`, [
    caseId,
    alice,
  ]);
  await times(count, () =>
    make.release({
      caseId,
      requestedById: alice,
      ground: 'COURT_ORDER',
      refusedAt: ago(0),
      refusedById: made.who['conseillère'],
    }),
  );
}
