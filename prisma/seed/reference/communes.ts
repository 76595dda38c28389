/** A commune, as the Code officiel géographique (INSEE) knows it. */
export interface CommuneReference {
  readonly inseeCode: string;
  readonly name: string;
  readonly postalCodes: readonly string[];
  /** Municipal population, as INSEE counts it. */
  readonly population: number;
}

/**
 * The current communes of Seine-Saint-Denis, sorted by INSEE code.
 *
 * Source: `@etalab/decoupage-administratif` 6.0.0 (MIT), `data/communes.json`, département 93, type
 * `commune-actuelle`. There are 39, not 40: Pierrefitte-sur-Seine (93059) joined Saint-Denis (93066) on
 * 1 January 2025 and is a `commune-deleguee` in that version; its postal code 93380 is kept by Saint-Denis.
 */
export const COMMUNES: readonly CommuneReference[] = [
  { inseeCode: '93001', name: 'Aubervilliers', postalCodes: ['93300'], population: 88365 },
  { inseeCode: '93005', name: 'Aulnay-sous-Bois', postalCodes: ['93600'], population: 87599 },
  { inseeCode: '93006', name: 'Bagnolet', postalCodes: ['93170'], population: 43086 },
  { inseeCode: '93007', name: 'Le Blanc-Mesnil', postalCodes: ['93150'], population: 62376 },
  { inseeCode: '93008', name: 'Bobigny', postalCodes: ['93000'], population: 56927 },
  { inseeCode: '93010', name: 'Bondy', postalCodes: ['93140'], population: 50595 },
  { inseeCode: '93013', name: 'Le Bourget', postalCodes: ['93350'], population: 15925 },
  { inseeCode: '93014', name: 'Clichy-sous-Bois', postalCodes: ['93390'], population: 29354 },
  { inseeCode: '93015', name: 'Coubron', postalCodes: ['93470'], population: 5175 },
  { inseeCode: '93027', name: 'La Courneuve', postalCodes: ['93120'], population: 47167 },
  { inseeCode: '93029', name: 'Drancy', postalCodes: ['93700'], population: 72390 },
  { inseeCode: '93030', name: 'Dugny', postalCodes: ['93440'], population: 11700 },
  { inseeCode: '93031', name: 'Épinay-sur-Seine', postalCodes: ['93800'], population: 52833 },
  { inseeCode: '93032', name: 'Gagny', postalCodes: ['93220'], population: 42313 },
  { inseeCode: '93033', name: 'Gournay-sur-Marne', postalCodes: ['93460'], population: 7320 },
  { inseeCode: '93039', name: "L'Île-Saint-Denis", postalCodes: ['93450'], population: 8696 },
  { inseeCode: '93045', name: 'Les Lilas', postalCodes: ['93260'], population: 23843 },
  { inseeCode: '93046', name: 'Livry-Gargan', postalCodes: ['93190'], population: 47228 },
  { inseeCode: '93047', name: 'Montfermeil', postalCodes: ['93370'], population: 28703 },
  { inseeCode: '93048', name: 'Montreuil', postalCodes: ['93100'], population: 111934 },
  { inseeCode: '93049', name: 'Neuilly-Plaisance', postalCodes: ['93360'], population: 21941 },
  { inseeCode: '93050', name: 'Neuilly-sur-Marne', postalCodes: ['93330'], population: 39800 },
  { inseeCode: '93051', name: 'Noisy-le-Grand', postalCodes: ['93160'], population: 72978 },
  { inseeCode: '93053', name: 'Noisy-le-Sec', postalCodes: ['93130'], population: 45510 },
  { inseeCode: '93055', name: 'Pantin', postalCodes: ['93500'], population: 61929 },
  { inseeCode: '93057', name: 'Les Pavillons-sous-Bois', postalCodes: ['93320'], population: 25804 },
  { inseeCode: '93061', name: 'Le Pré-Saint-Gervais', postalCodes: ['93310'], population: 16993 },
  { inseeCode: '93062', name: 'Le Raincy', postalCodes: ['93340'], population: 14735 },
  { inseeCode: '93063', name: 'Romainville', postalCodes: ['93230'], population: 37152 },
  { inseeCode: '93064', name: 'Rosny-sous-Bois', postalCodes: ['93110'], population: 47180 },
  { inseeCode: '93066', name: 'Saint-Denis', postalCodes: ['93200', '93210', '93380'], population: 149077 },
  { inseeCode: '93070', name: 'Saint-Ouen-sur-Seine', postalCodes: ['93400'], population: 53615 },
  { inseeCode: '93071', name: 'Sevran', postalCodes: ['93270'], population: 52535 },
  { inseeCode: '93072', name: 'Stains', postalCodes: ['93240'], population: 41388 },
  { inseeCode: '93073', name: 'Tremblay-en-France', postalCodes: ['93290'], population: 38348 },
  { inseeCode: '93074', name: 'Vaujours', postalCodes: ['93410'], population: 8007 },
  { inseeCode: '93077', name: 'Villemomble', postalCodes: ['93250'], population: 29795 },
  { inseeCode: '93078', name: 'Villepinte', postalCodes: ['93420'], population: 41470 },
  { inseeCode: '93079', name: 'Villetaneuse', postalCodes: ['93430'], population: 12530 },
];
