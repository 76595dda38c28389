/** The two kinds: SHORT is read aloud when an appointment is booked, and FULL is handed over or shown on request. */
export type PrivacyNoticeKind = 'SHORT' | 'FULL';

/**
 * One version of a privacy notice in one language, without the sentences about who reads what
 * (src/services/data-protection/who-reads-what.ts). A published version is never edited. A new version replaces it.
 */
export interface PrivacyNoticeReference {
  readonly kind: PrivacyNoticeKind;
  readonly language: 'fr' | 'en';
  /** Same version in both languages means the same content. */
  readonly version: string;
  /** First day the notice applies, YYYY-MM-DD. */
  readonly effectiveFrom: string;
  readonly title: string;
  /** Plain text, paragraphs separated by an empty line. */
  readonly body: string;
}

/** The address of the model’s officer. A county puts its own in its place. */
export const MODEL_ADDRESS = 'dpo@departement.example';

const VERSION = '1.0';
const EFFECTIVE_FROM = '2025-01-01';

/**
 * The notices of the demonstration.
 *
 * Source: written for Cosmos after articles 13 and 14 of Regulation (EU) 2016/679 (GDPR), and the CNIL reference
 * framework on social and medico-social support (two years of active retention after the last contact).
 * Addresses are fictional (RFC 2606 domain). A département must have its own DPO review them before use.
 */
export const PRIVACY_NOTICES: readonly PrivacyNoticeReference[] = [
  {
    kind: 'SHORT',
    language: 'fr',
    version: VERSION,
    effectiveFrom: EFFECTIVE_FROM,
    title: 'Vos informations, en bref',
    body: [
      'Pour fixer ce rendez-vous, le service social du Département enregistre votre nom ou le nom que vous choisissez, un moyen de vous joindre et vos rendez-vous. Vous pouvez en dire aussi peu que vous le souhaitez.',
      'Ces informations servent à vous recevoir et à vous accompagner. Elles restent actives deux ans après notre dernier contact.',
      'Vous pouvez demander à les voir, à les corriger ou vous opposer à leur usage : dpo@departement.example. La notice complète vous sera remise sur simple demande.',
    ].join('\n\n'),
  },
  {
    kind: 'SHORT',
    language: 'en',
    version: VERSION,
    effectiveFrom: EFFECTIVE_FROM,
    title: 'Your information, in short',
    body: [
      'To book this appointment, the social service of the Département records your name or the name you choose, a way to reach you, and your appointments. You may say as little as you wish.',
      'This information is used to receive and support you. It stays active for two years after our last contact.',
      'You may ask to see it, have it corrected, or object to its use: dpo@departement.example. The full notice is given to you on request.',
    ].join('\n\n'),
  },
  {
    kind: 'FULL',
    language: 'fr',
    version: VERSION,
    effectiveFrom: EFFECTIVE_FROM,
    title: "Notice d'information sur vos données personnelles",
    body: [
      "Qui est responsable ? Le Département, représenté par le président du conseil départemental, est responsable du traitement. Sa déléguée ou son délégué à la protection des données (DPO) se joint à dpo@departement.example ou par courrier à l'Hôtel du Département.",
      "À quoi servent vos données ? À vous accueillir, fixer vos rendez-vous, évaluer avec vous votre situation, instruire vos demandes et suivre les actions décidées ensemble. Des statistiques, où personne n'est reconnaissable, servent à organiser le service.",
      "Sur quelle base ? L'exécution d'une mission d'intérêt public : l'action sociale que la loi confie au Département (article 6.1.e du RGPD ; Code de l'action sociale et des familles). Les données sensibles, lorsqu'elles sont nécessaires à votre accompagnement social, sont traitées par des professionnels soumis au secret (article 9.2.h et 9.3 du RGPD).",
      "Quelles données ? Votre nom ou le nom que vous choisissez, vos coordonnées, vos rendez-vous, les besoins que vous exprimez, les comptes rendus d'entretien et les démarches en cours. Vous pouvez ne pas répondre : nous vous dirons si une réponse est indispensable à une demande, et vous serez reçu dans tous les cas.",
      "D'où viennent-elles ? De vous, le plus souvent. Si un partenaire (mairie, bailleur, caisse, établissement scolaire, association) nous en transmet, nous vous disons lequel et ce qu'il a transmis, au plus tard lors de notre premier échange ou dans un délai d'un mois.",
      "Qui reçoit vos données hors du service ? Un partenaire ne reçoit que ce qui lui est nécessaire, après vous en avoir informé. L'hébergeur technique agit sur instruction du Département. Aucune donnée ne quitte l'Union européenne.",
      "Combien de temps ? Votre dossier reste actif deux ans après notre dernier contact. Il est ensuite supprimé, ou archivé à accès restreint lorsque la loi ou un recours l'impose. La trace des consultations de votre dossier est conservée pour en contrôler le bon usage.",
      "Aucune décision n'est prise par un automate : il n'y a ni profilage, ni note, ni décision automatisée.",
      "Quels sont vos droits ? Accéder à vos données, les faire rectifier, demander leur limitation ou leur effacement dans les cas prévus, vous opposer à leur usage pour des raisons tenant à votre situation, et définir leur sort après votre décès. Écrivez au DPO ou demandez à l'accueil ; la réponse vient sous un mois. Si elle ne vous satisfait pas, vous pouvez saisir la CNIL : www.cnil.fr.",
    ].join('\n\n'),
  },
  {
    kind: 'FULL',
    language: 'en',
    version: VERSION,
    effectiveFrom: EFFECTIVE_FROM,
    title: 'Notice on your personal data',
    body: [
      'Who is responsible? The Département, represented by the president of its council, is the controller. Its data protection officer (DPO) can be reached at dpo@departement.example or by post at the Hôtel du Département.',
      'What is your data for? To receive you, book your appointments, assess your situation with you, process your requests and follow what we decide together. Statistics in which nobody can be recognised help to organise the service.',
      "On what basis? The performance of a task in the public interest: the social action that the law entrusts to the Département (article 6(1)(e) GDPR; Code de l'action sociale et des familles). Sensitive data, where your social support requires it, is handled by professionals bound to secrecy (article 9(2)(h) and 9(3) GDPR).",
      'What data? Your name or the name you choose, your contact details, your appointments, the needs you express, notes of interviews and the steps under way. You may decline to answer: we will tell you if an answer is essential to a request, and you will be received in any case.',
      'Where does it come from? From you, most of the time. If a partner (town hall, landlord, benefit office, school, association) sends us some, we tell you which one and what it sent, at our first exchange or within one month at the latest.',
      'Who receives it outside the service? A partner receives only what it needs, and you are told first. The hosting provider acts on the instructions of the Département. No data leaves the European Union.',
      'For how long? Your file stays active for two years after our last contact. It is then deleted, or archived with restricted access where the law or an appeal requires it. The record of who consulted your file is kept to check that it is used properly.',
      'No decision is made by a machine: there is no profiling, no score and no automated decision.',
      'What are your rights? To access your data, have it corrected, ask for its restriction or for its erasure where the law provides for it, object to its use on grounds relating to your situation, and say what becomes of it after your death. Write to the DPO or ask at reception; the answer comes within one month. If it does not satisfy you, you may lodge a complaint with the CNIL: www.cnil.fr.',
    ].join('\n\n'),
  },
];
