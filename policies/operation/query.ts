import { AWAY, OFFERED, ONE_CASE, WHO_CAME, WHO_HOLDS_IT, WHO_WAITS } from '../rules/conditions.js';
import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** The root fields of questions. A public one is marked so; for the others, each row is then judged. */
export const Query: TypePolicy = {
  fr: 'Listes et recherches',
  en: 'Lists and look-ups',
  fields: {
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
        en: 'those of their district, of one person at a time',
      },
    },
    cases: {
      to: forWhom.whoMayKnowCases,
      fr: 'liste des dossiers où figure celui-ci',
      en: 'the list of cases in which this one stands',
      where: {
        fr: 'les leurs et ceux qu’ils suppléent ; le responsable, ceux sans travailleur social et, un agent à la fois, ceux d’un absent qui ne le conteste pas ; ceux montrés à la personne',
        en: 'their own and those in which they stand in; to the head those without a worker and, one worker at a time, those of who is absent and does not contest it; those shown to the person',
      },
    },
    appointment: {
      to: forWhom.whoMayKnowAppointments,
      fr: 'ouvrir le rendez-vous',
      en: 'opening the appointment',
      where: {
        fr: 'ceux de leur accueil, ceux auxquels ils participent ou dont ils suivent le dossier, ceux montrés à la personne',
        en: 'those of their desk, those in which they take part or whose case they follow, those shown to the person',
      },
    },
    appointments: {
      to: forWhom.whoMayKnowAppointments,
      fr: 'agenda où figure ce rendez-vous',
      en: 'the agenda in which this appointment stands',
      where: {
        fr: 'ceux de leur accueil, ceux auxquels ils participent ou dont ils suivent le dossier, ceux montrés à la personne',
        en: 'those of their desk, those in which they take part or whose case they follow, those shown to the person',
      },
    },
    onlineBooking: {
      to: forWhom.bookingClients,
      fr: 'rendez-vous pris en ligne, par son secret',
      en: 'what was booked online, by its secret',
      where: {
        fr: 'ceux qu’elles ont pris, par leur secret',
        en: 'those that they booked, by their secret',
      },
    },
    calendarFeeds: {
      to: forWhom.whoKeepsFeeds,
      fr: 'agendas suivis',
      en: 'calendars subscribed to',
      where: { fr: 'les leurs', en: 'their own' },
    },
    collectiveAppointments: {
      to: forWhom.seesBusyTimes,
      fr: 'rendez-vous collectifs où il reste des places',
      en: 'collective appointments with a place left',
      where: WHO_HOLDS_IT,
    },
    collectiveAppointment: {
      to: forWhom.seesBusyTimes,
      fr: 'un rendez-vous collectif',
      en: 'one collective appointment',
      where: WHO_HOLDS_IT,
    },
    visits: {
      to: forWhom.seesBusyTimes,
      fr: 'passages d’une journée, file d’attente',
      en: 'visits of a day, the queue',
      where: WHO_CAME,
    },
    visit: { to: forWhom.seesBusyTimes, fr: 'un passage', en: 'one visit', where: WHO_CAME },
    messages: {
      to: forWhom.seesBusyTimes,
      fr: 'messages : rappeler',
      en: 'messages: please call back',
      where: { fr: 'ceux qui leur sont adressés', en: 'those addressed to them' },
    },
    encounters: {
      to: forWhom.noteReaders,
      fr: 'entretiens d’accueil',
      en: 'encounters',
      where: {
        fr: 'ceux qu’ils ont tenus, et ceux qui leur sont transmis',
        en: 'those that they held, and those passed on to them',
      },
    },
    encounter: {
      to: forWhom.noteReaders,
      fr: 'un entretien d’accueil',
      en: 'one encounter',
      where: {
        fr: 'ceux qu’ils ont tenus, et ceux qui leur sont transmis',
        en: 'those that they held, and those passed on to them',
      },
    },
    waitingList: {
      to: forWhom.whoMayKnowAppointments,
      fr: 'liste d’attente',
      en: 'waiting list',
      where: WHO_WAITS,
    },
    appointmentRequest: {
      to: forWhom.whoMayKnowAppointments,
      fr: 'une demande de rendez-vous',
      en: 'one request for an appointment',
      where: WHO_WAITS,
    },
    appointmentRequestByReference: {
      to: forWhom.whoMayKnowAppointments,
      fr: 'une demande, par la référence sur papier',
      en: 'one request, by the reference on paper',
      where: OFFERED,
    },
    slotOffer: { to: forWhom.whoMayKnowAppointments, fr: 'une proposition', en: 'one offer', where: OFFERED },
    offersToGive: {
      to: forWhom.whoReadsAgendas,
      fr: 'propositions à annoncer',
      en: 'offers of which to tell',
      where: OFFERED,
    },
    noticesToGive: {
      to: forWhom.whoReadsAgendas,
      fr: 'personnes à prévenir d’un changement',
      en: 'persons to tell of a change',
      where: {
        fr: 'dans leur circonscription, des rendez-vous qu’ils voient',
        en: 'in their district, of the appointments that they see',
      },
    },
    dayList: {
      to: forWhom.whoReadsAgendas,
      fr: 'liste du jour, à imprimer',
      en: 'list of the day, to be printed',
      where: {
        fr: 'l’accueil, de sa circonscription ; un travailleur social, ses propres rendez-vous',
        en: 'the desk, of its district; a social worker, their own appointments',
      },
    },
    timesOfPresent: {
      to: forWhom.whoIsAtADesk,
      fr: 'rendez-vous à venir ou passés de la personne présente',
      en: 'times to come or past of who is present',
      where: {
        fr: 'de la personne qui est à leur accueil ce jour, et n’en est pas repartie',
        en: 'of who is at their counter today, and has not gone',
      },
    },
    appointmentsWithoutContact: {
      to: forWhom.whoIsAtADesk,
      fr: 'rendez-vous d’un agent absent dont nul ne peut être prévenu',
      en: 'appointments of a worker who is away, of which someone cannot be told',
      where: { fr: 'ceux de sa circonscription', en: 'those of its district' },
    },
    homeVisitsOut: {
      to: forWhom.whoReadsAgendas,
      fr: 'visites à domicile en cours',
      en: 'home visits under way',
      where: {
        fr: 'dans leur circonscription, les rendez-vous qu’ils voient',
        en: 'in their district, the appointments that they see',
      },
    },
    homeVisitsNotBack: {
      to: forWhom.whoAsksWhoIsNotBack,
      fr: 'visites à domicile dont nul n’est revenu à l’heure',
      en: 'home visits from which nobody is back in time',
      where: {
        fr: 'dans sa circonscription, trente minutes après la fin ; le travailleur social, s’il est de permanence ce jour',
        en: 'in their district, thirty minutes after its end; a social worker, if on duty that day',
      },
    },
    busyTimes: {
      to: forWhom.seesBusyTimes,
      fr: 'temps occupés d’un agent de la circonscription',
      en: 'busy times of a worker of the district',
      where: { fr: 'dans leur circonscription', en: 'in their district' },
    },
    availabilities: {
      to: forWhom.whoReadsAgendas,
      fr: 'plages d’ouverture de l’agent',
      en: 'opening hours of the worker',
      where: {
        fr: 'les leurs, celles de l’agent qu’ils suppléent ; l’accueil, celles de sa circonscription',
        en: 'their own, those of whom they stand in for; the desk, those of its district',
      },
    },
    unavailabilities: {
      to: forWhom.whoReadsAgendas,
      fr: 'indisponibilités de l’agent',
      en: 'time off of the worker',
      where: {
        fr: 'les leurs, celles de l’agent qu’ils suppléent ; l’accueil, celles de sa circonscription',
        en: 'their own, those of whom they stand in for; the desk, those of its district',
      },
    },
    outsideCalendars: {
      to: forWhom.whoHasOtherCalendars,
      fr: 'ses autres agendas, importés',
      en: 'one’s other calendars, imported',
      where: { fr: 'les leurs', en: 'their own' },
    },
    sentenceForThirdParties: { to: allow, fr: 'ce qui se dit aux tiers', en: 'what third parties are told' },
    onlineTypes: { to: allow, fr: 'ce qui se prend en ligne', en: 'what can be booked online' },
    slots: {
      to: allow,
      fr: 'recherche de créneaux libres',
      en: 'search for free slots',
      where: {
        fr: 'avec les agents libres pour l’équipe de la circonscription ; pour tous, les seuls types ouverts au public',
        en: 'with who is free, to the district’s team; to everyone, types open to the public alone',
      },
    },
    personLookUp: {
      to: forWhom.whoLooksUp,
      fr: 'recherche de la personne par son nom',
      en: 'look-up of the person by name',
      where: {
        fr: 'dans leur circonscription, avec le nom complet et une chose que dit la personne',
        en: 'in their district, with the full name and one thing that the person says',
      },
    },
    me: { to: forWhom.thePersonConcerned, fr: 'son propre compte', en: 'one’s own account' },
    pendingHandovers: {
      to: forWhom.noteReaders,
      fr: 'passations qui l’attendent',
      en: 'handovers that wait for one',
      where: { fr: 'celles qui leur sont proposées', en: 'those offered to them' },
    },
    handoverTasks: {
      to: forWhom.noteReaders,
      fr: 'passations à faire',
      en: 'handovers that one may still make',
      where: { fr: 'celles de leurs anciens dossiers', en: 'those of cases that were theirs' },
    },
    refusedHandovers: {
      to: forWhom.noteReaders,
      fr: 'passations refusées, et pourquoi',
      en: 'handovers that were refused, and why',
      where: { fr: 'de leurs dossiers', en: 'of their cases' },
    },
    pendingReleases: {
      to: forWhom.technicalAdvisers,
      fr: 'levées qui attendent une décision',
      en: 'releases that wait for a decision',
    },
    myReleases: {
      to: forWhom.noteReaders,
      fr: 'levées demandées par soi',
      en: 'releases that one asked for',
      where: { fr: 'celles qu’ils ont demandées', en: 'those that they asked for' },
    },
    releasesToAnswer: {
      to: forWhom.noteReaders,
      fr: 'levées qui attendent sa réponse',
      en: 'releases that wait for one’s answer',
      where: { fr: 'celles de leurs anciens dossiers', en: 'those of cases that were theirs' },
    },
    releasesOfFormerCases: {
      to: forWhom.noteReaders,
      fr: 'levées de ses anciens dossiers',
      en: 'releases of cases that were one’s own',
      where: {
        fr: 'celles de leurs anciens dossiers',
        en: 'those of cases that were theirs',
      },
    },
    releasesToReview: {
      to: forWhom.whoSeesReviews,
      fr: 'ouvertures pour danger à réexaminer',
      en: 'openings in danger to review',
      where: {
        fr: 'ouvertures pour danger ; au conseiller, celles d’une autre circonscription qu’il n’a pas accordées',
        en: 'openings in danger; to an adviser those of another district that they did not approve',
      },
    },
    notifications: {
      to: forWhom.workers,
      fr: 'avis qui lui sont adressés',
      en: 'notifications to oneself',
      where: { fr: 'les leurs', en: 'their own' },
    },
    referral: {
      to: forWhom.whoMayKnowCases,
      fr: 'une orientation',
      en: 'one referral',
      where: {
        fr: 'celles de leurs dossiers, celles qu’ils reçoivent ; au responsable, celles que reçoit sa circonscription ; celles montrées à la personne',
        en: 'those of their cases, those that they receive; to the head, those that the district receives; those shown to the person',
      },
    },
    receivedReferrals: {
      to: forWhom.whoReceivesReferrals,
      fr: 'orientations reçues',
      en: 'referrals received',
      where: {
        fr: 'celles de sa circonscription pour le responsable ; les autres agents, celles qu’ils reçoivent',
        en: 'those of the district to its head; to others, those that they receive',
      },
    },
    incomingRequest: {
      to: forWhom.whoReceivesReferrals,
      fr: 'une saisine',
      en: 'one request by a partner',
      where: {
        fr: 'celles qui leur sont attribuées ; au responsable, celles de sa circonscription',
        en: 'those allocated to them; to the head, those of the district',
      },
    },
    incomingRequests: {
      to: forWhom.whoReceivesReferrals,
      fr: 'saisines et leurs délais',
      en: 'requests by partners, and their clocks',
      where: {
        fr: 'celles qui leur sont attribuées ; au responsable, celles de sa circonscription',
        en: 'those allocated to them; to the head, those of the district',
      },
    },
    casesToCome: {
      to: forWhom.socialWorkers,
      fr: 'dossiers qui vont lui être attribués',
      en: 'cases that will come to one',
      where: { fr: 'ceux qui viennent à eux', en: 'those that come to them' },
    },
    previewReassignments: {
      to: forWhom.heads,
      fr: 'ce que donneraient des réattributions, avant de les faire',
      en: 'what reassignments would come to, before they are made',
      where: AWAY,
    },
    relays: {
      to: forWhom.districtTeams,
      fr: 'suppléances de la circonscription',
      en: 'relays of the district',
      where: { fr: 'dans leur circonscription', en: 'in their district' },
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
      where: { fr: 'les siennes', en: 'their own' },
    },
    clients: { to: forWhom.administrators, fr: 'applications clientes', en: 'registered clients' },
    accessLog: {
      to: forWhom.dataProtectionOfficers,
      fr: 'journal d’accès d’un dossier, d’une personne ou d’un agent, sur motif',
      en: 'access log of a case, a person or a worker, on a ground',
    },
    thirdNextAvailable: {
      to: forWhom.whoReadsStatistics,
      fr: 'troisième rendez-vous libre',
      en: 'third next available appointment',
    },
    statistics: {
      to: allow,
      fr: 'chiffres protégés d’un indicateur',
      en: 'protected figures of an indicator',
    },
    snapshots: { to: allow, fr: 'périodes arrêtées', en: 'periods that are frozen' },
    indicatorObservations: {
      to: forWhom.whoReadsStatistics,
      fr: 'observations d’une équipe',
      en: 'observations of a team',
    },
    indicators: { to: allow, fr: 'indicateurs', en: 'indicators' },
    activityReports: {
      to: allow,
      fr: 'rapports d’activité publiés',
      en: 'published activity reports',
      where: { fr: 'publiés', en: 'published' },
    },
    activityReport: {
      to: allow,
      fr: 'un rapport d’activité',
      en: 'one activity report',
      where: {
        fr: 'publié ; en projet, à ceux qui travaillent avec les statistiques',
        en: 'published; a draft, to those who work with statistics',
      },
    },
    errata: { to: allow, fr: 'errata publiés', en: 'published errata' },
    errataToSign: { to: forWhom.whoReadsDrafts, fr: 'errata à signer', en: 'errata to sign' },
    statisticsMethods: {
      to: allow,
      fr: 'méthodes de protection des chiffres',
      en: 'how figures are protected',
    },
    districts: { to: allow, fr: 'annuaire des circonscriptions', en: 'directory of districts' },
    sectorsFor: {
      to: allow,
      fr: 'circonscriptions proposées pour une adresse',
      en: 'districts proposed for an address',
    },
    organisations: { to: allow, fr: 'annuaire des structures', en: 'directory of organisations' },
    organisation: { to: allow, fr: 'une structure', en: 'one organisation' },
    appointmentTypes: { to: allow, fr: 'types de rendez-vous', en: 'types of appointment' },
    needCodes: { to: allow, fr: 'nomenclature des besoins', en: 'nomenclature of needs' },
    privacyNotices: { to: allow, fr: 'informations sur les données personnelles', en: 'privacy notices' },
    personsToInform: {
      to: forWhom.socialWorkersReading,
      fr: 'personnes à informer',
      en: 'persons to inform',
      where: {
        fr: 'celles de leurs dossiers et de ceux qu’ils suppléent',
        en: 'those of their cases and of those in which they stand in',
      },
    },
    privacyNoticeDrafts: {
      to: forWhom.whoReadsNoticeDrafts,
      fr: 'projets d’information sur les données personnelles',
      en: 'drafts of privacy notices',
    },
    policyMatrix: { to: allow, fr: 'qui voit quoi : ce tableau', en: 'who sees what: this table' },
    languages: { to: allow, fr: 'langues', en: 'languages' },
    errorCodes: { to: allow, fr: 'codes d’erreur', en: 'error codes' },
    // Public: the directory's addresses and hours, the nomenclatures, the notices, the codes, the policy matrix, free slots.
    viewer: { to: allow, fr: 'qui l’on est pour le service', en: 'who one is to the service' },
  },
};
