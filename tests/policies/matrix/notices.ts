import { randomUUID } from 'node:crypto';
import { WHO_READS_WHAT } from '../../../src/services/data-protection/who-reads-what.js';
import type { Insert } from './indicators.js';

const OPINION = {
  opinion: 'WITH_RESERVATIONS',
  opinion_text: 'À dire plus simplement.',
  opinion_on: '2026-01-06',
};

/** A published notice with its opinion, the newest of its kind. */
export function publishNotice(insert: Insert): Promise<string> {
  return insert('privacy_notice', {
    id: randomUUID(),
    kind: 'FULL',
    version: 2,
    text_fr: 'Un mot à dpo@departement-fictif.fr.',
    text_en: 'A word to dpo@departement-fictif.fr.',
    published_on: '2026-01-07',
    ...OPINION,
  });
}

/** A draft of a privacy notice, with an opinion on it or without. */
export function openNoticeDraft(
  insert: Insert,
  draftedBy: string,
  opinionBy: string | null,
): Promise<string> {
  return insert('privacy_notice_draft', {
    id: randomUUID(),
    kind: 'SHORT',
    text_fr: 'Un mot à dpo@departement-fictif.fr.',
    text_en: 'A word to dpo@departement-fictif.fr.',
    who_reads_fr: WHO_READS_WHAT.fr,
    who_reads_en: WHO_READS_WHAT.en,
    drafted_by_id: draftedBy,
    drafted_at: '2026-01-05T09:00:00Z',
    ...(opinionBy === null ? { opinion: null, opinion_text: null, opinion_on: null } : OPINION),
    opinion_by_id: opinionBy,
    version: 1,
  });
}
