import { type Action, ofPerson, type Scene } from './scene.js';

export const actActions = (scene: Scene): readonly Action[] => [
  [
    'takeBackActs',
    'hélène',
    async () => {
      const { make, made } = scene;
      const { personId } = ofPerson(scene);
      const [kind, workerId] = ['SET_OBJECTION', made.who['rachida']] as const;
      await make.act({ kind, workerId, districtId: made.district, rowId: personId, personIds: [personId] });
      await make.notification({
        workerId: made.who['hélène'],
        kind: 'MEASURE_REACHED',
        aboutWorkerId: workerId,
        act: kind,
        count: 1,
      });
      return { kind, workerId };
    },
    ['TAKE_BACK_ACTS for rachida by hélène: DONE', 'TAKE_BACK_ACTS Ana for rachida by hélène: DONE'],
  ],
];
