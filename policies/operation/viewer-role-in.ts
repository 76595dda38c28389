import type { TypePolicy } from '../rules/policy.js';
import { allow } from '../rules/rules.js';

/** A role that the viewer holds: the viewer may know it. */
export const ViewerRoleIn: TypePolicy = {
  fr: 'Sa propre fonction',
  en: 'One’s own post',
  where: { fr: 'chacun, pour lui-même seulement', en: 'each viewer, for themselves only' },
  fields: {
    role: { to: allow, fr: 'fonction' },
    district: { to: allow, fr: 'circonscription' },
  },
};
