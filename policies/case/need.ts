import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { or } from '../rules/rules.js';

const whoSeesTheNeed = or(forWhom.whoFollowsTheCase, forWhom.whoOpenedTheCase);

/** Besoin: for the worker who follows the case, and the worker who entered it. */
export const Need: TypePolicy = {
  fr: 'Besoin',
  en: 'Need',
  fields: {
    code: { to: whoSeesTheNeed, fr: 'nature du besoin', en: 'what is needed' },
    person: { to: whoSeesTheNeed, fr: 'personne qui a ce besoin', en: 'person who has the need' },
    startsOn: { to: whoSeesTheNeed, fr: 'depuis le' },
    endsOn: { to: whoSeesTheNeed, fr: 'jusqu’au' },
    id: { to: whoSeesTheNeed, ...ID },
    version: { to: whoSeesTheNeed, ...VERSION },
  },
};
