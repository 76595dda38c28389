import { makeCaseReference } from '../../../../prisma/seed/references.js';
import type { Given } from '../../../support/county/rows.js';
import { ago, dayAhead } from '../../../support/days.js';
import { SECURE_DRAW } from '../../../support/draw.js';
import type { Scene } from './scene.js';
import type { About, Targets } from './targets.js';

/** A case with an assigned worker, and without persons. */
export async function openCaseOf(
  { make, districtId }: Scene,
  workerId: string,
  row: Given<'case'> = { mission: 'RSA', openedAt: ago(1) },
): Promise<string> {
  const id = await make.case({ districtId, ...row });
  await make.assignment({ caseId: id, workerId, startsAt: row.openedAt });
  return id;
}

/** A plan of the head to reassign a case to bruno. */
export const planReassignment = (
  { make, workers: { bruno, hélène } }: Scene,
  caseId: string,
): Promise<string> => make.plannedReassignment({ caseId, toWorkerId: bruno, plannedById: hélène });

/** A need of the person. */
export const openNeed = (
  { make, needCode }: Scene,
  row: Given<'need'> & Pick<About, 'caseId' | 'personId'>,
): Promise<string> => make.need({ code: needCode, startsOn: '2026-01-05', endsOn: dayAhead(300), ...row });

/** A case of the person, which nadia has opened on duty, and which was never assigned. */
export async function openDutyCase(
  scene: Scene,
  { personId }: About,
): Promise<Pick<Targets, 'openedCase' | 'openedReference' | 'openedNeed'>> {
  const {
    make,
    districtId,
    workers: { nadia: openerId },
  } = scene;
  const reference = makeCaseReference(SECURE_DRAW);
  const caseId = await make.case({ reference, districtId, openerId, openedAt: ago(300) });
  await make.casePerson({ caseId, personId, openerId });
  return {
    openedCase: caseId,
    openedReference: reference,
    openedNeed: await openNeed(scene, { caseId, personId, openerId }),
  };
}

/**
 * The person and the addresses of a case, how they propose online to be reached, and what nadia has said of that. Her word is used, and has
 * a value of each kind.
 */
export async function addPerson(
  { make, each, workers: { nadia } }: Scene,
  { caseId, personId, online }: About,
  alsoAbout: string | undefined,
): Promise<void> {
  await make.casePerson({ caseId, personId, showOnline: online });
  if (alsoAbout !== undefined) await make.casePerson({ caseId, personId: alsoAbout });
  await each(
    `insert into contact_proposal (person_id, id, safe_contact, phone, email)
        select id, id, 'NEUTRAL_TEXT', '06 39 98 00 10', 'ana@example.org' from unnest($1::uuid[]) id
        on conflict do nothing`,
    personId,
  );
  await each(
    `insert into contact_word (id, person_id, case_id, said_by_id, said_as, kind, said, counts_from, used_since, before)
        select distinct on (i) i, i, cp.case_id, '${nadia}', 'OTHER_CASE', 'SAFE_ADDRESS', '{"safe_contact": "LETTER", "phone": "06 39 98 00 11",
          "email": "ana@example.net", "address": {"line": "chez Mme Autre", "postal_code": "93270", "city": "Sevran"}}',
          now() - interval '1 day', now() - interval '1 day', '{}'
        from unnest($1::uuid[]) i join case_person cp on cp.person_id = i order by i, cp.case_id on conflict do nothing`,
    personId,
  );
  await make.safeAddress({ caseId, personId, recordedAt: ago(100) });
}

/** An open case of alice. Its person is not informed, and the ground of this must be reviewed. */
export async function openPersonToInform(
  { make, districtId, workers: { alice } }: Scene,
  personId: string,
): Promise<void> {
  const caseId = await make.case({ districtId, openedAt: ago(900) });
  await make.casePerson({ caseId, personId });
  await make.assignment({ caseId, workerId: alice });
  await make.noticeDeferral({
    caseId,
    personId,
    ground: 'NOT_REACHABLE',
    reviewOn: dayAhead(-3),
    deferredAt: ago(30),
    deferredById: alice,
  });
}
