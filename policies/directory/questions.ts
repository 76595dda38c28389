import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** The questions of this room: who may ask each. The service judges each row. */
export const questions: FieldPolicies = {
  clients: { to: forWhom.administrators, fr: 'applications clientes', en: 'registered clients' },
  districts: { to: allow, fr: 'annuaire des circonscriptions', en: 'directory of districts' },
  suspensions: { to: forWhom.whoEndsSuspensions, fr: 'suspensions' },
  viewer: { to: allow, fr: 'qui l’on est pour le service', en: 'what the service knows of the viewer' },
};
