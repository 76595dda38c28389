import { randomUUID } from 'node:crypto';
import { encounterKeyName } from '../../../../src/vault/note-vault.js';
import type { Given } from '../../../support/county/rows.js';
import { ago, ahead } from '../../../support/days.js';
import type { Scene } from './scene.js';
import type { About, Dossier, Targets } from './targets.js';

/**
 * Visits of the person on one day: yann received them, and they left; they wait for yann; yann receives them; the desk answered them, and
 * they left. And a message: they ask yann to call them back.
 */
export async function openReception(
  { make, value, districtId, workers: { alice, yann } }: Scene,
  { personId }: About,
  appointmentId: string,
): Promise<
  Pick<Targets, 'Visit' | 'Message' | 'waitingVisit' | 'takenInVisit' | 'unreceivedVisit' | 'dayOfVisit'>
> {
  const come = (row: Given<'visit'>): Promise<string> =>
    make.visit({ districtId, personId, workerId: yann, arrivedAt: ago(0), ...row });
  const visit = await come({ appointmentId, takenInAt: ago(0), closedAt: ago(0), outcome: 'RECEIVED' });
  const message = await make.message({
    districtId,
    workerId: yann,
    personId,
    name: 'Ana, dit-elle',
    phone: '01 99 00 00 02',
    textId: await make.messageText({ text: 'Rappelez la permanence.' }),
    fromWorkerId: alice,
    callFrom: ago(0),
    callUntil: ahead(1),
    sentAt: ago(0),
  });
  return {
    Visit: visit,
    Message: message,
    waitingVisit: await come({ appointmentId }),
    takenInVisit: await come({ takenInAt: ago(0) }),
    unreceivedVisit: await come({ workerId: null, closedAt: ago(0), outcome: 'ANSWERED' }),
    dayOfVisit: await value('select id as key, day::text as value from visit where id = any($1)', visit),
  };
}

/**
 * Encounters with the person: yann holds the one of the visit. Bruno held the one of the appointment, and passed it on to alice, who sees
 * the appointment because of the case.
 */
export async function openEncounters(
  { make, each, vault, districtId, workers: { bruno, yann } }: Scene,
  { caseId, personId, toRead }: About,
  { visitId, appointmentId }: { readonly visitId: string; readonly appointmentId: string },
): Promise<Dossier['encounters']> {
  // The encounters to read are the latest.
  const heldAt = ago(toRead ? 0 : 1);
  const hold = async (heldById: string, row: Given<'encounter'>): Promise<string> => {
    const id = randomUUID();
    const wrapped = await vault.newCaseKey(encounterKeyName(id));
    const body = (await vault.openCaseKey(wrapped, encounterKeyName(id))).seal(id, `encounter ${id}`);
    await make.encounter({ id, districtId, heldById, personId, heldAt, body, ...row });
    await make.encounterKey({ encounterId: id, ...wrapped });
    return id;
  };
  const passedOn = await hold(bruno, { appointmentId });
  await each(
    `update encounter e set case_id = a.case_id from appointment a where a.id = e.appointment_id and e.id = any($1)`,
    passedOn,
  );
  // The notification that the matrix reads is another one of the case.
  await each(`delete from notification where kind = 'ENCOUNTER_PASSED_ON' and case_id = any($1)`, caseId);
  return { held: await hold(yann, { visitId }), passedOn };
}
