import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/**
 * Demande de rendez-vous. The desk knows the rank, never the reason. The head knows no worker. The person sees that they wait, and for
 * which days.
 */
export const AppointmentRequest: TypePolicy = {
  fr: 'Demande de rendez-vous (liste d’attente)',
  en: 'Request for an appointment (waiting list)',
  fields: {
    status: { to: forWhom.whoSeesTheRequest, fr: 'où elle en est', en: 'where it stands' },
    urgency: {
      to: forWhom.whoKeepsTheWaitingList,
      fr: 'urgence, jugée par un travailleur social',
      en: 'urgency, as a social worker judged it',
    },
    rank: { to: forWhom.whoKeepsTheWaitingList, fr: 'rang dans la liste', en: 'rank in the list' },
    askedAt: { to: forWhom.whoSeesTheRequest, fr: 'depuis quand elle attend', en: 'since when they wait' },
    askedBy: {
      to: forWhom.whoKeepsTheWaitingList,
      fr: 'qui l’a demandée (une catégorie)',
      en: 'who asked (a category)',
    },
    closedAt: {
      to: forWhom.whoSeesTheRequest,
      fr: 'depuis quand elle n’attend plus',
      en: 'since when they wait no longer',
    },
    publicLabel: {
      to: forWhom.whoSeesTheRequest,
      fr: 'libellé neutre : entretien, visite ou appel',
      en: 'neutral label: interview, visit or call',
    },
    type: { to: forWhom.whoKnowsWhatIsAskedFor, fr: 'type de rendez-vous', en: 'type of appointment' },
    mode: {
      to: forWhom.whoSeesTheRequest,
      fr: 'sur place, à domicile, par téléphone, en visio',
      en: 'on site, at home, by phone, by video',
    },
    wantedFrom: { to: forWhom.whoSeesTheRequest, fr: 'à partir de quel jour', en: 'from which day on' },
    wantedUntil: { to: forWhom.whoSeesTheRequest, fr: 'jusqu’à quel jour', en: 'until which day' },
    caseWorkerOnly: {
      to: forWhom.whoKeepsTheWaitingList,
      fr: 'avec son seul référent',
      en: 'with the assigned worker alone',
    },
    shortNoticeFrom: {
      to: forWhom.whoSeesTheOffer,
      fr: 'accepte une place libérée au dernier moment, à partir de quelle heure la joindre',
      en: 'agrees to be asked at short notice, from which hour on',
    },
    shortNoticeUntil: {
      to: forWhom.whoSeesTheOffer,
      fr: 'jusqu’à quelle heure la joindre',
      en: 'until which hour to ask them',
    },
    presentUntil: {
      to: forWhom.whoKeepsTheWaitingList,
      fr: 'dans les locaux, jusqu’à quand',
      en: 'on the premises, until when',
    },
    dutyWorker: { to: forWhom.whoSeesWhoseTimeItIs, fr: 'agent de permanence', en: 'worker on duty' },
    district: { to: forWhom.whoSeesTheRequest, fr: 'circonscription' },
    person: { to: forWhom.whoSeesTheRequest, fr: 'personne qui attend', en: 'person who waits' },
    case: { to: forWhom.whoFollowsTheCaseOfTheRequest, fr: 'dossier', en: 'case' },
    appointment: {
      to: forWhom.whoSeesTheOffer,
      fr: 'rendez-vous à avancer, ou pris à la suite de cette demande',
      en: 'appointment to bring forward, or booked from this request',
    },
    offers: { to: forWhom.whoSeesTheOffer, fr: 'propositions faites', en: 'what was offered' },
    skips: {
      to: forWhom.theDeskOfTheWaitingList,
      fr: 'passages de tour',
      en: 'times for which this request was passed over',
    },
    // For a person who gave no name: the desk and the duty worker call the person by this. The head does not see it.
    reference: {
      to: forWhom.whoTellsOfTheOffer,
      fr: 'référence papier d’une personne qui n’a pas donné de nom',
      en: 'paper reference of a person who gave no name',
    },
    calledName: {
      to: forWhom.whoTellsOfTheOffer,
      fr: 'nom par lequel appeler une personne qui n’a pas donné de nom',
      en: 'name by which to call a person who gave no name',
    },
    contact: {
      to: forWhom.whoTellsOfTheOffer,
      fr: 'comment prévenir une personne qui n’a pas donné de nom',
      en: 'how to tell a person who gave no name',
    },
    phone: {
      to: forWhom.whoTellsOfTheOffer,
      fr: 'téléphone d’une personne qui n’a pas donné de nom',
      en: 'phone of a person who gave no name',
    },
    showOnline: {
      to: forWhom.whoKeepsTheWaitingList,
      fr: 'montrée en ligne à la personne',
      en: 'shown online to the person',
    },
    id: { to: forWhom.whoSeesTheRequest, ...ID },
    version: { to: forWhom.whoSeesTheRequest, ...VERSION },
  },
};
