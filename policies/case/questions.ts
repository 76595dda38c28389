import { AWAY, ONE_CASE } from '../rules/conditions.js';
import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** The questions of this room: who may ask each. The service judges each row. */
export const questions: FieldPolicies = {
  case: { to: forWhom.whoMayKnowCases, fr: 'ouvrir le dossier', en: 'opening the case', where: ONE_CASE },
  caseByReference: {
    to: forWhom.whoMayKnowCases,
    fr: 'ouvrir le dossier par sa référence',
    en: 'opening the case by its reference',
    where: ONE_CASE,
  },
  casesOfPerson: {
    to: forWhom.whoLooksUp,
    fr: 'dossiers de la personne, recherchés',
    en: 'the person’s cases, looked up',
    where: {
      fr: 'ceux de leur circonscription, d’une personne à la fois',
      en: 'the cases of their district, one person at a time',
    },
  },
  cases: {
    to: forWhom.whoMayKnowCases,
    fr: 'liste des dossiers où figure celui-ci',
    en: 'list of cases that includes this one',
    where: {
      fr: 'les leurs et ceux qu’ils suppléent ; le responsable, ceux sans travailleur social et, un agent à la fois, ceux d’un absent qui ne le conteste pas ; ceux montrés à la personne',
      en: 'for social workers, their own cases and those in which they stand in; for the head, the cases without a worker and, one worker at a time, the cases of a worker who is away and has not contradicted the absence; for the person, the cases that are shown online',
    },
  },
  casesToCome: {
    to: forWhom.socialWorkers,
    fr: 'dossiers qui vont lui être attribués',
    en: 'cases that will be assigned to oneself',
    where: { fr: 'ceux qui viennent à eux', en: 'the cases that will be assigned to them' },
  },
  previewReassignments: {
    to: forWhom.heads,
    fr: 'ce que donneraient des réattributions, avant de les faire',
    en: 'what reassignments would do, before they are made',
    where: AWAY,
  },
  relays: {
    to: forWhom.districtTeamsAndAdvisers,
    fr: 'suppléances de la circonscription',
    en: 'relays of the district',
    where: {
      fr: 'dans leur circonscription ; pour un conseiller technique, celles qui attendent son accord',
      en: 'in their district; for a technical adviser, those that wait for a yes',
    },
  },
  absences: {
    to: forWhom.heads,
    fr: 'absences déclarées dans la circonscription',
    en: 'absences declared in the district',
    where: { fr: 'dans sa circonscription', en: 'in their district' },
  },
  myAbsences: {
    to: forWhom.socialWorkers,
    fr: 'absences déclarées à son sujet',
    en: 'absences declared about oneself',
    where: { fr: 'les siennes', en: 'the absences declared about them' },
  },
  needCodes: { to: allow, fr: 'nomenclature des besoins', en: 'nomenclature of needs' },
};
