import type { ActKind } from '../../src/access/act/act.js';
import type { Sentence } from '../rules/rules.js';

/**
 * What an action is for others than its login: whose work it is, which measures of acts bound it, who is told, and how it lapses or is undone.
 * `ACTIONS.md` is made of it.
 */
export interface Effect {
  readonly work: Sentence;
  /** The kinds of acts that it may count as, if it is not the login's own work. */
  readonly measures: readonly ActKind[];
  /** What bounds it instead of a measure of acts; none unless given. */
  readonly bound?: Sentence;
  readonly told: Sentence;
  readonly lapses: Sentence;
}

const say = (fr: string, en: string): Sentence => ({ fr, en });

const BACK = say('repris dans l’heure (`takeBackActs`)', 'taken back within the hour (`takeBackActs`)');
const BY_HAND = say('corrigé par l’action contraire', 'corrected by the opposite action');
const NOBODY = say('personne : c’est leur propre travail', 'nobody: it is their own work');
const FOLLOWS = say(
  'celui qui suit la personne ; si nul ne la suit, l’agent de permanence (`changesOfDay`)',
  'the worker who follows the person; if nobody does, the worker on duty (`changesOfDay`)',
);

/** An act on others: bound by measures, and own work where the login follows the person or holds the appointment. */
const act = (
  measures: readonly ActKind[],
  told: Sentence,
  lapses: Sentence,
  work = say(
    'de l’accueil, sauf pour qui suit la personne ou tient le rendez-vous',
    'the desk’s, unless the login follows the person or holds the appointment',
  ),
): Effect => ({ work, measures, told, lapses });

const own = (work: Sentence, lapses: Sentence, told = NOBODY, bound?: Sentence): Effect => ({
  work,
  measures: [],
  told,
  lapses,
  ...(bound === undefined ? {} : { bound }),
});

/** Own work in a case. A worker on duty may do it for a person who has no worker. Then it is an act (`changesOfDay`). */
const ofDutyToo = (...entry: Parameters<typeof own>): Effect => ({
  ...own(...entry),
  measures: ['CHANGE_CONTACT'],
});

const OF_CASE = say(
  'du référent ou du suppléant, dans leur dossier',
  'the assigned worker’s or the stand-in’s, in their case',
);
const OF_HEAD = say('du responsable, dans sa circonscription', 'the head’s, in their district');
const OF_IT = say('de l’informatique du département', 'the county IT’s');
const OF_TEAM = say('de l’équipe et du conseiller technique', 'the team’s and the technical adviser’s');
const OF_PERSON = say('de la personne, pour elle-même', 'the person’s, for themselves');
const OF_HOLDER = say('de l’agent, chez lui', 'the worker’s own');
const OF_CLIENT = say(
  'de la personne ou de l’application qui a pris le rendez-vous',
  'of the person or the client that booked',
);
const OF_DUTY = say('de qui reçoit la personne', 'of the worker who receives the person');

const STAYS = say('ne s’efface pas', 'stays');
const SIGNERS = say('qui a signé le texte d’avant', 'who signed the text before');
const PUBLIC = say('tout le monde : c’est public', 'everyone: it is public');
const WORKERS_OF_CASE = say('les agents du dossier', 'the workers of the case');
const OFFICER = say(
  'les auteurs, les conseillers et le délégué',
  'the authors, the advisers and the officer',
);
const WATCHERS = say('ceux qui surveillent les suspensions', 'those who watch suspensions');
const RECEIVER = say(
  'l’agent ou la circonscription qui reçoit',
  'the worker or the district that receives it',
);
const SENDER = say('l’agent qui a demandé', 'the worker who asked');
const CANCELLED = say(
  'les agents du rendez-vous, ceux qui suivent la personne, et la personne par son contact sûr',
  'the workers of the appointment, those who follow the person, and the person by their safe contact',
);

/** Every action of the schema. `tests/act/every-action` compares it with the schema, and with what each action counts as. */
export const EFFECTS: Readonly<Record<string, Effect>> = {
  // ---- persons
  registerPerson: act(['REGISTER_PERSON'], say('personne', 'nobody'), STAYS),
  updatePerson: act(['CHANGE_IDENTITY', 'CHANGE_CONTACT', 'SET_OBJECTION'], FOLLOWS, BACK),
  setPersonAddress: act(['CHANGE_CONTACT'], FOLLOWS, BACK),
  suspendContact: act(['CHANGE_CONTACT'], FOLLOWS, BACK),
  setCommunication: act(['CHANGE_CONTACT'], FOLLOWS, BACK),
  giveNotice: act(['GIVE_NOTICE'], say('personne', 'nobody'), STAYS),
  setSafeContact: ofDutyToo(
    OF_CASE,
    say(
      'attend l’accord du référent, ou deux jours ouvrés',
      'waits for the assigned worker’s yes, or two working days',
    ),
    FOLLOWS,
  ),
  setSafeAddress: own(
    OF_CASE,
    say(
      'attend l’accord du premier dossier, ou deux jours ouvrés',
      'waits for the yes of the first case, or two working days',
    ),
    say('celui qui suit la personne', 'the worker who follows the person'),
  ),
  setAgreedWord: own(
    OF_CASE,
    say(
      'attend l’accord du référent, ou deux jours ouvrés',
      'waits for the assigned worker’s yes, or two working days',
    ),
    say('celui qui suit la personne', 'the worker who follows the person'),
  ),
  answerContactWord: own(
    say('de qui suit le premier dossier', 'of the worker of the first case'),
    BY_HAND,
    say('les autres agents qui suivent la personne', 'the other workers who follow the person'),
  ),
  setConfirmNothing: ofDutyToo(
    OF_CASE,
    BY_HAND,
    say('les autres agents qui suivent la personne', 'the other workers who follow the person'),
  ),
  openConfidentialAddress: own(
    OF_DUTY,
    say('ce jour', 'that day'),
    say('le référent du dossier', 'the assigned worker'),
    say(
      'trois dossiers par jour pour un suppléant, sauf danger',
      'three cases a day for a stand-in, unless there is danger',
    ),
  ),
  proposeSafeContact: own(
    OF_PERSON,
    say('une nouvelle proposition la remplace', 'a new proposal replaces it'),
    say('celui qui suit la personne', 'the worker who follows the person'),
  ),
  answerContactProposal: own(OF_CASE, BY_HAND),
  // ---- acts
  takeBackActs: own(
    say(
      'de son auteur, ou de qui est averti de la mesure',
      'of the author, or of whoever was told of the measure',
    ),
    say('deux jours', 'two days'),
    say('l’auteur, et ceux qui étaient avertis de l’acte', 'the author, and whoever was told of the act'),
    say('ce que la mesure a laissé faire', 'what the measure has let through'),
  ),
  // ---- cases
  openCase: own(OF_CASE, say('à l’attribution', 'with the assignment'), WORKERS_OF_CASE),
  assignCase: own(OF_HEAD, BY_HAND, WORKERS_OF_CASE),
  reassignCase: own(OF_HEAD, BY_HAND, WORKERS_OF_CASE),
  reassignCases: own(
    OF_HEAD,
    BY_HAND,
    WORKERS_OF_CASE,
    say('un agent à la fois, absent ou qui part', 'one worker at a time, away or leaving'),
  ),
  planReassignment: own(OF_HEAD, say('cinq jours au plus', 'five days at most'), WORKERS_OF_CASE),
  withdrawPlannedReassignment: own(OF_HEAD, BY_HAND, WORKERS_OF_CASE),
  closeCase: own(OF_CASE, BY_HAND),
  reopenCase: own(OF_CASE, BY_HAND, WORKERS_OF_CASE),
  recordNeed: own(OF_CASE, BY_HAND),
  endNeed: own(OF_CASE, BY_HAND),
  declareAbsence: own(
    OF_HEAD,
    say('à sa fin ; l’agent la contredit', 'at its end; the worker contradicts it'),
    say('l’agent', 'the worker'),
  ),
  changeAbsence: own(
    OF_HEAD,
    say('à sa fin ; l’agent la contredit', 'at its end; the worker contradicts it'),
    say('l’agent', 'the worker'),
  ),
  contradictAbsence: own(OF_HOLDER, STAYS, say('le responsable', 'the head')),
  openRelay: own(
    OF_HEAD,
    say('à sa fin', 'at its end'),
    say('l’absent et le suppléant', 'the absent worker and the stand-in'),
    say(
      'deux par jour pour des absences récentes ; un conseiller confirme la troisième',
      'two a day for young absences; an adviser confirms the third',
    ),
  ),
  confirmRelay: own(
    say('du conseiller technique', 'the technical adviser’s'),
    say('le jour même', 'on the same day'),
    say('l’absent et le suppléant', 'the absent worker and the stand-in'),
  ),
  endRelay: own(OF_HEAD, BY_HAND),
  // ---- notes, handovers, releases
  writeNote: own(OF_CASE, STAYS),
  amendNote: own(OF_CASE, STAYS),
  offerHandover: own(
    OF_CASE,
    say('tant qu’elle n’est pas acceptée', 'until it is accepted'),
    say('le collègue', 'the colleague'),
  ),
  acceptHandover: own(OF_CASE, STAYS),
  withdrawHandover: own(OF_CASE, STAYS),
  answerHandoverTask: own(OF_CASE, STAYS, SENDER),
  requestRelease: own(
    OF_CASE,
    say('180 jours, et dès que le dossier change de mains', '180 days, and once the case changes hands'),
    OFFICER,
  ),
  answerRelease: own(OF_HOLDER, STAYS, SENDER),
  recordReleaseTold: own(OF_CASE, STAYS),
  approveRelease: own(
    say('du conseiller technique', 'the technical adviser’s'),
    say('selon la levée ; 72 heures pour un danger', 'as the release says; 72 hours for a danger'),
    OFFICER,
  ),
  refuseRelease: own(say('du conseiller technique', 'the technical adviser’s'), STAYS, SENDER),
  agreeToRelease: own(say('du délégué', 'the officer’s'), STAYS),
  closeRelease: own(say('du délégué', 'the officer’s'), STAYS, SENDER),
  reviewRelease: own(
    say('d’un autre conseiller, et du délégué', 'of another adviser, and of the officer’s'),
    STAYS,
  ),
  // ---- appointments
  bookAppointment: act(
    ['BOOK_APPOINTMENT'],
    say('l’agent, dans son agenda', 'the worker, in the agenda'),
    BY_HAND,
  ),
  moveAppointment: act(
    ['MOVE_APPOINTMENT', 'MOVE_IN_TIME_OFF'],
    say(
      'l’agent, dans son agenda ; la personne par son contact sûr',
      'the worker, in the agenda; the person by their safe contact',
    ),
    BACK,
  ),
  cancelAppointment: act(['CANCEL_APPOINTMENT', 'CANCEL_IN_TIME_OFF'], CANCELLED, BACK),
  clearUnavailability: act(['CANCEL_IN_TIME_OFF', 'MOVE_IN_TIME_OFF'], CANCELLED, BACK),
  cancelBookingsOfClient: act(
    ['CANCEL_BOOKINGS_OF_CLIENT'],
    say('le responsable, à chaque fois ; les personnes', 'the head, each time; the persons'),
    BACK,
    say('de l’accueil et du responsable', 'the desk’s and the head’s'),
  ),
  recordOutcome: act(
    ['RECORD_OUTCOME', 'CANCEL_APPOINTMENT'],
    say('l’agent, dans son agenda', 'the worker, in the agenda'),
    BY_HAND,
  ),
  confirmAppointment: act(
    ['CONFIRM_APPOINTMENT'],
    FOLLOWS,
    say('30 jours après le rendez-vous', '30 days after the appointment'),
  ),
  openCollectiveAppointment: act(
    ['BOOK_APPOINTMENT'],
    say('l’agent, dans son agenda', 'the worker, in the agenda'),
    BY_HAND,
  ),
  joinCollectiveAppointment: act(
    ['BOOK_APPOINTMENT'],
    say('l’agent, dans son agenda', 'the worker, in the agenda'),
    BY_HAND,
  ),
  leaveCollectiveAppointment: act(['CANCEL_APPOINTMENT'], CANCELLED, BY_HAND),
  recordAttendance: act(
    ['RECORD_OUTCOME'],
    say('l’agent, dans son agenda', 'the worker, in the agenda'),
    BY_HAND,
  ),
  recordNotice: act(['RECORD_TOLD'], say('personne', 'nobody'), STAYS),
  expectReturn: own(OF_HOLDER, BY_HAND),
  recordReturn: own(OF_HOLDER, BY_HAND),
  setParticipants: own(OF_HOLDER, BY_HAND),
  bookOnline: own(
    OF_CLIENT,
    say('annulé par son secret ou un lien', 'cancelled by its secret or a link'),
    say('l’agent, dans son agenda', 'the worker, in the agenda'),
    say(
      'trois à venir par adresse, la moitié d’un jour et 600 par heure pour une application',
      'three ahead for an address, half of a day and 600 an hour for a client',
    ),
  ),
  moveOnline: own(OF_CLIENT, BY_HAND),
  cancelOnline: own(OF_CLIENT, STAYS),
  cancelByLink: own(
    OF_PERSON,
    STAYS,
    say('les agents du rendez-vous', 'the workers of the appointment'),
    say('une fois', 'once'),
  ),
  restoreByLink: own(OF_PERSON, STAYS, say('les agents du rendez-vous', 'the workers of the appointment')),
  // ---- reception
  recordVisit: act(
    ['RECORD_VISIT'],
    say('l’agent qui reçoit', 'the worker who is to receive the person'),
    say('le soir', 'that evening'),
  ),
  directVisit: act(
    ['CHANGE_VISIT'],
    say('l’agent qui reçoit', 'the worker who is to receive the person'),
    BY_HAND,
  ),
  takeIn: act(['CHANGE_VISIT'], say('le tableau', 'the board'), BY_HAND),
  closeVisit: act(['CHANGE_VISIT'], say('le tableau', 'the board'), STAYS),
  callDutyWorker: act(
    ['RECORD_VISIT'],
    say('l’agent de permanence', 'the duty worker'),
    say('30 jours', '30 days'),
  ),
  noteTelephoneCancellation: act(
    ['CALL_OFF_BY_TELEPHONE'],
    CANCELLED,
    say(
      'deux heures ouvrées, puis l’heure est libre si nul ne répond',
      'two office hours, then the time is free if nobody answers',
    ),
  ),
  restoreAppointment: own(
    OF_HOLDER,
    STAYS,
    say('les agents du rendez-vous', 'the workers of the appointment'),
  ),
  sendTimesAgain: own(
    say('de l’accueil', 'the desk’s'),
    STAYS,
    say('la personne, par son contact sûr', 'the person, by their safe contact'),
    say('compte comme une recherche', 'counts as a look-up'),
  ),
  sendMessage: own(say('de l’accueil et des agents', 'the desk’s and the workers’'), STAYS, RECEIVER),
  sendBlindMessage: own(OF_DUTY, STAYS, RECEIVER),
  closeMessage: own(OF_HOLDER, BY_HAND),
  recordEncounter: own(OF_DUTY, say('30 jours', '30 days')),
  writeEncounter: own(OF_DUTY, say('30 jours', '30 days')),
  passOnEncounter: own(OF_DUTY, STAYS, say('le référent', 'the assigned worker')),
  deleteEncounter: own(OF_DUTY, STAYS),
  // ---- waiting list
  requestAppointment: act(['REQUEST_APPOINTMENT'], say('la liste', 'the list'), BY_HAND),
  changeRequest: act(['CHANGE_REQUEST'], FOLLOWS, BACK),
  nameRequest: act(['CHANGE_REQUEST'], FOLLOWS, BACK),
  withdrawRequest: act(
    ['WITHDRAW_REQUEST'],
    say(
      'celui qui suit la personne, ou l’agent de permanence ; la personne par son contact sûr',
      'the worker who follows the person, or the worker on duty; the person by their safe contact',
    ),
    BACK,
  ),
  recordPresence: act(['RECORD_PRESENCE'], say('la liste', 'the list'), say('le soir', 'that evening')),
  setUrgency: own(
    say(
      'de l’agent de permanence, du référent et du suppléant',
      'of the duty worker, the assigned worker and the stand-in',
    ),
    BY_HAND,
  ),
  recordOffer: act(['RECORD_TOLD'], say('personne', 'nobody'), STAYS),
  answerOffer: act(
    ['ANSWER_OFFER', 'MOVE_APPOINTMENT', 'MOVE_IN_TIME_OFF'],
    say(
      'l’agent, dans son agenda ; la personne par son contact sûr, d’un déplacement',
      'the worker, in the agenda; the person by their safe contact, of a move',
    ),
    BY_HAND,
  ),
  // ---- agendas
  openAvailability: act(['CHANGE_HOURS'], say('l’agent de l’agenda', 'the worker of the agenda'), BACK),
  endAvailability: act(['CHANGE_HOURS'], say('l’agent de l’agenda', 'the worker of the agenda'), BY_HAND),
  closeAvailabilityOn: act(['CHANGE_HOURS'], say('l’agent de l’agenda', 'the worker of the agenda'), BY_HAND),
  declareUnavailability: act(
    ['DECLARE_TIME_OFF'],
    say('l’agent de l’agenda', 'the worker of the agenda'),
    BACK,
  ),
  endUnavailability: act(
    ['DECLARE_TIME_OFF'],
    say('l’agent de l’agenda', 'the worker of the agenda'),
    BY_HAND,
  ),
  importCalendar: own(OF_HOLDER, BY_HAND),
  removeOutsideCalendar: own(OF_HOLDER, BY_HAND),
  openCalendarFeed: own(OF_HOLDER, BY_HAND),
  revokeCalendarFeed: own(OF_HOLDER, STAYS),
  proposeOption: own(OF_TEAM, say('à la fin du vote', 'at the end of the vote'), say('l’équipe', 'the team')),
  voteOnOption: own(OF_TEAM, say('à la fin du vote', 'at the end of the vote')),
  // ---- orientation
  sendReferral: own(OF_CASE, BY_HAND, RECEIVER),
  allocateReferral: own(OF_HEAD, BY_HAND, RECEIVER),
  answerReferral: own(OF_HOLDER, STAYS, SENDER),
  withdrawReferral: own(OF_CASE, STAYS),
  showReferral: own(OF_CASE, BY_HAND, say('la personne, en ligne', 'the person, online')),
  recordIncomingRequest: own(
    say('de l’accueil et des agents', 'the desk’s and the workers’'),
    STAYS,
    RECEIVER,
  ),
  allocateIncomingRequest: own(OF_HEAD, BY_HAND, RECEIVER),
  answerIncomingRequest: own(OF_HOLDER, STAYS),
  declineIncomingRequest: own(OF_HOLDER, STAYS),
  markChildProtection: own(OF_HOLDER, BY_HAND),
  deferInformation: own(OF_HOLDER, say('à sa date', 'on its day')),
  recordInformation: own(OF_HOLDER, STAYS),
  deferNotice: own(OF_CASE, say('à sa date', 'on its day')),
  // ---- the county
  disableWorker: own(
    OF_IT,
    say('confirmée en second, ou levée', 'confirmed by a second person, or lifted'),
    WATCHERS,
  ),
  endMembership: own(
    OF_IT,
    say('contredit par l’agent', 'contradicted by the worker'),
    say('l’agent', 'the worker'),
  ),
  confirmDeparture: own(
    OF_IT,
    say('contredit par l’agent', 'contradicted by the worker'),
    say('les responsables et le délégué', 'the heads and the officer'),
  ),
  contradictDeparture: own(
    OF_HOLDER,
    STAYS,
    say('les responsables et le délégué', 'the heads and the officer'),
  ),
  confirmSuspension: own(OF_IT, say('levée', 'lifted'), WATCHERS),
  liftSuspension: own(OF_IT, STAYS, WATCHERS),
  disableClient: own(
    OF_IT,
    say('confirmée en second, ou levée', 'confirmed by a second person, or lifted'),
    WATCHERS,
  ),
  withdrawScope: own(
    OF_IT,
    say('confirmée en second, ou levée', 'confirmed by a second person, or lifted'),
    WATCHERS,
  ),
  draftPrivacyNotice: own(OF_IT, say('publiée, ou récrite', 'published, or written anew')),
  rewritePrivacyNotice: own(OF_IT, say('publiée, ou récrite', 'published, or written anew')),
  adviseOnPrivacyNotice: own(say('du délégué', 'the officer’s'), STAYS),
  publishPrivacyNotice: own(OF_IT, say('remplacée par la suivante', 'replaced by the next one'), PUBLIC),
  // ---- statistics
  proposeIndicator: own(
    OF_TEAM,
    say('adopté ou refusé', 'adopted or refused'),
    PUBLIC,
    say('cinq ouverts par équipe', 'five open ones of a team'),
  ),
  openConsultation: own(OF_TEAM, say('adopté ou refusé', 'adopted or refused'), PUBLIC),
  stateOpinion: own(OF_TEAM, say('remplacé par un autre avis', 'replaced by another opinion'), PUBLIC),
  adoptIndicator: own(OF_TEAM, say('retiré', 'retired'), PUBLIC),
  refuseIndicator: own(OF_TEAM, STAYS, PUBLIC),
  retireIndicator: own(OF_TEAM, STAYS, PUBLIC),
  addObservation: own(OF_TEAM, STAYS, say('l’équipe', 'the team')),
  confirmWords: own(OF_TEAM, say('retiré', 'withdrawn'), PUBLIC),
  withdrawWords: own(OF_TEAM, STAYS, say('l’équipe', 'the team')),
  writeNarrative: own(OF_TEAM, say('à la publication', 'with the publication'), SIGNERS),
  declineNarrative: own(OF_TEAM, say('à la publication', 'with the publication'), SIGNERS),
  signNarrative: own(OF_TEAM, say('si un autre texte est signé', 'if another text is signed'), SIGNERS),
  publishActivityReport: own(OF_TEAM, STAYS, PUBLIC),
  proposeErratum: own(OF_TEAM, say('retiré, ou signé', 'withdrawn, or signed')),
  signErratum: own(OF_TEAM, STAYS, PUBLIC),
  withdrawErratum: own(OF_TEAM, STAYS),
  simulateWait: own(
    OF_TEAM,
    say('un trimestre', 'a quarter of a year'),
    NOBODY,
    say('dix par jour', 'ten a day'),
  ),
};
