import {
  AWAY,
  ITS_BOOKER,
  ITS_RECEIVER,
  ITS_SENDER,
  OWN_OR_DESK,
  THEIRS_OR_NOBODYS,
  WHO_ANSWERS,
  WHO_HELD_IT,
  WHO_HOLDS_IT,
  WHO_NOTES_NEEDS,
  WHO_RECEIVES,
  WHO_WORKS_WITH_IT,
} from '../rules/conditions.js';
import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/**
 * The actions, and the roles that may do each. The field itself is guarded, since a refused payload would not stop the effect. The
 * service judges the row.
 */
export const Mutation: TypePolicy = {
  fr: 'Actions',
  en: 'Actions',
  fields: {
    registerPerson: {
      to: forWhom.deskAndSocialWorkers,
      fr: 'enregistrer une personne',
      en: 'register a person',
      where: { fr: 'dans leur circonscription', en: 'in their district' },
    },
    updatePerson: {
      to: forWhom.deskAndSocialWorkers,
      fr: 'modifier l’identité ou le téléphone',
      en: 'change identity or phone',
      where: {
        fr: 'l’accueil de la circonscription et l’agent qui suit le dossier',
        en: 'the district’s desk and who follows the case',
      },
    },
    proposeSafeContact: {
      to: forWhom.whoIsThePerson,
      fr: 'proposer son contact, en ligne',
      en: 'propose one’s contact, online',
      where: { fr: 'la personne, le sien', en: 'the person, their own' },
    },
    answerContactProposal: {
      to: forWhom.socialWorkersOfPersons,
      fr: 'retenir ou non le contact proposé',
      en: 'accept the proposed contact, or not',
      where: { fr: 'l’agent qui suit le dossier', en: 'who follows the case' },
    },
    setAgreedWord: {
      to: forWhom.whoServesOrIsThePerson,
      fr: 'convenir d’un mot avec la personne',
      en: 'agree on a word with the person',
      where: {
        fr: 'l’agent qui suit le dossier ; la personne retire le sien',
        en: 'who follows the case; the person takes their own away',
      },
    },
    setConfirmNothing: {
      to: forWhom.whoServesOrIsThePerson,
      fr: 'ne rien confirmer à personne',
      en: 'confirm nothing to anyone',
      where: {
        fr: 'l’agent qui suit le dossier ; la personne, le sien, sans revenir dessus en ligne',
        en: 'who follows the case; the person, their own, without taking it back online',
      },
    },
    suspendContact: {
      to: forWhom.whoServesOrIsThePerson,
      fr: 'suspendre tout contact',
      en: 'suspend every channel',
      where: {
        fr: 'l’accueil de la circonscription, l’agent qui suit le dossier, celui qui reçoit la personne ; la personne, le sien',
        en: 'the district’s desk, who follows the case, who receives the person; the person, their own',
      },
    },
    setSafeContact: {
      to: forWhom.socialWorkersOfPersons,
      fr: 'dire comment la joindre sans danger',
      en: 'say how to reach them without danger',
      where: {
        fr: 'l’agent qui suit le dossier ; de permanence, celui à qui l’accueil a adressé la personne ce jour, présente et seule',
        en: 'who follows the case; on duty, to whom the desk has sent the person that day, present and alone',
      },
    },
    setCommunication: {
      to: forWhom.whoServesOrIsThePerson,
      fr: 'dire sa langue et ce qu’il faut pour se comprendre',
      en: 'say their language and what it takes to understand one another',
      where: {
        fr: 'l’accueil de la circonscription, l’agent qui suit le dossier, celui qui reçoit la personne ; la personne, les siens',
        en: 'the district’s desk, who follows the case, who receives the person; the person, their own',
      },
    },
    setSafeAddress: {
      to: forWhom.socialWorkersOfPersons,
      fr: 'noter l’adresse postale sûre',
      en: 'write down the safe postal address',
      where: { fr: 'l’agent qui suit le dossier', en: 'who follows the case' },
    },
    openConfidentialAddress: {
      to: forWhom.socialWorkersOfPersons,
      fr: 'lire une adresse secrète de permanence, sur un motif',
      en: 'read a confidential address on duty, on a ground',
      where: {
        fr: 'à qui l’accueil a adressé la personne ce jour, si personne n’est attributaire du dossier',
        en: 'to whom the desk has sent the person that day, where nobody is assigned to the case',
      },
    },
    setPersonAddress: {
      to: forWhom.deskAndSocialWorkers,
      fr: 'noter l’adresse',
      en: 'write down the address',
      where: {
        fr: 'l’accueil de la circonscription et l’agent qui suit le dossier',
        en: 'the district’s desk and who follows the case',
      },
    },
    giveNotice: {
      to: forWhom.deskAndSocialWorkers,
      fr: 'noter que l’information sur les droits a été donnée',
      en: 'record that a notice was given',
      where: {
        fr: 'l’accueil de la circonscription, l’agent qui suit le dossier, celui qui reçoit la personne ce jour',
        en: 'the district’s desk, who follows the case, who receives the person that day',
      },
    },
    openCase: {
      to: forWhom.socialWorkersAndHeads,
      fr: 'ouvrir un dossier',
      en: 'open a case',
      where: { fr: 'dans leur circonscription', en: 'in their district' },
    },
    assignCase: {
      to: forWhom.heads,
      fr: 'attribuer un dossier',
      en: 'assign a case',
      where: {
        fr: 'dans sa circonscription, jamais à lui-même',
        en: 'in their district, never to themselves',
      },
    },
    reassignCase: {
      to: forWhom.heads,
      fr: 'attribuer le dossier à un autre',
      en: 'reassign the case',
      where: {
        fr: 'dans sa circonscription, jamais à lui-même',
        en: 'in their district, never to themselves',
      },
    },
    reassignCases: {
      to: forWhom.heads,
      fr: 'réattribuer les dossiers d’un agent absent ou qui part',
      en: 'reassign cases of who is away or leaves',
      where: AWAY,
    },
    planReassignment: {
      to: forWhom.heads,
      fr: 'prévoir la réattribution du dossier, à une date',
      en: 'plan the reassignment of the case, at a time',
      where: {
        fr: 'dans sa circonscription, jamais à lui-même, cinq jours à l’avance au plus',
        en: 'in their district, never to themselves, five days ahead at most',
      },
    },
    withdrawPlannedReassignment: {
      to: forWhom.heads,
      fr: 'retirer une réattribution prévue',
      en: 'withdraw a planned reassignment',
      where: {
        fr: 'dans sa circonscription, tant qu’elle n’a pas pris effet',
        en: 'in their district, until it takes effect',
      },
    },
    closeCase: {
      to: forWhom.socialWorkers,
      fr: 'clore le dossier',
      en: 'close the case',
      where: { fr: 'le référent du dossier', en: 'the one to whom the case is assigned' },
    },
    reopenCase: {
      to: forWhom.socialWorkersAndHeads,
      fr: 'rouvrir un dossier clos',
      en: 'reopen a closed case',
      where: {
        fr: 'le référent du dossier ; le responsable, si personne n’en est référent ou si le référent est parti',
        en: 'the one to whom the case is assigned; the head, if nobody is or who was has left',
      },
    },
    recordNeed: {
      to: forWhom.socialWorkers,
      fr: 'noter un besoin',
      en: 'record a need',
      where: WHO_NOTES_NEEDS,
    },
    endNeed: {
      to: forWhom.socialWorkers,
      fr: 'noter qu’un besoin a pris fin',
      en: 'record that a need has ended',
      where: WHO_NOTES_NEEDS,
    },
    sendReferral: { to: forWhom.socialWorkers, fr: 'orienter', en: 'send someone on', where: ITS_SENDER },
    allocateReferral: {
      to: forWhom.heads,
      fr: 'attribuer une orientation reçue',
      en: 'allocate a referral',
      where: {
        fr: 'celles que reçoit sa circonscription, jamais à lui-même',
        en: 'those that the district receives, never to themselves',
      },
    },
    answerReferral: {
      to: forWhom.socialWorkersAndHeads,
      fr: 'répondre à une orientation',
      en: 'answer a referral',
      where: ITS_RECEIVER,
    },
    withdrawReferral: {
      to: forWhom.socialWorkers,
      fr: 'retirer une orientation',
      en: 'withdraw a referral',
      where: ITS_SENDER,
    },
    showReferral: {
      to: forWhom.socialWorkers,
      fr: 'montrer une orientation à la personne',
      en: 'show a referral to the person',
      where: ITS_SENDER,
    },
    recordIncomingRequest: {
      to: forWhom.teamsThatWrite,
      fr: 'noter une saisine',
      en: 'take down a partner’s request',
      where: { fr: 'dans leur circonscription', en: 'in their district' },
    },
    allocateIncomingRequest: {
      to: forWhom.heads,
      fr: 'attribuer une saisine',
      en: 'allocate a partner’s request',
      where: {
        fr: 'dans sa circonscription, jamais à lui-même',
        en: 'in their district, never to themselves',
      },
    },
    answerIncomingRequest: {
      to: forWhom.socialWorkers,
      fr: 'noter qu’une saisine a reçu sa réponse',
      en: 'record that a partner was answered',
      where: { fr: 'celles qui leur sont attribuées', en: 'those allocated to them' },
    },
    declineIncomingRequest: {
      to: forWhom.socialWorkersAndHeads,
      fr: 'décliner une saisine',
      en: 'decline a partner’s request',
      where: THEIRS_OR_NOBODYS,
    },
    deferNotice: {
      to: forWhom.socialWorkers,
      fr: 'différer la remise de l’information sur les données',
      en: 'defer giving the privacy notice',
      where: { fr: 'le référent du dossier', en: 'the one to whom the case is assigned' },
    },
    markChildProtection: {
      to: forWhom.socialWorkersAndHeads,
      fr: 'noter qu’une saisine protège un enfant',
      en: 'record that a partner’s request protects a child',
      where: THEIRS_OR_NOBODYS,
    },
    deferInformation: {
      to: forWhom.socialWorkers,
      fr: 'différer l’information de la personne',
      en: 'defer informing the person',
      where: { fr: 'celles qui leur sont attribuées', en: 'those allocated to them' },
    },
    recordInformation: {
      to: forWhom.socialWorkers,
      fr: 'noter que la personne est informée',
      en: 'record that the person was informed',
      where: { fr: 'celles qui leur sont attribuées', en: 'those allocated to them' },
    },
    declareAbsence: {
      to: forWhom.heads,
      fr: 'déclarer l’absence d’un agent',
      en: 'declare the absence of a worker',
      where: { fr: 'dans sa circonscription', en: 'in their district' },
    },
    changeAbsence: {
      to: forWhom.heads,
      fr: 'changer la fin d’une absence',
      en: 'move the end of an absence',
      where: { fr: 'dans sa circonscription', en: 'in their district' },
    },
    contradictAbsence: {
      to: forWhom.socialWorkers,
      fr: 'contredire son absence',
      en: 'contradict one’s absence',
      where: { fr: 'la sienne', en: 'their own' },
    },
    openRelay: {
      to: forWhom.heads,
      fr: 'ouvrir une suppléance',
      en: 'open a relay',
      where: {
        fr: 'dans sa circonscription, pour une absence déclarée',
        en: 'in their district, for a declared absence',
      },
    },
    endRelay: {
      to: forWhom.heads,
      fr: 'mettre fin à une suppléance',
      en: 'end a relay',
      where: { fr: 'dans sa circonscription', en: 'in their district' },
    },
    writeNote: {
      to: forWhom.noteWriters,
      fr: 'écrire un compte rendu',
      en: 'write an interview note',
      where: { fr: 'le référent du dossier', en: 'the one to whom the case is assigned' },
    },
    amendNote: {
      to: forWhom.noteWriters,
      fr: 'modifier le compte rendu',
      en: 'amend the note',
      where: {
        fr: 'l’auteur, tant que le dossier lui est attribué',
        en: 'the author, while the case is assigned to them',
      },
    },
    offerHandover: {
      to: forWhom.noteWriters,
      fr: 'proposer de transmettre le compte rendu',
      en: 'offer the note in a handover',
      where: {
        fr: 'le référent du dossier, pour un compte rendu qu’il peut lire',
        en: 'the one to whom the case is assigned, of a note that they read',
      },
    },
    acceptHandover: {
      to: forWhom.noteWriters,
      fr: 'accepter une passation',
      en: 'accept a handover',
      where: {
        fr: 'celui à qui elle est proposée, une fois le dossier à lui',
        en: 'the one to whom it is offered, once the case is theirs',
      },
    },
    withdrawHandover: {
      to: forWhom.noteWriters,
      fr: 'retirer une passation proposée',
      en: 'withdraw a handover',
      where: {
        fr: 'celui qui l’a proposée, tant qu’elle n’est pas acceptée',
        en: 'who offered it, until it is accepted',
      },
    },
    answerHandoverTask: {
      to: forWhom.noteWriters,
      fr: 'transmettre après la réattribution, sans relire, ou dire pourquoi pas',
      en: 'hand over after the reassignment, without reading again, or say why not',
      where: {
        fr: 'celui qui suivait le dossier, tant qu’il ne change pas encore de mains',
        en: 'who had the case, until it changes hands again',
      },
    },
    requestRelease: {
      to: forWhom.noteWriters,
      fr: 'demander une levée',
      en: 'ask for a release',
      where: { fr: 'le référent du dossier', en: 'the one to whom the case is assigned' },
    },
    answerRelease: {
      to: forWhom.noteWriters,
      fr: 'répondre à une levée : transmettre, ou dire pourquoi pas',
      en: 'answer a release: hand over, or say why not',
      where: {
        fr: 'ceux qui suivaient le dossier avant, une levée qui attend',
        en: 'who held the case before, of a release that waits',
      },
    },
    recordReleaseTold: {
      to: forWhom.noteWriters,
      fr: 'noter que la personne a été informée d’un refus de transmettre',
      en: 'note that the person was told of a no',
      where: {
        fr: 'l’agent qui a demandé la levée, après un refus de transmettre',
        en: 'who asked for the release, after a no',
      },
    },
    approveRelease: {
      to: forWhom.technicalAdvisers,
      fr: 'accorder une levée',
      en: 'approve a release',
      where: {
        fr: 'une levée dont le délai est passé ; après un refus, un conseiller d’une autre circonscription ; pour danger, jamais qui a attribué le dossier',
        en: 'a release whose wait is over; after a no, an adviser of another district; in danger, never who assigned the case',
      },
    },
    refuseRelease: {
      to: forWhom.technicalAdvisers,
      fr: 'refuser une levée',
      en: 'refuse a release',
      where: {
        fr: 'une levée qui attend ; après un refus, un conseiller d’une autre circonscription',
        en: 'a release that waits; after a no, an adviser of another district',
      },
    },
    reviewRelease: {
      to: forWhom.whoSeesReviews,
      fr: 'réexaminer une ouverture pour danger',
      en: 'review an opening in danger',
      where: {
        fr: 'une ouverture pour danger : un conseiller d’une autre circonscription qui ne l’a pas accordée, et le délégué',
        en: 'an opening in danger: an adviser of another district who did not approve it, and the officer',
      },
    },
    bookAppointment: {
      to: forWhom.whoBooks,
      fr: 'prendre un rendez-vous dans l’agenda du référent',
      en: 'book in the agenda of the assigned worker',
      where: {
        fr: 'l’accueil de la circonscription ; un travailleur social dans son propre agenda, ou celui qu’il supplée',
        en: 'the district’s desk; a social worker in their own agenda, or the one they stand in for',
      },
    },
    moveAppointment: {
      to: forWhom.whoBooks,
      fr: 'déplacer le rendez-vous',
      en: 'move the appointment',
      where: WHO_WORKS_WITH_IT,
    },
    cancelAppointment: {
      to: forWhom.whoBooks,
      fr: 'annuler le rendez-vous',
      en: 'cancel the appointment',
      where: WHO_WORKS_WITH_IT,
    },
    recordOutcome: {
      to: forWhom.whoBooks,
      fr: 'noter si le rendez-vous a été honoré',
      en: 'record how the appointment went',
      where: WHO_WORKS_WITH_IT,
    },
    openCollectiveAppointment: {
      to: forWhom.whoBooks,
      fr: 'ouvrir un rendez-vous collectif',
      en: 'open a collective appointment',
      where: {
        fr: 'l’accueil de la circonscription, et l’agent qui l’anime',
        en: 'the district’s desk, and the worker who holds it',
      },
    },
    joinCollectiveAppointment: {
      to: forWhom.whoBooks,
      fr: 'y donner une place',
      en: 'give a place in it',
      where: WHO_HOLDS_IT,
    },
    leaveCollectiveAppointment: {
      to: forWhom.whoBooks,
      fr: 'y reprendre une place',
      en: 'take a place in it back',
      where: WHO_HOLDS_IT,
    },
    recordAttendance: {
      to: forWhom.whoBooks,
      fr: 'noter la présence de chacun',
      en: 'record whether each came',
      where: WHO_HOLDS_IT,
    },
    expectReturn: {
      to: forWhom.whoBooks,
      fr: 'dire l’heure de retour prévue',
      en: 'say when one is expected back',
      where: WHO_WORKS_WITH_IT,
    },
    confirmAppointment: {
      to: forWhom.whoBooks,
      fr: 'confirmer le rendez-vous, ce qui ouvre les coordonnées',
      en: 'confirm the appointment, which opens the contact',
      where: {
        fr: 'l’accueil de la circonscription, celui qui suit le dossier',
        en: 'the district’s desk, who follows the case',
      },
    },
    recordReturn: {
      to: forWhom.whoBooks,
      fr: 'noter le retour de visite',
      en: 'record the return from the visit',
      where: WHO_WORKS_WITH_IT,
    },
    sendTimesAgain: {
      to: forWhom.desks,
      fr: 'renvoyer ses rendez-vous à la personne par son contact sûr',
      en: 'send someone their times again by their safe contact',
      where: { fr: 'dans leur circonscription', en: 'in their district' },
    },
    sendBlindMessage: {
      to: forWhom.whoSendsBlindMessages,
      fr: 'écrire à qui suit une personne, sans savoir si quelqu’un la suit',
      en: 'write to whoever follows a person, without learning whether anybody does',
      where: {
        fr: 'les travailleurs sociaux qui reçoivent ce jour, le conseiller technique',
        en: 'social workers who receive today, the technical adviser',
      },
    },
    callDutyWorker: {
      to: forWhom.whoBooks,
      fr: 'appeler l’agent de permanence, sur une référence',
      en: 'call who is on duty, by a reference',
      where: { fr: 'l’accueil de la circonscription', en: 'the district’s desk' },
    },
    recordVisit: { to: forWhom.whoBooks, fr: 'noter un passage', en: 'record a visit', where: WHO_RECEIVES },
    directVisit: {
      to: forWhom.desks,
      fr: 'dire qui reçoit',
      en: 'say who receives',
      where: { fr: 'de sa circonscription', en: 'of its district' },
    },
    takeIn: { to: forWhom.whoBooks, fr: 'prendre en charge', en: 'take in', where: WHO_RECEIVES },
    closeVisit: { to: forWhom.whoBooks, fr: 'terminer un passage', en: 'close a visit', where: WHO_RECEIVES },
    sendMessage: {
      to: forWhom.whoBooks,
      fr: 'envoyer un message',
      en: 'send a message',
      where: { fr: 'dans leur circonscription', en: 'in their district' },
    },
    closeMessage: {
      to: forWhom.whoCallsBack,
      fr: 'noter que c’est fait',
      en: 'record that it is done',
      where: { fr: 'ceux qui leur sont adressés', en: 'those addressed to them' },
    },
    recordEncounter: {
      to: forWhom.noteWriters,
      fr: 'noter un entretien d’accueil',
      en: 'record an encounter',
      where: { fr: 'dans leur circonscription', en: 'in their district' },
    },
    writeEncounter: {
      to: forWhom.noteWriters,
      fr: 'écrire l’entretien d’accueil',
      en: 'write the encounter',
      where: WHO_HELD_IT,
    },
    passOnEncounter: {
      to: forWhom.noteWriters,
      fr: 'transmettre l’entretien au référent',
      en: 'pass the encounter on to the assigned worker',
      where: WHO_HELD_IT,
    },
    deleteEncounter: {
      to: forWhom.noteWriters,
      fr: 'supprimer l’entretien avant l’heure',
      en: 'delete the encounter before its time',
      where: WHO_HELD_IT,
    },
    requestAppointment: {
      to: forWhom.whoAsksForAppointments,
      fr: 'inscrire sur la liste d’attente',
      en: 'put on the waiting list',
      where: {
        fr: 'dans leur circonscription ; la personne pour elle-même, un type ouvert au public',
        en: 'in their district; the person for themselves, of a type open to the public',
      },
    },
    changeRequest: {
      to: forWhom.whoAsksForAppointments,
      fr: 'changer une demande',
      en: 'change a request',
      where: WHO_ANSWERS,
    },
    nameRequest: {
      to: forWhom.whoBooks,
      fr: 'dire qui est la personne qui attend',
      en: 'say who someone is who waits',
      where: {
        fr: 'l’accueil de la circonscription et l’agent de permanence, pour qui ils peuvent prendre rendez-vous',
        en: 'the district’s desk and the worker on duty, for someone whom they may book',
      },
    },
    withdrawRequest: {
      to: forWhom.whoAsksForAppointments,
      fr: 'retirer une demande',
      en: 'withdraw a request',
      where: WHO_ANSWERS,
    },
    setUrgency: {
      to: forWhom.whoJudgesUrgency,
      fr: 'dire l’urgence',
      en: 'say how urgent it is',
      where: {
        fr: 'l’agent de permanence, le référent du dossier et son suppléant',
        en: 'the worker on duty, the assigned worker of the case and the stand-in',
      },
    },
    recordPresence: {
      to: forWhom.desks,
      fr: 'noter qui est présent',
      en: 'record who is there',
      where: { fr: 'de sa circonscription', en: 'of its district' },
    },
    recordOffer: {
      to: forWhom.whoBooks,
      fr: 'noter que la personne est prévenue',
      en: 'record that the person was told',
      where: {
        fr: 'l’accueil de la circonscription, l’agent de permanence et celui qui suit le dossier',
        en: 'the district’s desk, the worker on duty and who follows the case',
      },
    },
    answerOffer: {
      to: forWhom.whoAsksForAppointments,
      fr: 'répondre à une proposition',
      en: 'answer an offer',
      where: WHO_ANSWERS,
    },
    recordNotice: {
      to: forWhom.whoBooks,
      fr: 'noter que la personne est prévenue',
      en: 'record that the person was told',
      where: WHO_WORKS_WITH_IT,
    },
    setParticipants: {
      to: forWhom.whoBooks,
      fr: 'noter qui d’autre est là (interprète…)',
      en: 'say who else is there (an interpreter…)',
      where: WHO_WORKS_WITH_IT,
    },
    openCalendarFeed: {
      to: forWhom.whoKeepsFeeds,
      fr: 'suivre son agenda sur un téléphone',
      en: 'subscribe to one’s calendar',
      where: { fr: 'de leurs propres rendez-vous', en: 'of their own appointments' },
    },
    revokeCalendarFeed: {
      to: forWhom.whoKeepsFeeds,
      fr: 'ne plus le suivre',
      en: 'revoke the subscription',
      where: { fr: 'les leurs', en: 'their own' },
    },
    bookOnline: {
      to: forWhom.whoBooksOnline,
      fr: 'prendre un rendez-vous en ligne',
      en: 'book online',
      where: {
        fr: 'la personne pour elle-même ; un créneau public',
        en: 'the person for themselves; a public slot',
      },
    },
    moveOnline: {
      to: forWhom.whoBooksOnline,
      fr: 'déplacer ce qui a été pris en ligne',
      en: 'move what was booked online',
      where: ITS_BOOKER,
    },
    cancelOnline: {
      to: forWhom.whoBooksOnline,
      fr: 'annuler ce qui a été pris en ligne',
      en: 'cancel what was booked online',
      where: ITS_BOOKER,
    },
    openAvailability: {
      to: forWhom.whoKeepsAgendas,
      fr: 'ouvrir une plage dans l’agenda',
      en: 'open hours in the agenda',
      where: OWN_OR_DESK,
    },
    endAvailability: {
      to: forWhom.whoKeepsAgendas,
      fr: 'mettre fin à la plage',
      en: 'end the hours',
      where: OWN_OR_DESK,
    },
    closeAvailabilityOn: {
      to: forWhom.whoKeepsAgendas,
      fr: 'fermer la plage un jour',
      en: 'close the hours of one day',
      where: OWN_OR_DESK,
    },
    declareUnavailability: {
      to: forWhom.whoKeepsAgendas,
      fr: 'déclarer une indisponibilité',
      en: 'declare time off',
      where: OWN_OR_DESK,
    },
    clearUnavailability: {
      to: forWhom.whoKeepsAgendas,
      fr: 'déplacer ou annuler d’un coup ce qui y est pris',
      en: 'move or cancel at once what is booked in it',
      where: OWN_OR_DESK,
    },
    importCalendar: {
      to: forWhom.whoKeepsAgendas,
      fr: 'importer un autre agenda (heures occupées seulement)',
      en: 'import another calendar (busy times alone)',
      where: { fr: 'dans leur propre agenda', en: 'into their own agenda' },
    },
    removeOutsideCalendar: {
      to: forWhom.whoRemovesOtherCalendars,
      fr: 'retirer cet agenda',
      en: 'remove that calendar',
      where: { fr: 'les leurs', en: 'their own' },
    },
    endUnavailability: {
      to: forWhom.whoKeepsAgendas,
      fr: 'mettre fin à l’indisponibilité',
      en: 'end time off',
      where: OWN_OR_DESK,
    },
    draftPrivacyNotice: {
      to: forWhom.whoDraftsNotices,
      fr: 'écrire un projet d’information sur les données',
      en: 'draft a privacy notice',
    },
    rewritePrivacyNotice: {
      to: forWhom.whoDraftsNotices,
      fr: 'récrire un projet d’information sur les données',
      en: 'write a draft notice anew',
    },
    adviseOnPrivacyNotice: {
      to: forWhom.whoAdvisesOnNotices,
      fr: 'donner un avis sur un projet d’information',
      en: 'give an opinion on a draft notice',
    },
    publishPrivacyNotice: {
      to: forWhom.whoDraftsNotices,
      fr: 'publier une information sur les données',
      en: 'publish a privacy notice',
    },
    proposeIndicator: {
      to: forWhom.whoProposesIndicators,
      fr: 'proposer un indicateur',
      en: 'propose an indicator',
      where: {
        fr: 'pour leur équipe ; le conseiller technique, pour le département',
        en: 'for their team; the technical adviser, for the county',
      },
    },
    openConsultation: {
      to: forWhom.whoDecidesOnIndicators,
      fr: 'consulter les équipes sur un indicateur',
      en: 'ask the teams about an indicator',
    },
    stateOpinion: {
      to: forWhom.whoSpeaksForATeam,
      fr: 'dire son avis sur un indicateur, dans l’équipe',
      en: 'say what one thinks of an indicator, in the team',
      where: { fr: 'dans leur équipe, en leur nom', en: 'in their team, in their own name' },
    },
    adoptIndicator: {
      to: forWhom.whoDecidesOnIndicators,
      fr: 'adopter un indicateur',
      en: 'adopt an indicator',
    },
    refuseIndicator: {
      to: forWhom.whoDecidesOnIndicators,
      fr: 'refuser un indicateur, avec le motif',
      en: 'refuse an indicator, with the reason',
    },
    retireIndicator: {
      to: forWhom.whoDecidesOnIndicators,
      fr: 'retirer un indicateur',
      en: 'retire an indicator',
    },
    writeNarrative: {
      to: forWhom.whoSpeaksForATeam,
      fr: 'écrire ce que l’équipe dit de l’année',
      en: 'write what the team says of the year',
      where: {
        fr: 'pour leur équipe, ou le département',
        en: 'for their team, or the county',
      },
    },
    declineNarrative: {
      to: forWhom.whoSpeaksForATeam,
      fr: 'dire que l’équipe n’écrit pas',
      en: 'state that the team declines to write',
      where: {
        fr: 'pour leur équipe, ou le département',
        en: 'for their team, or the county',
      },
    },
    signNarrative: {
      to: forWhom.whoSpeaksForATeam,
      fr: 'signer ce que dit l’équipe',
      en: 'sign what the team says',
      where: {
        fr: 'dans leur équipe, ou pour le département, en leur nom',
        en: 'in their team, or for the county, in their own name',
      },
    },
    publishActivityReport: {
      to: forWhom.whoDecidesOnIndicators,
      fr: 'publier un rapport d’activité',
      en: 'publish an activity report',
    },
    proposeErratum: { to: forWhom.whoDecidesOnIndicators, fr: 'écrire un erratum', en: 'write an erratum' },
    signErratum: {
      to: forWhom.whoSignsErrata,
      fr: 'signer et publier un erratum',
      en: 'sign and publish an erratum',
    },
    withdrawErratum: {
      to: forWhom.whoDecidesOnIndicators,
      fr: 'retirer un erratum non signé',
      en: 'take back an erratum that is not signed',
    },
    addObservation: {
      to: forWhom.whoSpeaksForATeam,
      fr: 'ajouter une observation',
      en: 'add an observation',
      where: { fr: 'dans leur équipe, en leur nom', en: 'in their team, in their own name' },
    },
    disableWorker: {
      to: forWhom.whoRevokesRights,
      fr: 'fermer le compte d’un agent',
      en: 'disable a worker’s account',
    },
    endMembership: { to: forWhom.whoRevokesRights, fr: 'mettre fin à une fonction', en: 'end a membership' },
    confirmDeparture: {
      to: forWhom.whoRevokesRights,
      fr: 'confirmer, en second, un départ',
      en: 'confirm a departure as the second person',
    },
    disableClient: {
      to: forWhom.whoRevokesRights,
      fr: 'fermer une application cliente',
      en: 'disable a client',
    },
    withdrawScope: {
      to: forWhom.whoRevokesRights,
      fr: 'retirer un droit à une application',
      en: 'withdraw a scope from a client',
    },
  },
};
