import type { TypePolicy } from '../rules/policy.js';
import { allow } from '../rules/rules.js';

/** A role that the viewer holds: the viewer may know it. */
export const ViewerRoleIn: TypePolicy = {
  fr: 'Sa propre fonction',
  en: 'One’s own post',
  where: { fr: 'ce qu’il est lui-même', en: 'of what they are themselves' },
  fields: {
    role: { to: allow, fr: 'fonction' },
    district: { to: allow, fr: 'circonscription' },
  },
};
