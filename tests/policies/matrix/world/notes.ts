import { randomUUID } from 'node:crypto';
import { ago, DAY } from '../../../support/days.js';
import type { Scene } from './scene.js';
import type { Dossier, Targets } from './targets.js';

/** The case is assigned to mia, then to bruno, then to alice. Each of them writes notes, and hands them over or keeps them. */
export async function openNotes(
  { make, each, vault, districtId, workers: { mia, bruno, alice, fatou }, times }: Scene,
  caseId: string,
): Promise<Pick<Dossier, 'notes' | 'handovers'>> {
  const key = await vault.newCaseKey(caseId);
  await make.caseKey({ caseId, ...key });
  const opened = await vault.openCaseKey(key, caseId);
  const write = async (authorId: string): Promise<string> => {
    const id = randomUUID();
    const writtenAt = ago(100);
    const body = opened.seal(id, `note ${id}`);
    return make.interviewNote({ id, caseId, authorId, districtId, body, writtenAt, amendedAt: writtenAt });
  };
  const assign = async (workerId: string, daysAgo: number): Promise<void> => {
    // One instant for all: intervals are half-open, so one assignment ends as the next one begins.
    const at = new Date(times.begun - daysAgo * DAY).toISOString();
    await each('update assignment set ends_at = $2 where case_id = any($1) and ends_at is null', caseId, at);
    await make.assignment({ caseId, workerId, startsAt: at });
  };
  const offer = async (fromWorkerId: string, toWorkerId: string, noteId: string): Promise<string> => {
    const handoverId = await make.handover({ caseId, fromWorkerId, toWorkerId, offeredAt: ago(50) });
    await make.handoverNote({ handoverId, noteId });
    return handoverId;
  };
  const accept = (id: string) => each('update handover set accepted_at = now() where id = any($1)', id);
  await assign(mia, 300);
  const moved = await write(mia);
  const fromMoved = await offer(mia, bruno, moved);
  await assign(bruno, 200);
  await accept(fromMoved);
  const kept = await write(bruno);
  const handed = await write(bruno);
  const accepted = await offer(bruno, alice, handed);
  const toAssigned = await offer(bruno, alice, await write(bruno));
  await assign(alice, 100);
  await accept(accepted);
  const own = await write(alice);
  const toRecipient = await offer(alice, fatou, own);
  return {
    notes: { own, handed, kept, moved },
    handovers: { accepted, fromMoved, toRecipient, toAssigned },
  };
}

/** Two handover tasks of bruno: to the first he answered NO, the second waits for his answer. */
export async function openHandoverTasks(
  { make, workers: { bruno, alice } }: Scene,
  caseId: string,
): Promise<Pick<Targets, 'HandoverTask' | 'handoverToMake'>> {
  const task = { caseId, workerId: bruno, toWorkerId: alice };
  const [answered, toMake] = await Promise.all([
    make.handoverTask({ ...task, answer: 'NO', reason: 'OTHER', closedAt: ago(1) }),
    make.handoverTask(task),
  ]);
  return { HandoverTask: answered, handoverToMake: toMake };
}
