import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** Visite à domicile sans retour: for the workers who send help. It gives no subject, no person and no case. */
export const HomeVisitNotBack: TypePolicy = {
  fr: 'Visite à domicile sans retour noté, 30 minutes après sa fin',
  en: 'Home visit without a recorded return, 30 minutes after its end',
  fields: {
    id: { to: forWhom.whoLooksForWhoIsNotBack, ...ID },
    startsAt: { to: forWhom.whoLooksForWhoIsNotBack, fr: 'début', en: 'start' },
    endsAt: { to: forWhom.whoLooksForWhoIsNotBack, fr: 'fin', en: 'end' },
    expectedBackAt: { to: forWhom.whoLooksForWhoIsNotBack, fr: 'retour prévu', en: 'expected return' },
    place: {
      to: forWhom.whoLooksForWhoIsNotBack,
      fr: 'lieu, même secret',
      en: 'place, also where it is confidential',
    },
    workers: { to: forWhom.whoLooksForWhoIsNotBack, fr: 'agents partis', en: 'workers who went' },
  },
};
