import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { or } from '../rules/rules.js';

const administratorOrHolder = or(forWhom.administrators, forWhom.itsHolder);

/** Appartenance, over time: for administrators and the worker who holds it. */
export const Membership: TypePolicy = {
  fr: 'Appartenance (une fonction de cet agent, dans le temps)',
  en: 'Membership (a post of this worker, over time)',
  fields: {
    role: { to: administratorOrHolder, fr: 'fonction' },
    district: { to: administratorOrHolder, fr: 'circonscription' },
    startsAt: { to: administratorOrHolder, fr: 'début', en: 'start' },
    endsAt: { to: administratorOrHolder, fr: 'fin', en: 'end' },
    endConfirmedAt: {
      to: administratorOrHolder,
      fr: 'départ confirmé le',
      en: 'when the departure was confirmed',
    },
    endContradictedAt: {
      to: administratorOrHolder,
      fr: 'départ contredit le',
      en: 'when the worker contradicted the departure',
    },
    id: { to: administratorOrHolder, ...ID },
    version: { to: administratorOrHolder, ...VERSION },
  },
};
