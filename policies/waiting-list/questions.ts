import { OFFERED, WHO_WAITS } from '../rules/conditions.js';
import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The questions of this room: who may ask each. The service judges each row. */
export const questions: FieldPolicies = {
  waitingList: {
    to: forWhom.whoMayKnowAppointments,
    fr: 'liste d’attente',
    en: 'waiting list',
    where: WHO_WAITS,
  },
  appointmentRequest: {
    to: forWhom.whoMayKnowAppointments,
    fr: 'une demande de rendez-vous',
    en: 'one request for an appointment',
    where: WHO_WAITS,
  },
  appointmentRequestByReference: {
    to: forWhom.whoMayKnowAppointments,
    fr: 'une demande, par la référence sur papier',
    en: 'one request, by the reference on its paper',
    where: OFFERED,
  },
  urgentSlots: {
    to: forWhom.whoReadsAgendas,
    fr: 'créneaux libres pour une personne à recevoir vite, ceux gardés pour cela compris',
    en: 'free slots for a person to be seen soon, the kept ones included',
    where: OFFERED,
  },
  slotOffer: { to: forWhom.whoMayKnowAppointments, fr: 'une proposition', en: 'one offer', where: OFFERED },
  offersToGive: {
    to: forWhom.whoReadsAgendas,
    fr: 'propositions à annoncer',
    en: 'offers to tell people of',
    where: OFFERED,
  },
};
