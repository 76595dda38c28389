import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The questions of this room. */
export const questions: FieldPolicies = {
  changesOfDay: {
    to: forWhom.whoMayBeOnDuty,
    fr: 'ce qui a changé ce jour pour les personnes que nul ne suit',
    en: 'what changed today of persons whom nobody follows',
    where: {
      fr: 'de leur circonscription, s’ils y sont de permanence ce jour',
      en: 'in their district, if they are on duty there today',
    },
  },
};
