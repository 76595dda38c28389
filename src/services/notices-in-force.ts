import pg from 'pg';
import { contactFaultOf } from './notice-contact.js';
import { isOutdated } from './privacy-notices.js';

export interface NoticesInForce {
  /** Why production does not start, in plain words; empty where nothing is wrong. */
  readonly faults: readonly string[];
  /** Kinds whose newest version says of who reads what something else than this release of the software. */
  readonly outdated: readonly string[];
}

const FAULTS = {
  NO_ADDRESS: 'says at no e-mail address how to reach the data protection officer',
  EXAMPLE_ADDRESS: 'gives an address of an example for the data protection officer',
} as const;

/** Reads the newest privacy notice of each kind, as the role `cosmos_app`. */
export async function noticesInForce(url: string): Promise<NoticesInForce> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{
      kind: string;
      textFr: string;
      textEn: string;
      whoReadsFr: string | null;
      whoReadsEn: string | null;
    }>(
      `select distinct on (kind) kind::text as kind, text_fr as "textFr", text_en as "textEn", who_reads_fr as "whoReadsFr",
         who_reads_en as "whoReadsEn" from privacy_notice order by kind, version desc`,
    );
    const faults = ['SHORT', 'FULL'].flatMap((kind) => {
      const notice = rows.find((row) => row.kind === kind);
      if (notice === undefined) return [`no ${kind} notice is published`];
      const fault = contactFaultOf(notice.textFr) ?? contactFaultOf(notice.textEn);
      return fault === null ? [] : [`the ${kind} notice ${FAULTS[fault]}`];
    });
    return { faults, outdated: rows.filter(isOutdated).map(({ kind }) => kind) };
  } finally {
    await client.end();
  }
}

/** @throws Error that names each fault of the notices in force: nobody is received before they are informed (GDPR article 13) */
export function refuseWithoutNotices({ faults }: NoticesInForce): void {
  if (faults.length === 0) return;
  throw new Error(
    [
      'Production needs the privacy notices of the county:',
      ...faults.map((fault) => `  - ${fault}`),
      'Put `privacyNotices` into county.json and run `npm run provision -- county.json`, or publish them through the API.',
    ].join('\n'),
  );
}
