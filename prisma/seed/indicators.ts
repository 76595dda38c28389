import type { Calendar } from './calendar.js';
import type { Directory } from './directory.js';
import { INDICATORS, type IndicatorReference, measured } from './reference/indicators.js';
import { makeIds, type Row, streamOf } from './rows.js';

/** The rows of the indicators: those that are counted, those that were refused, and what the teams said of them. */
export interface IndicatorRows {
  readonly indicators: readonly Row[];
  readonly speakers: readonly Row[];
  readonly voices: readonly Row[];
  readonly observations: readonly Row[];
}

const CONSULTED = { consulted_from: '2025-01-06', consulted_until: '2025-01-31' };
const NOT_DECIDED = {
  consulted_from: null,
  consulted_until: null,
  adopted_on: null,
  given_by: null,
  retired_on: null,
  refusal: null,
  refusal_text: null,
  place: null,
};

/** Makes a proposal of the catalogue. */
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
    // An adviser proposes them, and the other one has read them.
    confirmed_on: '2025-01-03',
    ...NOT_DECIDED,
  };
}

/** Makes the catalogue with which a county begins. Its indicators are proposed, and counted once the teams have agreed. */
export function proposedIndicators(): readonly Row[] {
  const nextId = makeIds('indicator');
  return INDICATORS.map((indicator) => proposal(indicator, nextId()));
}

/** Makes the catalogue with the agreement of the teams, and three other indicators: one in consultation, one proposed, one refused. */
export function makeIndicators(calendar: Calendar, directory: Directory): IndicatorRows {
  const nextId = makeIds('indicator-more');
  const [first = '', second = first] = directory.districts.map(({ id }) => String(id));
  const adopted: Row[] = proposedIndicators().map((row, nth) => ({
    ...row,
    status: 'ADOPTED',
    ...CONSULTED,
    adopted_on: '2025-02-03',
    given_by: 'DISTRICT',
    place: nth + 1,
  }));
  const openCases = adopted.find(({ code }) => code === 'OPEN_CASES') ?? {};
  const consulted: Row = {
    ...openCases,
    ...NOT_DECIDED,
    id: nextId(),
    version: 2,
    status: 'CONSULTED',
    dimensions: ['MISSION', 'ASSIGNED'],
    proposed_in_id: first,
    proposed_on: calendar.date(-20),
    consulted_from: calendar.date(-10),
    // Six weeks, the first day included.
    consulted_until: calendar.date(31),
  };
  const others: Row[] = [
    {
      ...(adopted.find(({ code }) => code === 'REFERRALS_SENT') ?? {}),
      ...NOT_DECIDED,
      id: nextId(),
      code: 'REFERRALS_BY_MISSION',
      label_fr: 'Orientations selon la mission',
      label_en: 'Referrals by mission',
      dimensions: ['MISSION'],
      status: 'PROPOSED',
      proposed_in_id: second,
      proposed_on: calendar.date(-3),
    },
    {
      ...refusedInWords('ECOUTE_SOUTIEN', nextId(), 'Écoute et soutien', 'Listening and support'),
      definition_fr: 'Les entretiens où l’écoute a été importante.',
      counts_fr: 'Un entretien marqué « écoute soutien +++ ».',
      does_not_count_fr: 'Un entretien marqué « + ».',
      refusal: 'SUBJECTIVE',
      refusal_text:
        'Deux agents ne compteraient pas le même entretien pareil : l’intensité d’une écoute ne se constate pas, et la noter mettrait en regard des agents plutôt que des besoins.',
    },
  ];
  const voices = makeVoices(adopted, consulted, calendar, directory);
  return {
    indicators: [...adopted, consulted, ...others],
    ...voices,
    observations: [
      {
        id: nextId(),
        code: 'APPOINTMENTS',
        district_id: first,
        year: Number(calendar.date(0).slice(0, 4)),
        body: 'La fermeture du guichet de la caisse d’allocations, en février, a amené des personnes qui y étaient reçues sans rendez-vous.',
        stated_on: calendar.date(-30),
        confirmed_on: calendar.date(-29),
      },
    ],
  };
}

/** Makes the voices: two or three of each team on each adopted indicator, and one of the first team on the indicator in consultation. */
function makeVoices(
  adopted: readonly Row[],
  consulted: Row,
  calendar: Calendar,
  { districts, memberships }: Directory,
): Pick<IndicatorRows, 'speakers' | 'voices'> {
  const random = streamOf('indicators', '');
  const nextId = makeIds('indicator-speaker');
  const teams = districts.map(({ id }) => ({
    districtId: String(id),
    members: memberships
      .filter((m) => m['district_id'] === id && m['role'] === 'SOCIAL_WORKER' && m['ends_at'] === null)
      .map((m) => String(m['worker_id'])),
  }));
  const speakers: Row[] = [];
  const voices: Row[] = [];
  const speak = (
    indicator: Row,
    districtId: string,
    workerId: string,
    position: string,
    words: string | null,
    statedOn: string,
  ): void => {
    const id = nextId();
    const of = { indicator_id: String(indicator['id']), district_id: districtId };
    speakers.push({ id, ...of, worker_id: workerId, name: null, is_named: random.chance(0.3) });
    // A colleague has read the words on the same day.
    const confirmed = words === null ? null : statedOn;
    voices.push({
      speaker_id: id,
      version: 1,
      ...of,
      position,
      words,
      stated_on: statedOn,
      confirmed_on: confirmed,
    });
  };
  for (const indicator of adopted) {
    const spoken = new Set<string>();
    for (const [nth, { districtId, members }] of teams.entries()) {
      const isAgainst = nth > 0 && random.chance(0.12);
      const free = members.filter((member) => !spoken.has(member)).slice(0, random.chance(0.4) ? 3 : 2);
      for (const [place, member] of free.entries()) {
        spoken.add(member);
        if (place === 2)
          speak(
            indicator,
            districtId,
            member,
            'RESERVED',
            'À revoir dans un an, avec les chiffres.',
            '2025-01-24',
          );
        else if (isAgainst)
          speak(indicator, districtId, member, 'AGAINST', FEARS[place] ?? null, '2025-01-24');
        else speak(indicator, districtId, member, 'FOR', null, '2025-01-24');
      }
    }
  }
  const [team] = teams;
  if (team?.members[0] !== undefined)
    speak(consulted, team.districtId, team.members[0], 'FOR', null, calendar.date(-8));
  return { speakers, voices };
}

const FEARS = ['Je crains que ce chiffre serve un jour à comparer des circonscriptions.'];

/** Makes an indicator that was refused because nothing records its facts. */
function refusedInWords(code: string, id: string, labelFr: string, labelEn: string): Row {
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
    status: 'REFUSED',
    proposed_in_id: null,
    proposed_on: '2025-01-02',
    confirmed_on: '2025-01-03',
  };
}
