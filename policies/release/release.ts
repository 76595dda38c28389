import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The release of the earlier notes of a case (rule 2): the people in it, and no text of a note. */
export const Release: TypePolicy = {
  fr: 'Levée (ouvrir les comptes rendus antérieurs d’un dossier)',
  en: 'Release (opening earlier notes of a case)',
  fields: {
    caseReference: { to: forWhom.whoSeesTheRelease, fr: 'référence du dossier', en: 'reference of the case' },
    ground: {
      to: forWhom.whoSeesTheRelease,
      fr: 'motif : accord de la personne, demande d’accès, recours, justice, danger',
      en: 'ground: agreement, access request, appeal, court, danger',
    },
    requestedBy: { to: forWhom.whoSeesTheRelease, fr: 'agent qui la demande', en: 'who asks for it' },
    requestedAt: { to: forWhom.whoSeesTheRelease, fr: 'date de la demande', en: 'when it was asked for' },
    approvedBy: {
      to: forWhom.whoSeesTheRelease,
      fr: 'conseiller qui l’accorde',
      en: 'adviser who approved it',
    },
    approvedAt: { to: forWhom.whoSeesTheRelease, fr: 'date de l’accord', en: 'when it was approved' },
    waitsUntil: {
      to: forWhom.whoSeesTheRelease,
      fr: 'fin du délai d’opposition',
      en: 'end of the wait for objections',
    },
    answers: {
      to: forWhom.whoSeesTheRelease,
      fr: 'réponses des agents qui suivaient le dossier avant',
      en: 'answers of the workers who had the case before',
    },
    objectedAt: {
      to: forWhom.whoSeesTheRelease,
      fr: 'date du premier refus',
      en: 'when someone first said no',
    },
    personToldAt: {
      to: forWhom.whoSeesTheRelease,
      fr: 'date où la personne en a été informée',
      en: 'when the person was told of a no',
    },
    refusedBy: {
      to: forWhom.whoSeesTheRelease,
      fr: 'conseiller qui la refuse',
      en: 'adviser who refused it',
    },
    refusedAt: {
      to: forWhom.whoSeesTheRelease,
      fr: 'date du refus du conseiller',
      en: 'when the adviser refused it',
    },
    lapsedAt: { to: forWhom.whoSeesTheRelease, fr: 'date où elle est devenue caduque', en: 'when it lapsed' },
    closedBy: {
      to: forWhom.whoSeesTheRelease,
      fr: 'délégué qui y a mis fin',
      en: 'officer who closed it',
    },
    agreedBy: {
      to: forWhom.whoSeesTheRelease,
      fr: 'délégué qui a donné son accord',
      en: 'officer who agreed',
    },
    agreedAt: {
      to: forWhom.whoSeesTheRelease,
      fr: 'date de l’accord du délégué',
      en: 'when the officer agreed',
    },
    openUntil: { to: forWhom.whoSeesTheRelease, fr: 'ouverte jusqu’au', en: 'open until' },
    danger: { to: forWhom.whoSeesTheStatement, fr: 'danger exposé', en: 'danger that was stated' },
    reviewDueAt: { to: forWhom.whoSeesTheStatement, fr: 'à réexaminer avant le', en: 'to be reviewed until' },
    reviews: { to: forWhom.whoSeesReviews, fr: 'réexamens', en: 'reviews' },
    id: { to: forWhom.whoSeesTheRelease, ...ID },
  },
};
