import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** The notices are public, with what the officer thought of them. */
export const PrivacyNotice: TypePolicy = {
  id: allow,
  kind: allow,
  version: allow,
  textFr: allow,
  textEn: allow,
  publishedOn: allow,
  opinion: allow,
  opinionText: allow,
  opinionOn: allow,
  outdated: forWhom.whoReadsNoticeDrafts,
};

/** What is not published yet: of the two who prepare it. */
export const PrivacyNoticeDraft: TypePolicy = {
  id: forWhom.whoReadsNoticeDrafts,
  kind: forWhom.whoReadsNoticeDrafts,
  textFr: forWhom.whoReadsNoticeDrafts,
  textEn: forWhom.whoReadsNoticeDrafts,
  whoReadsFr: forWhom.whoReadsNoticeDrafts,
  whoReadsEn: forWhom.whoReadsNoticeDrafts,
  draftedAt: forWhom.whoReadsNoticeDrafts,
  opinion: forWhom.whoReadsNoticeDrafts,
  opinionText: forWhom.whoReadsNoticeDrafts,
  opinionOn: forWhom.whoReadsNoticeDrafts,
  version: forWhom.whoReadsNoticeDrafts,
};
