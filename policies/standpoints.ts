/** A viewer's standpoint before a row: their role, and their relation to the row. */
export interface Standpoint {
  /** The key in the API and in the addresses of pages. It does not change once published. */
  readonly key: string;
  readonly role: { readonly fr: string; readonly en: string };
  readonly label: { readonly fr: string; readonly en: string };
  readonly description: { readonly fr: string; readonly en: string };
}

const SOCIAL_WORKER = { fr: 'Travailleur social', en: 'Social worker' };
const HEAD = { fr: 'Responsable de circonscription', en: 'Head of a district' };
const DESK = { fr: 'Accueil', en: 'Reception desk' };
const ADVISER = { fr: 'Conseiller technique', en: 'Technical adviser' };
const OTHERS = { fr: 'Autres agents', en: 'Other workers' };
const PERSON = { fr: 'Personne accompagnée', en: 'Person helped' };
const CLIENT = { fr: 'Logiciels et public', en: 'Software and the public' };

function standpoint(
  role: Standpoint['role'],
  key: string,
  fr: readonly [label: string, description: string],
  en: readonly [label: string, description: string],
): Standpoint {
  return { key, role, label: { fr: fr[0], en: en[0] }, description: { fr: fr[1], en: en[1] } };
}

/** The standpoints, in the order of the matrix's columns. All look at the same rows, unless the description says otherwise. */
export const STANDPOINTS: readonly Standpoint[] = [
  standpoint(
    SOCIAL_WORKER,
    'worker-assigned',
    [
      'référent du dossier, auteur du compte rendu',
      'Le dossier lui est attribué, et l’entretien d’accueil lui a été transmis ; c’est aussi l’agent dont parlent les lignes « agent » et « appartenance ».',
    ],
    [
      'assigned to the case, author of the note',
      'The case is assigned to them, and the encounter was passed on to them; the lines “worker” and “membership” are about them too.',
    ],
  ),
  standpoint(
    SOCIAL_WORKER,
    'worker-handed-over',
    [
      'référent, à qui le compte rendu a été transmis',
      'Le dossier lui est attribué ; un collègue a écrit le compte rendu et le lui a transmis dans une passation acceptée.',
    ],
    [
      'assigned, and the note was handed over to them',
      'The case is assigned to them; a colleague wrote the note and handed it over, and they accepted.',
    ],
  ),
  standpoint(
    SOCIAL_WORKER,
    'worker-not-handed-over',
    [
      'référent, à qui le compte rendu n’a pas été transmis',
      'Le dossier lui est attribué ; un collègue a écrit le compte rendu auparavant et ne l’a pas transmis.',
    ],
    [
      'assigned, and the note was not handed over',
      'The case is assigned to them; a colleague wrote the note before, and did not hand it over.',
    ],
  ),
  standpoint(
    SOCIAL_WORKER,
    'worker-formerly-assigned',
    [
      'ancien référent, auteur du compte rendu',
      'Le dossier lui était attribué quand il a écrit le compte rendu ; il est maintenant attribué à un collègue, à qui il a transmis l’entretien d’accueil.',
    ],
    [
      'formerly assigned, author of the note',
      'The case was assigned to them when they wrote the note; it is now a colleague’s, to whom they passed the encounter on.',
    ],
  ),
  standpoint(
    SOCIAL_WORKER,
    'worker-moved',
    [
      'ancien référent, qui a changé de fonction',
      'A écrit le compte rendu et l’a transmis ; travaille aujourd’hui à l’accueil d’une autre circonscription.',
    ],
    [
      'formerly assigned, now in another post',
      'Wrote the note and handed it over; works at the desk of another district today.',
    ],
  ),
  standpoint(
    SOCIAL_WORKER,
    'worker-relay',
    [
      'suppléant du référent',
      'Une suppléance datée, ouverte par le responsable, le fait remplacer le référent absent.',
    ],
    [
      'stand-in of the assigned worker',
      'A dated relay, opened by the head, while the assigned worker is away.',
    ],
  ),
  standpoint(
    SOCIAL_WORKER,
    'worker-appointment',
    [
      'qui tient le rendez-vous',
      'Reçoit la personne à ce rendez-vous ou y participe ; le dossier est attribué à un collègue.',
    ],
    [
      'who holds the appointment',
      'Receives the person at this appointment or takes part in it; the case is a colleague’s.',
    ],
  ),
  standpoint(
    SOCIAL_WORKER,
    'worker-on-duty',
    [
      'de permanence, qui ouvre un dossier',
      'La demande de rendez-vous lui est confiée, et c’est lui qui en juge l’urgence ; le dossier est attribué à un collègue. Les lignes « dossier » et « besoin » parlent d’un autre dossier, qu’il vient d’ouvrir et qui n’est encore attribué à personne.',
    ],
    [
      'who is on duty, and opens a case',
      'The request for an appointment was brought to them, and they judge how urgent it is; the case is a colleague’s. The lines “case” and “need” are about another case, which they have just opened and which is nobody’s yet.',
    ],
  ),
  standpoint(
    SOCIAL_WORKER,
    'worker-reception',
    [
      'qui reçoit à l’accueil, doit rappeler, ou reçoit une orientation ou une saisine',
      'La personne, venue sans rendez-vous, lui a été adressée pour un entretien d’accueil, et lui a laissé un message ; elle est orientée vers cet agent, à qui une saisine à son sujet est attribuée ; le dossier est attribué à un collègue.',
    ],
    [
      'who receives at the reception, is to call back, or receives a referral or a partner’s request',
      'The person came without an appointment, was sent to them for an encounter, and left them a message; they are referred to this worker, to whom a partner’s request about them is allocated; the case is a colleague’s.',
    ],
  ),
  standpoint(
    SOCIAL_WORKER,
    'worker-recipient',
    [
      'à qui une passation est proposée',
      'Le référent lui propose le compte rendu ; le dossier ne lui est pas encore attribué.',
    ],
    [
      'to whom a handover is offered',
      'The assigned worker offers them the note; the case is not yet theirs.',
    ],
  ),
  standpoint(
    SOCIAL_WORKER,
    'worker-same-district',
    ['autre, de la même circonscription', 'Un collègue de la circonscription, sans lien avec le dossier.'],
    ['another, of the same district', 'A colleague of the district, with no part in the case.'],
  ),
  standpoint(
    SOCIAL_WORKER,
    'worker-other-district',
    ['d’une autre circonscription', 'Un collègue d’une autre circonscription, sans lien avec le dossier.'],
    ['of another district', 'A colleague of another district, with no part in the case.'],
  ),
  standpoint(
    HEAD,
    'head-same-district',
    ['de la circonscription du dossier', 'Dirige la circonscription du dossier ; ne suit pas de dossier.'],
    ['of the district of the case', 'Heads the district of the case; follows no case.'],
  ),
  standpoint(
    HEAD,
    'head-other-district',
    ['d’une autre circonscription', 'Dirige une autre circonscription.'],
    ['of another district', 'Heads another district.'],
  ),
  standpoint(
    DESK,
    'desk-same-district',
    ['de la circonscription du dossier', 'Secrétaire d’accueil de la circonscription du dossier.'],
    ['of the district of the case', 'Receptionist of the district of the case.'],
  ),
  standpoint(
    DESK,
    'desk-other-district',
    ['d’une autre circonscription', 'Secrétaire d’accueil d’une autre circonscription.'],
    ['of another district', 'Receptionist of another district.'],
  ),
  standpoint(
    ADVISER,
    'adviser-pending',
    [
      'saisi d’une levée sur le dossier',
      'Le référent a demandé une levée, qui attend une seconde signature.',
    ],
    [
      'with a pending release on the case',
      'The assigned worker asked for a release, which waits for a second person.',
    ],
  ),
  standpoint(
    ADVISER,
    'adviser-none',
    ['non saisi', 'Aucune levée n’attend sur ce dossier ; la dernière a été accordée.'],
    ['with none', 'No release is pending on this case; the last one was approved.'],
  ),
  standpoint(
    OTHERS,
    'data-protection-officer',
    ['délégué à la protection des données', 'Répond des droits des personnes et lit le journal d’accès.'],
    ['data protection officer', 'Answers for the rights of persons, and reads the access log.'],
  ),
  standpoint(
    OTHERS,
    'administrator',
    ['administrateur informatique', 'Tient l’annuaire et les applications clientes.'],
    ['administrator', 'Keeps the directory and the client applications.'],
  ),
  standpoint(
    OTHERS,
    'trainee',
    ['stagiaire de la circonscription', 'En stage dans la circonscription du dossier.'],
    ['trainee of the district', 'A trainee in the district of the case.'],
  ),
  standpoint(
    PERSON,
    'person-shown',
    [
      'pour ce qui est montré en ligne',
      'Son propre dossier et son propre rendez-vous, marqués « visibles en ligne ».',
    ],
    ['for what is shown online', 'Their own case and appointment, marked “shown online”.'],
  ),
  standpoint(
    PERSON,
    'person-not-shown',
    [
      'pour ce qui n’est pas montré',
      'Son propre dossier et son propre rendez-vous, non marqués : le cas ordinaire.',
    ],
    ['for what is not shown', 'Their own case and appointment, not marked: the ordinary case.'],
  ),
  standpoint(
    PERSON,
    'person-household',
    [
      'du même foyer',
      'Le dossier concerne aussi une autre personne du foyer ; ce qui est regardé est ce qui concerne celle-ci.',
    ],
    [
      'of the same household',
      'The case is also about someone else of the household; what is looked at is what concerns that person.',
    ],
  ),
  standpoint(
    PERSON,
    'person-other',
    ['quelqu’un d’autre', 'Le dossier d’une personne sans lien avec elle.'],
    ['someone else', 'The case of somebody they have nothing to do with.'],
  ),
  standpoint(
    CLIENT,
    'client-reporting',
    [
      'restitution statistique',
      'Un logiciel qui lit les délais et les observations des équipes, outre ce qui est public.',
    ],
    ['reporting client', 'Software that reads waiting times and what teams observed, beside what is public.'],
  ),
  standpoint(
    CLIENT,
    'client-integration',
    ['logiciel partenaire', 'Un logiciel partenaire, limité à l’annuaire et aux rendez-vous.'],
    ['integration client', 'Partner software, limited to the directory and appointments.'],
  ),
  standpoint(
    CLIENT,
    'client-booking',
    ['prise de rendez-vous en ligne', 'Un logiciel qui propose des rendez-vous publics.'],
    ['booking client', 'Software that offers public appointments.'],
  ),
  standpoint(
    CLIENT,
    'anonymous',
    ['tout le monde, sans se connecter', 'N’importe qui, sans compte.'],
    ['anyone, without logging in', 'Anybody, with no account.'],
  ),
];
