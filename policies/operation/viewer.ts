import type { TypePolicy } from '../rules/policy.js';
import { allow } from '../rules/rules.js';

/** The viewer may know who they are to this API. */
export const Viewer: TypePolicy = {
  fr: 'L’utilisateur, tel que le service le connaît',
  en: 'The viewer, as the service knows them',
  where: { fr: 'chacun, pour lui-même seulement', en: 'each viewer, for themselves only' },
  fields: {
    kind: {
      to: allow,
      fr: 'agent, personne, logiciel ou anonyme',
      en: 'worker, person, software or anonymous',
    },
    worker: { to: allow, fr: 'son nom d’agent', en: 'one’s name as a worker' },
    memberships: { to: allow, fr: 'ses fonctions d’agent', en: 'one’s posts as a worker' },
    scopes: { to: allow, fr: 'ce qui est permis à la connexion', en: 'what the connection allows' },
  },
};
