import { randomUUID } from 'node:crypto';
import type { Given } from '../../../support/county/rows.js';
import { ago, ahead } from '../../../support/days.js';
import type { Scene } from './scene.js';
import type { Targets } from './targets.js';

/** Whether the adviser has approved the release of a dossier, or still has to. */
export type ReleaseOf = 'pending' | 'approved';

/** Several releases of a case wait beside each other, and each is decided by itself: so they are of no assignment. */
async function request(
  { make, each, workers: { alice } }: Scene,
  row: Given<'release'> & { readonly caseId: string },
): Promise<string> {
  const id = await make.release({ requestedById: alice, ...row });
  await each('update release set assignment_id = null, objected_at = null where id = any($1)', id);
  return id;
}

/** The release that alice asked for because the person agrees. */
export function openRelease(scene: Scene, caseId: string, release: ReleaseOf): Promise<string> {
  const approved = { approvedById: scene.workers.adviser, approvedAt: ago(2), openUntil: ahead(28) };
  return request(scene, {
    caseId,
    requestedAt: ago(10),
    ...(release === 'approved' ? approved : {}),
  });
}

/** Other releases that alice asked for: bruno answered NO to one; the adviser refused one; two are on the ground of a danger. */
export async function openOtherReleases(
  scene: Scene,
  caseId: string,
  release: ReleaseOf,
): Promise<Pick<Targets, 'objectedRelease' | 'refusedRelease' | 'dangerRelease' | 'pendingDanger'>> {
  const {
    make,
    each,
    workers: { bruno, mia, adviser },
  } = scene;
  const objectedRelease = await request(scene, { caseId, ground: 'APPEAL', requestedAt: ago(9) });
  await each(
    `update release_answer set answer = 'NO', reason = 'OTHER', answered_at = $3 where release_id = any($1) and worker_id = $2`,
    objectedRelease,
    bruno,
    ago(8),
  );
  const refusedRelease = await request(scene, {
    caseId,
    ground: 'APPEAL',
    requestedAt: ago(9),
    refusedAt: ago(8),
    refusedById: adviser,
    lapsedAt: ago(7),
  });
  // The officer agreed to this refused release and closed it, so that each of these fields has a value.
  await each(
    `update release set objected_at = refused_at, agreed_by_id = $2, agreed_at = refused_at, closed_by_id = $2 where id = any($1)`,
    refusedRelease,
    mia,
  );
  const dangerRelease = await request(scene, { caseId, ground: 'COURT_ORDER', requestedAt: ago(17) });
  const pendingDanger =
    release === 'approved'
      ? randomUUID()
      : await request(scene, { caseId, ground: 'COURT_ORDER', requestedAt: ago(12) });
  // The ground is changed afterwards: a danger can be stated only shortly after an assignment, and alice was assigned long ago.
  for (const releaseId of release === 'approved' ? [dangerRelease] : [dangerRelease, pendingDanger]) {
    await make.dangerStatement({ releaseId, text: 'ce qui a été dit', authorCalledAt: ago(12) });
    await each(
      `update release set ground = 'DANGER', waits_until = requested_at, assignment_id = null where id = any($1)`,
      releaseId,
    );
  }
  await each(
    `update release set approved_by_id = $2, approved_at = $3::timestamptz where id = any($1)`,
    dangerRelease,
    adviser,
    // The pending release on the ground of a danger can open fifteen days later.
    ago(16),
  );
  await make.releaseReview({
    releaseId: dangerRelease,
    asRole: 'TECHNICAL_ADVISER',
    reviewedById: mia,
  });
  return { objectedRelease, refusedRelease, dangerRelease, pendingDanger };
}
