import * as person from '../../../src/access/person/person.js';
import { hasScope } from '../../../src/viewer.js';
import { rowRule } from '../rules.js';
import { isPerson, mayBe, mayFollow } from './viewers.js';

interface Reached {
  readonly reach: person.PersonReach;
}
/** The rule `person.knowsIdentity`, asked of each person. */
export const whoKnowsThePerson = rowRule<Reached>(
  {
    fr: 'l’accueil, l’agent qui suit le dossier, la personne ; l’agent qui reçoit la personne, de 7 jours avant à 30 jours après, si quelqu’un d’autre lui a ouvert les coordonnées',
    en: 'the desk, the assigned worker and the stand-in, the person; the worker who receives the person, from 7 days before to 30 days after, if somebody else opened the contact',
  },
  person.knowsIdentity,
);
/** The rule `person.knowsName`, asked of each person. */
export const whoKnowsTheName = rowRule<Reached>(
  {
    fr: 'l’accueil, l’agent qui suit le dossier, l’agent qui reçoit la personne, la personne ; pour le nom seul, le responsable, afin d’attribuer le dossier, le travailleur social qui a ouvert un dossier de la personne, jusqu’à la première attribution, et l’agent dont la rencontre avec la personne n’est confirmée par personne d’autre ou a lieu dans plus de 7 jours',
    en: 'the desk, the assigned worker and the stand-in, the worker who receives the person, the person; for the name only, the head, to allocate the case, the social worker who opened a case of the person, until it is first assigned, and a worker whose meeting with the person is confirmed by nobody else or is more than 7 days ahead',
  },
  person.knowsName,
);
/** The rule `person.knowsAddress`, asked of each address, which carries the viewer’s relation to its person. */
export const whoKnowsTheAddress = rowRule<Reached & person.AddressRelation>(
  {
    fr: 'l’accueil, l’agent qui suit le dossier, la personne ; l’agent qui reçoit la personne, de 7 jours avant à 30 jours après, si quelqu’un d’autre lui a ouvert les coordonnées ; une adresse secrète : l’agent qui suit le dossier où elle est notée, l’agent de permanence qui en dit le motif, et la personne seulement',
    en: 'the desk, the assigned worker and the stand-in, the person; the worker who receives the person, from 7 days before to 30 days after, if somebody else opened the contact; a confidential address: only the assigned worker and the stand-in of the case that recorded it, the duty worker who states a ground, and the person',
  },
  (viewer, row) => person.knowsAddress(viewer, row, row),
);
/** The desk of the person’s district (`PersonReach.desk`), with the scope `cases:read`. */
export const theDeskThatFoundThem = rowRule<Reached>(
  { fr: 'l’accueil', en: 'the desk' },
  (viewer, row) => hasScope(viewer, 'cases:read') && row.reach.desk,
  mayBe('RECEPTIONIST'),
);
/** The assigned worker of one of the person’s cases, or the stand-in (`PersonReach.follows`), with the scope `cases:read`. */
export const whoFollowsThePerson = rowRule<Reached>(
  { fr: 'celui qui suit la personne', en: 'the assigned worker of a case of the person, and the stand-in' },
  (viewer, row) => hasScope(viewer, 'cases:read') && row.reach.follows,
  mayFollow,
);
/** The person whose row it is (`PersonReach.self`), with the scope `cases:read`. */
export const thePersonThemselves = rowRule<Reached>(
  { fr: 'la personne', en: 'the person' },
  (viewer, row) => hasScope(viewer, 'cases:read') && row.reach.self,
  isPerson,
);
