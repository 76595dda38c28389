import { COMMUNES, type CommuneReference } from './communes.js';
import { DISTRICTS, type DistrictReference, week } from './districts.js';

/** Communes served by the district of a neighbour, by INSEE code. */
const SERVED_BY_A_NEIGHBOUR: Readonly<Record<string, string>> = {
  '93013': '93029', // Le Bourget, by Drancy
  '93015': '93047', // Coubron, by Montfermeil
  '93030': '93027', // Dugny, by La Courneuve
  '93033': '93051', // Gournay-sur-Marne, by Noisy-le-Grand
  '93039': '93066', // L'Île-Saint-Denis, by Saint-Denis
  '93074': '93073', // Vaujours, by Tremblay-en-France
  '93079': '93031', // Villetaneuse, by Épinay-sur-Seine
};

/**
 * The districts of the demonstration, by the commune of their office. Their offices stay; all others are at the door of their town hall.
 */
const demoOf = new Map(DISTRICTS.map((district) => [district.communeInseeCode, district]));

/** Returns the name after “de”: `Le Raincy` becomes `du Raincy`, and `Épinay-sur-Seine` becomes `d’Épinay-sur-Seine`. */
function ofPlace(name: string): string {
  if (name.startsWith('Le ')) return `du ${name.slice(3)}`;
  if (name.startsWith('Les ')) return `des ${name.slice(4)}`;
  if (/^[AEIOUYÉÈÊ]/.test(name)) return `d’${name}`;
  return `de ${name}`;
}

function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-');
}

function makeDistrict(commune: CommuneReference, index: number): DistrictReference {
  const servedInseeCodes = COMMUNES.map(({ inseeCode }) => inseeCode).filter(
    (code) => code === commune.inseeCode || SERVED_BY_A_NEIGHBOUR[code] === commune.inseeCode,
  );
  const demo = demoOf.get(commune.inseeCode);
  if (demo !== undefined) return { ...demo, servedInseeCodes };
  return {
    slug: slugOf(commune.name),
    name: `Circonscription ${ofPlace(commune.name)}`,
    addressLine: `${3 + 2 * index} rue de la Mairie`,
    postalCode: commune.postalCodes[0] ?? '',
    communeInseeCode: commune.inseeCode,
    phone: `01 99 00 ${40 + index} 10`,
    servedInseeCodes,
    openingHours: week(index % 2 === 0 ? 2 : 4),
  };
}

/**
 * The 32 districts of a whole county, those of the demonstration first.
 *
 * Source: fiction, as in `districts.ts`. Each town has its office but for the seven smallest, which a neighbour serves;
 * together they serve every commune exactly once.
 */
export const COUNTY_DISTRICTS: readonly DistrictReference[] = [
  ...DISTRICTS.map(({ communeInseeCode }) => communeInseeCode),
  ...COMMUNES.map(({ inseeCode }) => inseeCode).filter(
    (code) => !demoOf.has(code) && SERVED_BY_A_NEIGHBOUR[code] === undefined,
  ),
].map((code, index) => {
  const commune = COMMUNES.find(({ inseeCode }) => inseeCode === code);
  if (commune === undefined) throw new Error(`no commune ${code}`);
  return makeDistrict(commune, index);
});
