import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** Circonscription. Addresses and hours are public; the names of its team are for those who work with it. */
export const District: TypePolicy = {
  fr: 'Circonscription',
  en: 'District',
  fields: {
    name: { to: allow, fr: 'nom' },
    addressLine: { to: allow, fr: 'adresse', en: 'address' },
    postalCode: { to: allow, fr: 'code postal' },
    city: { to: allow, fr: 'commune' },
    phone: { to: allow, fr: 'téléphone' },
    openingHours: { to: allow, fr: 'horaires d’ouverture' },
    places: { to: allow, fr: 'autres lieux d’accueil', en: 'other places where it receives' },
    communes: { to: allow, fr: 'communes desservies' },
    workers: { to: forWhom.whoKnowsItsTeam, fr: 'agents qui y travaillent', en: 'who works there' },
    slug: { to: allow, fr: 'nom court', en: 'short name' },
    id: { to: allow, ...ID },
  },
};
