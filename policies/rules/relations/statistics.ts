import * as statistics from '../../../src/access/statistics/statistics.js';
import { rowRule, viewerRule } from '../rules.js';
import { inRole } from './viewers.js';

/** The rule `statistics.readsStatistics`, asked once of the viewer. */
export const whoReadsStatistics = viewerRule(
  {
    fr: 'les travailleurs sociaux, les responsables, le conseiller technique, le délégué à la protection des données, les clients de restitution',
    en: 'social workers, heads, the technical adviser, the data protection officer, reporting clients',
  },
  statistics.readsStatistics,
);
/** The rule `statistics.readsReport`, asked of each report or erratum. */
export const whoReadsTheReport = rowRule<statistics.ReportRelation>(
  {
    fr: 'tous, une fois publié ; avant, ceux qui travaillent avec les statistiques',
    en: 'everyone, once it is published; until then, social workers, heads, the technical adviser and the data protection officer',
  },
  statistics.readsReport,
);
/** The rule `statistics.readsFunnel`, asked of each figure of a report and each dot of its funnel plot. */
export const whoReadsTheFunnel = rowRule<statistics.FunnelRelation>(
  {
    fr: 'les travailleurs sociaux de la circonscription du rapport, ceux de son équipe',
    en: 'the social workers of the district of the report, who are its team',
  },
  statistics.readsFunnel,
);
/** The rule `statistics.readsWords`, asked of each voice. */
export const whoReadsTheWords = rowRule<statistics.WordsRelation>(
  {
    fr: 'les agents ; tous, une fois relu par un autre que l’auteur',
    en: 'the county’s workers; everyone, once somebody else than the author has read it',
  },
  statistics.readsWords,
);
/** The rule `statistics.readsObservation`, asked of each observation. */
export const whoReadsTheObservation = rowRule<statistics.ReportRelation & statistics.WordsRelation>(
  {
    fr: 'les travailleurs sociaux, les responsables, le conseiller technique, le délégué à la protection des données ; les clients de restitution, une fois relue par un autre que l’auteur ; tous, une fois publiée avec le rapport',
    en: 'social workers, heads, the technical adviser and the data protection officer; reporting clients, once somebody else than the author has read it; everyone, once it is published with the report',
  },
  statistics.readsObservation,
);
/** The rule `statistics.readsSimulation`, asked of each simulation and each of its parts. */
export const whoReadsTheSimulation = rowRule<statistics.SimulationRelation>(
  {
    fr: 'les travailleurs sociaux et le responsable de la circonscription, le conseiller technique, le délégué à la protection des données ; tous, une fois publiée avec le rapport',
    en: 'the social workers and the head of the district, the technical adviser and the data protection officer; everyone, once it is published with the report',
  },
  statistics.readsSimulation,
);
/** The rule `statistics.readsDrafts`, asked once of the viewer. */
export const whoReadsDrafts = viewerRule(
  {
    fr: 'ceux qui travaillent avec les statistiques',
    en: 'social workers, heads, the technical adviser and the data protection officer',
  },
  statistics.readsDrafts,
);
/** The rule `statistics.knowsWhoSpoke`, asked of each voice. */
export const whoKnowsTheVoice = rowRule<statistics.VoiceRelation>(
  {
    fr: 'les travailleurs sociaux de l’équipe, et qui parle ; tous, si qui parle le souhaite',
    en: 'the team’s social workers and the speaker; everyone, if the speaker wishes it',
  },
  statistics.knowsWhoSpoke,
);
/** Social workers, district heads and technical advisers with the scope `statistics:write`; the service judges the row. */
export const whoProposesIndicators = viewerRule(
  {
    fr: 'les travailleurs sociaux, les responsables, le conseiller technique',
    en: 'social workers, heads, the technical adviser',
  },
  inRole(['SOCIAL_WORKER', 'DISTRICT_HEAD', 'TECHNICAL_ADVISER'], 'statistics:write'),
);
/** Social workers with the scope `statistics:write`; the service judges the row. */
export const whoSpeaksForATeam = viewerRule(
  { fr: 'les travailleurs sociaux', en: 'social workers' },
  inRole(['SOCIAL_WORKER'], 'statistics:write'),
);
/** The rule `statistics.decidesOnIndicators`, asked once of the viewer. */
export const whoDecidesOnIndicators = viewerRule(
  { fr: 'le conseiller technique', en: 'the technical adviser' },
  statistics.decidesOnIndicators,
);
/** The rule `statistics.signsErrata`, asked once of the viewer. */
export const whoSignsErrata = viewerRule(
  {
    fr: 'le conseiller technique, le délégué à la protection des données ; jamais qui l’a écrit',
    en: 'the technical adviser, the data protection officer; never the worker who wrote the erratum',
  },
  statistics.signsErrata,
);
/** The rule `statistics.confirmsWords`, asked once of the viewer; the service judges the row. */
export const whoConfirmsWords = viewerRule(
  {
    fr: 'les travailleurs sociaux, le conseiller technique ; jamais l’auteur',
    en: 'social workers, the technical adviser; never the author',
  },
  statistics.confirmsWords,
);
/** The rule `statistics.withdrawsWords`, asked once of the viewer. */
export const whoWithdrawsWords = viewerRule(
  {
    fr: 'le conseiller technique, le délégué à la protection des données',
    en: 'the technical adviser, the data protection officer',
  },
  statistics.withdrawsWords,
);
/** Whoever may read or withdraw words: asked once of the viewer. */
export const whoChangesWords = viewerRule(
  {
    fr: 'qui relit ou retire un texte',
    en: 'who reads or withdraws words',
  },
  (viewer) => statistics.confirmsWords(viewer) || statistics.withdrawsWords(viewer),
);
