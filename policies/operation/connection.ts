import type { TypePolicy } from '../rules/policy.js';
import { allow } from '../rules/rules.js';

/** The field that answers a page is guarded, and so is each field of its nodes. So the page itself is open to its readers. */
const WHO_READS_THE_LIST = {
  fr: 'ceux qui peuvent lire la liste',
  en: 'those who may read the list',
} as const;

function pages(fr: string, en: string): TypePolicy {
  return {
    fr: `Liste : ${fr}`,
    en: `List: ${en}`,
    technical: true,
    where: WHO_READS_THE_LIST,
    fields: {
      edges: { to: allow, fr: 'lignes de la page' },
      pageInfo: { to: allow, fr: 'suite de la liste', en: 'what follows' },
    },
  };
}

function row(fr: string, en: string): TypePolicy {
  return {
    fr: `Ligne d’une liste : ${fr}`,
    en: `Row of a list: ${en}`,
    technical: true,
    where: WHO_READS_THE_LIST,
    fields: {
      cursor: { to: allow, fr: 'repère dans la liste', en: 'place in the list' },
      node: { to: allow, fr: 'ligne', en: 'row' },
    },
  };
}

/** The types that are listed page by page. */
const LISTED: readonly (readonly [type: string, fr: string, en: string])[] = [
  ['StatisticsCell', 'cellules d’un tableau', 'cells of a table'],
  ['PersonToInform', 'personnes à informer', 'persons to inform'],
  ['AccessLogEntry', 'journal d’accès', 'access log'],
  ['Case', 'dossiers', 'cases'],
  ['Visit', 'passages', 'visits'],
  ['Message', 'messages', 'messages'],
  ['Encounter', 'entretiens d’accueil', 'encounters'],
  ['AppointmentRequest', 'liste d’attente', 'waiting list'],
  ['SlotOffer', 'propositions', 'offers'],
  ['AppointmentNotice', 'avis à donner', 'notices to give'],
  ['Appointment', 'rendez-vous', 'appointments'],
  ['InterviewNote', 'comptes rendus', 'interview notes'],
  ['Notification', 'avis', 'notifications'],
  ['Referral', 'orientations', 'referrals'],
  ['IncomingRequest', 'saisines', 'requests by partners'],
  ['Organisation', 'structures', 'organisations'],
];

/** The policies of the connections and edges of the listed types. */
export const LISTS: Readonly<Record<string, TypePolicy>> = Object.fromEntries(
  LISTED.flatMap(([type, fr, en]) => [
    [`${type}Connection`, pages(fr, en)],
    [`${type}Edge`, row(fr, en)],
  ]),
);

/** The position in a list: open to those who may read the list. */
export const PageInfo: TypePolicy = {
  fr: 'Suite d’une liste',
  en: 'What follows in a list',
  technical: true,
  where: WHO_READS_THE_LIST,
  fields: {
    hasPreviousPage: { to: allow, fr: 'y a-t-il des lignes avant', en: 'are there rows before' },
    startCursor: { to: allow, fr: 'repère du début', en: 'where it begins' },
    hasNextPage: { to: allow, fr: 'y a-t-il une suite', en: 'is there more' },
    endCursor: { to: allow, fr: 'repère de la suite', en: 'where it goes on' },
  },
};
