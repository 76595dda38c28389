import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** An appointment that a caller called off by telephone. The workers who were told of it decide whether it stands. */
export const TimeCalledOff: TypePolicy = {
  fr: 'Rendez-vous annulé par téléphone, à confirmer',
  en: 'Appointment that was called off by telephone, to be confirmed',
  fields: {
    id: {
      to: forWhom.whoWasToldOfTheCall,
      fr: 'identifiant du rendez-vous',
      en: 'identifier of the appointment',
    },
    publicLabel: { to: forWhom.whoWasToldOfTheCall, fr: 'intitulé neutre', en: 'neutral label' },
    startsAt: { to: forWhom.whoWasToldOfTheCall, fr: 'début', en: 'start' },
    heldUntil: { to: forWhom.whoWasToldOfTheCall, fr: 'retenu jusqu’à', en: 'held until' },
    displayName: { to: forWhom.whoWasToldOfTheCall, fr: 'nom de la personne', en: 'name of the person' },
    wantsAnother: {
      to: forWhom.whoWasToldOfTheCall,
      fr: 'une autre date est demandée',
      en: 'another time is wanted',
    },
  },
};
