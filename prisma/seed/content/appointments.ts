import type { Random } from './random.js';

/**
 * Subject lines by appointment type code (see `reference/appointment-types.ts`), for the service only.
 *
 * Source: written for Cosmos. Short, and silent on health and violence, since a calendar is read over a shoulder.
 */
export const APPOINTMENT_SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  FIRST_RECEPTION: [
    'Première rencontre',
    "Demande d'information sur les droits",
    'Orientation par la mairie',
    'Orientation par France services',
    'Première demande concernant le logement',
    'Demande de rendez-vous par téléphone',
    'Arrivée récente sur le secteur',
    'Courrier reçu à lire ensemble',
    'Aide pour une démarche en ligne',
  ],
  FOLLOW_UP: [
    'Point sur les démarches en cours',
    'Suivi de la demande de logement',
    'Suivi du budget',
    'Suivi du plan de règlement',
    'Retour de la caisse à examiner',
    'Pièces à compléter',
    'Réponse reçue, suite à donner',
    'Bilan à trois mois',
    'Préparation de la rentrée',
    'Suivi de la demande à la MDPH',
  ],
  SOCIAL_ASSESSMENT: [
    'Évaluation de la situation du foyer',
    'Évaluation pour une aide financière',
    'Évaluation avant demande FSL',
    'Rapport social DALO à préparer',
    "Point complet sur l'accès aux droits",
    'Évaluation du projet de relogement',
  ],
  RSA_CONTRACT: [
    "Contrat d'engagement : première rédaction",
    "Contrat d'engagement : renouvellement",
    'Point à mi-parcours du contrat',
    'Projet de formation à inscrire au contrat',
    'Signature du contrat',
    'Bilan du contrat',
  ],
  URGENT_RECEPTION: [
    'Demande à voir dans la journée',
    'Aide alimentaire',
    "Recherche d'hébergement",
    "Coupure d'énergie annoncée",
    "Sans ressources jusqu'à la fin du mois",
    'Courrier avec échéance proche',
  ],
  JOINT_MEETING: [
    'Rencontre avec le bailleur',
    "Rencontre avec le conseiller de l'emploi",
    "Rencontre avec l'école",
    'Point avec le CCAS',
    'Relais avec une nouvelle travailleuse sociale',
    'Rencontre avec la conseillère en économie sociale et familiale',
  ],
  HOME_VISIT: [
    'Visite du logement',
    'Visite à la demande de la personne',
    "Constat de l'état du logement",
    'Déplacement difficile, rencontre au domicile',
    "Visite après l'entrée dans les lieux",
    'Aménagement du logement à évoquer',
  ],
  PHONE_CALL: [
    'Rappel après message',
    'Point rapide sur un dossier',
    'Confirmation de la réception des pièces',
    'Préparation du prochain rendez-vous',
    "Transmission d'une réponse",
    'Appel à la demande de la personne',
  ],
};

const DEFAULT_SUBJECTS: readonly string[] = ['Point sur la situation', 'Rendez-vous demandé par la personne'];

/** A subject line for an appointment of this type; a plain one when the type is unknown. */
export function makeAppointmentSubject(random: Random, typeCode: string): string {
  return random.pick(APPOINTMENT_SUBJECTS[typeCode] ?? DEFAULT_SUBJECTS);
}
