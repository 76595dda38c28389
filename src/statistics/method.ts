import type { CountNoise } from './interval.js';
import { makeEvenTable, makePerturbationTable, type PerturbationTable } from './perturbation-table.js';
import { leastBaseOf } from './protection.js';

/** A version of the method that protects figures, in words and parameters. The secret is no part of it. */
export interface Method {
  readonly version: number;
  /** The modulus of the keys by which cells are looked up in the table. */
  readonly modulus: number;
  /** The modulus of the keys of records and of their sums. */
  readonly recordModulus: number;
  readonly variance: number;
  readonly maxPerturbation: number;
  /** A lower count, with its noise, is withheld. Null: each indicator had its own threshold (methods 1 and 2), or there is none. */
  readonly threshold: number | null;
  /** The threshold of a count about health or violence. Null: it was that of the other counts. */
  readonly sensitiveThreshold: number | null;
  /** The lowest base of a rate of a district, with its noise. Null: either part had the threshold of a count. */
  readonly leastBase: number | null;
  /** True if zero has noise, and every count has the same. */
  readonly isEven: boolean;
  readonly textFr: string;
  readonly textEn: string;
}

/** The parts that the texts of methods 1 and 2 share: the beginning, and what follows on the keys. Method 3 begins alike. */
const SHARED = {
  beginsFr: `Les chiffres sont protégés par la méthode des clés de cellule, celle des recensements.`,
  followsFr: `Chaque cellule, chaque marge et chaque total est protégé par lui-même : une somme de cellules n’est pas exactement le total.
Un compte n’est pas dit s’il est, une fois perturbé, sous le seuil de l’indicateur (11 pour les besoins et la santé, 6 sinon), ni zéro, sauf là où il ne peut rien y avoir. Il ne l’est pas non plus si moins de trois agents l’alimentent, ou un seul aux quatre cinquièmes. Le motif est le même dans tous les cas : le distinguer en dirait trop.
Un taux est le rapport de deux comptes ainsi protégés, en pour cent entiers.
Les chiffres d’un mois sont arrêtés le dix du mois suivant, ceux d’une année le dix février ; ce qui est saisi plus tard entre dans la version 2, arrêtée trois mois après, qui est la dernière. Qui s’y oppose n’est pas compté.
Ce que cela vaut : qui connaîtrait toutes les autres personnes ne devine d’une réponse si une personne y est comptée que six fois sur dix au plus, au lieu de cinq. De plusieurs réponses il apprend davantage : aussi une application de restitution ne peut-elle demander que seize tableaux d’un indicateur, d’un territoire et d’une année. Deux réponses différentes disent que ce qui est compté diffère.
Ce qui est gardé d’un arrêté, ce sont les réponses : ni clés ni enregistrements. Le secret n’est connu que du traitement qui arrête les chiffres.`,
  beginsEn: `Figures are protected by the cell-key method, as those of a census.`,
  followsEn: `Each cell, margin and total is protected by itself: cells do not add up exactly.
A count is not told if it is, once perturbed, below the threshold of the indicator (11 for needs and health, 6 otherwise), nor is zero, but where there can be none. Nor is it told if fewer than three workers feed it, or one alone by four fifths. The reason is the same for all: to tell which would tell too much.
A rate is the ratio of two counts that are protected so, in whole per cent.
The figures of a month are frozen on the tenth of the next, those of a year on the tenth of February; what is recorded later goes into version 2, three months after, which is the last. Whoever objects is not counted.
What that is worth: who knew everyone else guesses from one answer whether a person is counted in it six times in ten at most, instead of five. From several answers more is learnt: so a reporting client may ask for sixteen tables of an indicator, a territory and a year. Two answers that differ say that what is counted differs.
What is kept of a snapshot are the answers: neither keys nor records. The secret is known to nothing but the job that freezes.`,
} as const;

/** The variance of method 4: by it, `src/statistics/lives.ts` works out what an ordinary life leaves to be guessed. */
const VARIANCE_4 = 36;

/** Every version of the method: a snapshot names the one that made it. A change is a new version, and never an edit. */
export const METHODS: readonly Method[] = [
  {
    version: 1,
    modulus: 65_536,
    recordModulus: 65_536,
    variance: 10,
    maxPerturbation: 16,
    threshold: null,
    leastBase: null,
    sensitiveThreshold: null,
    isEven: false,
    textFr: `${SHARED.beginsFr}
Chaque unité comptée (personne, dossier, rendez-vous, demande, passage, orientation) reçoit une clé secrète, tirée de son type et de son identifiant par HMAC-SHA256, modulo 65 536. La clé d’une cellule est la somme des clés de ses unités. Elle désigne, dans une table d’entropie maximale, ce qui est ajouté au compte ou en est retiré : en moyenne rien, avec une variance de 10 au plus, jamais plus de 16. Les mêmes unités donnent toujours la même réponse.
${SHARED.followsFr}`,
    textEn: `${SHARED.beginsEn}
Each unit that is counted (person, case, appointment, request, visit, referral) has a secret key, made of its type and its id by HMAC-SHA256, modulo 65,536. The key of a cell is the sum of the keys of its units. In a table of maximum entropy it finds what is added to the count or taken from it: nothing on average, with a variance of 10 at most, never more than 16. The same units always answer the same.
${SHARED.followsEn}`,
  },
  {
    version: 2,
    modulus: 65_536,
    recordModulus: 2 ** 48,
    variance: 10,
    maxPerturbation: 16,
    threshold: null,
    leastBase: null,
    sensitiveThreshold: null,
    isEven: false,
    textFr: `${SHARED.beginsFr}
Chaque unité comptée (personne, dossier, rendez-vous, demande, passage, orientation) reçoit une clé secrète, tirée de son type et de son identifiant par HMAC-SHA256, modulo 2 puissance 48. Les clés des unités d’une cellule sont additionnées ; la clé de la cellule est tirée de cette somme par un second HMAC-SHA256, modulo 65 536. Elle désigne, dans une table d’entropie maximale, ce qui est ajouté au compte ou en est retiré : en moyenne rien, avec une variance de 10 au plus, jamais plus de 16. Les mêmes unités donnent toujours la même réponse.
Dans la méthode 1, la clé d’une cellule était la somme elle-même : le bruit des parties trahissait alors celui du tout. Depuis la méthode 2, il n’en dit rien.
${SHARED.followsFr}`,
    textEn: `${SHARED.beginsEn}
Each unit that is counted (person, case, appointment, request, visit, referral) has a secret key, made of its type and its id by HMAC-SHA256, modulo 2 to the power of 48. The keys of the units of a cell are added; the key of the cell is made of that sum by a second HMAC-SHA256, modulo 65,536. In a table of maximum entropy it finds what is added to the count or taken from it: nothing on average, with a variance of 10 at most, never more than 16. The same units always answer the same.
By method 1 the key of a cell was the sum itself: the noise of the parts then gave that of the whole away. Since method 2 it tells nothing of it.
${SHARED.followsEn}`,
  },
  {
    version: 3,
    modulus: 65_536,
    recordModulus: 2 ** 48,
    variance: 14,
    maxPerturbation: 16,
    threshold: 6,
    leastBase: 30,
    sensitiveThreshold: null,
    isEven: false,
    textFr: `${SHARED.beginsFr}
Chaque unité comptée (personne, dossier, rendez-vous, demande, passage, orientation) reçoit une clé secrète, tirée de son type et de son identifiant par HMAC-SHA256, modulo 2 puissance 48. Les clés des unités d’une cellule sont additionnées ; la clé de la cellule est tirée de cette somme par un second HMAC-SHA256, modulo 65 536. Elle désigne, dans une table d’entropie maximale, ce qui est ajouté au compte ou en est retiré : en moyenne rien, avec une variance de 14 au plus, jamais plus de 16. Les mêmes unités donnent toujours la même réponse.
Chaque cellule, chaque marge et chaque total est protégé par lui-même : une somme de cellules n’est pas exactement le total, et le bruit des parties ne dit rien de celui du tout.
Le programme est public : l’année d’une circonscription par une dimension, celle du département par une ou deux, les mois en totaux, les attentes d’un mois par leur durée. Tout le monde le lit en entier ; rien de plus fin n’est dit à personne. Les besoins de santé et de violence ne sont dits que du département, et s’il a trois circonscriptions au moins ; le besoin précis de même.
Un compte qui, avec son bruit, est de moins de 6 n’est pas dit, et zéro non plus. Le motif est le même. Que trois agents au moins alimentent un indicateur est demandé quand il est adopté : ce qu’un agent fait ou ne fait pas ne cache aucune cellule.
Un taux est le rapport de deux comptes avec leur bruit, en pour cent entiers. Il est dit à partir d’une base de 30. Une partie de taux qui vaut zéro reçoit aussi un bruit.
Chaque chiffre est donné avec l’intervalle que le bruit lui laisse, dans 95 cas sur cent.
Les chiffres d’un mois sont arrêtés le dix du mois suivant, ceux d’une année le dix février, une fois pour toutes. Ce qui est saisi plus tard n’entre dans aucun chiffre de cette période. Qui s’y oppose n’est pas compté, à partir de la première période qui n’est pas arrêtée.
Ce qui est gardé d’un arrêté, ce sont les réponses : ni clés ni enregistrements. Le secret n’est connu que du traitement qui arrête les chiffres.`,
    textEn: `${SHARED.beginsEn}
Each unit that is counted (person, case, appointment, request, visit, referral) has a secret key, made of its type and its id by HMAC-SHA256, modulo 2 to the power of 48. The keys of the units of a cell are added; the key of the cell is made of that sum by a second HMAC-SHA256, modulo 65,536. In a table of maximum entropy it finds what is added to the count or taken from it: nothing on average, with a variance of 14 at most, never more than 16. The same units always answer the same.
Each cell, margin and total is protected by itself: cells do not add up exactly, and the noise of the parts tells nothing of the noise of the whole.
The programme is public: a district’s year by one dimension, the county’s by one or two, months as totals, the waits of a month by how long. Everyone reads all of it; nothing finer is told to anyone. Needs of health and of violence are told of the county alone, and if it has three districts at least; so is which need it is.
A count that is below 6 with its noise is not told, nor is zero. The reason is the same. Whether three workers at least feed an indicator is asked when it is adopted: no cell is withheld because of what one worker does or leaves.
A rate is the ratio of two counts with their noise, in whole per cent. It is told from a base of 30. A part of a rate that is zero has noise too.
Each figure is given with the interval that the noise leaves it, in 95 cases of 100.
The figures of a month are frozen on the tenth of the next, those of a year on the tenth of February, once and for all. What is recorded later is in no figure of that period. Whoever objects is not counted, from the first period that is not frozen.
What is kept of a snapshot are the answers: neither keys nor records. The secret is known to nothing but the job that freezes.`,
  },
  {
    version: 4,
    modulus: 16_777_216,
    recordModulus: 2 ** 48,
    variance: VARIANCE_4,
    maxPerturbation: 30,
    threshold: null,
    sensitiveThreshold: 11,
    leastBase: leastBaseOf(VARIANCE_4),
    isEven: true,
    textFr: `${SHARED.beginsFr}
Chaque unité comptée (personne, dossier, rendez-vous, demande, passage, orientation) reçoit une clé secrète, tirée de son type et de son identifiant par HMAC-SHA256, modulo 2 puissance 48. Les clés des unités d’une cellule sont additionnées. La clé de la cellule est tirée de cette somme et du nom de la cellule (période, mesure, territoire, dimensions, catégories) par un second HMAC-SHA256, modulo 16 777 216. Elle désigne, dans une table d’entropie maximale, ce qui est ajouté au compte ou en est retiré : en moyenne rien, avec une variance de 36, jamais plus de 30. La même cellule des mêmes unités donne toujours la même réponse.
Le bruit appartient donc à la cellule. Deux cellules qui comptent les mêmes unités donnent deux chiffres qui peuvent différer : qu’ils diffèrent ne prouve rien, et qu’ils soient égaux non plus. Jusqu’à la méthode 3, deux ensembles égaux donnaient le même chiffre, et une différence était une preuve.
Zéro, un et mille reçoivent le même bruit. Un compte qui devient négatif est dit 0. Une cellule où il ne peut rien y avoir est dite 0.
Le programme est public : l’année d’une circonscription par une dimension, celle du département par une ou deux, les mois en totaux, les attentes d’un mois par leur durée, et pour le département quelques chiffres d’un trimestre. Tout le monde le lit en entier ; rien de plus fin n’est dit à personne.
Un chiffre du département est la somme des chiffres de ses circonscriptions avec leur bruit, sauf s’il compte des personnes (une personne peut venir dans deux circonscriptions), croise deux dimensions, ou n’est dit que du département : il est alors protégé par lui-même. Des personnes du département, le total est la somme des âges, et le tableau selon l’autre dimension celle du tableau croisé avec l’âge, avec leur bruit. Dans une circonscription, une somme de cellules n’est pas exactement le total.
Les besoins de santé et de violence ne sont dits que du département, et s’il a trois circonscriptions au moins ; le besoin précis de même. Un tel compte n’est pas dit s’il est, avec son bruit, de moins de 11. Aucun autre compte n’a de seuil. Que trois agents au moins alimentent un indicateur est demandé quand il est adopté : ce qu’un agent fait ou ne fait pas ne cache aucune cellule. Si une circonscription a moins de trois travailleurs sociaux à la fin d’une période, cette période n’est dite que du département.
Un taux est le rapport de comptes avec leur bruit, en pour cent entiers, pour une année, ou un trimestre du département. Il n’est dit que si son intervalle est de 10 points au plus de part et d’autre : dans une circonscription, à partir d’une base de ${leastBaseOf(VARIANCE_4)} pour deux comptes, et de ${leastBaseOf(3 * VARIANCE_4)} pour les issues inconnues, dont le reste a trois comptes.
Chaque chiffre est donné avec l’intervalle que le bruit lui laisse, dans 95 cas sur cent.
Les chiffres d’un mois ou d’un trimestre sont arrêtés le dix du mois suivant, ceux d’une année le dix février, une fois pour toutes. Ce qui est saisi plus tard n’entre dans aucun chiffre de cette période. Qui s’y oppose n’est pas compté, à partir de la première période qui n’est pas arrêtée ; un trimestre et une année prennent la liste des oppositions du jour où leur dernier mois est arrêté.
Ce qui est gardé d’un arrêté, ce sont les réponses : ni clés ni enregistrements. Le secret n’est connu que du traitement qui arrête les chiffres.`,
    textEn: `${SHARED.beginsEn}
Each unit that is counted (person, case, appointment, request, visit, referral) has a secret key, made of its type and its id by HMAC-SHA256, modulo 2 to the power of 48. The keys of the units of a cell are added. The key of the cell is made of that sum and of the name of the cell (period, measure, territory, dimensions, categories) by a second HMAC-SHA256, modulo 16,777,216. In a table of maximum entropy it finds what is added to the count or taken from it: nothing on average, with a variance of 36, never more than 30. The same cell of the same units always answers the same.
So the noise belongs to the cell. Two cells that count the same units are told as two figures that may differ: it proves nothing if they differ, nor if they are equal. Until method 3, equal sets were told alike, and a difference was a proof.
Zero, one and a thousand have the same noise. A count that becomes negative is told as 0. A cell in which there can be nobody is told as 0.
The programme is public: a district’s year by one dimension, the county’s by one or two, months as totals, the waits of a month by how long, and some figures of a quarter for the county. Everyone reads all of it; nothing finer is told to anyone.
A figure of the county is the sum of the figures of its districts with their noise, unless it counts persons (a person may come to two districts), crosses two dimensions, or is told of the county alone: then it is protected by itself. Of the county’s persons, the total is the sum of the ages, and the table by the other dimension that of the table by both, with their noise. Within a district, cells do not add up exactly to the total.
Needs of health and of violence are told of the county alone, and if it has three districts at least; so is which need it is. Such a count is not told if it is below 11 with its noise. No other count has a threshold. Whether three workers at least feed an indicator is asked when it is adopted: no cell is withheld because of what one worker does or leaves. If a district has fewer than three social workers at the end of a period, that period is told of the county alone.
A rate is the ratio of counts with their noise, in whole per cent, of a year, or of a quarter of the county. It is told only if its interval is 10 points at most on either side: in a district, from a base of ${leastBaseOf(VARIANCE_4)} for two counts, and of ${leastBaseOf(3 * VARIANCE_4)} for unknown outcomes, whose rest has three counts.
Each figure is given with the interval that the noise leaves it, in 95 cases of 100.
The figures of a month or a quarter are frozen on the tenth of the next month, those of a year on the tenth of February, once and for all. What is recorded later is in no figure of that period. Whoever objects is not counted, from the first period that is not frozen; a quarter and a year take the list of objections of the day on which their last month is frozen.
What is kept of a snapshot are the answers: neither keys nor records. The secret is known to nothing but the job that freezes.`,
  },
];

/** Returns the method of a version; null if there was none. */
export function methodOf(version: number): Method | null {
  return METHODS.find((method) => method.version === version) ?? null;
}

/** The method by which figures are frozen now. */
export const METHOD_NOW = METHODS.at(-1) as Method;

/** Returns the perturbation table of a method. */
export function tableOf({ modulus, variance, maxPerturbation, isEven }: Method): PerturbationTable {
  return (isEven ? makeEvenTable : makePerturbationTable)({ modulus, variance, maxPerturbation });
}

/** Returns what the interval of a count depends on, by the method that protects it. */
export function countNoiseOf(method: Method, parts: number, isSensitive: boolean): CountNoise {
  return {
    variance: method.variance * parts,
    threshold: isSensitive ? (method.sensitiveThreshold ?? method.threshold) : method.threshold,
    least: method.isEven ? 0 : 1,
  };
}
