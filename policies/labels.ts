/** A type in words that the people concerned understand, and each of its fields; English where the name does not say it. */
export interface TypeLabel {
  readonly fr: string;
  readonly en: string;
  /** Of use to programs alone: shown last. */
  readonly technical?: true;
  /** French; or French and English, where the field’s name is not English enough. */
  readonly fields: Readonly<Record<string, string | readonly [fr: string, en: string]>>;
}

const VERSION = ['numéro de version', 'version number'] as const;
const ID = ['identifiant technique', 'technical identifier'] as const;
const PAGE = { edges: 'lignes de la page', pageInfo: ['suite de la liste', 'what follows'] } as const;
const EDGE = { cursor: ['repère dans la liste', 'place in the list'], node: ['ligne', 'row'] } as const;

function pages(fr: string, en: string): TypeLabel {
  return { fr: `Liste : ${fr}`, en: `List: ${en}`, technical: true, fields: PAGE };
}

function row(fr: string, en: string): TypeLabel {
  return { fr: `Ligne d’une liste : ${fr}`, en: `Row of a list: ${en}`, technical: true, fields: EDGE };
}

/** By schema coordinate, type by type: a test finds the one that is missing. */
export const LABELS: Readonly<Record<string, TypeLabel>> = {
  Person: {
    fr: 'Personne accompagnée',
    en: 'Person helped',
    fields: {
      displayName: ['nom d’usage, tel que la personne le donne', 'name, as the person gives it'],
      givenName: 'prénom',
      familyName: 'nom de famille',
      chosenName: 'nom choisi',
      birthDate: 'date de naissance',
      phone: 'téléphone',
      safeContact: ['comment la joindre sans danger', 'how to reach them without danger'],
      address: 'adresse',
      reference: ['référence que la personne peut donner', 'reference that the person can say'],
      cases: ['ses dossiers', 'their cases'],
      noticeReceipts: ['informations sur ses droits qu’elle a reçues', 'notices that they were given'],
      id: ID,
      version: VERSION,
    },
  },
  PersonAddress: {
    fr: 'Adresse',
    en: 'Address',
    fields: {
      line: ['numéro et rue', 'street and number'],
      postalCode: 'code postal',
      city: 'commune',
      confidential: ['adresse tenue secrète', 'kept secret'],
      version: VERSION,
    },
  },
  PersonMatch: {
    fr: 'Résultat de la recherche d’une personne',
    en: 'Result of a look-up',
    fields: {
      displayName: 'nom',
      birthYear: 'année de naissance',
      reference: ['référence de la personne', 'reference of the person'],
      id: ID,
    },
  },
  NoticeReceipt: {
    fr: 'Information donnée à la personne sur ses droits',
    en: 'Notice given to the person',
    fields: {
      notice: ['texte remis', 'text that was given'],
      channel: ['de vive voix, sur papier ou en ligne', 'by word of mouth, on paper or online'],
      givenAt: ['date', 'when'],
      statedBy: ['agent qui l’a donnée', 'worker who gave it'],
      id: ID,
    },
  },
  Case: {
    fr: 'Dossier social',
    en: 'Case',
    fields: {
      reference: ['référence du dossier', 'reference of the case'],
      status: ['ouvert ou clos', 'open or closed'],
      assignedWorker: ['travailleur social référent', 'assigned worker'],
      district: 'circonscription',
      openedAt: 'date d’ouverture',
      closedAt: 'date de clôture',
      mission: ['mission (RSA, logement, enfance…)', 'mission (benefits, housing, childhood…)'],
      persons: ['personnes concernées', 'whom it is about'],
      needs: 'besoins',
      appointments: 'rendez-vous du dossier',
      nextAppointment: 'prochain rendez-vous',
      interviewNotes: ['comptes rendus d’entretien', 'interview notes'],
      id: ID,
      version: VERSION,
    },
  },
  Need: {
    fr: 'Besoin',
    en: 'Need',
    fields: {
      code: ['nature du besoin', 'what is needed'],
      person: ['personne concernée', 'whom it concerns'],
      startsOn: 'depuis le',
      endsOn: 'jusqu’au',
      id: ID,
      version: VERSION,
    },
  },
  InterviewNote: {
    fr: 'Compte rendu d’entretien',
    en: 'Interview note',
    fields: {
      body: ['texte', 'text'],
      author: 'auteur',
      status: ['brouillon ou définitif', 'draft or final'],
      writtenAt: ['date d’écriture', 'when it was written'],
      amendedAt: ['date de modification', 'when it was amended'],
      case: 'dossier',
      id: ID,
      version: VERSION,
    },
  },
  Handover: {
    fr: 'Passation de comptes rendus',
    en: 'Handover of notes',
    fields: {
      case: 'dossier',
      fromWorker: ['agent qui transmet', 'who hands over'],
      toWorker: ['agent qui reprend', 'who takes over'],
      offeredAt: ['date de la proposition', 'when it was offered'],
      acceptedAt: ['date de l’acceptation', 'when it was accepted'],
      id: ID,
    },
  },
  Release: {
    fr: 'Levée (ouvrir les comptes rendus d’un collègue parti)',
    en: 'Release (opening the notes of a colleague who is gone)',
    fields: {
      caseReference: ['référence du dossier', 'reference of the case'],
      ground: [
        'motif : accord de la personne, demande d’accès, justice',
        'ground: agreement, access request, court',
      ],
      requestedBy: ['agent qui la demande', 'who asks for it'],
      requestedAt: ['date de la demande', 'when it was asked for'],
      approvedBy: ['conseiller qui l’accorde', 'adviser who approved it'],
      approvedAt: ['date de l’accord', 'when it was approved'],
      id: ID,
    },
  },
  Appointment: {
    fr: 'Rendez-vous',
    en: 'Appointment',
    fields: {
      startsAt: ['début', 'start'],
      endsAt: ['fin', 'end'],
      status: ['état (prévu, honoré, annulé…)', 'state (booked, honoured, cancelled…)'],
      warnings: ['ce qui l’empêche d’avoir lieu ainsi', 'what stands against holding it'],
      mode: ['sur place, à domicile, par téléphone, en visio', 'on site, at home, by phone, by video'],
      publicLabel: ['intitulé neutre', 'neutral label'],
      district: ['lieu (circonscription)', 'place (district)'],
      workers: ['agents qui reçoivent', 'who receives'],
      persons: ['personnes attendues', 'who is expected'],
      type: ['type de rendez-vous', 'type of appointment'],
      subject: 'objet',
      case: 'dossier',
      id: ID,
      version: VERSION,
    },
  },
  Availability: {
    fr: 'Plage d’ouverture d’un agenda',
    en: 'Opening hours of an agenda',
    fields: {
      worker: 'agent',
      district: 'circonscription',
      types: ['types de rendez-vous', 'types of appointment'],
      modes: ['sur place, à domicile, par téléphone, en visio', 'on site, at home, by phone, by video'],
      place: [
        'lieu, si ce n’est pas l’adresse de la circonscription',
        'place, if not the district’s address',
      ],
      startsOn: ['premier jour', 'first day'],
      endsOn: ['jour où elle prend fin', 'day on which they end'],
      opensAt: ['heure de début', 'opening time'],
      closesAt: ['heure de fin', 'closing time'],
      recurrence: ['jours de la semaine ou du mois', 'days of the week or month'],
      closedOn: ['jours fermés par exception', 'days closed by exception'],
      appointmentsLeft: ['rendez-vous restés dans une plage fermée', 'appointments left in closed hours'],
      id: ID,
      version: VERSION,
    },
  },
  Unavailability: {
    fr: 'Indisponibilité d’un agent (jamais sa cause)',
    en: 'Time off of a worker (never its cause)',
    fields: {
      worker: 'agent',
      district: ['circonscription où elle est déclarée', 'district in which it was declared'],
      startsAt: ['début', 'start'],
      endsAt: ['fin', 'end'],
      appointmentsOver: ['rendez-vous pris dans ce temps', 'appointments booked in it'],
      id: ID,
      version: VERSION,
    },
  },
  SlotSearch: {
    fr: 'Recherche de créneaux',
    en: 'Search for slots',
    fields: { slots: 'créneaux trouvés', whyNone: ['pourquoi il n’y en a pas', 'why there is none'] },
  },
  FreeSlot: {
    fr: 'Créneau libre',
    en: 'Free slot',
    fields: {
      startsAt: ['début', 'start'],
      endsAt: ['fin', 'end'],
      district: 'circonscription',
      modes: ['façons d’être reçu', 'ways of being received'],
      place: [
        'lieu, si ce n’est pas l’adresse de la circonscription',
        'place, if not the district’s address',
      ],
      workers: ['agents libres à ce moment', 'who is free then'],
    },
  },
  Slot: {
    fr: 'Temps occupé (sans dire par quoi)',
    en: 'Busy time (never with what)',
    fields: { startsAt: ['début', 'start'], endsAt: ['fin', 'end'] },
  },
  Absence: {
    fr: 'Absence déclarée d’un agent (jamais sa cause)',
    en: 'Declared absence (never its cause)',
    fields: {
      worker: 'agent',
      startsAt: ['début', 'start'],
      endsAt: ['fin', 'end'],
      id: ID,
      version: VERSION,
    },
  },
  Relay: {
    fr: 'Suppléance',
    en: 'Relay',
    fields: {
      district: 'circonscription',
      absentWorker: 'agent absent',
      standIn: 'suppléant',
      startsAt: ['début', 'start'],
      endsAt: ['fin', 'end'],
      id: ID,
      version: VERSION,
    },
  },
  Notification: {
    fr: 'Avis adressé au référent',
    en: 'Notification to the assigned worker',
    fields: {
      kind: ['nature', 'kind'],
      case: 'dossier',
      createdAt: ['date', 'when'],
      id: ID,
    },
  },
  AccessLogEntry: {
    fr: 'Journal d’accès : qui a consulté le dossier',
    en: 'Access log: who looked at the case',
    fields: {
      occurredOn: ['jour', 'day'],
      occurredAt: ['heure (jamais pour la partie confidentielle)', 'time (never for the confidential part)'],
      action: 'action',
      outcome: ['suite (faite, refusée)', 'outcome (done, refused)'],
      worker: ['agent (jamais pour la partie confidentielle)', 'worker (never for the confidential part)'],
    },
  },
  District: {
    fr: 'Circonscription',
    en: 'District',
    fields: {
      name: 'nom',
      addressLine: ['adresse', 'address'],
      postalCode: 'code postal',
      city: 'commune',
      phone: 'téléphone',
      openingHours: 'horaires d’ouverture',
      communes: 'communes desservies',
      workers: ['agents qui y travaillent', 'who works there'],
      slug: ['nom court', 'short name'],
      id: ID,
    },
  },
  OpeningHours: {
    fr: 'Horaires d’ouverture',
    en: 'Opening hours',
    fields: {
      weekday: ['jour de la semaine', 'day of the week'],
      opensAt: 'ouverture',
      closesAt: 'fermeture',
    },
  },
  Commune: { fr: 'Commune', en: 'Commune', fields: { name: 'nom', inseeCode: ['code Insee', 'INSEE code'] } },
  Worker: {
    fr: 'Agent (le référent du dossier)',
    en: 'Worker (the one to whom the case is assigned)',
    fields: {
      displayName: ['prénom et nom', 'given and family name'],
      givenName: 'prénom',
      familyName: 'nom de famille',
      memberships: ['fonctions, présentes et passées', 'posts, present and past'],
      disabledAt: ['date de fermeture du compte', 'when the account was closed'],
      id: ID,
      version: VERSION,
    },
  },
  Membership: {
    fr: 'Appartenance (une fonction de cet agent, dans le temps)',
    en: 'Membership (a post of this worker, over time)',
    fields: {
      role: 'fonction',
      district: 'circonscription',
      startsAt: ['début', 'start'],
      endsAt: ['fin', 'end'],
      id: ID,
      version: VERSION,
    },
  },
  Client: {
    fr: 'Application cliente (logiciel autorisé)',
    en: 'Client (registered software)',
    fields: {
      name: 'nom',
      clientId: ['nom technique', 'technical name'],
      kind: ['nature', 'kind'],
      scopes: ['ce qui lui est permis', 'what it is allowed'],
      disabledAt: ['date de fermeture', 'when it was disabled'],
      id: ID,
      version: VERSION,
    },
  },
  AppointmentType: {
    fr: 'Types de rendez-vous proposés',
    en: 'Types of appointment',
    fields: {
      code: 'code',
      labelFr: ['intitulé en français', 'label in French'],
      labelEn: ['intitulé en anglais', 'label in English'],
      publicLabelFr: ['intitulé neutre en français', 'neutral label in French'],
      publicLabelEn: ['intitulé neutre en anglais', 'neutral label in English'],
      durationMinutes: ['durée', 'length in minutes'],
      modes: ['façons d’être reçu', 'ways of being received'],
    },
  },
  NeedCode: {
    fr: 'Nomenclature des besoins',
    en: 'Nomenclature of needs',
    fields: {
      code: 'code',
      theme: 'thème',
      labelFr: ['intitulé en français', 'label in French'],
      labelEn: ['intitulé en anglais', 'label in English'],
      definitionFr: ['définition', 'definition'],
      countsFr: ['ce qui compte, avec des exemples', 'what counts, with examples'],
      doesNotCountFr: ['ce qui ne compte pas', 'what does not count'],
      sensitive: ['besoin sensible', 'sensitive need'],
    },
  },
  PrivacyNotice: {
    fr: 'Information sur les données personnelles',
    en: 'Privacy notice',
    fields: {
      kind: ['courte ou complète', 'short or full'],
      textFr: ['texte en français', 'text in French'],
      textEn: ['texte en anglais', 'text in English'],
      publishedOn: 'date de publication',
      id: ID,
      version: VERSION,
    },
  },
  Viewer: {
    fr: 'Soi-même, tel que le service vous connaît',
    en: 'Oneself, as the service knows one',
    fields: {
      kind: ['agent, personne, logiciel ou anonyme', 'worker, person, software or anonymous'],
      worker: ['son nom d’agent', 'one’s name as a worker'],
      memberships: ['ses fonctions d’agent', 'one’s posts as a worker'],
      scopes: ['ce qui est permis à la connexion', 'what the connection allows'],
    },
  },
  ViewerRoleIn: {
    fr: 'Sa propre fonction',
    en: 'One’s own post',
    fields: { role: 'fonction', district: 'circonscription' },
  },
  Query: {
    fr: 'Listes et recherches',
    en: 'Lists and look-ups',
    fields: {
      case: ['ouvrir le dossier', 'opening the case'],
      cases: ['liste des dossiers où figure celui-ci', 'the list of cases in which this one stands'],
      appointment: ['ouvrir le rendez-vous', 'opening the appointment'],
      appointments: ['agenda où figure ce rendez-vous', 'the agenda in which this appointment stands'],
      busyTimes: ['temps occupés d’un agent de la circonscription', 'busy times of a worker of the district'],
      availabilities: ['plages d’ouverture de l’agent', 'opening hours of the worker'],
      unavailabilities: ['indisponibilités de l’agent', 'time off of the worker'],
      slots: ['recherche de créneaux libres', 'search for free slots'],
      personLookUp: ['recherche de la personne par son nom', 'look-up of the person by name'],
      me: ['son propre compte', 'one’s own account'],
      pendingHandovers: ['passations qui l’attendent', 'handovers that wait for one'],
      pendingReleases: ['levées qui attendent une décision', 'releases that wait for a decision'],
      notifications: ['avis qui lui sont adressés', 'notifications to oneself'],
      relays: ['suppléances de la circonscription', 'relays of the district'],
      clients: ['applications clientes', 'registered clients'],
      accessLog: ['journal d’accès du dossier', 'access log of the case'],
      districts: ['annuaire des circonscriptions', 'directory of districts'],
      appointmentTypes: ['types de rendez-vous', 'types of appointment'],
      needCodes: ['nomenclature des besoins', 'nomenclature of needs'],
      privacyNotices: ['informations sur les données personnelles', 'privacy notices'],
      policyMatrix: ['qui voit quoi : ce tableau', 'who sees what: this table'],
      errorCodes: ['codes d’erreur', 'error codes'],
      viewer: ['qui l’on est pour le service', 'who one is to the service'],
    },
  },
  Mutation: {
    fr: 'Actions',
    en: 'Actions',
    fields: {
      registerPerson: ['enregistrer une personne', 'register a person'],
      updatePerson: ['modifier l’identité ou le téléphone', 'change identity or phone'],
      setPersonAddress: ['noter l’adresse', 'write down the address'],
      giveNotice: ['noter que l’information sur les droits a été donnée', 'record that a notice was given'],
      openCase: ['ouvrir un dossier', 'open a case'],
      assignCase: ['attribuer un dossier', 'assign a case'],
      reassignCase: ['attribuer le dossier à un autre', 'reassign the case'],
      closeCase: ['clore le dossier', 'close the case'],
      recordNeed: ['noter un besoin', 'record a need'],
      endNeed: ['noter qu’un besoin a pris fin', 'record that a need has ended'],
      declareAbsence: ['déclarer l’absence d’un agent', 'declare the absence of a worker'],
      openRelay: ['ouvrir une suppléance', 'open a relay'],
      endRelay: ['mettre fin à une suppléance', 'end a relay'],
      writeNote: ['écrire un compte rendu', 'write an interview note'],
      amendNote: ['modifier le compte rendu', 'amend the note'],
      offerHandover: ['proposer de transmettre le compte rendu', 'offer the note in a handover'],
      acceptHandover: ['accepter une passation', 'accept a handover'],
      requestRelease: ['demander une levée', 'ask for a release'],
      approveRelease: ['accorder une levée', 'approve a release'],
      bookAppointment: [
        'prendre un rendez-vous dans l’agenda du référent',
        'book in the agenda of the assigned worker',
      ],
      moveAppointment: ['déplacer le rendez-vous', 'move the appointment'],
      cancelAppointment: ['annuler le rendez-vous', 'cancel the appointment'],
      openAvailability: ['ouvrir une plage dans l’agenda', 'open hours in the agenda'],
      endAvailability: ['mettre fin à la plage', 'end the hours'],
      closeAvailabilityOn: ['fermer la plage un jour', 'close the hours of one day'],
      declareUnavailability: ['déclarer une indisponibilité', 'declare time off'],
      endUnavailability: ['mettre fin à l’indisponibilité', 'end time off'],
      disableWorker: ['fermer le compte d’un agent', 'disable a worker’s account'],
      endMembership: ['mettre fin à une fonction', 'end a membership'],
      disableClient: ['fermer une application cliente', 'disable a client'],
      withdrawScope: ['retirer un droit à une application', 'withdraw a scope from a client'],
    },
  },
  CaseConnection: pages('dossiers', 'cases'),
  CaseEdge: row('dossiers', 'cases'),
  AppointmentConnection: pages('rendez-vous', 'appointments'),
  AppointmentEdge: row('rendez-vous', 'appointments'),
  InterviewNoteConnection: pages('comptes rendus', 'interview notes'),
  InterviewNoteEdge: row('comptes rendus', 'interview notes'),
  NotificationConnection: pages('avis', 'notifications'),
  NotificationEdge: row('avis', 'notifications'),
  PageInfo: {
    fr: 'Suite d’une liste',
    en: 'What follows in a list',
    technical: true,
    fields: {
      hasNextPage: ['y a-t-il une suite', 'is there more'],
      endCursor: ['repère de la suite', 'where it goes on'],
    },
  },
  PolicyMatrix: {
    fr: 'Qui voit quoi : le tableau',
    en: 'Who sees what: the table',
    technical: true,
    fields: { standpoints: 'points de vue', types: ['objets', 'types'], actions: 'actions' },
  },
  PolicyStandpoint: {
    fr: 'Qui voit quoi : un point de vue',
    en: 'Who sees what: a standpoint',
    technical: true,
    fields: {
      key: ['nom technique', 'technical name'],
      roleFr: ['fonction en français', 'role in French'],
      roleEn: ['fonction en anglais', 'role in English'],
      labelFr: ['intitulé en français', 'label in French'],
      labelEn: ['intitulé en anglais', 'label in English'],
      descriptionFr: ['description en français', 'description in French'],
      descriptionEn: ['description en anglais', 'description in English'],
    },
  },
  PolicyType: {
    fr: 'Qui voit quoi : un objet',
    en: 'Who sees what: a type',
    technical: true,
    fields: {
      name: ['nom technique', 'technical name'],
      labelFr: ['intitulé en français', 'label in French'],
      labelEn: ['intitulé en anglais', 'label in English'],
      fields: ['informations', 'fields'],
    },
  },
  PolicyRule: {
    fr: 'Qui voit quoi : une règle',
    en: 'Who sees what: a rule',
    technical: true,
    fields: {
      coordinate: ['nom technique', 'technical name'],
      labelFr: ['intitulé en français', 'label in French'],
      labelEn: ['intitulé en anglais', 'label in English'],
      ruleFr: ['règle en français', 'rule in French'],
      ruleEn: ['règle en anglais', 'rule in English'],
      openTo: ['à qui c’est ouvert', 'to whom it is open'],
      closedTo: ['à qui c’est fermé', 'to whom it is closed'],
    },
  },
};

/** A field’s label in both languages; undefined when there is none. */
export function labelOf(
  type: string,
  field: string,
): { readonly fr: string; readonly en: string } | undefined {
  const label = LABELS[type]?.fields[field];
  if (label === undefined) return undefined;
  if (typeof label !== 'string') return { fr: label[0], en: label[1] };
  return { fr: label, en: field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) };
}
