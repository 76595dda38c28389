import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The actions of this room: who may ask for each. The service judges the acts. */
export const actions: FieldPolicies = {
  takeBackActs: {
    to: forWhom.whoTakesBackActs,
    fr: 'reprendre d’un coup ce qui a été fait dans l’heure',
    en: 'take back at once what was done within the hour',
    where: {
      fr: 'les leurs ; ceux d’un agent dont ils sont avertis que la mesure est atteinte',
      en: 'their own acts; those of a worker of whom they were told that the measure is reached',
    },
  },
};
