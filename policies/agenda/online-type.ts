import type { TypePolicy } from '../rules/policy.js';
import { allow } from '../rules/rules.js';

/** A type that can be booked online: public. It names no worker. */
export const OnlineType: TypePolicy = {
  fr: 'Ce qui se prend en ligne',
  en: 'What can be booked online',
  fields: {
    type: { to: allow, fr: 'type de rendez-vous', en: 'type of appointment' },
    modes: { to: allow, fr: 'comment il se tient', en: 'how it is held' },
    nextFree: { to: allow, fr: 'à quelle échéance il y a de la place', en: 'how soon there is a free time' },
  },
};
