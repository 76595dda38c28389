import type { Enriching } from './enriching.js';

/** In which language the person is spoken to, and what the person needs for it. */
export async function sayLanguages({ sql }: Enriching): Promise<void> {
  await sql(`update person set language = (array['ara', 'fsl', 'tam'])[1 + ascii(reference) % 3],
    communication_needs = '{INTERPRETER,LARGE_PRINT}' where not provisional`);
}

/** Another way to reach the person, for which some persons have asked online. */
export async function addContactProposals({ sql, make }: Enriching): Promise<void> {
  const persons = await sql<{ personId: string }>(
    `select distinct person_id as "personId" from case_person where left(md5(person_id::text), 1) < '5' order by 1`,
  );
  await Promise.all(
    persons.map(({ personId }) =>
      make.contactProposal({ personId, safeContact: 'NEUTRAL_TEXT', phone: '06 39 98 00 00' }),
    ),
  );
}

/** Another way to reach the person, and where letters go, as the worker of a second case has said: both wait. */
export async function addContactWords({ sql, make }: Enriching): Promise<void> {
  const cases = await sql<{ personId: string; caseId: string; saidById: string }>(
    `select cp.person_id as "personId", cp.case_id as "caseId", cp.assigned_worker_id as "saidById" from case_person cp
      where cp.assigned_worker_id is not null and left(md5(cp.case_id::text), 1) < '5' order by 1, 2`,
  );
  await Promise.all(
    cases.flatMap((about) => [
      make.contactWord({ ...about, said: { phone: '06 39 98 00 00' } }),
      make.contactWord({
        ...about,
        kind: 'SAFE_ADDRESS',
        said: { address: { line: 'chez une amie', postal_code: null, city: null } },
      }),
    ]),
  );
}

export async function endNeeds({ sql }: Enriching): Promise<void> {
  await sql(
    'update need set ends_on = starts_on + 30 where id in (select id from need order by md5(id::text) limit 40)',
  );
}
