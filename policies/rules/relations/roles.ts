import * as absence from '../../../src/access/case/absence.js';
import { allocates } from '../../../src/access/case/case.js';
import * as relay from '../../../src/access/case/relay.js';
import * as person from '../../../src/access/person/person.js';
import { hasScope, isInTeam } from '../../../src/viewer.js';
import { rowRule, viewerRule } from '../rules.js';
import { inRole } from './viewers.js';

/** Workers and persons with the scope `cases:read`; the service judges the row. */
export const whoMayKnowCases = viewerRule(
  { fr: 'les agents, et la personne', en: 'workers, and the person' },
  (viewer) => hasScope(viewer, 'cases:read') && (viewer.kind === 'WORKER' || viewer.kind === 'PERSON'),
);
/** Workers and persons with the scope `appointments:read`; the service judges the row. */
export const whoMayKnowAppointments = viewerRule(
  { fr: 'les agents, et la personne', en: 'workers, and the person' },
  (viewer) => hasScope(viewer, 'appointments:read') && (viewer.kind === 'WORKER' || viewer.kind === 'PERSON'),
);
/** Receptionists, social workers and district heads with the scope `cases:read`; the service judges the row. */
export const districtTeams = viewerRule(
  {
    fr: 'l’accueil, les travailleurs sociaux et le responsable',
    en: 'the desk, social workers and the head',
  },
  inRole(['RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD'], 'cases:read'),
);
/** Everyone in the district's team, and the technical advisers, with the scope `cases:read`; the service judges the row. */
export const districtTeamsAndAdvisers = viewerRule(
  {
    fr: 'l’accueil, les travailleurs sociaux, le responsable et le conseiller technique',
    en: 'the desk, social workers, the head and the technical adviser',
  },
  inRole(['RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD', 'TECHNICAL_ADVISER'], 'cases:read'),
);
/** The rule `relay.confirmsRelays`; the database judges the row. */
export const advisersOfRelays = viewerRule(
  { fr: 'le conseiller technique', en: 'the technical adviser' },
  relay.confirmsRelays,
);
/** The rule `relay.seesRelay`, asked of each relay. */
export const whoSeesTheRelay = rowRule<relay.RelayRelation>(
  {
    fr: 'l’équipe de la circonscription ; le conseiller technique, tant qu’elle attend son accord',
    en: 'the district’s team; the technical adviser, while the relay waits for a yes',
  },
  relay.seesRelay,
);
/** District heads with the scope `cases:write`; the service judges the row. */
export const heads = viewerRule(
  { fr: 'le responsable', en: 'the head' },
  inRole(['DISTRICT_HEAD'], 'cases:write'),
);
/** Social workers and district heads with the scope `cases:write`; the service judges the row. */
export const socialWorkersAndHeads = viewerRule(
  { fr: 'les travailleurs sociaux et le responsable', en: 'social workers and the head' },
  inRole(['SOCIAL_WORKER', 'DISTRICT_HEAD'], 'cases:write'),
);
/** Receptionists, social workers and district heads with the scope `cases:write`; the service judges the row. */
export const teamsThatWrite = viewerRule(
  {
    fr: 'l’accueil, les travailleurs sociaux et le responsable',
    en: 'the desk, social workers and the head',
  },
  inRole(['RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD'], 'cases:write'),
);
/** Social workers and district heads with the scope `cases:read`; the service judges the row. */
export const whoReceivesReferrals = viewerRule(
  { fr: 'les travailleurs sociaux et le responsable', en: 'social workers and the head' },
  inRole(['SOCIAL_WORKER', 'DISTRICT_HEAD'], 'cases:read'),
);
/** Social workers with the scope `cases:write`; the service judges the row. */
export const socialWorkers = viewerRule(
  { fr: 'les travailleurs sociaux', en: 'social workers' },
  inRole(['SOCIAL_WORKER'], 'cases:write'),
);
/** Social workers with the scope `cases:read`; the service judges the row. */
export const socialWorkersReading = viewerRule(
  { fr: 'les travailleurs sociaux', en: 'social workers' },
  inRole(['SOCIAL_WORKER'], 'cases:read'),
);
/** Social workers with the scope `notes:write`; the service judges the row. */
export const noteWriters = viewerRule(
  { fr: 'les travailleurs sociaux', en: 'social workers' },
  inRole(['SOCIAL_WORKER'], 'notes:write'),
);
/** Social workers with the scope `notes:read`; the service judges the row. */
export const noteReaders = viewerRule(
  { fr: 'les travailleurs sociaux', en: 'social workers' },
  inRole(['SOCIAL_WORKER'], 'notes:read'),
);
/** Receptionists and social workers with the scope `persons:write`; the service judges the row. */
export const deskAndSocialWorkers = viewerRule(
  { fr: 'l’accueil et les travailleurs sociaux', en: 'the desk and social workers' },
  inRole(['RECEPTIONIST', 'SOCIAL_WORKER'], 'persons:write'),
);
/** Receptionists and social workers with the scope `persons:write`, and persons with `persons:read`; the service judges the row. */
export const whoServesOrIsThePerson = viewerRule(
  { fr: 'l’accueil, les travailleurs sociaux et la personne', en: 'the desk, social workers and the person' },
  (viewer) =>
    inRole(['RECEPTIONIST', 'SOCIAL_WORKER'], 'persons:write')(viewer) ||
    (viewer.kind === 'PERSON' && hasScope(viewer, 'persons:read')),
);
/** Persons with the scope `persons:read`; the service judges the row. */
export const whoIsThePerson = viewerRule(
  { fr: 'la personne', en: 'the person' },
  (viewer) => viewer.kind === 'PERSON' && hasScope(viewer, 'persons:read'),
);
/** Social workers with the scope `persons:write`; the service judges the row. */
export const socialWorkersOfPersons = viewerRule(
  { fr: 'les travailleurs sociaux', en: 'social workers' },
  inRole(['SOCIAL_WORKER'], 'persons:write'),
);
/** Receptionists and social workers with the scope `appointments:write`; the service judges the row. */
export const whoBooks = viewerRule(
  { fr: 'l’accueil et les travailleurs sociaux', en: 'the desk and social workers' },
  inRole(['RECEPTIONIST', 'SOCIAL_WORKER'], 'appointments:write'),
);
/** Receptionists and district heads with the scope `appointments:write`; the service judges the row. */
export const deskAndHeads = viewerRule(
  { fr: 'l’accueil et le responsable', en: 'the desk and the head' },
  inRole(['RECEPTIONIST', 'DISTRICT_HEAD'], 'appointments:write'),
);
/** Receptionists and social workers with the scope `appointments:read`; the service judges the row. */
export const whoReadsAgendas = viewerRule(
  { fr: 'l’accueil et les travailleurs sociaux', en: 'the desk and social workers' },
  inRole(['RECEPTIONIST', 'SOCIAL_WORKER'], 'appointments:read'),
);
/** District heads and social workers with the scope `appointments:read`; the service judges the row. */
export const whoAsksWhoIsNotBack = viewerRule(
  { fr: 'les responsables et les travailleurs sociaux', en: 'heads and social workers' },
  inRole(['DISTRICT_HEAD', 'SOCIAL_WORKER'], 'appointments:read'),
);
/** Receptionists and social workers with the scope `appointments:write`; the service judges the row. */
export const whoKeepsAgendas = viewerRule(
  { fr: 'l’accueil et les travailleurs sociaux', en: 'the desk and social workers' },
  inRole(['RECEPTIONIST', 'SOCIAL_WORKER'], 'appointments:write'),
);
/** The rule `person.looksUpPersons`, asked once of the viewer. */
export const whoLooksUp = viewerRule(
  { fr: 'l’accueil et les travailleurs sociaux', en: 'the desk and social workers' },
  person.looksUpPersons,
);
/** Receptionists, social workers and district heads with the scope `appointments:read`; the service judges the row. */
export const seesBusyTimes = viewerRule(
  { fr: 'les agents d’une circonscription', en: 'a district’s workers' },
  inRole(['RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD'], 'appointments:read'),
);
/** The worker who leaves the case and the worker who takes it. */
export const oneOfItsTwoWorkers = rowRule<{ readonly fromWorkerId: string; readonly toWorkerId: string }>(
  {
    fr: 'l’agent qui passe et celui qui reprend',
    en: 'the worker who hands over and the worker who takes over',
  },
  (viewer, row) => viewer.workerId !== null && [row.fromWorkerId, row.toWorkerId].includes(viewer.workerId),
);
/** The team of the row’s district, with the scope `cases:read`. */
export const itsDistrictTeam = rowRule<{ readonly districtId: string }>(
  { fr: 'l’équipe de la circonscription', en: 'the district’s team' },
  (viewer, row) => hasScope(viewer, 'cases:read') && isInTeam(viewer, row.districtId),
);
/** The rule `absence.seesAbsence`, asked of each absence. */
export const whoIsDeclaredAbsent = rowRule<{ readonly workerId: string; readonly districtId: string }>(
  {
    fr: 'l’agent déclaré absent, et le responsable de la circonscription',
    en: 'the worker declared absent, and the head of the district',
  },
  absence.seesAbsence,
);
/** The rule `case.allocates`, asked of the district of each row. */
export const whoAllocatesHere = rowRule<{ readonly districtId: string }>(
  { fr: 'le responsable de la circonscription', en: 'the head of the district' },
  (viewer, row) => allocates(viewer, row.districtId),
);
/** The worker who owns the row. */
export const itsHolder = rowRule<{ readonly workerId: string }>(
  { fr: 'l’agent concerné', en: 'the worker concerned' },
  (viewer, row) => viewer.workerId !== null && viewer.workerId === row.workerId,
);
/** Each worker, in any role. */
export const workers = viewerRule({ fr: 'les agents', en: 'workers' }, (viewer) => viewer.kind === 'WORKER');
