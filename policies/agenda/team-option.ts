import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** An option of a team: for its members, and for all who work there once it is adopted. Nobody reads who proposed it, nor another’s vote. */
export const TeamOption: TypePolicy = {
  fr: 'Option d’une équipe',
  en: 'Option of a team',
  fields: {
    id: { to: forWhom.whoReadsTheOption, ...ID },
    district: { to: forWhom.whoReadsTheOption, fr: 'circonscription', en: 'district' },
    kind: {
      to: forWhom.whoReadsTheOption,
      fr: 'ce que l’équipe peut faire',
      en: 'what the team may do',
    },
    status: { to: forWhom.whoReadsTheOption, fr: 'décision', en: 'decision' },
    proposedOn: { to: forWhom.whoReadsTheOption, fr: 'proposée le', en: 'proposed on' },
    votedUntil: {
      to: forWhom.whoReadsTheOption,
      fr: 'dernier jour du vote',
      en: 'last day of the vote',
    },
    startsOn: { to: forWhom.whoReadsTheOption, fr: 'premier jour', en: 'first day' },
    endsOn: { to: forWhom.whoReadsTheOption, fr: 'fin', en: 'end' },
    textFr: {
      to: forWhom.whoReadsTheOption,
      fr: 'ce qu’elle est et ce qu’elle coûte, en français',
      en: 'what it is and what it costs, in French',
    },
    textEn: { to: forWhom.whoReadsTheOption, fr: 'en anglais', en: 'in English' },
    myVote: { to: forWhom.whoReadsTheOption, fr: 'son propre vote', en: 'one’s own vote' },
  },
};

/** An hour without appointment: public. It names no worker. */
export const WalkInHour: TypePolicy = {
  fr: 'Heure sans rendez-vous',
  en: 'Hour without appointment',
  fields: {
    startsAt: { to: allow, fr: 'début', en: 'start' },
    endsAt: { to: allow, fr: 'fin', en: 'end' },
    place: { to: allow, fr: 'lieu', en: 'place' },
  },
};
