import type { TypePolicy } from './compile.js';
import { allow } from './rules.js';

/** The notices are public. */
export const PrivacyNotice: TypePolicy = {
  id: allow,
  kind: allow,
  version: allow,
  textFr: allow,
  textEn: allow,
  publishedOn: allow,
};
