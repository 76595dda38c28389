/** One span of opening, in local wall time (Europe/Paris). Weekdays are ISO: 1 is Monday, 5 is Friday. */
export interface OpeningHours {
  readonly weekday: 1 | 2 | 3 | 4 | 5;
  readonly opens: string;
  readonly closes: string;
}

/** A circonscription de service social: a place that receives the public and the communes it serves. */
export interface DistrictReference {
  readonly slug: string;
  readonly name: string;
  readonly addressLine: string;
  readonly postalCode: string;
  /** INSEE code of the commune where the office stands. */
  readonly communeInseeCode: string;
  /** A telephone number in the 01 99 00 block that ARCEP reserves for fiction. It can never ring anywhere. */
  readonly phone: string;
  /** INSEE codes of the communes served; the three lists together cover every commune exactly once. */
  readonly servedInseeCodes: readonly string[];
  readonly openingHours: readonly OpeningHours[];
}

const MORNING = { opens: '09:00', closes: '12:00' } as const;
const AFTERNOON = { opens: '13:30', closes: '17:00' } as const;
const WEEKDAYS = [1, 2, 3, 4, 5] as const;

/** Makes a week of opening hours: every morning, and every afternoon except the one for team meetings. */
export function week(closedAfternoon: 1 | 2 | 3 | 4 | 5): readonly OpeningHours[] {
  return WEEKDAYS.flatMap((weekday) =>
    weekday === closedAfternoon
      ? [{ weekday, ...MORNING }]
      : [
          { weekday, ...MORNING },
          { weekday, ...AFTERNOON },
        ],
  );
}

/**
 * The three districts of the demonstration.
 *
 * Source: fiction. Towns and INSEE codes are real (see `communes.ts`); addresses, telephone numbers, hours and
 * the way the communes are shared out are invented, with neighbours kept together.
 */
export const DISTRICTS: readonly DistrictReference[] = [
  {
    slug: 'sevran',
    name: 'Circonscription de Sevran',
    addressLine: '12 allée des Tilleuls',
    postalCode: '93270',
    communeInseeCode: '93071',
    phone: '01 99 00 10 10',
    servedInseeCodes: [
      '93005', // Aulnay-sous-Bois
      '93007', // Le Blanc-Mesnil
      '93008', // Bobigny
      '93013', // Le Bourget
      '93029', // Drancy
      '93030', // Dugny
      '93046', // Livry-Gargan
      '93071', // Sevran
      '93073', // Tremblay-en-France
      '93074', // Vaujours
      '93078', // Villepinte
    ],
    openingHours: week(4),
  },
  {
    slug: 'gagny',
    name: 'Circonscription de Gagny',
    addressLine: '5 rue du Vieux Moulin',
    postalCode: '93220',
    communeInseeCode: '93032',
    phone: '01 99 00 20 20',
    servedInseeCodes: [
      '93010', // Bondy
      '93014', // Clichy-sous-Bois
      '93015', // Coubron
      '93032', // Gagny
      '93033', // Gournay-sur-Marne
      '93047', // Montfermeil
      '93049', // Neuilly-Plaisance
      '93050', // Neuilly-sur-Marne
      '93051', // Noisy-le-Grand
      '93053', // Noisy-le-Sec
      '93057', // Les Pavillons-sous-Bois
      '93062', // Le Raincy
      '93064', // Rosny-sous-Bois
      '93077', // Villemomble
    ],
    openingHours: week(2),
  },
  {
    slug: 'saint-ouen',
    name: 'Circonscription de Saint-Ouen',
    addressLine: '28 rue des Docks',
    postalCode: '93400',
    communeInseeCode: '93070',
    phone: '01 99 00 30 30',
    servedInseeCodes: [
      '93001', // Aubervilliers
      '93006', // Bagnolet
      '93027', // La Courneuve
      '93031', // Épinay-sur-Seine
      '93039', // L'Île-Saint-Denis
      '93045', // Les Lilas
      '93048', // Montreuil
      '93055', // Pantin
      '93061', // Le Pré-Saint-Gervais
      '93063', // Romainville
      '93066', // Saint-Denis
      '93070', // Saint-Ouen-sur-Seine
      '93072', // Stains
      '93079', // Villetaneuse
    ],
    openingHours: week(4),
  },
];
