import { NEED_CODES, type NeedTheme } from '../reference/need-codes.js';
import type { Random } from './random.js';

/** The subject of a note. */
export interface NoteOptions {
  /** The name of the person; 'La personne' when absent. */
  readonly personName?: string | null | undefined;
  /** Need codes the note covers, four at most; unknown ones are ignored. One ordinary need when none is left. */
  readonly needCodes?: readonly string[] | undefined;
}

/** Sentences about the beginning of the interview. `{P}` is the person at the start of a sentence, `{p}` inside one. */
const OPENERS: readonly string[] = [
  'Entretien de {duree} minutes avec {p}, à sa demande.',
  "Rencontre avec {p}, après un premier échange avec l'accueil. L'entretien a duré {duree} minutes.",
  '{P} souhaitait faire le point sur les démarches engagées lors du rendez-vous précédent, il y a {semaines} semaines.',
  '{P} a obtenu ce rendez-vous après un échange avec {orienteur}, sous {delai}.',
  "Premier entretien avec {p}. Le cadre de l'intervention, le secret professionnel et l'usage des informations ont été expliqués.",
  '{P} avait préparé une liste de questions et réuni les courriers reçus depuis {semaines} semaines.',
  "L'entretien, convenu à l'avance avec {p}, a duré {duree} minutes et a suivi l'ordre de ses questions.",
  'Point de situation avec {p}, {semaines} semaines après la dernière rencontre.',
  '{P} a demandé à avancer le rendez-vous prévu {jour}, afin de présenter un courrier reçu cette semaine.',
  "Entretien avec {p} et, avec son accord, en présence d'{tiers}.",
  '{P} a pris contact {jour} et a pu obtenir un entretien dans la semaine.',
  "Deuxième rencontre avec {p}. Les points abordés {semaines} semaines plus tôt ont d'abord été repris.",
  "{P} vient présenter l'avancement des démarches et une difficulté nouvelle, apparue il y a {semaines} semaines.",
  'Échange de {duree} minutes avec {p}, préparé avec {orienteur}.',
];

/** Two sentences for each need code, in the order in which they are told. */
const BY_CODE: Readonly<Record<string, readonly string[]>> = {
  'DRO-01': [
    '{S} souhaite savoir à quelles aides le foyer peut prétendre après un changement de situation survenu il y a {mois} mois.',
    "Une simulation réalisée ensemble fait apparaître un droit possible d'environ {montant} euros par mois, à confirmer par la caisse.",
  ],
  'DRO-02': [
    "La demande d'allocation a été déposée il y a {semaines} semaines et reste en attente d'instruction.",
    "{S} apporte les trois derniers bulletins de salaire et l'attestation de loyer pour compléter la demande de prestation.",
  ],
  'DRO-03': [
    "Le versement des prestations est suspendu depuis {mois} mois, dans l'attente d'un justificatif que la caisse dit ne pas avoir reçu.",
    'Un trop-perçu de {montant} euros est réclamé ; {p} conteste le calcul et souhaite en demander le détail.',
  ],
  'DRO-04': [
    "{S} ne dispose pas d'ordinateur et demande un appui pour transmettre les pièces en ligne.",
    "L'espace personnel a été créé pendant l'entretien, et le mot de passe remis en main propre.",
  ],
  'DRO-05': [
    'Le courrier arrive pour le moment chez {tiers}, qui ne pourra plus le recevoir au-delà de {mois} mois.',
    'Une élection de domicile est demandée auprès du CCAS ; le rendez-vous est obtenu sous {delai}.',
  ],
  'LOG-01': [
    "La demande de logement social a {annees} ans d'ancienneté et vient d'être renouvelée pour un {typologie}.",
    '{S} a visité un {typologie} dans une commune voisine et attend la décision de la commission sous {delai}.',
  ],
  'LOG-02': [
    "Le délai d'attente étant dépassé, {p} souhaite déposer un recours DALO et réunit les pièces avec notre aide.",
    'Le rapport social destiné à appuyer la demande prioritaire a été relu ensemble et validé par {p} avant envoi.',
  ],
  'LOG-03': [
    "La dette de loyer s'élève à {montantHaut} euros et correspond à {mois} mois d'impayés depuis la baisse des ressources.",
    '{S} propose au bailleur de reprendre le loyer courant et de verser {petitMontant} euros de plus chaque mois.',
  ],
  'LOG-04': [
    'Un commandement de payer a été reçu il y a {semaines} semaines ; les étapes de la procédure et les délais ont été expliqués.',
    "L'audience est fixée dans {mois} mois, et {p} a pris rendez-vous avec l'ADIL pour préparer la demande de délais.",
  ],
  'LOG-05': [
    '{S} décrit une humidité importante dans {piece}, présente depuis {mois} mois, et montre des photographies.',
    "Le bailleur a été averti par courrier recommandé ; sans réponse sous {delai}, le service communal d'hygiène sera saisi.",
  ],
  'LOG-06': [
    'Le foyer de {foyer} personnes occupe un {petitLogement} depuis {annees} ans, et les enfants partagent {piece} pour les devoirs.',
    '{S} loge chez {tiers} depuis {mois} mois et souhaite retrouver un lieu à soi.',
  ],
  'LOG-07': [
    "La dernière facture d'énergie atteint {montant} euros, et une limitation de puissance est annoncée sous {delai}.",
    "Le fournisseur accepte un échéancier de {petitMontant} euros par mois, sous réserve d'un premier versement.",
  ],
  'BUD-01': [
    'Le budget a été posé ensemble : une fois les charges fixes payées, il reste {montant} euros pour le mois.',
    "{S} explique que les ressources ont baissé de {petitMontant} euros depuis {mois} mois, après une réduction d'horaires.",
  ],
  'BUD-02': [
    '{S} rembourse {nbCredits} crédits à la consommation, pour des mensualités totales de {montant} euros.',
    "Le dossier de surendettement est presque complet ; il manque le relevé de l'un des établissements.",
  ],
  'BUD-03': [
    'Une aide financière de {petitMontant} euros est sollicitée pour {depense}, les ressources du mois ne suffisant pas.',
    '{S} a déjà avancé une partie de la dépense et présente un devis pour le solde de {petitMontant} euros.',
  ],
  'BUD-04': [
    "{S} accepte la proposition d'un accompagnement budgétaire avec la conseillère en économie sociale et familiale, à raison d'un rendez-vous toutes les {semaines} semaines.",
    'Le tableau des dépenses tenu depuis {mois} mois permet de repérer les échéances à déplacer en début de mois.',
  ],
  'INS-01': [
    "La demande de RSA a été remplie en ligne pendant l'entretien, pour un foyer de {foyer} personnes.",
    'La déclaration trimestrielle, en retard de {semaines} semaines, a été régularisée ; le versement devrait reprendre sous {delai}.',
  ],
  'INS-02': [
    "Le contrat d'engagement a été relu, puis renouvelé pour {mois} mois autour d'un projet choisi par {p}.",
    "{S} retient deux actions à inscrire au contrat : {action}, puis un rendez-vous avec le conseiller de l'emploi.",
  ],
  'INS-03': [
    '{S} recherche un poste dans {metier} et a envoyé plusieurs candidatures ces {semaines} dernières semaines.',
    "Une réunion d'information sur une formation dans {metier} est prévue {jour} ; {p} souhaite y participer.",
  ],
  'ENF-01': [
    "{S} évoque des soirées difficiles autour des devoirs et souhaite échanger avec d'autres parents.",
    "Le lieu d'accueil enfants-parents du quartier a été présenté, et une première venue est envisagée {jour}.",
  ],
  'ENF-02': [
    'Une place en crèche est demandée depuis {mois} mois, condition nécessaire pour accepter un emploi dans {metier}.',
    "Dans l'attente, la puéricultrice de PMI a transmis une liste d'assistantes maternelles disponibles.",
  ],
  'ENF-03': [
    "Les frais de cantine restent dus pour {petitMontant} euros ; l'école accepte d'attendre la réponse de la caisse des écoles.",
    '{S} souhaite inscrire son enfant à une activité du centre de loisirs et demande quelles aides existent.',
  ],
  'ENF-04': [
    "La séparation date de {mois} mois, et les parents cherchent un accord sur l'organisation des semaines avec les enfants.",
    "La pension alimentaire, fixée à {petitMontant} euros, n'est pas versée régulièrement ; l'intermédiation de l'ARIPA a été expliquée.",
  ],
  'ENF-05': [
    "L'échange porte sur la sécurité de l'enfant ; les faits rapportés et leur date ont été notés avec les mots de la personne.",
    "La suite à donner pour la protection de l'enfant a été expliquée, puis discutée avec l'encadrement le jour même.",
  ],
  'SAN-01': [
    'La complémentaire santé solidaire arrive à échéance dans {mois} mois, et le renouvellement a été préparé.',
    "{S} a reçu l'accord de la caisse pour la couverture des enfants et attend encore le sien.",
  ],
  'SAN-02': [
    "{S} n'a plus de médecin traitant depuis {mois} mois et a repoussé plusieurs rendez-vous.",
    'Le centre de santé municipal propose une consultation sous {delai}, sans avance de frais.',
  ],
  'SAN-03': [
    '{S} met des mots sur une période éprouvante et souhaite rencontrer un professionnel du CMP.',
    "Les coordonnées du CMP ont été remises, et un premier contact sera pris par {p} d'ici {delai}.",
  ],
  'SAN-04': [
    "{S} aborde de sa propre initiative une consommation dont il lui est pénible de parler, et demande où trouver de l'aide.",
    'Le CSAPA du secteur reçoit sans avance de frais ; {p} préfère appeler directement et nous tiendra informés.',
  ],
  'SAN-05': [
    '{S} demande une information en santé sexuelle, qui a été donnée avec les coordonnées du centre le plus proche.',
    "Un rendez-vous avec la sage-femme de PMI a été pris pendant l'entretien, {jour} prochain.",
  ],
  'SAN-06': [
    "Les indemnités journalières ne sont plus versées depuis {semaines} semaines, l'attestation de l'employeur étant incomplète.",
    "{S} envisage une reprise à temps partiel et s'interroge sur les ressources du foyer pendant cette période.",
  ],
  'AUT-01': [
    'Le dossier MDPH a été complété pour la partie administrative ; le certificat médical sera joint sous pli fermé par {p}.',
    "La notification reçue accorde le droit pour {annees} ans, et {p} souhaite comprendre ce qu'elle ouvre concrètement.",
  ],
  'AUT-02': [
    '{S} vit à domicile et demande une aide de quelques heures par semaine pour les courses et le ménage.',
    "La demande d'APA a été signée, et l'équipe d'évaluation passera au domicile sous {delai}.",
  ],
  'AUT-03': [
    '{S} accompagne un parent chaque jour depuis {annees} ans et souhaite pouvoir souffler {jour} après-midi.',
    "La plateforme de répit a été présentée, avec une possibilité d'accueil de jour dans {mois} mois.",
  ],
  'AUT-04': [
    '{S} a du mal à faire valoir ses intérêts face à des contrats signés par téléphone, pour {petitMontant} euros par mois.',
    'Les mesures de protection existantes ont été expliquées simplement, et {p} souhaite y réfléchir avec {tiers}.',
  ],
  'VIO-01': [
    "{S} dit avoir subi des violences dans son couple ; la priorité donnée à sa sécurité a été posée d'emblée.",
    "Les moyens de reprendre contact sans risque ont été vérifiés, et l'association spécialisée peut proposer un rendez-vous sous {delai}.",
  ],
  'VIO-02': [
    "{S} rapporte des violences de la part d'un membre de son entourage, avec une mise à l'abri possible chez {tiers}.",
    "Le numéro d'écoute adapté a été remis sous une forme discrète, à la demande de la personne.",
  ],
  'VIO-03': [
    "{S} décrit des faits de harcèlement qui durent depuis {mois} mois et demande à qui s'adresser.",
    "L'association d'aide aux victimes tient une permanence {jour} ; un accompagnement à ce rendez-vous a été proposé.",
  ],
  'URG-01': [
    "{S} n'a plus de quoi faire les courses jusqu'au prochain versement, attendu dans une dizaine de jours.",
    "Des chèques d'accompagnement d'un montant de {petitMontant} euros ont été remis, et l'épicerie solidaire peut ouvrir un accès {jour}.",
  ],
  'URG-02': [
    "{S} ne sait pas où dormir à partir de {jour} ; le 115 a été appelé pendant l'entretien.",
    "La demande d'hébergement a été transmise au SIAO pour un foyer de {foyer} personnes, avec un point prévu chaque semaine.",
  ],
  'VIE-01': [
    '{S} dit voir peu de monde depuis {mois} mois et aimerait participer à une activité du centre social.',
    "L'atelier du {jour} au centre social a été présenté, ainsi que l'équipe de bénévoles du quartier.",
  ],
  'VIE-02': [
    "{S} effectue plus d'une heure de trajet pour se rendre au travail et demande s'il existe une aide au transport.",
    'La tarification solidarité transport a été demandée en ligne ; la carte devrait arriver sous {delai}.',
  ],
  'VIE-03': [
    "{S} vient de perdre un proche et demande un appui pour l'ordre des démarches à accomplir.",
    "La liste des organismes à prévenir a été dressée ensemble ; la part des frais d'obsèques restant due est de {montant} euros.",
  ],
};

/** Sentences that suit any need of a theme. */
const BY_THEME: Readonly<Record<NeedTheme, readonly string[]>> = {
  ACCES_AUX_DROITS: [
    "Les courriers ont été classés par organisme, et les échéances reportées sur un calendrier remis à l'issue du rendez-vous.",
    "Un message a été envoyé depuis le compte en ligne de la personne, avec son accord, pour demander l'état d'avancement du dossier.",
    "La marche à suivre en cas d'absence de réponse sous {delai} a été expliquée, y compris le recours amiable.",
  ],
  LOGEMENT: [
    "Le loyer représente {montant} euros par mois, charges comprises, une fois l'allocation logement déduite.",
    "Avec l'accord de la personne, un contact est pris avec le bailleur pour connaître l'avancement du dossier.",
    "{S} souhaite rester dans une commune proche de l'école et des transports, sans exclure une mobilité plus large.",
  ],
  BUDGET: [
    "Les charges fixes du foyer s'élèvent à {montant} euros, hors alimentation et transport.",
    'Les frais bancaires du trimestre ont été relevés, et une demande de plafonnement sera adressée à la banque.',
    '{S} préfère commencer par les dépenses qui engagent le logement, puis reprendre contact avec les autres créanciers.',
  ],
  INSERTION: [
    "{S} dispose d'une expérience de {annees} ans dans {metier} et souhaite la faire valoir.",
    'Les freins repérés ensemble sont les horaires et le transport ; des solutions seront cherchées une par une.',
    "Une rencontre à trois avec le conseiller de l'emploi est proposée d'ici {semaines} semaines.",
  ],
  ENFANCE_FAMILLE: [
    "Le foyer compte {foyer} personnes ; l'organisation des trajets et des repas a été passée en revue.",
    "{S} souligne l'aide apportée par {tiers} pour les trajets du matin.",
    "Un échange avec l'établissement scolaire pourra avoir lieu, si {p} le souhaite et en sa présence.",
  ],
  SANTE: [
    'Seules les conséquences pratiques ont été abordées : ressources, déplacements et organisation du quotidien.',
    'Les adresses utiles du secteur, avec leurs horaires et leur accès, ont été remises par écrit.',
    "{S} recevra un appel du service dès qu'une réponse sera connue.",
  ],
  AUTONOMIE: [
    'Les gestes du quotidien ont été passés en revue, en partant de ce que la personne souhaite continuer à faire.',
    'Le projet de vie a été rédigé avec les mots de la personne, puis relu à voix haute.',
    "Une visite à domicile est proposée {jour} pour examiner l'accès au logement et les aménagements possibles.",
  ],
  VIOLENCES: [
    "Aucune démarche ne sera entreprise sans l'accord de la personne, sauf danger immédiat, ce qui a été clairement expliqué.",
    "Les personnes et les lieux pouvant servir d'appui ont été repérés ensemble, ainsi que les numéros d'urgence.",
    '{S} décide de prendre quelques jours de réflexion ; un appel est convenu {jour}, à une heure sans risque.',
  ],
  URGENCE: [
    "La situation a été examinée le jour même avec l'encadrement, et une réponse donnée avant la fermeture.",
    'Les adresses de distribution ouvertes {jour} ont été remises, avec leurs horaires et le trajet.',
    'Un nouvel entretien est fixé dans la semaine, afin que la réponse immédiate ouvre sur des démarches durables.',
  ],
  VIE_QUOTIDIENNE: [
    '{S} participait autrefois à des ateliers de {loisir} et aimerait reprendre.',
    'Un contact a été pris avec la maison de quartier, qui propose un accueil {jour}, sans inscription.',
    'Les solutions de proximité ont été listées ensemble, en commençant par celles qui se trouvent à pied.',
  ],
};

/** Sentences that suit any interview. */
const GENERIC: readonly string[] = [
  '{S} est en contact régulier avec {orienteur} et souhaite que les démarches restent coordonnées.',
  "Les pièces suivantes ont été remises : dernier avis d'imposition, quittance de loyer et attestation de la caisse.",
  'Il manque encore {piecesManquantes} pour que le dossier soit complet.',
  "{S} a bien repéré les interlocuteurs et sait à qui s'adresser pour chaque démarche.",
  "Les étapes ont été reformulées ensemble afin de s'assurer que chacun en a la même compréhension.",
  "Le point principal, pour {p}, est d'obtenir une réponse claire sur les délais.",
  'Deux pistes ont été présentées, avec leurs avantages et leurs limites ; le choix revient à {p}.',
  '{S} a déjà accompli plusieurs démarches depuis le dernier entretien, notamment {action}.',
  "Un courrier a été rédigé pendant l'entretien, relu à voix haute puis signé.",
  "Les ressources du foyer sont d'environ {montantRessources} euros par mois, toutes prestations comprises.",
  '{S} peut compter sur {tiers} pour une aide ponctuelle.',
  "Aucune information ne sera transmise à un partenaire sans l'accord de la personne.",
  "Le numéro de téléphone a changé et a été mis à jour avec l'accueil.",
  '{S} préfère recevoir un rappel par SMS {veille}.',
  'Le compte rendu de la rencontre avec {orienteur} a été lu ensemble et complété sur un point.',
  "L'échange a aussi permis d'aborder les projets des prochains mois, en particulier {projet}.",
  "{S} dit se sentir plus à l'aise avec les démarches depuis {mois} mois.",
  "Un appel passé sur haut-parleur, avec l'accord de la personne, a permis d'obtenir une première réponse.",
  "La réponse attendue pourrait prendre {semaines} semaines ; une solution d'attente a été recherchée.",
  '{S} souhaite que les rendez-vous aient lieu plutôt {jour} {moment}.',
  'Les documents présentés ont été rendus, et seules les copies utiles à la demande conservées.',
  "Il a été rappelé que l'accompagnement est libre et peut s'arrêter à tout moment.",
];

/** Sentences about what each side does next. */
const ACTIONS: readonly string[] = [
  "{S} transmettra {piecesManquantes} d'ici {delai}.",
  'De notre côté, nous contactons {orienteur}, comme convenu, et transmettrons la réponse dès réception.',
  "Sans nouvelle de l'organisme sous {delai}, une relance écrite sera envoyée.",
  'Décision prise ensemble : commencer par {action}, puis réévaluer dans {mois} mois.',
  'La suite donnée à la demande sera confirmée par écrit, selon le mode de contact choisi.',
  'Suite à donner : {action}.',
  'La liste des démarches et de leurs échéances a été remise par écrit.',
  "Première étape retenue : {action}, d'ici {delai}.",
];

/** Sentences about the next contact. */
const NEXT_CONTACTS: readonly string[] = [
  'Il est convenu de se revoir dans {semaines} semaines pour faire le point.',
  'Prochain rendez-vous fixé {jour} {moment}.',
  'Un appel est prévu {jour} {moment} pour vérifier la bonne réception des pièces.',
  '{S} dispose de nos coordonnées et peut rappeler en cas de changement.',
  '{S} choisit de poursuivre la démarche sans appui et reprendra contact au besoin.',
  'Un bilan est prévu dans {semaines} semaines, plus tôt si une réponse arrive.',
  '{S} rappellera {jour} {moment} pour fixer la suite.',
];

/** The values a slot may take; numeric slots are drawn in `fill`. */
const WORDS = {
  duree: ['vingt', 'trente', 'quarante', 'quarante-cinq', 'cinquante', 'soixante'],
  mois: ['deux', 'trois', 'quatre', 'cinq', 'six', 'huit'],
  semaines: ['deux', 'trois', 'quatre', 'cinq', 'six'],
  annees: ['deux', 'trois', 'quatre', 'cinq', 'six', 'sept'],
  nbCredits: ['deux', 'trois', 'quatre'],
  delai: ['huit jours', 'dix jours', 'quinze jours', 'trois semaines', 'un mois'],
  jour: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'],
  moment: ['en début de matinée', 'en fin de matinée', "en début d'après-midi", "en milieu d'après-midi"],
  veille: [
    'la veille de chaque rendez-vous',
    'deux jours avant chaque rendez-vous',
    'le matin du rendez-vous',
  ],
  typologie: ['deux-pièces', 'trois-pièces', 'quatre-pièces'],
  petitLogement: ['studio', 'deux-pièces'],
  piece: ['la chambre', 'la pièce principale', 'la cuisine'],
  tiers: ['un ami', 'une amie', 'une voisine', 'un membre de sa famille', 'un proche', 'une collègue'],
  orienteur: [
    'la mairie',
    'France services',
    'le CCAS',
    'la mission locale',
    'la PMI',
    "l'assistante sociale scolaire",
    'le centre social',
    'le bailleur',
    "une association d'entraide",
    'la caisse de retraite',
  ],
  depense: [
    "l'achat d'un réfrigérateur",
    'le remplacement du lave-linge',
    'les fournitures de la rentrée',
    "l'assurance du logement",
    'un abonnement de transport',
    "l'achat de lits pour les enfants",
  ],
  metier: [
    'la restauration collective',
    "l'aide à domicile",
    'la logistique',
    'la petite enfance',
    'le nettoyage',
    'le bâtiment',
    'le secrétariat',
    'la sécurité',
    'la vente',
    'les espaces verts',
  ],
  loisir: ['couture', 'cuisine', 'jardinage', 'chant', 'lecture', 'informatique', 'marche'],
  action: [
    "l'inscription sur le site de la caisse",
    "l'envoi du dossier complet",
    "la prise de rendez-vous avec l'ADIL",
    'une rencontre avec le Point conseil budget',
    'la mise à jour du CV',
    'le renouvellement de la demande de logement',
    'un bilan avec la mission locale',
    'la demande de tarif solidaire pour les transports',
    'la déclaration de changement de situation',
  ],
  piecesManquantes: [
    "l'attestation d'hébergement",
    'les trois derniers relevés de compte',
    'la dernière quittance de loyer',
    "l'attestation de l'employeur",
    "l'avis d'imposition",
    "le relevé d'identité bancaire",
    'le certificat de scolarité',
    "l'attestation d'assurance du logement",
  ],
  projet: [
    'une reprise de formation',
    'un changement de logement',
    'la préparation de la rentrée',
    'un retour vers un emploi à temps plein',
    'le permis de conduire',
    'un départ en vacances en famille',
    'une activité bénévole',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type WordSlot = keyof typeof WORDS;
type NumberSlot = 'montant' | 'montantHaut' | 'petitMontant' | 'montantRessources';
type Slot = WordSlot | NumberSlot | 'P' | 'p' | 'S' | 'foyer';

/** Sizes of a household; drawn once a note, so that a text does not contradict itself. */
const HOUSEHOLD_SIZES = ['trois', 'quatre', 'cinq', 'six'] as const;

/** Bounds and step of the amounts, in euros. */
const NUMBERS: Readonly<Record<NumberSlot, readonly [min: number, max: number, step: number]>> = {
  montant: [180, 960, 5],
  montantHaut: [900, 4800, 10],
  petitMontant: [30, 240, 5],
  montantRessources: [620, 2150, 10],
};

const OTHER_SLOTS: readonly string[] = ['P', 'p', 'S', 'foyer'];

/** A template cut once: literal texts at even places, slots at odd ones. */
interface Sentence {
  readonly texts: readonly string[];
  readonly slots: readonly Slot[];
}

function isSlot(name: string): name is Slot {
  return name in WORDS || name in NUMBERS || OTHER_SLOTS.includes(name);
}

function compile(template: string): Sentence {
  const parts = template.split(/\{(\w+)\}/);
  const slots = parts
    .filter((_, index) => index % 2 === 1)
    .map((name) => {
      if (!isSlot(name)) throw new Error(`Unknown slot {${name}} in: ${template}`);
      return name;
    });
  return { texts: parts.filter((_, index) => index % 2 === 0), slots };
}

interface CodeSentences {
  readonly theme: NeedTheme;
  readonly sentences: readonly Sentence[];
}

const openers = OPENERS.map(compile);
const generic = GENERIC.map(compile);
const actions = ACTIONS.map(compile);
const nextContacts = NEXT_CONTACTS.map(compile);
const byTheme = new Map<NeedTheme, readonly Sentence[]>(
  (Object.keys(BY_THEME) as NeedTheme[]).map((theme) => [theme, BY_THEME[theme].map(compile)]),
);
const byCode = new Map<string, CodeSentences>(
  NEED_CODES.map(({ code, theme }) => [code, { theme, sentences: (BY_CODE[code] ?? []).map(compile) }]),
);
const ordinaryCodes = NEED_CODES.filter(({ sensitive }) => !sensitive).map(({ code }) => code);

/** The values that stay the same from one sentence of a note to the next. */
interface NoteContext {
  readonly random: Random;
  readonly name: string | null;
  readonly household: string;
}

function fill(slot: Slot, { random, name, household }: NoteContext): string {
  switch (slot) {
    case 'P':
      return name ?? 'La personne';
    case 'p':
      return name !== null && random.chance(0.3) ? name : 'la personne';
    case 'S':
      return name !== null && random.chance(0.3) ? name : 'La personne';
    case 'foyer':
      return household;
    case 'montant':
    case 'montantHaut':
    case 'petitMontant':
    case 'montantRessources': {
      const [min, max, step] = NUMBERS[slot];
      return String(min + step * random.int(0, (max - min) / step));
    }
    default:
      return random.pick<string>(WORDS[slot]);
  }
}

function render(sentence: Sentence, context: NoteContext): string {
  const { texts, slots } = sentence;
  let text = texts[0] ?? '';
  for (let i = 0; i < slots.length; i++) {
    text += fill(slots[i] as Slot, context) + (texts[i + 1] ?? '');
  }
  return text;
}

function countWords(text: string): number {
  let words = 1;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) === 32) words++;
  return words;
}

const MIN_WORDS = 70;
const MAX_TARGET_WORDS = 185;
const MAX_CODES = 4;

/**
 * Makes the text of an interview note: 60 to 250 words of respectful, factual French. Violence, mental or sexual health and addiction
 * appear only if a sensitive need code asks for them, and then without detail.
 *
 * Source: written for Cosmos. Sentences and slots are drawn from the stream, so the same seed gives the same text; about 20 microseconds
 * each.
 */
export function makeNoteText(random: Random, options: NoteOptions = {}): string {
  const known = [...new Set(options.needCodes)].filter((code) => byCode.has(code)).slice(0, MAX_CODES);
  const codes = known.length > 0 ? known : [random.pick(ordinaryCodes)];
  const context: NoteContext = {
    random,
    name: options.personName ?? null,
    household: random.pick(HOUSEHOLD_SIZES),
  };
  const target = random.int(MIN_WORDS, MAX_TARGET_WORDS);

  const closing = [render(random.pick(actions), context), render(random.pick(nextContacts), context)];
  const body: string[] = [render(random.pick(openers), context)];
  let words = countWords(body[0] as string);
  for (const sentence of closing) words += countWords(sentence);

  const themes = new Set<NeedTheme>();
  const details: Sentence[] = [];
  for (const code of codes) {
    const entry = byCode.get(code) as CodeSentences;
    themes.add(entry.theme);
    const told = codes.length > 2 ? random.int(1, 2) : 2;
    for (const sentence of entry.sentences.slice(0, told)) {
      const text = render(sentence, context);
      body.push(text);
      words += countWords(text);
    }
  }
  for (const theme of themes) details.push(...random.shuffle(byTheme.get(theme) ?? []).slice(0, 2));

  for (const sentence of [...details, ...random.shuffle(generic)]) {
    if (words >= target) break;
    const text = render(sentence, context);
    body.push(text);
    words += countWords(text);
  }
  return [...body, ...closing].join(' ');
}
