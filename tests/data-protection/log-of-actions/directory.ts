import { ago, minutesAfter } from '../../support/days.js';
import { type Action, type Scene, versionOne } from './scene.js';

async function newMembership({ made, nth }: Scene) {
  const { id } = await made.sevran.worker(`leaver-${nth}`);
  return versionOne(await made.one('select id from membership where worker_id = $1', [id]));
}

/** The account of an adviser, suspended by the administrator. */
async function newSuspension({ made, make, nth }: Scene) {
  const { id } = await made.sevran.worker(`suspendue-${nth}`);
  const suspendedAt = ago(0);
  return {
    id: await make.suspension({
      workerId: id,
      suspendedById: made.who['admin'],
      suspendedAt,
      lapsesAt: minutesAfter(suspendedAt, 1440),
    }),
  };
}

const newClient = async ({ make, nth }: Scene) =>
  versionOne(
    await make.client({
      issuer: 'x',
      clientId: `client-${nth}`,
      kind: 'REPORTING',
      name: 'x',
      scopes: ['cases:read'],
    }),
  );

export const directoryActions = (scene: Scene): readonly Action[] => [
  [
    'disableWorker',
    'admin',
    async () => versionOne((await scene.made.sevran.worker(`leaver-${scene.nth}`)).id),
    ['DISABLE_WORKER for another by admin: DONE'],
  ],
  ['endMembership', 'admin', () => newMembership(scene), ['END_MEMBERSHIP for another by admin: DONE']],
  [
    'confirmDeparture',
    'admin',
    async () => {
      const membership = await newMembership(scene);
      await scene.made.database.sql(`update membership set ends_at = now() - interval '1 ms' where id = $1`, [
        membership.id,
      ]);
      return membership;
    },
    ['CONFIRM_DEPARTURE for another by admin: DONE'],
  ],
  [
    'contradictDeparture',
    'partante',
    async () => {
      const { id } = await scene.made.sevran.worker('partante');
      return versionOne(
        await scene.made.one(
          `update membership set ends_at = now() - interval '1 ms' where worker_id = $1 returning id`,
          [id],
        ),
      );
    },
    ['CONTRADICT_DEPARTURE for another by another: DONE'],
  ],
  [
    'confirmSuspension',
    'déléguée',
    () => newSuspension(scene),
    ['CONFIRM_SUSPENSION for another by déléguée: DONE'],
  ],
  [
    'liftSuspension',
    'déléguée',
    () => newSuspension(scene),
    ['LIFT_SUSPENSION for another by déléguée: DONE'],
  ],
  ['disableClient', 'admin', () => newClient(scene), ['DISABLE_CLIENT by admin: DONE']],
  [
    'withdrawScope',
    'admin',
    async () => ({ ...(await newClient(scene)), scope: 'cases:read' }),
    ['WITHDRAW_SCOPE by admin: DONE'],
  ],
];
