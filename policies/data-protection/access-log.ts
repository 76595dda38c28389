import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** An entry of the access log. The database blurs its confidential part to one line a day. */
export const AccessLogEntry: TypePolicy = {
  fr: 'Journal d’accès d’un dossier, d’une personne ou d’un agent : qui a fait quoi',
  en: 'Access log of a case, a person or a worker: who did what',
  fields: {
    occurredOn: { to: forWhom.dataProtectionOfficers, fr: 'jour', en: 'day' },
    occurredAt: {
      to: forWhom.dataProtectionOfficers,
      fr: 'heure (jamais pour la partie confidentielle)',
      en: 'time (never for the confidential part)',
    },
    action: { to: forWhom.dataProtectionOfficers, fr: 'action' },
    outcome: {
      to: forWhom.dataProtectionOfficers,
      fr: 'suite (faite, refusée)',
      en: 'outcome (done, refused)',
    },
    ground: {
      to: forWhom.dataProtectionOfficers,
      fr: 'motif pour lequel le journal a été lu',
      en: 'ground on which the log was read',
    },
    actorKind: {
      to: forWhom.dataProtectionOfficers,
      fr: 'agent, personne, application (jamais pour la partie confidentielle)',
      en: 'worker, person, client (never for the confidential part)',
    },
    worker: {
      to: forWhom.dataProtectionOfficers,
      fr: 'agent (jamais pour la partie confidentielle)',
      en: 'worker (never for the confidential part)',
    },
    targetWorker: {
      to: forWhom.dataProtectionOfficers,
      fr: 'agent que cela concerne',
      en: 'worker whom it concerns',
    },
    caseReference: {
      to: forWhom.dataProtectionOfficers,
      fr: 'référence du dossier',
      en: 'reference of the case',
    },
    personReference: {
      to: forWhom.dataProtectionOfficers,
      fr: 'référence de la personne',
      en: 'reference of the person',
    },
    clientId: {
      to: forWhom.dataProtectionOfficers,
      fr: 'application cliente employée',
      en: 'client that was used',
    },
    tokenDigest: {
      to: forWhom.dataProtectionOfficers,
      fr: 'empreinte du jeton employé',
      en: 'digest of the token that was used',
    },
  },
};
