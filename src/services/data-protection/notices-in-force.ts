import { withConnection } from '../../database/connection.js';
import { contactFaultOf } from './notice-contact.js';
import { isOutdated } from './privacy-notices.js';
import { WHO_READS_WHAT } from './who-reads-what.js';

/** The state of the privacy notices in force. */
export interface NoticesInForce {
  /** The reasons for which production does not start, in plain words; empty if there is none. */
  readonly faults: readonly string[];
  /** The kinds of notice whose newest version names other readers than this release of the software has. */
  readonly outdated: readonly string[];
}

/** The days after a release during which production still starts with notices that name the readers of the earlier release. */
export const DAYS_TO_FOLLOW = 30;

const CONTACT_FAULTS = {
  NO_ADDRESS: 'says at no e-mail address how to reach the data protection officer',
  EXAMPLE_ADDRESS: 'gives an address of an example for the data protection officer',
} as const;

interface Notice {
  readonly kind: string;
  readonly textFr: string;
  readonly textEn: string;
  readonly whoReadsFr: string | null;
  readonly whoReadsEn: string | null;
  readonly opinion: string | null;
}

function faultsOf(notice: Notice, isTermOver: boolean): string[] {
  const contact = contactFaultOf(notice.textFr) ?? contactFaultOf(notice.textEn);
  const faults = contact === null ? [] : [`the ${notice.kind} notice ${CONTACT_FAULTS[contact]}`];
  if (notice.opinion === null)
    faults.push(`the ${notice.kind} notice was published without the data protection officer’s opinion`);
  if (notice.whoReadsFr === null) faults.push(`the ${notice.kind} notice does not say who reads what`);
  else if (isTermOver && isOutdated(notice))
    faults.push(`for more than ${DAYS_TO_FOLLOW} days the ${notice.kind} notice has not said who reads what`);
  return faults;
}

/**
 * Reads the newest privacy notice of each kind, as the role `cosmos_app`. The first call of a release begins the term for an outdated
 * notice.
 */
export async function noticesInForce(url: string): Promise<NoticesInForce> {
  return withConnection(url, async (client) => {
    const { rows } = await client.query<Notice>(
      `select distinct on (kind) kind::text as kind, text_fr as "textFr", text_en as "textEn", who_reads_fr as "whoReadsFr",
         who_reads_en as "whoReadsEn", opinion::text as opinion from privacy_notice order by kind, version desc`,
    );
    const [term] = (
      await client.query<{ isOver: boolean }>(
        `select who_reads_what_since($1, $2) < now() - make_interval(days => $3) as "isOver"`,
        [WHO_READS_WHAT.fr, WHO_READS_WHAT.en, DAYS_TO_FOLLOW],
      )
    ).rows;
    const faults = ['SHORT', 'FULL'].flatMap((kind) => {
      const notice = rows.find((row) => row.kind === kind);
      return notice === undefined
        ? [`no ${kind} notice is published`]
        : faultsOf(notice, term?.isOver === true);
    });
    return { faults, outdated: rows.filter(isOutdated).map(({ kind }) => kind) };
  });
}

/** @throws Error that names each fault of the notices in force: nobody is received before they are informed (GDPR article 13) */
export function refuseWithoutNotices({ faults }: NoticesInForce): void {
  if (faults.length === 0) return;
  throw new Error(
    [
      'Production needs the privacy notices of the county:',
      ...faults.map((fault) => `  - ${fault}`),
      'Let `npm run provision -- county.json` draft them. Then start once with COSMOS_ONLY_NOTICES=yes: the officer gives an opinion, and the administrator publishes.',
    ].join('\n'),
  );
}
