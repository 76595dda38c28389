import { type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** An address. The row carries the viewer's relation to its person. A confidential address has fewer readers. */
export const PersonAddress: TypePolicy = {
  fr: 'Adresse',
  en: 'Address',
  fields: {
    line: { to: forWhom.whoKnowsTheAddress, fr: 'numéro et rue', en: 'street and number' },
    postalCode: { to: forWhom.whoKnowsTheAddress, fr: 'code postal' },
    city: { to: forWhom.whoKnowsTheAddress, fr: 'commune' },
    confidential: { to: forWhom.whoKnowsTheAddress, fr: 'adresse tenue secrète', en: 'kept secret' },
    version: { to: forWhom.whoKnowsTheAddress, ...VERSION },
  },
};
