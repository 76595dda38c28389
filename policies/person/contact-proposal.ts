import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { or } from '../rules/rules.js';

const whoFollowsOrIsThePerson = or(forWhom.whoFollowsThePerson, forWhom.thePersonThemselves);

/** The phone number or other contact that a person proposes. The row carries the viewer's relation to the person. */
export const ContactProposal: TypePolicy = {
  fr: 'Contact que la personne propose en ligne',
  en: 'Contact that the person proposes online',
  fields: {
    safeContact: { to: whoFollowsOrIsThePerson, fr: 'par quoi', en: 'by what' },
    phone: { to: whoFollowsOrIsThePerson, fr: 'numéro', en: 'number' },
    email: { to: whoFollowsOrIsThePerson, fr: 'adresse électronique', en: 'mail address' },
    proposedAt: { to: whoFollowsOrIsThePerson, fr: 'proposé le', en: 'proposed at' },
    id: { to: whoFollowsOrIsThePerson, ...ID },
  },
};
