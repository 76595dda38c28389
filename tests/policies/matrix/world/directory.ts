import { randomUUID } from 'node:crypto';
import type { Given } from '../../../support/county/rows.js';
import { ago, ahead, minutesAfter } from '../../../support/days.js';
import type { Scene } from './scene.js';
import type { Targets } from './targets.js';

/**
 * A client of its own, so that an action on it changes nothing for other standpoints. It is an integration: an administrator suspends one front
 * end at a time, and would be refused the next one.
 */
export const spareClient = ({ make }: Scene, disabled: boolean): Promise<string> =>
  make.client({
    kind: 'INTEGRATION',
    scopes: ['cases:read', 'directory:read'],
    disabledAt: disabled ? ago(1) : null,
  });

/** A worker of its own, so that an action on it changes nothing for other standpoints. */
export async function spareWorker(
  { make, districtId, counted }: Scene,
  name: string,
): Promise<{ id: string; membershipId: string }> {
  const id = await make.worker({
    subject: `${name}.${randomUUID()}`,
    givenName: name,
    familyName: String(counted.dossiers),
  });
  const membershipId = await make.membership({ workerId: id, districtId, startsAt: ago(400) });
  return { id, membershipId };
}

/** A suspension, this number of days ago, of an account that no test uses: it shuts nobody out. */
export async function suspend(scene: Scene, days: number, ended: Given<'suspension'> = {}): Promise<string> {
  const suspendedAt = ago(days);
  return scene.make.suspension({
    workerId: (await spareWorker(scene, 'suspendue')).id,
    suspendedById: scene.workers.alice,
    suspendedAt,
    lapsesAt: minutesAfter(suspendedAt, 1440),
    ...ended,
  });
}

/** A suspension that was confirmed, and one that was lifted. */
export async function suspensionsToRead(
  scene: Scene,
): Promise<Pick<Targets, 'Suspension' | 'liftedSuspension'>> {
  const { mia, adviser } = scene.workers;
  return {
    Suspension: await suspend(scene, 0.2, {
      confirmedById: adviser,
      confirmedAt: ago(0.1),
      successorId: mia,
    }),
    liftedSuspension: await suspend(scene, 0.2, { liftedById: mia, liftedAt: ago(0.1) }),
  };
}

/** A membership of alice that ended, her absence, and the relay in which rosa stands in for her. Another relay waits for an adviser. */
export async function openAbsenceOfAlice(
  scene: Scene,
): Promise<Pick<Targets, 'Membership' | 'Absence' | 'Relay' | 'waitingRelay'>> {
  const {
    make,
    districtId,
    otherDistrictId,
    workers: { alice, dan, mia, rosa },
  } = scene;
  return {
    Membership: await make.membership({
      workerId: alice,
      districtId: otherDistrictId,
      startsAt: ago(900),
      endsAt: ago(800),
      endedById: rosa,
      endConfirmedById: mia,
      endConfirmedAt: ago(800),
      endContradictedAt: ago(799),
    }),
    Absence: await make.absence({
      workerId: alice,
      districtId,
      startsAt: ago(2),
      endsAt: ahead(20),
      declaredAt: ago(2),
      contradictedAt: ago(1),
    }),
    Relay: await make.relay({ districtId, absentWorkerId: alice, standInId: rosa, endsAt: ahead(19) }),
    waitingRelay: await openWaitingRelay(scene, dan),
  };
}

/** A relay that waits for a technical adviser. The database refuses an adviser who has a part in it. */
export async function openWaitingRelay(scene: Scene, standInId: string): Promise<string> {
  const { make, districtId, workers } = scene;
  const { id: absentWorkerId } = await spareWorker(scene, 'attendue');
  await make.absence({ workerId: absentWorkerId, districtId, endsAt: ahead(30) });
  return make.relay({
    districtId,
    absentWorkerId,
    standInId,
    openedById: workers.alice,
    pendingUntil: ahead(1),
  });
}
