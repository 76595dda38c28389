import { WHO_READS_WHAT } from '../../../src/services/data-protection/who-reads-what.js';
import { dayAhead } from '../../support/days.js';
import { type Action, type Scene, versionOne } from './scene.js';

const TEXTS = { textFr: 'dpo@departement-fictif.fr', textEn: 'dpo@departement-fictif.fr' };

async function newDraft({ make, made }: Scene, isAdvisedOn = false) {
  const opinion = {
    opinion: 'FAVOURABLE',
    opinionOn: dayAhead(0),
    opinionById: made.who['déléguée'],
  } as const;
  return versionOne(
    await make.privacyNoticeDraft({
      ...TEXTS,
      kind: 'SHORT',
      whoReadsFr: WHO_READS_WHAT.fr,
      whoReadsEn: WHO_READS_WHAT.en,
      draftedById: made.who['admin'],
      ...(isAdvisedOn ? opinion : {}),
    }),
  );
}

export const privacyNoticeActions = (scene: Scene): readonly Action[] => [
  [
    'draftPrivacyNotice',
    'admin',
    () => ({ kind: 'SHORT', ...TEXTS }),
    ['DRAFT_PRIVACY_NOTICE by admin: DONE'],
  ],
  [
    'rewritePrivacyNotice',
    'admin',
    async () => ({ ...(await newDraft(scene)), ...TEXTS }),
    ['DRAFT_PRIVACY_NOTICE by admin: DONE'],
  ],
  [
    'adviseOnPrivacyNotice',
    'déléguée',
    async () => ({ ...(await newDraft(scene)), opinion: 'FAVOURABLE' }),
    ['ADVISE_ON_PRIVACY_NOTICE by déléguée: DONE'],
  ],
  ['publishPrivacyNotice', 'admin', () => newDraft(scene, true), ['PUBLISH_PRIVACY_NOTICE by admin: DONE']],
];
