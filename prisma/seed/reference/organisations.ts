import type { Service, Structure } from '../../organisations/data-inclusion.js';

type Example = Pick<Structure, 'nom' | 'adresse' | 'horaires_accueil' | 'reseaux_porteurs'> & {
  readonly commune: readonly [code: string, name: string, postalCode: string];
  readonly thematiques: readonly string[];
};

const SEVRAN = ['93071', 'Sevran', '93270'] as const;
const GAGNY = ['93032', 'Gagny', '93220'] as const;
const BOBIGNY = ['93008', 'Bobigny', '93000'] as const;

/** Organisations that do not exist, as data.inclusion would publish them. Their telephone numbers ring nowhere. */
const EXAMPLES: readonly Example[] = [
  {
    nom: 'Épicerie solidaire des Beaudottes',
    adresse: '3 allée des Acacias',
    horaires_accueil: 'Tu,Th 14:00-17:30',
    reseaux_porteurs: ['banques-alimentaires'],
    commune: SEVRAN,
    thematiques: ['equipement-et-alimentation--alimentation'],
  },
  {
    nom: 'Point conseil budget du Canal',
    adresse: '12 rue du Halage',
    horaires_accueil: 'Mo-Fr 09:00-12:00',
    reseaux_porteurs: ['points-conseil-budget'],
    commune: SEVRAN,
    thematiques: [
      'difficultes-financieres--ameliorer-sa-gestion-budgetaire',
      'difficultes-financieres--situation-dendettement-surendettement',
    ],
  },
  {
    nom: 'Espace numérique La Passerelle',
    adresse: '5 place de la Gare',
    horaires_accueil: 'Mo-Sa 10:00-18:00',
    reseaux_porteurs: ['espaces-publics-numeriques'],
    commune: GAGNY,
    thematiques: ['numerique--maitriser-les-fondamentaux-du-numerique', 'numerique--acquerir-un-equipement'],
  },
  {
    nom: 'Association Logement pour tous',
    adresse: '27 avenue Jean-Moulin',
    horaires_accueil: null,
    reseaux_porteurs: null,
    commune: GAGNY,
    thematiques: ['logement-hebergement--se-maintenir-dans-le-logement'],
  },
  {
    nom: 'Maison des familles de l’Ourcq',
    adresse: '8 rue des Tilleuls',
    horaires_accueil: 'Mo,We,Fr 09:30-17:00',
    reseaux_porteurs: null,
    commune: BOBIGNY,
    thematiques: ['famille--soutien-a-la-parentalite-et-a-leducation', 'famille--garde-denfants'],
  },
  {
    nom: 'Permanence santé Simone-Veil',
    adresse: '1 boulevard de la République',
    horaires_accueil: 'Mo-Fr 08:30-18:00',
    reseaux_porteurs: null,
    commune: BOBIGNY,
    thematiques: ['sante--acces-aux-soins'],
  },
];

const idOf = (nth: number): string => `cosmos-exemple--${nth + 1}`;

export const STRUCTURES: readonly Structure[] = EXAMPLES.map(({ commune, thematiques: _, ...of }, nth) => ({
  ...of,
  source: 'cosmos-exemple',
  id: idOf(nth),
  date_maj: '2026-09-01',
  description: 'Structure fictive, pour la démonstration : elle n’existe pas.',
  code_insee: commune[0],
  commune: commune[1],
  code_postal: commune[2],
  telephone: `+3319900110${nth}`,
  courriel: `structure${nth + 1}@example.org`,
}));

export const SERVICES: readonly Service[] = EXAMPLES.map(({ thematiques }, nth) => ({
  id: `${idOf(nth)}-service`,
  structure_id: idOf(nth),
  thematiques: [...thematiques],
}));
