import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** Somebody changed something today of a person whom nobody follows. The worker on duty may notice what is wrong. */
export const ChangeOfDay: TypePolicy = {
  fr: 'Changement du jour, pour une personne que nul ne suit',
  en: 'Change of the day, of a person whom nobody follows',
  fields: {
    personName: { to: forWhom.whoIsOnDutyThere, fr: 'nom', en: 'name' },
    personReference: { to: forWhom.whoIsOnDutyThere, fr: 'référence', en: 'reference' },
    kind: { to: forWhom.whoIsOnDutyThere, fr: 'ce qui a été fait', en: 'what was done' },
    doneAt: { to: forWhom.whoIsOnDutyThere, fr: 'heure', en: 'when' },
  },
};

/** The answer after acts were taken back. */
export const ActsTakenBack: TypePolicy = {
  fr: 'Actes repris',
  en: 'Acts taken back',
  where: { fr: 'en réponse à qui les reprend', en: 'in the answer to the worker who takes them back' },
  fields: {
    howMany: { to: forWhom.whoTakesBackActs, fr: 'nombre', en: 'number' },
  },
};
