import { ago, ahead } from '../../support/days.js';
import { type Action, READS_CASE, type Scene, versionOne } from './scene.js';

const newNeed = async ({ make, made, file }: Scene) =>
  versionOne(await make.need({ caseId: file.id, code: made.code }));

const newPlan = async ({ make, made, file }: Scene) =>
  versionOne(
    await make.plannedReassignment({
      caseId: file.id,
      toWorkerId: made.who['bruno'],
      plannedById: made.who['hélène'],
      takesEffectAt: ahead(2),
    }),
  );

export const caseActions = (scene: Scene): readonly Action[] => [
  [
    'openCase',
    'bruno',
    () => ({ districtId: scene.made.district, mission: 'RSA', personIds: [scene.file.personId] }),
    ['OPEN_CASE another Ana by bruno: DONE', 'READ_CASE another by bruno: DONE'],
  ],
  [
    'assignCase',
    'hélène',
    async () => {
      const unassigned = await scene.made.sevran.case();
      return { caseId: unassigned.id, workerId: scene.made.who['bruno'], expectedVersion: 1 };
    },
    ['READ_CASE another by hélène: DONE', 'ASSIGN_CASE another for bruno by hélène: DONE'],
  ],
  [
    'reassignCase',
    'hélène',
    () => ({ caseId: scene.file.id, workerId: scene.made.who['bruno'], expectedVersion: 1 }),
    [`${READS_CASE} hélène: DONE`, 'REASSIGN_CASE the case for bruno by hélène: DONE'],
  ],
  [
    'planReassignment',
    'hélène',
    () => ({
      caseId: scene.file.id,
      workerId: scene.made.who['bruno'],
      takesEffectAt: ahead(2),
      expectedVersion: 1,
    }),
    [`${READS_CASE} hélène: DONE`, 'PLAN_REASSIGNMENT the case for bruno by hélène: DONE'],
  ],
  [
    'withdrawPlannedReassignment',
    'hélène',
    () => newPlan(scene),
    ['WITHDRAW_REASSIGNMENT the case for bruno by hélène: DONE'],
  ],
  [
    'reassignCases',
    'hélène',
    async () => {
      const { make, made, file } = scene;
      await make.absence({
        workerId: made.who['alice'],
        districtId: made.district,
        startsAt: ago(0),
        endsAt: ahead(4),
      });
      return {
        fromWorkerId: made.who['alice'],
        moves: [{ caseId: file.id, workerId: made.who['bruno'], expectedVersion: 1 }],
      };
    },
    [
      'LIST_CASES_FOR_REASSIGNMENT for alice by hélène: DONE',
      'REASSIGN_CASE the case for bruno by hélène: DONE',
    ],
  ],
  [
    'closeCase',
    'alice',
    () => ({ caseId: scene.file.id, expectedVersion: 1 }),
    [`${READS_CASE} alice: DONE`, 'CLOSE_CASE the case by alice: DONE'],
  ],
  [
    'reopenCase',
    'alice',
    async () => {
      const { made, file } = scene;
      await made.database.sql(`update "case" set status = 'CLOSED', closed_at = now() where id = $1`, [
        file.id,
      ]);
      return { caseId: file.id, expectedVersion: 1, reason: 'MISTAKE' };
    },
    [`${READS_CASE} alice: DONE`, 'REOPEN_CASE_FOR_MISTAKE the case by alice: DONE'],
  ],
  [
    'recordNeed',
    'alice',
    () => ({ caseId: scene.file.id, code: scene.made.code, startsOn: '2026-01-05' }),
    [`${READS_CASE} alice: DONE`, 'RECORD_NEED the case by alice: DONE'],
  ],
  [
    'endNeed',
    'alice',
    async () => ({ ...(await newNeed(scene)), endsOn: '2099-01-01' }),
    ['RECORD_NEED the case by alice: DONE'],
  ],
];
