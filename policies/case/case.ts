import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { or } from '../rules/rules.js';

/** Dossier social. The district knows that it exists; the worker who follows it knows what it says; its notes have one reader. */
export const Case: TypePolicy = {
  fr: 'Dossier social',
  en: 'Case',
  fields: {
    reference: { to: forWhom.whoKnowsOfTheCase, fr: 'référence du dossier', en: 'reference of the case' },
    status: { to: forWhom.whoKnowsOfTheCase, fr: 'ouvert ou clos', en: 'open or closed' },
    assignedWorker: {
      to: forWhom.whoKnowsOfTheCase,
      fr: 'travailleur social référent',
      en: 'assigned worker',
    },
    district: { to: forWhom.whoKnowsOfTheCase, fr: 'circonscription' },
    openedAt: { to: forWhom.whoKnowsOfTheCase, fr: 'date d’ouverture' },
    closedAt: { to: forWhom.whoKnowsOfTheCase, fr: 'date de clôture' },
    mission: {
      to: or(forWhom.whoFollowsTheCase, forWhom.whoAllocatesTheCase, forWhom.whoOpenedTheCase),
      fr: 'mission (RSA, logement, enfance…)',
      en: 'mission (benefits, housing, childhood…)',
    },
    persons: {
      to: or(forWhom.whoFollowsTheCase, forWhom.whoAllocatesTheCase, forWhom.whoOpenedTheCase),
      fr: 'personnes du dossier',
      en: 'persons of the case',
    },
    plannedReassignment: {
      to: forWhom.whoSeesTheReassignmentOfTheCase,
      fr: 'réattribution prévue',
      en: 'reassignment that is planned',
    },
    needs: { to: or(forWhom.whoFollowsTheCase, forWhom.whoOpenedTheCase), fr: 'besoins' },
    referrals: { to: forWhom.whoFollowsTheCase, fr: 'orientations' },
    appointments: { to: forWhom.whoFollowsTheCase, fr: 'rendez-vous du dossier' },
    nextAppointment: { to: forWhom.whoFollowsTheCase, fr: 'prochain rendez-vous' },
    looseEnds: {
      to: forWhom.whoKeepsTheCase,
      fr: 'ce qui reste en suspens avant de clore',
      en: 'what is still open before the case is closed',
    },
    interviewNotes: {
      to: forWhom.theAssignedWorker,
      fr: 'comptes rendus d’entretien',
      en: 'interview notes',
    },
    id: { to: forWhom.whoKnowsOfTheCase, ...ID },
    version: { to: forWhom.whoKnowsOfTheCase, ...VERSION },
  },
};

/** The loose ends of a case, for the worker who is about to close it. */
export const LooseEnds: TypePolicy = {
  fr: 'Ce qui reste en suspens',
  en: 'Loose ends',
  fields: {
    appointments: { to: forWhom.whoKeepsTheCase, fr: 'rendez-vous à venir', en: 'booked appointments' },
    needs: { to: forWhom.whoKeepsTheCase, fr: 'besoins en cours', en: 'open needs' },
  },
};
