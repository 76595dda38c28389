import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/**
 * What somebody has said of how a person is reached, and that waits. The row carries the viewer's relation to the person. The database leaves
 * out the address of a case that keeps an address of the person confidential.
 */
export const ContactWord: TypePolicy = {
  fr: 'Parole sur le contact, en attente d’un accord',
  en: 'Word about contact that waits for a yes',
  fields: {
    kind: { to: forWhom.whoFollowsThePerson, fr: 'sur quoi', en: 'about what' },
    saidAs: { to: forWhom.whoFollowsThePerson, fr: 'dite en quelle qualité', en: 'said in what capacity' },
    saidAt: { to: forWhom.whoFollowsThePerson, fr: 'dite le', en: 'said at' },
    countsFrom: { to: forWhom.whoFollowsThePerson, fr: 'vaut à partir du', en: 'counts from' },
    usedSince: { to: forWhom.whoFollowsThePerson, fr: 'utilisée depuis', en: 'used since' },
    removes: { to: forWhom.whoFollowsThePerson, fr: 'retire l’adresse', en: 'removes the address' },
    safeContact: { to: forWhom.whoFollowsThePerson, fr: 'par quoi', en: 'by what' },
    phone: { to: forWhom.whoFollowsThePerson, fr: 'numéro', en: 'number' },
    email: { to: forWhom.whoFollowsThePerson, fr: 'adresse électronique', en: 'mail address' },
    address: { to: forWhom.whoFollowsThePerson, fr: 'adresse postale sûre', en: 'safe postal address' },
    id: { to: forWhom.whoFollowsThePerson, ...ID },
  },
};
