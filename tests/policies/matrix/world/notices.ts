import { WHO_READS_WHAT } from '../../../../src/services/data-protection/who-reads-what.js';
import type { Given } from '../../../support/county/rows.js';
import type { Scene } from './scene.js';

const TEXT = {
  textFr: 'Un mot à dpo@departement-fictif.fr.',
  textEn: 'A word to dpo@departement-fictif.fr.',
} satisfies Given<'privacyNotice'>;

const OPINION = {
  opinion: 'WITH_RESERVATIONS',
  opinionText: 'À dire plus simplement.',
  opinionOn: '2026-01-06',
} satisfies Given<'privacyNotice'>;

/** A published notice with its opinion, the newest of its kind. */
export const publishNotice = ({ make }: Scene): Promise<string> =>
  make.privacyNotice({ kind: 'FULL', version: 2, publishedOn: '2026-01-07', ...TEXT, ...OPINION });

/** A draft of a privacy notice, with an opinion on it or without. */
export const openNoticeDraft = (
  { make }: Scene,
  draftedById: string,
  opinionById: string | null,
): Promise<string> =>
  make.privacyNoticeDraft({
    kind: 'SHORT',
    ...TEXT,
    whoReadsFr: WHO_READS_WHAT.fr,
    whoReadsEn: WHO_READS_WHAT.en,
    draftedById,
    draftedAt: '2026-01-05T09:00:00Z',
    ...(opinionById === null ? {} : OPINION),
    opinionById,
  });
