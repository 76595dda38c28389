import { randomUUID } from 'node:crypto';
import { ago, ahead } from '../../../support/days.js';
import type { Scene } from './scene.js';
import type { Targets } from './targets.js';

/** A client of its own, so that an action on it changes nothing for other standpoints. */
export const spareClient = ({ make }: Scene, disabled: boolean): Promise<string> =>
  make.client({ scopes: ['cases:read', 'directory:read'], disabledAt: disabled ? ago(1) : null });

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

/** A membership of alice that ended, her absence, and the relay in which rosa stands in for her. */
export async function openAbsenceOfAlice({
  make,
  districtId,
  otherDistrictId,
  workers: { alice, mia, rosa },
}: Scene): Promise<Pick<Targets, 'Membership' | 'Absence' | 'Relay'>> {
  return {
    Membership: await make.membership({
      workerId: alice,
      districtId: otherDistrictId,
      startsAt: ago(900),
      endsAt: ago(800),
      endedById: rosa,
      endConfirmedById: mia,
      endConfirmedAt: ago(800),
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
  };
}
