/** One tab of the page. Its title is the name of the operation in `query`; `?operation=<name>` opens on it. */
export interface GraphiqlExample {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** A district of the fictional county. */
const SEVRAN = '887c6d97-9446-445c-b58f-7d9f5ae3be38';

/** The operations with which GraphiQL opens, in tab order. */
export const GRAPHIQL_EXAMPLES: readonly GraphiqlExample[] = [
  {
    name: 'Moi',
    query: `# Qui suis-je, avec quels droits ?
query Moi {
  viewer {
    kind
    worker {
      displayName
    }
    memberships {
      role
      district {
        name
      }
    }
    scopes
  }
}
`,
  },
  {
    name: 'Dossier',
    query: `# Un dossier par sa référence. Les comptes rendus ne sont visibles
# que du travailleur social référent.
query Dossier($reference: String!) {
  caseByReference(reference: $reference) {
    reference
    status
    mission
    assignedWorker {
      displayName
    }
    persons {
      displayName
      phone
    }
    needs {
      code {
        labelFr
      }
    }
    interviewNotes(first: 2) {
      edges {
        node {
          writtenAt
          author {
            displayName
          }
          body
        }
      }
    }
  }
}
`,
    variables: { reference: '1EG7-5ZPY-YD' },
  },
  {
    name: 'MesDossiers',
    query: `# Ma page du matin : les dossiers qui me sont attribués.
query MesDossiers {
  cases(first: 25, filter: { assignedToMe: true, status: OPEN }) {
    edges {
      node {
        id
        reference
        persons {
          displayName
        }
        nextAppointment {
          startsAt
          publicLabel
        }
        interviewNotes(first: 1) {
          edges {
            node {
              writtenAt
              body
            }
          }
        }
      }
    }
  }
}
`,
  },
  {
    name: 'RendezVous',
    query: `# Les rendez-vous que je vois : à l’accueil, sous leur libellé public.
query RendezVous {
  appointments(first: 10, filter: { status: BOOKED }) {
    edges {
      node {
        id
        startsAt
        publicLabel
        workers {
          displayName
        }
        persons {
          displayName
        }
        version
      }
    }
  }
}
`,
  },
  {
    name: 'ChercherUnCreneau',
    query: `# Les premiers créneaux libres ; pour l’équipe de la circonscription, avec qui.
# S’il n’y en a pas, \`whyNone\` dit pourquoi.
query ChercherUnCreneau($filtre: SlotFilter!) {
  slots(first: 5, filter: $filtre) {
    slots {
      startsAt
      endsAt
      modes
      place
      district {
        name
      }
      # À l’équipe de la circonscription ; à d’autres, un champ refusé.
      workers {
        id
        displayName
      }
    }
    whyNone
  }
}
`,
    variables: { filtre: { typeCode: 'FIRST_RECEPTION', communeCode: '93071' } },
  },
  {
    name: 'PrendreUnRendezVous',
    query: `# Un créneau trouvé dans l’onglet ChercherUnCreneau, dans l’agenda d’un agent.
# Rien d’autre n’est obligatoire ; un créneau pris entre-temps répond CONFLICT, avec les suivants.
mutation PrendreUnRendezVous($rendezVous: BookAppointmentInput!) {
  bookAppointment(input: $rendezVous) {
    id
    startsAt
    endsAt
    place
    publicLabel
    workers {
      displayName
    }
    version
  }
}
`,
    variables: {
      rendezVous: {
        districtId: SEVRAN,
        workerIds: [''],
        typeCode: 'FIRST_RECEPTION',
        startsAt: '',
        participants: [{ kind: 'INTERPRETER', language: 'tam' }],
      },
    },
  },
  {
    name: 'PersonnesAPrevenir',
    query: `# À l’accueil, quand un agent est malade : qui prévenir, comment, et avec quels mots.
query PersonnesAPrevenir($circonscription: ID!) {
  noticesToGive(districtId: $circonscription, first: 20) {
    edges {
      node {
        id
        text
        person {
          displayName
          safeContact
          phone
        }
        version
      }
    }
  }
}
`,
    variables: { circonscription: SEVRAN },
  },
  {
    name: 'NoterUnPassage',
    query: `# À l’accueil : la circonscription suffit. La personne reçoit un numéro, et n’a pas à dire qui elle est.
mutation NoterUnPassage($passage: RecordVisitInput!) {
  recordVisit(input: $passage) {
    id
    ticket
    arrivedAt
    status
    version
  }
}
`,
    variables: { passage: { districtId: SEVRAN, kind: 'WALK_IN' } },
  },
  {
    name: 'TableauDeLAccueil',
    query: `# En direct : chaque passage du jour qui change, tel que je peux le voir. Quand « reload » est vrai, relire la file (visits).
subscription TableauDeLAccueil($circonscription: ID!) {
  visitChanges(districtId: $circonscription) {
    reload
    visit {
      ticket
      status
      arrivedAt
      person {
        displayName
      }
      worker {
        displayName
      }
    }
  }
}
`,
    variables: { circonscription: SEVRAN },
  },
  {
    name: 'NoterUnEntretien',
    query: `# De permanence, sans dossier. Personne d'autre ne sait que cet entretien existe ; il est supprimé après 30 jours,
# sauf transmis au référent d'un dossier (passOnEncounter).
mutation NoterUnEntretien($entretien: RecordEncounterInput!) {
  recordEncounter(input: $entretien) {
    id
    text
    heldAt
    version
  }
}
`,
    variables: { entretien: { districtId: SEVRAN, text: 'Reçue de permanence.' } },
  },
  {
    name: 'ListeDAttente',
    query: `# Qui attend, dans l’ordre dans lequel les créneaux sont proposés, et ce qui est proposé.
query ListeDAttente($circonscription: ID!) {
  waitingList(districtId: $circonscription, first: 20) {
    edges {
      node {
        rank
        urgency
        askedAt
        publicLabel
        person {
          displayName
        }
        offers {
          status
          text
          channel
          answerBy
        }
      }
    }
  }
}
`,
    variables: { circonscription: SEVRAN },
  },
  {
    name: 'OuvrirUneReunion',
    query: `# Une réunion d’information, avec des places. L’heure est choisie : pour voir qui est libre aussi longtemps,
# cherchez FIRST_RECEPTION avec « inARow: 3 » dans l’onglet ChercherUnCreneau. Puis joinCollectiveAppointment donne une place, sans nom si la personne n’en donne pas.
mutation OuvrirUneReunion($reunion: OpenCollectiveAppointmentInput!) {
  openCollectiveAppointment(input: $reunion) {
    id
    places
    placesLeft
    appointment {
      startsAt
      publicLabel
      place
    }
  }
}
`,
    variables: {
      reunion: {
        districtId: SEVRAN,
        workerIds: [''],
        typeCode: 'INFORMATION_MEETING',
        startsAt: '',
        places: 12,
      },
    },
  },
  {
    name: 'Options',
    query: `# Ce que l’équipe a voté, et ce sur quoi elle vote. voteOnOption(input: { id, inFavour }) vote ; personne d’autre ne lit ce vote.
query Options($circonscription: ID!) {
  teamOptions(districtId: $circonscription) {
    id
    kind
    status
    votedUntil
    startsOn
    endsOn
    textFr
    myVote
  }
  walkInHours(districtId: $circonscription) {
    startsAt
    endsAt
    place
  }
}
`,
    variables: { circonscription: SEVRAN },
  },
  {
    name: 'Reunions',
    query: `# Les réunions à venir qui ont encore une place.
query Reunions($circonscription: ID!) {
  collectiveAppointments(districtId: $circonscription, typeCode: "INFORMATION_MEETING", first: 10) {
    id
    placesLeft
    appointment {
      startsAt
      publicLabel
      place
    }
    takenPlaces {
      person {
        displayName
      }
    }
  }
}
`,
    variables: { circonscription: SEVRAN },
  },
  {
    name: 'OuOrienter',
    query: `# Public : les circonscriptions proposées pour une commune, et l’annuaire des structures (schéma data.inclusion).
query OuOrienter($commune: String!) {
  sectorsFor(communeCode: $commune) {
    district {
      name
      phone
    }
    streets
  }
  organisations(first: 5, filter: { communeCode: $commune }) {
    edges {
      node {
        id
        name
        themes
      }
    }
  }
}
`,
    variables: { commune: '93071' },
  },
  {
    name: 'OrientationsRecues',
    query: `# Ce qui est adressé à la circonscription : au responsable, les noms tant que ce n’est attribué à personne ;
# à qui la reçoit, le texte écrit pour lui, et rien d’autre du dossier.
query OrientationsRecues($circonscription: ID!) {
  receivedReferrals(districtId: $circonscription, first: 10) {
    edges {
      node {
        id
        version
        status
        answerBy
        overdue
        mission
        names
        text
        fromDistrict {
          name
        }
        toWorker {
          displayName
        }
      }
    }
  }
}
`,
    variables: { circonscription: SEVRAN },
  },
  {
    name: 'AttribuerUneOrientation',
    query: `# Au responsable : à qui de la circonscription, jamais à soi-même. La réponse ne demande pas « names » : après, il ne les a plus,
# et une réponse qui demande un champ refusé n’écrit rien. De même pour une saisine : allocateIncomingRequest.
mutation AttribuerUneOrientation($attribution: AllocateReferralInput!) {
  allocateReferral(input: $attribution) {
    id
    status
    version
    toWorker {
      displayName
    }
  }
}
`,
    variables: { attribution: { id: '', workerId: '', expectedVersion: 1 } },
  },
  {
    name: 'DelaiDAttente',
    query: `# Délai d’attente d’une circonscription, un mois : chiffres arrêtés
# et protégés, les mêmes pour tous, jamais par agent.
query DelaiDAttente($circonscription: ID!, $mois: String!) {
  statistics(
    indicator: "ASKED_TO_HELD"
    period: $mois
    districtId: $circonscription
    by: ["WAIT"]
  ) {
    cells(first: 20) {
      edges {
        node {
          categories {
            labelFr
          }
          value
          low
          high
          withheld
        }
      }
    }
  }
}
`,
    variables: { circonscription: SEVRAN, mois: '2026-10' },
  },
  {
    name: 'Indicateurs',
    query: `# Public : ce qui est compté, ce qui est proposé, ce qui a été refusé,
# et ce que chaque équipe en a dit.
query Indicateurs($etat: IndicatorStatus) {
  indicators(status: $etat) {
    id
    code
    version
    labelFr
    definitionFr
    countsFr
    doesNotCountFr
    dimensions {
      code
      labelFr
    }
    givenBy
    programme {
      territory
      period
      by
    }
    status
    adoptedOn
    refusal
    refusalText
    opinions {
      district {
        name
      }
      position
      votesFor
      votesAgainst
      reservations
      voices {
        position
        words
      }
    }
    countedFactFr
  }
}
`,
    variables: { etat: null },
  },
  {
    name: 'ChiffresDUnIndicateur',
    query: `# Chiffres protégés, d’une période arrêtée : jamais par agent.
# Chaque cellule est protégée par elle-même : elles ne s’additionnent
# pas exactement.
query ChiffresDUnIndicateur(
  $indicateur: String!
  $periode: String!
  $circonscription: ID
  $par: [String!]
) {
  statistics(
    indicator: $indicateur
    period: $periode
    districtId: $circonscription
    by: $par
  ) {
    indicator {
      labelFr
      definitionFr
    }
    district {
      name
    }
    period
    frozenOn
    cells(first: 50) {
      edges {
        node {
          categories {
            labelFr
          }
          value
          low
          high
          base
          withheld
          yearBefore {
            value
            withheld
          }
        }
      }
    }
    method {
      textFr
    }
  }
}
`,
    variables: {
      indicateur: 'PERSONS_HELPED',
      periode: '2025',
      circonscription: SEVRAN,
      par: ['AGE_BAND'],
    },
  },
  {
    name: 'ProposerUnIndicateur',
    query: `# Une équipe propose, les équipes en disent leur avis, le conseiller
# technique décide. Ce qui se ressent ou se juge est refusé, avec le motif.
mutation ProposerUnIndicateur($proposition: ProposeIndicatorInput!) {
  proposeIndicator(input: $proposition) {
    id
    code
    version
    status
    proposedOn
  }
}
`,
    variables: {
      proposition: {
        districtId: SEVRAN,
        code: 'REUNIONS_PARTENAIRES',
        labelFr: 'Réunions avec un partenaire',
        labelEn: 'Meetings with a partner',
        definitionFr: 'Les réunions tenues avec un partenaire pendant la période.',
        countsFr: 'Une synthèse avec l’école.',
        doesNotCountFr: 'Un appel.',
        unit: 'APPOINTMENT',
        kind: 'FLOW',
      },
    },
  },
  {
    name: 'DireSonAvis',
    query: `# Par un travailleur social, en son nom, tant que les équipes sont consultées :
# collez dans « indicateur » l’id d’un indicateur CONSULTED de l’onglet Indicateurs.
mutation DireSonAvis($indicateur: ID!, $circonscription: ID!, $mots: String) {
  stateOpinion(
    input: {
      id: $indicateur
      districtId: $circonscription
      position: FOR
      words: $mots
    }
  ) {
    code
    version
    opinions {
      district {
        name
      }
      position
      voices {
        position
        words
        name
        version
      }
    }
  }
}
`,
    variables: { indicateur: '', circonscription: SEVRAN, mots: null },
  },
  {
    name: 'Circonscriptions',
    query: `# Public : adresses et heures d’ouverture.
query Circonscriptions {
  districts {
    id
    name
    addressLine
    postalCode
    city
    phone
    openingHours {
      weekday
      opensAt
      closesAt
    }
  }
}
`,
  },
  {
    name: 'ChercherUnePersonne',
    query: `# Nom complet, et une chose que la personne dit.
query ChercherUnePersonne($nom: String!, $reference: String) {
  personLookUp(input: { fullName: $nom, reference: $reference }) {
    id
    displayName
    birthYear
    reference
  }
}
`,
    variables: { nom: 'Rosa Carpentier', reference: 'P-KAM4WP' },
  },
  {
    name: 'JournalDAcces',
    query: `# Par le délégué à la protection des données : qui a fait quoi, et pour quel motif on le demande.
# La partie confidentielle est une ligne par jour ; avoir lu le journal en est une autre.
query JournalDAcces($filtre: AccessLogFilter!, $apres: String) {
  accessLog(first: 20, after: $apres, filter: $filtre) {
    edges {
      node {
        occurredOn
        occurredAt
        action
        outcome
        ground
        worker {
          displayName
        }
        targetWorker {
          displayName
        }
        personReference
        clientId
        tokenDigest
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: { filtre: { caseReference: '1EG7-5ZPY-YD', ground: 'PERSON_REQUEST' }, apres: null },
  },
  {
    name: 'EcrireUnCompteRendu',
    query: `# Sur un dossier qui m’est attribué : collez dans « dossier »
# l’id d’un dossier de l’onglet MesDossiers.
# L’en-tête Idempotency-Key évite le double envoi.
mutation EcrireUnCompteRendu($dossier: ID!, $texte: String!) {
  writeNote(input: { caseId: $dossier, body: $texte, draft: true }) {
    id
    status
    writtenAt
    version
  }
}
`,
    variables: { dossier: '', texte: 'Entretien du jour…' },
  },
];
