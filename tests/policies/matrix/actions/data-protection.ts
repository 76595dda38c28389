import type { Targets } from '../world/targets.js';
import { type Action, version } from './action.js';

/** Of the county’s officer, who is nobody. */
const noticeText = (t: Targets): string => `${t.Case} : dpo@departement-fictif.fr`;

/** How the text of the privacy notice is drafted, advised on and published. */
export const DATA_PROTECTION_ACTIONS: Readonly<Record<string, Action>> = {
  draftPrivacyNotice: {
    input: (t) => ({ kind: 'FULL', textFr: noticeText(t), textEn: noticeText(t) }),
    done: (t) => ['select count(*) = 1 as done from privacy_notice_draft where text_fr = $1', noticeText(t)],
  },
  rewritePrivacyNotice: {
    input: (t) => ({
      id: t.PrivacyNoticeDraft,
      expectedVersion: 1,
      textFr: noticeText(t),
      textEn: noticeText(t),
    }),
    done: (t) => version('privacy_notice_draft', t.PrivacyNoticeDraft),
  },
  adviseOnPrivacyNotice: {
    input: (t) => ({ id: t.PrivacyNoticeDraft, expectedVersion: 1, opinion: 'UNFAVOURABLE', text: 'Non.' }),
    done: (t) => [
      'select opinion is not null as done from privacy_notice_draft where id = $1',
      t.PrivacyNoticeDraft,
    ],
  },
  publishPrivacyNotice: {
    input: (t) => ({ id: t.advisedNotice, expectedVersion: 1 }),
    done: (t) => ['select count(*) = 1 as done from privacy_notice where draft_id = $1', t.advisedNotice],
  },
};
