import * as enums from '../../prisma/generated/enums.js';
import { TEAM_POSITIONS } from '../../src/services/statistics/indicator-voices.js';
import { WORDS_OF } from '../../src/services/statistics/words.js';
import { describeEnum, enumOf } from '../describe-enum.js';

export const IndicatorStatus = describeEnum(enums.IndicatorStatus, {
  name: 'IndicatorStatus',
  description: 'The stage that an indicator has reached.',
  values: {
    PROPOSED: 'A team or the technical adviser proposes it.',
    CONSULTED: 'The teams are asked about it.',
    ADOPTED: 'It is counted.',
    RETIRED: 'It is counted no more. What was counted stays.',
    REFUSED: 'It will not be counted.',
  },
});

export const IndicatorUnit = describeEnum(enums.IndicatorUnit, {
  name: 'IndicatorUnit',
  description: 'The things that an indicator counts, each once.',
  values: {
    PERSON: 'Persons, whatever the number of their cases and visits.',
    CASE: 'Cases, whatever the number of their persons.',
    APPOINTMENT: 'Appointments, whatever the number of persons who come.',
    REQUEST: 'Requests for an appointment, or requests of partners.',
    VISIT: 'Visits to the reception, and calls.',
    REFERRAL: 'Referrals to a district or an organisation.',
  },
});

export const IndicatorKind = describeEnum(enums.IndicatorKind, {
  name: 'IndicatorKind',
  description: 'The way in which the units of an indicator are counted.',
  values: {
    STOCK: 'Units that are there at the end of the period.',
    FLOW: 'Events of the period.',
    DISTINCT: 'Units that are there at any time of the period, each once.',
    WAITING_TIME: 'Events of the period, by the time that they took.',
    RATE: 'Whole per cent: the share of one count in another.',
  },
});

export const IndicatorTerritory = describeEnum(enums.IndicatorTerritory, {
  name: 'IndicatorTerritory',
  description: 'The territory of which figures are given.',
  values: {
    DISTRICT: 'Each district, and the county.',
    COUNTY: 'The county alone.',
  },
});

export const IndicatorRefusal = describeEnum(enums.IndicatorRefusal, {
  name: 'IndicatorRefusal',
  description: 'Why something is not counted.',
  values: {
    SUBJECTIVE: 'It is felt or judged, and no fact.',
    NOT_RECORDED: 'Nothing records it, and nothing is recorded for a figure alone.',
    ABOUT_WORKERS: 'It would count the work of workers.',
    NOT_COLLECTED: 'It is about something that the service never asks of anyone.',
    DUPLICATE: 'Another indicator counts it already.',
    NOT_WANTED: 'The teams do not want it to be counted.',
    NOT_AGREED:
      'The teams were asked twice. Too few of them were heard, or as many were for it as against. It ends so by itself.',
    WITHDRAWN: 'A technical adviser or the data protection officer withdrew its words.',
  },
});

export const IndicatorDecisionKind = describeEnum(enums.IndicatorDecisionKind, {
  name: 'IndicatorDecisionKind',
  description: 'The decision that a technical adviser wants on an indicator.',
  values: {
    REFUSE: 'The proposed indicator is to be refused.',
    RETIRE: 'The adopted indicator is to be retired.',
    ADOPT: 'The indicator to which the teams have agreed is to be adopted.',
  },
});

export const VoicePosition = describeEnum(enums.VoicePosition, {
  name: 'VoicePosition',
  description: 'The words of a member of a team on an indicator.',
  values: {
    FOR: 'It should be counted.',
    AGAINST: 'It should not be counted.',
    RESERVED: 'The member has reservations, and is on nobody’s side.',
  },
});

export const TeamPosition = describeEnum(enumOf(TEAM_POSITIONS), {
  name: 'TeamPosition',
  description: 'The result of the voices of a district’s team.',
  values: {
    FOR: 'More members are for it than against.',
    AGAINST: 'More members are against it than for.',
    DIVIDED: 'As many members are for it as against.',
    NO_OPINION: 'Fewer than two members have spoken. Silence is never a yes.',
  },
});

export const WordsOf = describeEnum(enumOf(WORDS_OF), {
  name: 'WordsOf',
  description:
    'The words of a team that everyone reads only once somebody else than the author has read them.',
  values: {
    PROPOSAL: 'An indicator that somebody proposed: its name, definition and examples.',
    VOICE: 'The words of a member on an indicator.',
    OBSERVATION: 'An observation of a member on a year.',
    NARRATIVE:
      'A text of an activity report, by the `id` of the report. It is signed and published, and not confirmed; it may be withdrawn.',
  },
});
