/** The ten themes of the need nomenclature. */
export type NeedTheme =
  | 'ACCES_AUX_DROITS'
  | 'LOGEMENT'
  | 'BUDGET'
  | 'INSERTION'
  | 'ENFANCE_FAMILLE'
  | 'SANTE'
  | 'AUTONOMIE'
  | 'VIOLENCES'
  | 'URGENCE'
  | 'VIE_QUOTIDIENNE';

/** A theme and its labels, in the order a form shows them. */
export interface NeedThemeReference {
  readonly theme: NeedTheme;
  readonly labelFr: string;
  readonly labelEn: string;
}

/** A need that a person expresses or that a worker and the person name together. Never a judgement. */
export interface NeedCodeReference {
  /** The code of the need. It never changes: a code may be retired, and is never reused for another meaning. */
  readonly code: string;
  readonly theme: NeedTheme;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly definitionFr: string;
  /** Examples of what the code covers. */
  readonly countsFr: string;
  /** Examples of what it does not cover, with the code to use instead. */
  readonly doesNotCountFr: string;
  /** True for violence, mental or sexual health, addiction. */
  readonly sensitive: boolean;
}

/** The labels of the themes. Source: written for Cosmos. */
export const NEED_THEMES: readonly NeedThemeReference[] = [
  { theme: 'ACCES_AUX_DROITS', labelFr: 'Accès aux droits', labelEn: 'Access to rights' },
  { theme: 'LOGEMENT', labelFr: 'Logement', labelEn: 'Housing' },
  { theme: 'BUDGET', labelFr: 'Budget', labelEn: 'Budget' },
  { theme: 'INSERTION', labelFr: 'Insertion et RSA', labelEn: 'Inclusion and RSA' },
  { theme: 'ENFANCE_FAMILLE', labelFr: 'Enfance et famille', labelEn: 'Children and family' },
  { theme: 'SANTE', labelFr: 'Santé', labelEn: 'Health' },
  { theme: 'AUTONOMIE', labelFr: 'Handicap et autonomie', labelEn: 'Disability and autonomy' },
  { theme: 'VIOLENCES', labelFr: 'Violences', labelEn: 'Violence' },
  { theme: 'URGENCE', labelFr: 'Urgence', labelEn: 'Emergency' },
  { theme: 'VIE_QUOTIDIENNE', labelFr: 'Vie quotidienne', labelEn: 'Daily life' },
];

/**
 * The need nomenclature.
 *
 * Source: written for Cosmos, from the missions of polyvalence de secteur (Code de l'action sociale et des
 * familles) and the aids a team works with every day. Each code names a need and where it stops; none can be
 * used to record who a person is or what a worker thinks of them.
 */
export const NEED_CODES: readonly NeedCodeReference[] = [
  {
    code: 'DRO-01',
    theme: 'ACCES_AUX_DROITS',
    labelFr: 'Information sur les droits',
    labelEn: 'Information on rights',
    definitionFr: 'La personne souhaite savoir à quels droits ou services elle peut prétendre.',
    countsFr: "Simulation de droits, explication d'un courrier, orientation vers le bon service.",
    doesNotCountFr: "Le dépôt effectif d'une demande (DRO-02) ; une aide à la saisie en ligne (DRO-04).",
    sensitive: false,
  },
  {
    code: 'DRO-02',
    theme: 'ACCES_AUX_DROITS',
    labelFr: "Ouverture d'un droit ou d'une prestation",
    labelEn: 'Opening a right or benefit',
    definitionFr: 'La personne demande à ouvrir une prestation, hors RSA, santé et handicap.',
    countsFr: "Allocation logement, prime d'activité, prestations familiales, retraite, réversion.",
    doesNotCountFr:
      'La demande de RSA (INS-01) ; la couverture santé (SAN-01) ; la demande à la MDPH (AUT-01).',
    sensitive: false,
  },
  {
    code: 'DRO-03',
    theme: 'ACCES_AUX_DROITS',
    labelFr: 'Interruption de droits',
    labelEn: 'Interrupted rights',
    definitionFr: 'Une prestation a été suspendue, réduite ou réclamée, et la personne souhaite agir.',
    countsFr: 'Suspension par la caisse, trop-perçu réclamé, recours amiable, dossier sans réponse.',
    doesNotCountFr:
      'Une première demande (DRO-02) ; une baisse de ressources sans lien avec une prestation (BUD-01).',
    sensitive: false,
  },
  {
    code: 'DRO-04',
    theme: 'ACCES_AUX_DROITS',
    labelFr: 'Aide aux démarches administratives et numériques',
    labelEn: 'Help with paperwork and online procedures',
    definitionFr: 'La personne demande un appui pour écrire, classer, remplir ou transmettre en ligne.',
    countsFr: "Création d'un espace personnel, envoi de justificatifs, rédaction d'un courrier.",
    doesNotCountFr: 'Une démarche propre à un thème : retenir le code du thème et non celui-ci.',
    sensitive: false,
  },
  {
    code: 'DRO-05',
    theme: 'ACCES_AUX_DROITS',
    labelFr: 'Domiciliation',
    labelEn: 'Postal domiciliation',
    definitionFr:
      "La personne a besoin d'une adresse stable pour recevoir son courrier et ouvrir ses droits.",
    countsFr:
      "Élection de domicile au CCAS ou auprès d'un organisme agréé, renouvellement, refus à contester.",
    doesNotCountFr: "La recherche d'un toit pour la nuit (URG-02) ou d'un logement (LOG-01).",
    sensitive: false,
  },
  {
    code: 'LOG-01',
    theme: 'LOGEMENT',
    labelFr: "Recherche d'un logement",
    labelEn: 'Looking for a home',
    definitionFr: 'La personne cherche un logement autonome, public ou privé, ou prépare son entrée.',
    countsFr: 'Demande de logement social, renouvellement, dépôt de garantie, FSL accès, Action Logement.',
    doesNotCountFr: 'Le recours DALO (LOG-02) ; un hébergement pour les jours qui viennent (URG-02).',
    sensitive: false,
  },
  {
    code: 'LOG-02',
    theme: 'LOGEMENT',
    labelFr: 'Demande prioritaire ou recours DALO',
    labelEn: 'Priority request or DALO appeal',
    definitionFr: 'La personne souhaite faire reconnaître le caractère prioritaire de sa demande.',
    countsFr: 'Recours DALO ou DAHO, accord collectif départemental, rapport social, demande SIAO insertion.',
    doesNotCountFr: 'Une demande de logement social simple (LOG-01).',
    sensitive: false,
  },
  {
    code: 'LOG-03',
    theme: 'LOGEMENT',
    labelFr: 'Impayé de loyer ou de charges',
    labelEn: 'Rent or service charge arrears',
    definitionFr: "Une dette de loyer ou de charges existe, sans décision d'expulsion.",
    countsFr: "Plan d'apurement, FSL maintien, contact avec le bailleur, rappel d'allocation logement.",
    doesNotCountFr: "Une procédure d'expulsion engagée (LOG-04) ; une facture d'énergie (LOG-07).",
    sensitive: false,
  },
  {
    code: 'LOG-04',
    theme: 'LOGEMENT',
    labelFr: "Procédure d'expulsion locative",
    labelEn: 'Eviction procedure',
    definitionFr:
      "Une procédure d'expulsion du logement est engagée, du commandement de payer à l'expulsion.",
    countsFr: 'Assignation, diagnostic social et financier, demande de délais, saisine de la CCAPEX.',
    doesNotCountFr: "Un impayé sans procédure (LOG-03) ; la mise à l'abri après expulsion (URG-02).",
    sensitive: false,
  },
  {
    code: 'LOG-05',
    theme: 'LOGEMENT',
    labelFr: 'Logement indigne ou dégradé',
    labelEn: 'Unfit or damaged housing',
    definitionFr:
      "L'état du logement présente un risque ou un inconfort que la personne souhaite faire constater.",
    countsFr: "Humidité, chauffage en panne, plomb, nuisibles, signalement au service d'hygiène, ADIL.",
    doesNotCountFr: 'Un logement trop petit mais en bon état (LOG-06).',
    sensitive: false,
  },
  {
    code: 'LOG-06',
    theme: 'LOGEMENT',
    labelFr: 'Logement inadapté ou suroccupé',
    labelEn: 'Unsuitable or overcrowded housing',
    definitionFr: 'Le logement ne convient plus à la taille du foyer, à son accès ou à sa situation.',
    countsFr: 'Suroccupation, hébergement chez un tiers, demande de mutation, immeuble sans ascenseur.',
    doesNotCountFr: "Des travaux d'adaptation liés au handicap (AUT-01) ; un logement dégradé (LOG-05).",
    sensitive: false,
  },
  {
    code: 'LOG-07',
    theme: 'LOGEMENT',
    labelFr: 'Énergie et eau',
    labelEn: 'Energy and water',
    definitionFr: "La personne rencontre une difficulté de paiement ou d'accès à l'énergie ou à l'eau.",
    countsFr: 'Facture impayée, coupure annoncée, chèque énergie, FSL énergie, échéancier.',
    doesNotCountFr: 'Un équipement hors service du fait du bailleur (LOG-05).',
    sensitive: false,
  },
  {
    code: 'BUD-01',
    theme: 'BUDGET',
    labelFr: 'Point sur le budget',
    labelEn: 'Budget review',
    definitionFr: 'La personne souhaite faire le point sur ses ressources et ses charges.',
    countsFr: 'Baisse de ressources, tableau de budget, priorité entre charges, frais bancaires.',
    doesNotCountFr: "Un dossier de surendettement (BUD-02) ; une demande d'aide financière (BUD-03).",
    sensitive: false,
  },
  {
    code: 'BUD-02',
    theme: 'BUDGET',
    labelFr: 'Endettement ou surendettement',
    labelEn: 'Debt or over-indebtedness',
    definitionFr: "La personne a des dettes qu'elle souhaite traiter dans leur ensemble.",
    countsFr:
      'Dossier à la Banque de France, Point conseil budget, échéanciers, rachat de crédits à examiner.',
    doesNotCountFr: "Une dette de loyer seule (LOG-03) ; une facture d'énergie seule (LOG-07).",
    sensitive: false,
  },
  {
    code: 'BUD-03',
    theme: 'BUDGET',
    labelFr: 'Aide financière ponctuelle',
    labelEn: 'One-off financial aid',
    definitionFr: 'La personne demande une aide financière pour une dépense ou une période précise.',
    countsFr: "Aide du Département, aide à l'enfance à domicile, CCAS, caisse de retraite, fondation.",
    doesNotCountFr: "L'aide alimentaire immédiate (URG-01) ; le FSL (codes LOG).",
    sensitive: false,
  },
  {
    code: 'BUD-04',
    theme: 'BUDGET',
    labelFr: 'Accompagnement budgétaire',
    labelEn: 'Budget support',
    definitionFr: 'La personne demande ou accepte un accompagnement régulier autour de son budget.',
    countsFr: "Accompagnement par une CESF, mesure d'accompagnement social personnalisé (MASP), AESF.",
    doesNotCountFr: 'Un rendez-vous isolé sur le budget (BUD-01).',
    sensitive: false,
  },
  {
    code: 'INS-01',
    theme: 'INSERTION',
    labelFr: 'Demande de RSA',
    labelEn: 'Applying for RSA',
    definitionFr: 'La personne souhaite demander le RSA ou rétablir son versement.',
    countsFr: 'Instruction, déclaration trimestrielle, changement de situation, réexamen.',
    doesNotCountFr: "La rédaction du contrat d'engagement (INS-02).",
    sensitive: false,
  },
  {
    code: 'INS-02',
    theme: 'INSERTION',
    labelFr: "Contrat d'engagement et accompagnement RSA",
    labelEn: 'Engagement contract and RSA support',
    definitionFr: 'La personne, allocataire du RSA, construit ou révise son contrat avec son référent.',
    countsFr: "Rédaction, renouvellement, équipe pluridisciplinaire, changement d'orientation.",
    doesNotCountFr: "L'ouverture du droit (INS-01) ; la recherche d'emploi sans RSA (INS-03).",
    sensitive: false,
  },
  {
    code: 'INS-03',
    theme: 'INSERTION',
    labelFr: 'Emploi et formation',
    labelEn: 'Work and training',
    definitionFr: 'La personne cherche un emploi, une formation ou à garder son emploi.',
    countsFr: "France Travail, mission locale, insertion par l'activité économique, remise à niveau, CV.",
    doesNotCountFr: "Le seul financement du transport (VIE-02) ou de la garde d'enfant (ENF-02).",
    sensitive: false,
  },
  {
    code: 'ENF-01',
    theme: 'ENFANCE_FAMILLE',
    labelFr: 'Soutien à la parentalité',
    labelEn: 'Parenting support',
    definitionFr: 'Un parent souhaite échanger ou être appuyé dans son rôle de parent.',
    countsFr: "Lieu d'accueil enfants-parents, TISF, médiation familiale, groupe de parents.",
    doesNotCountFr: "Une inquiétude pour la sécurité d'un enfant (ENF-05).",
    sensitive: false,
  },
  {
    code: 'ENF-02',
    theme: 'ENFANCE_FAMILLE',
    labelFr: 'Accueil du jeune enfant',
    labelEn: 'Early childcare',
    definitionFr: "Un parent cherche un mode d'accueil pour un jeune enfant ou son financement.",
    countsFr: "Crèche, assistante maternelle, accueil d'urgence, complément de mode de garde, PMI.",
    doesNotCountFr: 'La cantine et le périscolaire (ENF-03).',
    sensitive: false,
  },
  {
    code: 'ENF-03',
    theme: 'ENFANCE_FAMILLE',
    labelFr: 'Scolarité et loisirs',
    labelEn: 'School and leisure',
    definitionFr: "Une demande concerne l'école, la cantine, le périscolaire ou les loisirs d'un enfant.",
    countsFr: 'Inscription scolaire, bourse, frais de cantine, départ en vacances, soutien aux devoirs.',
    doesNotCountFr: 'Un projet scolaire lié au handicap (AUT-01).',
    sensitive: false,
  },
  {
    code: 'ENF-04',
    theme: 'ENFANCE_FAMILLE',
    labelFr: 'Séparation et organisation familiale',
    labelEn: 'Separation and family arrangements',
    definitionFr: "Une séparation ou une recomposition modifie l'organisation ou les ressources du foyer.",
    countsFr: 'Pension alimentaire, ARIPA, résidence des enfants, médiation, information juridique.',
    doesNotCountFr: 'Des violences au sein du couple (VIO-01).',
    sensitive: false,
  },
  {
    code: 'ENF-05',
    theme: 'ENFANCE_FAMILLE',
    labelFr: "Protection d'un mineur",
    labelEn: 'Protecting a minor',
    definitionFr: "Un mineur est en danger, risque de l'être ou est exposé à des violences.",
    countsFr: 'Échange avec la CRIP, évaluation, aide éducative à domicile demandée par les parents.',
    doesNotCountFr: 'Une demande de soutien éducatif sans danger (ENF-01).',
    sensitive: true,
  },
  {
    code: 'SAN-01',
    theme: 'SANTE',
    labelFr: 'Couverture santé',
    labelEn: 'Health cover',
    definitionFr: 'La personne souhaite ouvrir, renouveler ou compléter sa couverture santé.',
    countsFr: 'Complémentaire santé solidaire, mutuelle, rattachement des enfants, carte Vitale.',
    doesNotCountFr: "La recherche d'un soignant (SAN-02).",
    sensitive: false,
  },
  {
    code: 'SAN-02',
    theme: 'SANTE',
    labelFr: 'Accès aux soins',
    labelEn: 'Access to care',
    definitionFr: 'La personne cherche un soignant ou ne peut pas se soigner comme elle le souhaite.',
    countsFr: "Médecin traitant, centre de santé, reste à charge, permanence d'accès aux soins, transport.",
    doesNotCountFr: 'La nature de la maladie, qui ne se note pas ; la couverture santé (SAN-01).',
    sensitive: false,
  },
  {
    code: 'SAN-03',
    theme: 'SANTE',
    labelFr: 'Santé mentale',
    labelEn: 'Mental health',
    definitionFr: 'La personne exprime une souffrance psychique et souhaite un appui ou une orientation.',
    countsFr: "Orientation vers le CMP, un psychologue ou une ligne d'écoute, lien avec l'équipe soignante.",
    doesNotCountFr:
      'Une fatigue ou une inquiétude passagère sans demande ; tout diagnostic posé par le service.',
    sensitive: true,
  },
  {
    code: 'SAN-04',
    theme: 'SANTE',
    labelFr: 'Addictions',
    labelEn: 'Addictions',
    definitionFr: 'La personne évoque une addiction et souhaite un appui ou une orientation.',
    countsFr: 'Orientation vers un CSAPA, un CAARUD, une consultation jeunes consommateurs.',
    doesNotCountFr: "Une supposition du service, que la personne n'a pas évoquée.",
    sensitive: true,
  },
  {
    code: 'SAN-05',
    theme: 'SANTE',
    labelFr: 'Santé sexuelle et grossesse',
    labelEn: 'Sexual health and pregnancy',
    definitionFr:
      'La personne demande une information ou une orientation en santé sexuelle ou pour une grossesse.',
    countsFr: 'Centre de santé sexuelle, sage-femme de PMI, suivi de grossesse, contraception.',
    doesNotCountFr: "L'accueil de l'enfant après la naissance (ENF-02).",
    sensitive: true,
  },
  {
    code: 'SAN-06',
    theme: 'SANTE',
    labelFr: 'Arrêt de travail et ressources',
    labelEn: 'Sick leave and income',
    definitionFr: 'Un arrêt de travail ou une invalidité modifie les ressources de la personne.',
    countsFr:
      "Indemnités journalières en attente, pension d'invalidité, prévoyance, reprise à temps partiel.",
    doesNotCountFr: 'La reconnaissance du handicap (AUT-01) ; le motif médical, qui ne se note pas.',
    sensitive: false,
  },
  {
    code: 'AUT-01',
    theme: 'AUTONOMIE',
    labelFr: 'Reconnaissance et compensation du handicap',
    labelEn: 'Disability recognition and compensation',
    definitionFr: 'La personne souhaite saisir la MDPH ou faire vivre un droit lié au handicap.',
    countsFr: 'AAH, PCH, RQTH, carte mobilité inclusion, AEEH, adaptation du logement, recours.',
    doesNotCountFr: "La perte d'autonomie liée à l'âge (AUT-02).",
    sensitive: false,
  },
  {
    code: 'AUT-02',
    theme: 'AUTONOMIE',
    labelFr: "Perte d'autonomie liée à l'âge",
    labelEn: 'Age-related loss of autonomy',
    definitionFr:
      'Une personne âgée ou ses proches demandent un appui pour la vie à domicile ou en établissement.',
    countsFr: "APA, aide à domicile, portage de repas, téléassistance, aide sociale à l'hébergement.",
    doesNotCountFr: 'Le handicap avant 60 ans (AUT-01) ; le soutien au proche aidant (AUT-03).',
    sensitive: false,
  },
  {
    code: 'AUT-03',
    theme: 'AUTONOMIE',
    labelFr: 'Soutien à un proche aidant',
    labelEn: 'Support for a carer',
    definitionFr: 'Une personne qui aide un proche demande du répit, une information ou un relais.',
    countsFr: 'Accueil de jour, plateforme de répit, congé de proche aidant, groupe de parole.',
    doesNotCountFr: 'Les besoins de la personne aidée (AUT-01, AUT-02).',
    sensitive: false,
  },
  {
    code: 'AUT-04',
    theme: 'AUTONOMIE',
    labelFr: "Protection d'un adulte vulnérable",
    labelEn: 'Protecting a vulnerable adult',
    definitionFr: "Un adulte a besoin d'être aidé pour faire valoir ses intérêts ou protéger ses biens.",
    countsFr: "Information sur l'habilitation familiale, la curatelle, la tutelle ; lien avec un mandataire.",
    doesNotCountFr: 'Un accompagnement budgétaire accepté (BUD-04) ; des violences (VIO-02).',
    sensitive: false,
  },
  {
    code: 'VIO-01',
    theme: 'VIOLENCES',
    labelFr: 'Violences au sein du couple',
    labelEn: 'Violence within a couple',
    definitionFr:
      "La personne dit subir ou avoir subi des violences d'un partenaire ou d'un ancien partenaire.",
    countsFr: 'Mise en sécurité, 3919, ordonnance de protection, association spécialisée, aide au départ.',
    doesNotCountFr: 'Une séparation sans violence (ENF-04).',
    sensitive: true,
  },
  {
    code: 'VIO-02',
    theme: 'VIOLENCES',
    labelFr: "Violences dans la famille ou l'entourage",
    labelEn: 'Violence within the family or circle',
    definitionFr: "La personne dit subir ou avoir subi des violences d'un proche autre que le partenaire.",
    countsFr:
      "Appui à une personne âgée maltraitée (3977), mise à l'abri d'un jeune majeur, emprise d'un proche.",
    doesNotCountFr: 'Un mineur exposé (ENF-05) ; des violences du partenaire (VIO-01).',
    sensitive: true,
  },
  {
    code: 'VIO-03',
    theme: 'VIOLENCES',
    labelFr: 'Violences hors du cercle proche',
    labelEn: 'Violence outside the close circle',
    definitionFr: 'La personne dit subir ou avoir subi des violences ou un harcèlement hors de la famille.',
    countsFr: "Au travail, à l'école, dans le voisinage, en ligne ; orientation vers France Victimes.",
    doesNotCountFr: 'Un différend de voisinage sans violence (VIE-01).',
    sensitive: true,
  },
  {
    code: 'URG-01',
    theme: 'URGENCE',
    labelFr: 'Aide alimentaire et première nécessité',
    labelEn: 'Food and basic necessities',
    definitionFr: "La personne n'a pas de quoi se nourrir, se vêtir ou acheter les produits de base.",
    countsFr: "Colis, épicerie solidaire, chèques d'accompagnement, hygiène, lait et couches, vestiaire.",
    doesNotCountFr: 'Une aide pour une dépense précise (BUD-03).',
    sensitive: false,
  },
  {
    code: 'URG-02',
    theme: 'URGENCE',
    labelFr: "Hébergement d'urgence",
    labelEn: 'Emergency shelter',
    definitionFr: "La personne n'a pas d'endroit où dormir ce soir ou dans les prochains jours.",
    countsFr: "Appel au 115, demande SIAO urgence, hôtel social, fin d'hébergement chez un tiers.",
    doesNotCountFr: "La recherche d'un logement (LOG-01) ; la domiciliation (DRO-05).",
    sensitive: false,
  },
  {
    code: 'VIE-01',
    theme: 'VIE_QUOTIDIENNE',
    labelFr: 'Lien social et isolement',
    labelEn: 'Social ties and isolation',
    definitionFr:
      'La personne souhaite rencontrer du monde, participer ou apaiser ses relations de voisinage.',
    countsFr: 'Centre social, bénévolat, visite de convivialité, atelier, médiation de voisinage.',
    doesNotCountFr: 'Une souffrance psychique exprimée (SAN-03).',
    sensitive: false,
  },
  {
    code: 'VIE-02',
    theme: 'VIE_QUOTIDIENNE',
    labelFr: 'Mobilité et transport',
    labelEn: 'Mobility and transport',
    definitionFr: "La personne a besoin d'une solution pour se déplacer au quotidien.",
    countsFr:
      'Tarification solidarité transport, permis de conduire, garage solidaire, transport à la demande.',
    doesNotCountFr: 'La carte mobilité inclusion (AUT-01).',
    sensitive: false,
  },
  {
    code: 'VIE-03',
    theme: 'VIE_QUOTIDIENNE',
    labelFr: "Décès d'un proche",
    labelEn: 'Death of a relative',
    definitionFr: 'La personne demande un appui pour les démarches qui suivent un décès.',
    countsFr: 'Obsèques, capital décès, réversion, résiliation de contrats, succession simple.',
    doesNotCountFr: 'Un besoin de soutien psychologique exprimé (SAN-03).',
    sensitive: false,
  },
];
