import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** Application cliente: for administrators. */
export const Client: TypePolicy = {
  fr: 'Application cliente (logiciel autorisé)',
  en: 'Client (registered software)',
  fields: {
    name: { to: forWhom.administrators, fr: 'nom' },
    clientId: { to: forWhom.administrators, fr: 'nom technique', en: 'technical name' },
    kind: { to: forWhom.administrators, fr: 'nature', en: 'kind' },
    scopes: { to: forWhom.administrators, fr: 'ce qui lui est permis', en: 'what it is allowed' },
    disabledAt: { to: forWhom.administrators, fr: 'date de fermeture', en: 'when it was disabled' },
    id: { to: forWhom.administrators, ...ID },
    version: { to: forWhom.administrators, ...VERSION },
  },
};
