import { spareWorker } from './directory.js';
import { openPerson } from './persons.js';
import type { Scene } from './scene.js';
import type { Targets } from './targets.js';

/** A change of today, by the head, of a person whom nobody follows. Yann may notice it: the desk has sent him persons today. */
export async function openChangeOfDay(scene: Scene): Promise<void> {
  const { make, districtId, workers } = scene;
  const { id } = await openPerson(scene, 'changée');
  await make.act({ workerId: workers.hélène, districtId, rowId: id, personIds: [id] });
}

/** A worker who reached a measure. The head of the district was told. */
export async function reachMeasure(scene: Scene): Promise<Pick<Targets, 'inAHurry'>> {
  const { make, districtId, workers } = scene;
  const { id: inAHurry } = await spareWorker(scene, 'pressée');
  await make.act({ workerId: inAHurry, districtId });
  await make.notification({
    workerId: workers.hélène,
    kind: 'MEASURE_REACHED',
    aboutWorkerId: inAHurry,
    act: 'CHANGE_CONTACT',
    count: 1,
  });
  return { inAHurry };
}
