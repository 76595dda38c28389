import { WHO_READS_WHAT } from '../../../../src/services/data-protection/who-reads-what.js';
import { idOf } from '../md5.js';
import { at, type Enriching, HOUR } from './enriching.js';

/** Deferrals: persons who are not informed for now. */
export async function addDeferrals({ sql, make }: Enriching): Promise<void> {
  const deferred = await sql<{ caseId: string; personId: string; deferredById: string }>(
    `select case_id as "caseId", person_id as "personId", assigned_worker_id as "deferredById" from case_person
     where assigned_worker_id is not null and left(md5('deferral ' || person_id::text), 1) < '4'
     order by md5('deferral ' || case_id || person_id)`,
  );
  await Promise.all(
    deferred.map((deferral) =>
      make.noticeDeferral({
        ...deferral,
        id: idOf(`deferral ${deferral.caseId}${deferral.personId}`),
        ground: 'CHILD_PROTECTION',
        reviewOn: '2027-01-05',
        deferredAt: '2026-01-05T10:00:00Z',
      }),
    ),
  );
}

/** Notices that the county prepares, with the officer's opinion and without one. */
export async function addNoticeDrafts({ sql, make }: Enriching): Promise<void> {
  const workers = await sql<{ id: string }>('select id from worker order by id');
  const [drafter, officer] = [workers.at(0), workers.at(-1)];
  await Promise.all(
    [1, 2, 3, 4].map((nth) => {
      const hasOpinion = nth > 2;
      return make.privacyNoticeDraft({
        id: idOf(`draft ${nth}`),
        kind: nth % 2 === 0 ? 'SHORT' : 'FULL',
        textFr: 'À dire : dpo@departement-fictif.fr',
        textEn: 'To say: dpo@departement-fictif.fr',
        whoReadsFr: WHO_READS_WHAT.fr,
        whoReadsEn: WHO_READS_WHAT.en,
        draftedById: drafter?.id,
        draftedAt: at(Date.parse('2026-01-05T09:00:00Z') + nth * HOUR),
        opinion: hasOpinion ? 'WITH_RESERVATIONS' : null,
        opinionText: hasOpinion ? 'À dire plus simplement.' : null,
        opinionOn: hasOpinion ? '2026-01-06' : null,
        opinionById: hasOpinion ? officer?.id : null,
      });
    }),
  );
}
