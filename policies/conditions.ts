import type { Sentence } from './rules/rules.js';

const OWN_OR_DESK: Sentence = {
  fr: 'un travailleur social son propre agenda ; l’accueil, ceux de sa circonscription',
  en: 'a social worker their own agenda; the desk, those of its district',
};

const WHO_WORKS_WITH_IT: Sentence = {
  fr: 'l’accueil de la circonscription, les agents qui y participent et celui qui suit le dossier',
  en: 'the district’s desk, who takes part and who follows the case',
};

const WHO_HOLDS_IT: Sentence = {
  fr: 'l’accueil de la circonscription, et les agents qui y participent',
  en: 'the district’s desk, and the workers who take part',
};

const WHO_ANSWERS: Sentence = {
  fr: 'l’accueil de la circonscription, l’agent de permanence, celui qui suit le dossier ; la personne, pour les siennes montrées en ligne',
  en: 'the district’s desk, the worker on duty, who follows the case; the person, their own that are shown',
};

const WHO_WAITS: Sentence = {
  fr: 'celles de leur circonscription pour l’accueil et le responsable, celles dont ils sont de permanence ou suivent le dossier, celles montrées à la personne',
  en: 'those of their district to the desk and the head, those on which they are on duty or whose case they follow, those shown to the person',
};

const OFFERED: Sentence = {
  fr: 'aux personnes dont ils voient la demande, hors le responsable',
  en: 'to those whose request they see, the head left out',
};

const WHO_RECEIVES: Sentence = {
  fr: 'l’accueil de la circonscription ; l’agent qui reçoit, s’il est travailleur social',
  en: 'the district’s desk; whoever is to receive them, if a social worker',
};

const WHO_CAME: Sentence = {
  fr: 'ceux de leur circonscription pour l’accueil et le responsable ; les autres agents, ceux qu’ils reçoivent',
  en: 'those of their district to the desk and the head; to others, those whom they receive',
};

const WHO_HELD_IT: Sentence = {
  fr: 'celui qui l’a tenu, tant qu’il n’est pas transmis',
  en: 'who held it, until it is passed on',
};

const ITS_RECEIVER: Sentence = {
  fr: 'celui qui l’a reçue ; le responsable, tant que personne ne l’a ; celui qui suit le dossier, pour une structure',
  en: 'who received it; the head, as long as nobody has it; who follows the case, for an organisation',
};

const ITS_SENDER: Sentence = {
  fr: 'le référent du dossier et son suppléant',
  en: 'the assigned worker and the stand-in',
};

const THEIRS_OR_NOBODYS: Sentence = {
  fr: 'celles qui leur sont attribuées ; le responsable, celles qui ne le sont à personne',
  en: 'those allocated to them; the head, those allocated to nobody',
};

const WHO_NOTES_NEEDS: Sentence = {
  fr: 'le référent du dossier et son suppléant ; qui l’a ouvert, jusqu’à la première attribution',
  en: 'the assigned worker and the stand-in; who opened it, until it is first assigned',
};

const ITS_BOOKER: Sentence = {
  fr: 'ceux qui sont montrés à la personne ; ceux que l’application a pris, par leur secret',
  en: 'those shown to the person; those that the client booked, by their secret',
};

const AWAY: Sentence = {
  fr: 'dans sa circonscription, les dossiers d’un seul agent, absent sans le contester ou qui part ; jamais à lui-même',
  en: 'in their district, cases of one worker who is away and does not contest it, or leaves; never to themselves',
};

const ONE_CASE: Sentence = {
  fr: 'les dossiers de leur circonscription, un à la fois, ou montrés à la personne',
  en: 'cases of their district, one at a time, or shown to the person',
};

/**
 * What a service asks of the row, where the rule of the field can only know the role: root fields and actions have no
 * row when they are judged. In words, beside the rule; the conditions themselves stand in src/access.
 */
export const CONDITIONS: Readonly<Record<string, Sentence>> = {
  'Query.case': ONE_CASE,
  'Query.caseByReference': ONE_CASE,
  'Query.casesOfPerson': {
    fr: 'ceux de leur circonscription, d’une personne à la fois',
    en: 'those of their district, of one person at a time',
  },
  'Query.cases': {
    fr: 'les leurs et ceux qu’ils suppléent ; le responsable, ceux sans travailleur social et, un agent à la fois, ceux d’un absent qui ne le conteste pas ; ceux montrés à la personne',
    en: 'their own and those in which they stand in; to the head those without a worker and, one worker at a time, those of who is absent and does not contest it; those shown to the person',
  },
  'Query.appointment': {
    fr: 'ceux de leur accueil, ceux auxquels ils participent ou dont ils suivent le dossier, ceux montrés à la personne',
    en: 'those of their desk, those in which they take part or whose case they follow, those shown to the person',
  },
  'Query.appointments': {
    fr: 'ceux de leur accueil, ceux auxquels ils participent ou dont ils suivent le dossier, ceux montrés à la personne',
    en: 'those of their desk, those in which they take part or whose case they follow, those shown to the person',
  },
  'Query.onlineBooking': {
    fr: 'ceux qu’elles ont pris, par leur secret',
    en: 'those that they booked, by their secret',
  },
  'Query.calendarFeeds': { fr: 'les leurs', en: 'their own' },
  'Query.outsideCalendars': { fr: 'les leurs', en: 'their own' },
  'Query.collectiveAppointments': WHO_HOLDS_IT,
  'Query.collectiveAppointment': WHO_HOLDS_IT,
  'Query.visits': WHO_CAME,
  'Query.visit': WHO_CAME,
  'Subscription.visitChanges': WHO_CAME,
  'Query.messages': { fr: 'ceux qui leur sont adressés', en: 'those addressed to them' },
  'Mutation.recordVisit': WHO_RECEIVES,
  'Mutation.directVisit': { fr: 'de sa circonscription', en: 'of its district' },
  'Mutation.takeIn': WHO_RECEIVES,
  'Mutation.closeVisit': WHO_RECEIVES,
  'Mutation.sendMessage': { fr: 'dans leur circonscription', en: 'in their district' },
  'Mutation.closeMessage': { fr: 'ceux qui leur sont adressés', en: 'those addressed to them' },
  'Query.encounters': {
    fr: 'ceux qu’ils ont tenus, et ceux qui leur sont transmis',
    en: 'those that they held, and those passed on to them',
  },
  'Query.encounter': {
    fr: 'ceux qu’ils ont tenus, et ceux qui leur sont transmis',
    en: 'those that they held, and those passed on to them',
  },
  'Mutation.recordEncounter': { fr: 'dans leur circonscription', en: 'in their district' },
  'Mutation.writeEncounter': WHO_HELD_IT,
  'Mutation.passOnEncounter': WHO_HELD_IT,
  'Mutation.deleteEncounter': WHO_HELD_IT,
  'Query.waitingList': WHO_WAITS,
  'Query.appointmentRequest': WHO_WAITS,
  'Query.appointmentRequestByReference': OFFERED,
  'Query.slotOffer': OFFERED,
  'Query.offersToGive': OFFERED,
  'Mutation.requestAppointment': {
    fr: 'dans leur circonscription ; la personne pour elle-même, un type ouvert au public',
    en: 'in their district; the person for themselves, of a type open to the public',
  },
  'Mutation.changeRequest': WHO_ANSWERS,
  'Mutation.nameRequest': {
    fr: 'l’accueil de la circonscription et l’agent de permanence, pour qui ils peuvent prendre rendez-vous',
    en: 'the district’s desk and the worker on duty, for someone whom they may book',
  },
  'Mutation.withdrawRequest': WHO_ANSWERS,
  'Mutation.answerOffer': WHO_ANSWERS,
  'Mutation.recordOffer': {
    fr: 'l’accueil de la circonscription, l’agent de permanence et celui qui suit le dossier',
    en: 'the district’s desk, the worker on duty and who follows the case',
  },
  'Mutation.recordPresence': { fr: 'de sa circonscription', en: 'of its district' },
  'Mutation.setUrgency': {
    fr: 'l’agent de permanence, le référent du dossier et son suppléant',
    en: 'the worker on duty, the assigned worker of the case and the stand-in',
  },
  'Query.noticesToGive': {
    fr: 'dans leur circonscription, des rendez-vous qu’ils voient',
    en: 'in their district, of the appointments that they see',
  },
  'Query.dayList': {
    fr: 'l’accueil, de sa circonscription ; un travailleur social, ses propres rendez-vous',
    en: 'the desk, of its district; a social worker, their own appointments',
  },
  'Query.timesOfPresent': {
    fr: 'de la personne qui est à leur accueil ce jour, et n’en est pas repartie',
    en: 'of who is at their counter today, and has not gone',
  },
  'Mutation.sendBlindMessage': {
    fr: 'les travailleurs sociaux qui reçoivent ce jour, le conseiller technique',
    en: 'social workers who receive today, the technical adviser',
  },
  'Mutation.sendTimesAgain': { fr: 'dans leur circonscription', en: 'in their district' },
  'Query.appointmentsWithoutContact': { fr: 'ceux de sa circonscription', en: 'those of its district' },
  'Query.homeVisitsOut': {
    fr: 'dans leur circonscription, les rendez-vous qu’ils voient',
    en: 'in their district, the appointments that they see',
  },
  'Query.homeVisitsNotBack': {
    fr: 'dans sa circonscription, trente minutes après la fin ; le travailleur social, s’il est de permanence ce jour',
    en: 'in their district, thirty minutes after its end; a social worker, if on duty that day',
  },
  'Query.busyTimes': { fr: 'dans leur circonscription', en: 'in their district' },
  'Query.availabilities': {
    fr: 'les leurs, celles de l’agent qu’ils suppléent ; l’accueil, celles de sa circonscription',
    en: 'their own, those of whom they stand in for; the desk, those of its district',
  },
  'Query.unavailabilities': {
    fr: 'les leurs, celles de l’agent qu’ils suppléent ; l’accueil, celles de sa circonscription',
    en: 'their own, those of whom they stand in for; the desk, those of its district',
  },
  'Query.slots': {
    fr: 'avec les agents libres pour l’équipe de la circonscription ; pour tous, les seuls types ouverts au public',
    en: 'with who is free, to the district’s team; to everyone, types open to the public alone',
  },
  'Query.referral': {
    fr: 'celles de leurs dossiers, celles qu’ils reçoivent ; au responsable, celles que reçoit sa circonscription ; celles montrées à la personne',
    en: 'those of their cases, those that they receive; to the head, those that the district receives; those shown to the person',
  },
  'Query.receivedReferrals': {
    fr: 'celles de sa circonscription pour le responsable ; les autres agents, celles qu’ils reçoivent',
    en: 'those of the district to its head; to others, those that they receive',
  },
  'Mutation.sendReferral': ITS_SENDER,
  'Mutation.allocateReferral': {
    fr: 'celles que reçoit sa circonscription, jamais à lui-même',
    en: 'those that the district receives, never to themselves',
  },
  'Mutation.answerReferral': ITS_RECEIVER,
  'Mutation.withdrawReferral': ITS_SENDER,
  'Mutation.showReferral': ITS_SENDER,
  'Query.incomingRequest': {
    fr: 'celles qui leur sont attribuées ; au responsable, celles de sa circonscription',
    en: 'those allocated to them; to the head, those of the district',
  },
  'Query.incomingRequests': {
    fr: 'celles qui leur sont attribuées ; au responsable, celles de sa circonscription',
    en: 'those allocated to them; to the head, those of the district',
  },
  'Mutation.recordIncomingRequest': { fr: 'dans leur circonscription', en: 'in their district' },
  'Mutation.allocateIncomingRequest': {
    fr: 'dans sa circonscription, jamais à lui-même',
    en: 'in their district, never to themselves',
  },
  'Mutation.answerIncomingRequest': { fr: 'celles qui leur sont attribuées', en: 'those allocated to them' },
  'Mutation.declineIncomingRequest': THEIRS_OR_NOBODYS,
  'Mutation.markChildProtection': THEIRS_OR_NOBODYS,
  'Query.personsToInform': {
    fr: 'celles de leurs dossiers et de ceux qu’ils suppléent',
    en: 'those of their cases and of those in which they stand in',
  },
  'Mutation.deferNotice': { fr: 'le référent du dossier', en: 'the one to whom the case is assigned' },
  'Mutation.deferInformation': { fr: 'celles qui leur sont attribuées', en: 'those allocated to them' },
  'Mutation.recordInformation': { fr: 'celles qui leur sont attribuées', en: 'those allocated to them' },
  'Mutation.proposeIndicator': {
    fr: 'pour leur équipe ; le conseiller technique, pour le département',
    en: 'for their team; the technical adviser, for the county',
  },
  'Mutation.stateOpinion': { fr: 'dans leur équipe, en leur nom', en: 'in their team, in their own name' },
  'Mutation.addObservation': { fr: 'dans leur équipe, en leur nom', en: 'in their team, in their own name' },
  'Mutation.writeNarrative': {
    fr: 'pour leur équipe, ou le département',
    en: 'for their team, or the county',
  },
  'Mutation.declineNarrative': {
    fr: 'pour leur équipe, ou le département',
    en: 'for their team, or the county',
  },
  'Mutation.signNarrative': {
    fr: 'dans leur équipe, ou pour le département, en leur nom',
    en: 'in their team, or for the county, in their own name',
  },
  'Query.activityReports': { fr: 'publiés', en: 'published' },
  'Query.activityReport': {
    fr: 'publié ; en projet, à ceux qui travaillent avec les statistiques',
    en: 'published; a draft, to those who work with statistics',
  },
  'Query.casesToCome': { fr: 'ceux qui viennent à eux', en: 'those that come to them' },
  'Query.previewReassignments': AWAY,
  'Query.relays': { fr: 'dans leur circonscription', en: 'in their district' },
  'Query.personLookUp': {
    fr: 'dans leur circonscription, avec le nom complet et une chose que dit la personne',
    en: 'in their district, with the full name and one thing that the person says',
  },
  'Query.myReleases': { fr: 'celles qu’ils ont demandées', en: 'those that they asked for' },
  'Query.releasesToAnswer': { fr: 'celles de leurs anciens dossiers', en: 'those of cases that were theirs' },
  'Query.releasesOfFormerCases': {
    fr: 'celles de leurs anciens dossiers',
    en: 'those of cases that were theirs',
  },
  'Query.releasesToReview': {
    fr: 'ouvertures pour danger ; au conseiller, celles d’une autre circonscription qu’il n’a pas accordées',
    en: 'openings in danger; to an adviser those of another district that they did not approve',
  },
  'Query.handoverTasks': { fr: 'celles de leurs anciens dossiers', en: 'those of cases that were theirs' },
  'Query.refusedHandovers': { fr: 'de leurs dossiers', en: 'of their cases' },
  'Query.pendingHandovers': { fr: 'celles qui leur sont proposées', en: 'those offered to them' },
  'Query.notifications': { fr: 'les leurs', en: 'their own' },
  'Mutation.registerPerson': { fr: 'dans leur circonscription', en: 'in their district' },
  'Mutation.updatePerson': {
    fr: 'l’accueil de la circonscription et l’agent qui suit le dossier',
    en: 'the district’s desk and who follows the case',
  },
  'Mutation.setConfirmNothing': {
    fr: 'l’agent qui suit le dossier ; la personne, le sien, sans revenir dessus en ligne',
    en: 'who follows the case; the person, their own, without taking it back online',
  },
  'Mutation.proposeSafeContact': { fr: 'la personne, le sien', en: 'the person, their own' },
  'Mutation.answerContactProposal': { fr: 'l’agent qui suit le dossier', en: 'who follows the case' },
  'Mutation.setAgreedWord': {
    fr: 'l’agent qui suit le dossier ; la personne retire le sien',
    en: 'who follows the case; the person takes their own away',
  },
  'Mutation.callDutyWorker': { fr: 'l’accueil de la circonscription', en: 'the district’s desk' },
  'Mutation.suspendContact': {
    fr: 'l’accueil de la circonscription, l’agent qui suit le dossier, celui qui reçoit la personne ; la personne, le sien',
    en: 'the district’s desk, who follows the case, who receives the person; the person, their own',
  },
  'Mutation.setSafeContact': {
    fr: 'l’agent qui suit le dossier ; de permanence, celui à qui l’accueil a adressé la personne ce jour, présente et seule',
    en: 'who follows the case; on duty, to whom the desk has sent the person that day, present and alone',
  },
  'Mutation.setCommunication': {
    fr: 'l’accueil de la circonscription, l’agent qui suit le dossier, celui qui reçoit la personne ; la personne, les siens',
    en: 'the district’s desk, who follows the case, who receives the person; the person, their own',
  },
  'Mutation.setSafeAddress': { fr: 'l’agent qui suit le dossier', en: 'who follows the case' },
  'Mutation.openConfidentialAddress': {
    fr: 'à qui l’accueil a adressé la personne ce jour, si personne n’est attributaire du dossier',
    en: 'to whom the desk has sent the person that day, where nobody is assigned to the case',
  },
  'Mutation.setPersonAddress': {
    fr: 'l’accueil de la circonscription et l’agent qui suit le dossier',
    en: 'the district’s desk and who follows the case',
  },
  'Mutation.giveNotice': {
    fr: 'l’accueil de la circonscription, l’agent qui suit le dossier, celui qui reçoit la personne ce jour',
    en: 'the district’s desk, who follows the case, who receives the person that day',
  },
  'Mutation.openCase': { fr: 'dans leur circonscription', en: 'in their district' },
  'Mutation.assignCase': {
    fr: 'dans sa circonscription, jamais à lui-même',
    en: 'in their district, never to themselves',
  },
  'Mutation.reassignCase': {
    fr: 'dans sa circonscription, jamais à lui-même',
    en: 'in their district, never to themselves',
  },
  'Mutation.reassignCases': AWAY,
  'Mutation.planReassignment': {
    fr: 'dans sa circonscription, jamais à lui-même, cinq jours à l’avance au plus',
    en: 'in their district, never to themselves, five days ahead at most',
  },
  'Mutation.withdrawPlannedReassignment': {
    fr: 'dans sa circonscription, tant qu’elle n’a pas pris effet',
    en: 'in their district, until it takes effect',
  },
  'Mutation.closeCase': { fr: 'le référent du dossier', en: 'the one to whom the case is assigned' },
  'Mutation.reopenCase': {
    fr: 'le référent du dossier ; le responsable, si personne n’en est référent ou si le référent est parti',
    en: 'the one to whom the case is assigned; the head, if nobody is or who was has left',
  },
  'Mutation.recordNeed': WHO_NOTES_NEEDS,
  'Mutation.endNeed': WHO_NOTES_NEEDS,
  'Mutation.declareAbsence': { fr: 'dans sa circonscription', en: 'in their district' },
  'Mutation.changeAbsence': { fr: 'dans sa circonscription', en: 'in their district' },
  'Mutation.contradictAbsence': { fr: 'la sienne', en: 'their own' },
  'Query.absences': { fr: 'dans sa circonscription', en: 'in their district' },
  'Query.myAbsences': { fr: 'les siennes', en: 'their own' },
  'Mutation.openRelay': {
    fr: 'dans sa circonscription, pour une absence déclarée',
    en: 'in their district, for a declared absence',
  },
  'Mutation.endRelay': { fr: 'dans sa circonscription', en: 'in their district' },
  'Mutation.writeNote': { fr: 'le référent du dossier', en: 'the one to whom the case is assigned' },
  'Mutation.amendNote': {
    fr: 'l’auteur, tant que le dossier lui est attribué',
    en: 'the author, while the case is assigned to them',
  },
  'Mutation.offerHandover': {
    fr: 'le référent du dossier, pour un compte rendu qu’il peut lire',
    en: 'the one to whom the case is assigned, of a note that they read',
  },
  'Mutation.acceptHandover': {
    fr: 'celui à qui elle est proposée, une fois le dossier à lui',
    en: 'the one to whom it is offered, once the case is theirs',
  },
  'Mutation.withdrawHandover': {
    fr: 'celui qui l’a proposée, tant qu’elle n’est pas acceptée',
    en: 'who offered it, until it is accepted',
  },
  'Mutation.answerHandoverTask': {
    fr: 'celui qui suivait le dossier, tant qu’il ne change pas encore de mains',
    en: 'who had the case, until it changes hands again',
  },
  'Mutation.requestRelease': { fr: 'le référent du dossier', en: 'the one to whom the case is assigned' },
  'Mutation.answerRelease': {
    fr: 'ceux qui suivaient le dossier avant, une levée qui attend',
    en: 'who held the case before, of a release that waits',
  },
  'Mutation.recordReleaseTold': {
    fr: 'l’agent qui a demandé la levée, après un refus de transmettre',
    en: 'who asked for the release, after a no',
  },
  'Mutation.approveRelease': {
    fr: 'une levée dont le délai est passé ; après un refus, un conseiller d’une autre circonscription ; pour danger, jamais qui a attribué le dossier',
    en: 'a release whose wait is over; after a no, an adviser of another district; in danger, never who assigned the case',
  },
  'Mutation.refuseRelease': {
    fr: 'une levée qui attend ; après un refus, un conseiller d’une autre circonscription',
    en: 'a release that waits; after a no, an adviser of another district',
  },
  'Mutation.reviewRelease': {
    fr: 'une ouverture pour danger : un conseiller d’une autre circonscription qui ne l’a pas accordée, et le délégué',
    en: 'an opening in danger: an adviser of another district who did not approve it, and the officer',
  },
  'Mutation.bookAppointment': {
    fr: 'l’accueil de la circonscription ; un travailleur social dans son propre agenda, ou celui qu’il supplée',
    en: 'the district’s desk; a social worker in their own agenda, or the one they stand in for',
  },
  'Mutation.moveAppointment': WHO_WORKS_WITH_IT,
  'Mutation.openCalendarFeed': { fr: 'de leurs propres rendez-vous', en: 'of their own appointments' },
  'Mutation.revokeCalendarFeed': { fr: 'les leurs', en: 'their own' },
  'Mutation.bookOnline': {
    fr: 'la personne pour elle-même ; un créneau public',
    en: 'the person for themselves; a public slot',
  },
  'Mutation.moveOnline': ITS_BOOKER,
  'Mutation.cancelOnline': ITS_BOOKER,
  'Mutation.openAvailability': OWN_OR_DESK,
  'Mutation.endAvailability': OWN_OR_DESK,
  'Mutation.closeAvailabilityOn': OWN_OR_DESK,
  'Mutation.declareUnavailability': OWN_OR_DESK,
  'Mutation.endUnavailability': OWN_OR_DESK,
  'Mutation.clearUnavailability': OWN_OR_DESK,
  'Mutation.importCalendar': { fr: 'dans leur propre agenda', en: 'into their own agenda' },
  'Mutation.removeOutsideCalendar': { fr: 'les leurs', en: 'their own' },
  'Mutation.cancelAppointment': WHO_WORKS_WITH_IT,
  'Mutation.recordOutcome': WHO_WORKS_WITH_IT,
  'Mutation.openCollectiveAppointment': {
    fr: 'l’accueil de la circonscription, et l’agent qui l’anime',
    en: 'the district’s desk, and the worker who holds it',
  },
  'Mutation.joinCollectiveAppointment': WHO_HOLDS_IT,
  'Mutation.leaveCollectiveAppointment': WHO_HOLDS_IT,
  'Mutation.recordAttendance': WHO_HOLDS_IT,
  'Mutation.expectReturn': WHO_WORKS_WITH_IT,
  'Mutation.recordReturn': WHO_WORKS_WITH_IT,
  'Mutation.confirmAppointment': {
    fr: 'l’accueil de la circonscription, celui qui suit le dossier',
    en: 'the district’s desk, who follows the case',
  },
  'Mutation.setParticipants': WHO_WORKS_WITH_IT,
  'Mutation.recordNotice': WHO_WORKS_WITH_IT,
};

/** What it takes to come to a row of the type at all, where its fields are open to whoever has one. */
const WAYS: Readonly<Record<string, Sentence>> = {
  Slot: { fr: 'qui peut demander ces temps', en: 'who may ask for these times' },
  CaseMove: { fr: 'en réponse au responsable qui le demande', en: 'in the answer to the head who asks' },
  GivenUpEncounter: { fr: 'en réponse à celui qui l’a tenu', en: 'in the answer to who held it' },
  TimesSentAgain: { fr: 'en réponse à l’accueil qui le demande', en: 'in the answer to the desk that asks' },
  RecordedIncomingRequest: { fr: 'en réponse à qui l’a notée', en: 'in the answer to whoever took it down' },
  SentMessage: { fr: 'en réponse à son envoi', en: 'in the answer to its sender' },
  Viewer: { fr: 'ce qu’il est lui-même', en: 'of what they are themselves' },
  ViewerRoleIn: { fr: 'ce qu’il est lui-même', en: 'of what they are themselves' },
};
const OF_A_LIST: Sentence = { fr: 'qui peut lire la liste', en: 'who may read the list' };

/** What is asked beyond the rule of the field, in words; undefined where the rule says it all. */
export function conditionOf(type: string, field: string): Sentence | undefined {
  const ofList = /(Connection|Edge|PageInfo)$/.test(type) ? OF_A_LIST : undefined;
  return CONDITIONS[`${type}.${field}`] ?? WAYS[type] ?? ofList;
}
