import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The actions of this room: who may ask for each. The service judges the row. */
export const actions: FieldPolicies = {
  requestRelease: {
    to: forWhom.noteWriters,
    fr: 'demander une levée',
    en: 'ask for a release',
    where: { fr: 'le référent du dossier', en: 'the assigned worker' },
  },
  answerRelease: {
    to: forWhom.whoAnswersReleases,
    fr: 'répondre à une levée : transmettre, ou dire pourquoi pas',
    en: 'answer a release: hand the notes over, or say why not',
    where: {
      fr: 'ceux qui suivaient le dossier avant, une levée qui attend',
      en: 'the workers who had the case before, while the release waits',
    },
  },
  recordReleaseTold: {
    to: forWhom.noteWriters,
    fr: 'noter que la personne a été informée d’un refus de transmettre',
    en: 'record that the person was told that notes are not handed over',
    where: {
      fr: 'l’agent qui a demandé la levée, après un refus de transmettre',
      en: 'the worker who asked for the release, after a worker answered NO',
    },
  },
  approveRelease: {
    to: forWhom.technicalAdvisers,
    fr: 'accorder une levée',
    en: 'approve a release',
    where: {
      fr: 'une levée dont le délai est passé ; après un refus, un conseiller d’une autre circonscription, ou, s’il n’y en a pas, avec l’accord du délégué ; pour danger, jamais qui a attribué le dossier',
      en: 'a release whose wait is over; after a NO, only an adviser of another district, or, if there is none, after the officer has agreed; in case of danger, never the adviser who assigned the case',
    },
  },
  refuseRelease: {
    to: forWhom.technicalAdvisers,
    fr: 'refuser une levée',
    en: 'refuse a release',
    where: {
      fr: 'une levée qui attend ; après un refus, un conseiller d’une autre circonscription, ou, s’il n’y en a pas, avec l’accord du délégué',
      en: 'a release that waits; after a NO, only an adviser of another district, or, if there is none, after the officer has agreed',
    },
  },
  agreeToRelease: {
    to: forWhom.whoOverseesReleases,
    fr: 'donner, en second, son accord à une levée',
    en: 'agree to a release, as one of two people',
    where: {
      fr: 'après un refus de transmettre, s’il n’y a pas de conseiller d’une autre circonscription',
      en: 'after a NO, if there is no adviser of another district',
    },
  },
  closeRelease: {
    to: forWhom.whoOverseesReleases,
    fr: 'mettre fin à une levée',
    en: 'close a release',
    where: { fr: 'une levée qui attend ou qui est ouverte', en: 'a release that waits or is open' },
  },
  reviewRelease: {
    to: forWhom.whoSeesReviews,
    fr: 'réexaminer une ouverture pour danger',
    en: 'review notes that were opened because of a danger',
    where: {
      fr: 'une ouverture pour danger : un conseiller d’une autre circonscription qui ne l’a pas accordée, et le délégué',
      en: 'notes opened because of a danger: an adviser of another district who did not approve the opening, and the data protection officer',
    },
  },
};
