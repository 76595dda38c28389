import { ID, type TypePolicy } from '../rules/policy.js';
import { allow } from '../rules/rules.js';

/** Structure, as data.inclusion publishes it: public. It does not say which persons were sent there. */
export const Organisation: TypePolicy = {
  fr: 'Structure vers laquelle orienter',
  en: 'Organisation to which someone may be sent on',
  fields: {
    name: { to: allow, fr: 'nom' },
    description: { to: allow, fr: 'description' },
    addressLine: { to: allow, fr: 'adresse', en: 'address' },
    addressComplement: { to: allow, fr: 'complément d’adresse', en: 'rest of the address' },
    postalCode: { to: allow, fr: 'code postal' },
    city: { to: allow, fr: 'commune' },
    communeCode: { to: allow, fr: 'code Insee de la commune', en: 'INSEE code of the commune' },
    latitude: { to: allow, fr: 'latitude' },
    longitude: { to: allow, fr: 'longitude' },
    phone: { to: allow, fr: 'téléphone' },
    email: { to: allow, fr: 'courriel' },
    website: { to: allow, fr: 'site', en: 'site' },
    openingHours: { to: allow, fr: 'horaires d’accueil' },
    accessibilityUrl: { to: allow, fr: 'accessibilité du lieu', en: 'accessibility of the place' },
    networks: { to: allow, fr: 'réseaux porteurs', en: 'networks' },
    themes: { to: allow, fr: 'thématiques de ses services', en: 'themes of its services' },
    siret: { to: allow, fr: 'numéro SIRET', en: 'SIRET number' },
    source: { to: allow, fr: 'qui la publie', en: 'who publishes it' },
    sourceId: { to: allow, fr: 'identifiant à la source', en: 'identifier at the source' },
    sourceUrl: { to: allow, fr: 'page à la source', en: 'page at the source' },
    updatedOn: { to: allow, fr: 'dernière modification à la source', en: 'last change at the source' },
    isClosed: { to: allow, fr: 'n’est plus publiée', en: 'no longer published' },
    id: { to: allow, ...ID },
  },
};
