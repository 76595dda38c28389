import { ago, ahead } from '../../support/days.js';
import { type Action, type Scene, versionOne } from './scene.js';

/** The only absence of bruno. */
async function newAbsenceOfBruno({ make, made }: Scene) {
  await made.database.sql('delete from absence where worker_id = $1', [made.who['bruno']]);
  return versionOne(await make.absence({ workerId: made.who['bruno'], districtId: made.district }));
}

/** A new worker is absent, and bruno could stand in for them. */
async function newAbsence({ make, made, nth }: Scene) {
  const absent = await made.sevran.worker(`absent-${nth}`);
  await make.absence({ workerId: absent.id, districtId: made.district, endsAt: ahead(9) });
  return {
    districtId: made.district,
    absentWorkerId: absent.id,
    standInId: made.who['bruno'],
    startsAt: ahead(1),
    endsAt: ahead(2),
  };
}

async function newRelay(scene: Scene) {
  const { districtId, absentWorkerId, standInId } = await newAbsence(scene);
  return versionOne(
    await scene.make.relay({
      districtId,
      absentWorkerId,
      standInId,
      startsAt: ago(0),
      endsAt: ahead(1),
    }),
  );
}

/** A relay for bruno that waits for a technical adviser. */
async function newWaitingRelay(scene: Scene) {
  await newAbsenceOfBruno(scene);
  const { made, make, nth } = scene;
  const standIn = await made.sevran.worker(`stand-in-${nth}`);
  return versionOne(
    await make.relay({
      districtId: made.district,
      absentWorkerId: made.who['bruno'],
      standInId: standIn.id,
      startsAt: ago(0),
      endsAt: ahead(1),
      openedById: made.who['hélène'],
      pendingUntil: ahead(1),
    }),
  );
}

export const absenceActions = (scene: Scene): readonly Action[] => [
  [
    'declareAbsence',
    'hélène',
    () => ({ districtId: scene.made.district, workerId: scene.made.who['bruno'], startsAt: ahead(1) }),
    ['DECLARE_ABSENCE for bruno by hélène: DONE'],
  ],
  [
    'changeAbsence',
    'hélène',
    async () => ({ ...(await newAbsenceOfBruno(scene)), endsAt: ahead(2) }),
    ['CHANGE_ABSENCE for bruno by hélène: DONE'],
  ],
  [
    'contradictAbsence',
    'bruno',
    () => newAbsenceOfBruno(scene),
    ['CONTRADICT_ABSENCE for bruno by bruno: DONE'],
  ],
  ['openRelay', 'hélène', () => newAbsence(scene), ['OPEN_RELAY for bruno by hélène: DONE']],
  [
    'confirmRelay',
    'conseillère',
    () => newWaitingRelay(scene),
    ['CONFIRM_RELAY for bruno by conseillère: DONE'],
  ],
  ['endRelay', 'hélène', () => newRelay(scene), ['END_RELAY for bruno by hélène: DONE']],
];
