import type { Calendar } from './calendar.js';
import type { Directory } from './directory.js';
import { INDICATORS, type IndicatorReference, measured } from './reference/indicators.js';
import { makeIds, type Row, streamOf } from './rows.js';

/** What is counted, what was not to be, and what the teams said of it. */
export interface IndicatorRows {
  readonly indicators: readonly Row[];
  readonly opinions: readonly Row[];
  readonly observations: readonly Row[];
}

const CONSULTED = { consulted_from: '2025-01-06', consulted_until: '2025-01-31' };
const NOT_DECIDED = {
  consulted_from: null,
  consulted_until: null,
  adopted_on: null,
  retired_on: null,
  refusal: null,
  refusal_text: null,
  place: null,
};

/** A proposal of the catalogue. */
function proposal(indicator: IndicatorReference, id: string): Row {
  const { code, labelFr, labelEn, definitionFr, countsFr, doesNotCountFr } = indicator;
  return {
    id,
    code,
    version: 1,
    label_fr: labelFr,
    label_en: labelEn,
    definition_fr: definitionFr,
    counts_fr: countsFr,
    does_not_count_fr: doesNotCountFr,
    ...measured(code),
    status: 'PROPOSED',
    proposed_in_id: null,
    proposed_on: '2025-01-02',
    ...NOT_DECIDED,
  };
}

/** The catalogue as a county begins with it: proposed, and counted once its teams have agreed. */
export function proposedIndicators(): readonly Row[] {
  const nextId = makeIds('indicator');
  return INDICATORS.map((indicator) => proposal(indicator, nextId()));
}

/** The same with its teams' agreement, and three others: one in consultation, one proposed, one refused. */
export function makeIndicators(calendar: Calendar, directory: Directory): IndicatorRows {
  const random = streamOf('indicators', '');
  const nextId = makeIds('indicator-more');
  const districts = directory.districts.map(({ id }) => String(id));
  const [first = '', second = first] = districts;
  const adopted: Row[] = proposedIndicators().map((row, nth) => ({
    ...row,
    status: 'ADOPTED',
    ...CONSULTED,
    adopted_on: '2025-02-03',
    place: nth + 1,
  }));
  const openCases = adopted.find(({ code }) => code === 'OPEN_CASES') ?? {};
  const consulted: Row = {
    ...openCases,
    ...NOT_DECIDED,
    id: nextId(),
    version: 2,
    status: 'CONSULTED',
    threshold: 10,
    proposed_in_id: first,
    proposed_on: calendar.date(-20),
    consulted_from: calendar.date(-10),
    consulted_until: calendar.date(20),
  };
  const others: Row[] = [
    {
      ...proposalInWords('DOMICILIATIONS', nextId(), 'Domiciliations faites', 'Postal addresses given'),
      definition_fr: 'Les domiciliations accordées par la circonscription pendant la période.',
      counts_fr: 'Une première domiciliation ; un renouvellement.',
      does_not_count_fr: 'Une demande refusée.',
      proposed_in_id: second,
      proposed_on: calendar.date(-3),
    },
    {
      ...proposalInWords('ECOUTE_SOUTIEN', nextId(), 'Écoute et soutien', 'Listening and support'),
      definition_fr: 'Les entretiens où l’écoute a été importante.',
      counts_fr: 'Un entretien marqué « écoute soutien +++ ».',
      does_not_count_fr: 'Un entretien marqué « + ».',
      status: 'REFUSED',
      proposed_on: '2025-01-02',
      refusal: 'SUBJECTIVE',
      refusal_text:
        'Deux agents ne compteraient pas le même entretien pareil : l’intensité d’une écoute ne se constate pas, et la noter mettrait en regard des agents plutôt que des besoins.',
    },
  ];
  return {
    indicators: [...adopted, consulted, ...others],
    opinions: [
      ...adopted.flatMap(({ id }) =>
        districts.map((district_id, nth) => {
          const isAgainst = nth > 0 && random.chance(0.12);
          return {
            indicator_id: String(id),
            district_id,
            position: isAgainst ? 'AGAINST' : random.chance(0.1) ? 'ABSTAINED' : 'FOR',
            dissent: isAgainst
              ? 'Une partie de l’équipe craint que ce chiffre serve un jour à comparer des circonscriptions.'
              : null,
            stated_on: '2025-01-24',
          };
        }),
      ),
      {
        indicator_id: String(consulted['id']),
        district_id: first,
        position: 'FOR',
        dissent: null,
        stated_on: calendar.date(-8),
      },
    ],
    observations: [
      {
        id: nextId(),
        code: 'APPOINTMENTS',
        district_id: first,
        year: Number(calendar.date(0).slice(0, 4)),
        body: 'La fermeture du guichet de la caisse d’allocations, en février, a amené des personnes qui y étaient reçues sans rendez-vous.',
        stated_on: calendar.date(-30),
      },
    ],
  };
}

/** What nothing records yet. */
function proposalInWords(code: string, id: string, labelFr: string, labelEn: string): Row {
  return {
    ...NOT_DECIDED,
    id,
    code,
    version: 1,
    label_fr: labelFr,
    label_en: labelEn,
    measure: null,
    unit: 'REQUEST',
    kind: 'FLOW',
    dimensions: [],
    threshold: 11,
    status: 'PROPOSED',
    proposed_in_id: null,
  };
}
