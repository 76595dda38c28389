import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** Saisine. The head reads it to allocate it. Then its worker reads it, and the head sees only when it is due. */
export const IncomingRequest: TypePolicy = {
  fr: 'Saisine par un partenaire',
  en: 'Request by a partner',
  fields: {
    status: { to: forWhom.whoSeesTheIncomingRequest, fr: 'où elle en est', en: 'where it stands' },
    partner: {
      to: forWhom.whoSeesTheIncomingRequest,
      fr: 'qui saisit (une catégorie)',
      en: 'who asks (a category)',
    },
    mandated: { to: forWhom.whoSeesTheIncomingRequest, fr: 'sur mandat', en: 'by a mandate' },
    receivedOn: { to: forWhom.whoSeesTheIncomingRequest, fr: 'reçue le', en: 'received on' },
    answerBy: {
      to: forWhom.whoSeesTheIncomingRequest,
      fr: 'réponse attendue au plus tard le',
      en: 'last day on which to answer',
    },
    informBy: {
      to: forWhom.whoSeesTheIncomingRequest,
      fr: 'personne à informer au plus tard le',
      en: 'last day on which to inform the person',
    },
    informedAt: {
      to: forWhom.whoSeesTheIncomingRequest,
      fr: 'personne informée le',
      en: 'when the person was informed',
    },
    childProtection: {
      to: forWhom.whoSeesTheIncomingRequest,
      fr: 'enfance à protéger',
      en: 'about a child to protect',
    },
    deferralGround: {
      to: forWhom.whoHasTheIncomingRequest,
      fr: 'pourquoi elle n’est pas informée pour l’instant',
      en: 'why they are not informed for now',
    },
    reviewOn: { to: forWhom.whoHasTheIncomingRequest, fr: 'à réexaminer le', en: 'to be looked at again on' },
    overdue: { to: forWhom.whoSeesTheIncomingRequest, fr: 'en retard', en: 'overdue' },
    closedAt: { to: forWhom.whoSeesTheIncomingRequest, fr: 'date de la réponse', en: 'when it was answered' },
    district: { to: forWhom.whoSeesTheIncomingRequest, fr: 'circonscription' },
    worker: {
      to: forWhom.whoSeesWhoHasTheIncomingRequest,
      fr: 'agent à qui elle est attribuée',
      en: 'worker to whom it is allocated',
    },
    name: {
      to: forWhom.whoReadsTheIncomingRequest,
      fr: 'nom de la personne concernée',
      en: 'name of the person whom it is about',
    },
    text: { to: forWhom.whoReadsTheIncomingRequest, fr: 'ce qui est demandé', en: 'what is asked' },
    person: { to: forWhom.whoHasTheIncomingRequest, fr: 'personne concernée', en: 'person whom it is about' },
    id: { to: forWhom.whoSeesTheIncomingRequest, ...ID },
    version: { to: forWhom.whoSeesTheIncomingRequest, ...VERSION },
  },
};

/** The id of a request just recorded: in the answer to the worker who took it down, and nowhere else. */
export const RecordedIncomingRequest: TypePolicy = {
  fr: 'Saisine notée',
  en: 'Request taken down',
  technical: true,
  where: { fr: 'en réponse à qui l’a notée', en: 'in the answer to whoever took it down' },
  fields: {
    id: { to: allow, ...ID },
  },
};
