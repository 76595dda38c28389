import { FROZEN } from '../crawl.js';
import { codeOf } from '../world/indicators.js';
import type { Targets } from '../world/targets.js';
import type { Action } from './action.js';

const indicatorIs = (status: string, id: string): readonly [string, string] => [
  `select status = '${status}' as done from indicator where id = $1`,
  id,
];

/** Another adviser still has to say so. */
const isSaid = (kind: string, id: string): readonly [string, string] => [
  `select count(*) = 1 as done from indicator_decision where kind = '${kind}' and indicator_id = $1`,
  id,
];

/** A change that no other attempt supposes: made of the case, since each attempt has its own. */
function supposed({ Case }: Targets): {
  readonly halfDaysNow: number;
  readonly moreHalfDays: number;
  readonly moreAsksPercent: number;
} {
  const upTo = (most: number, from: number): number =>
    Number.parseInt(Case.slice(from, from + 4), 16) % (most + 1);
  return { halfDaysNow: 1 + upTo(399, 0), moreHalfDays: upTo(400, 4), moreAsksPercent: upTo(300, 9) };
}

/** An erratum says no number: the digits of an id become letters. */
const inLetters = (text: string): string => text.replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '');

/** How indicators are proposed and decided, reports and errata written, signed and published, and a wait simulated. */
export const STATISTICS_ACTIONS: Readonly<Record<string, Action>> = {
  proposeIndicator: {
    input: (t) => ({
      districtId: t.proposingDistrict === '' ? null : t.proposingDistrict,
      code: codeOf(t.Case),
      labelFr: 'Dossiers ouverts',
      labelEn: 'Open cases',
      definitionFr: 'Les dossiers ouverts à la fin de la période.',
      countsFr: 'Un dossier suspendu.',
      doesNotCountFr: 'Un dossier clos.',
      measure: 'OPEN_CASES',
    }),
    done: (t) => ['select count(*) = 1 as done from indicator where code = $1', codeOf(t.Case)],
  },
  openConsultation: {
    input: (t) => ({ id: t.proposedIndicator }),
    done: (t) => indicatorIs('CONSULTED', t.proposedIndicator),
  },
  stateOpinion: {
    input: (t) => ({ id: t.consultedIndicator, districtId: t.District, position: 'FOR' }),
    done: (t) => [
      'select count(*) = 1 as done from indicator_voice where indicator_id = $1',
      t.consultedIndicator,
    ],
  },
  adoptIndicator: {
    input: (t) => ({ id: t.agreedIndicator }),
    done: (t) => isSaid('ADOPT', t.agreedIndicator),
  },
  refuseIndicator: {
    input: (t) => ({ id: t.proposedIndicator, refusal: 'NOT_WANTED', reason: 'Personne n’en veut.' }),
    done: (t) => isSaid('REFUSE', t.proposedIndicator),
  },
  retireIndicator: {
    input: (t) => ({ id: t.adoptedIndicator, reason: 'Personne ne le lit.' }),
    done: (t) => isSaid('RETIRE', t.adoptedIndicator),
  },
  writeNarrative: {
    input: (t) => ({
      districtId: t.proposingDistrict === '' ? null : t.proposingDistrict,
      year: Number(t.narrativeYear),
      text: `dit ${t.Case}`,
    }),
    done: (t) => [
      `select count(*) = 1 as done from activity_report r join activity_report_text t on t.report_id = r.id
       where t.body is not null and r.year = $1::integer`,
      t.narrativeYear,
    ],
  },
  declineNarrative: {
    input: (t) => ({
      districtId: t.proposingDistrict === '' ? null : t.proposingDistrict,
      year: Number(t.narrativeYear),
    }),
    done: (t) => [
      `select count(*) = 1 as done from activity_report r join activity_report_text t on t.report_id = r.id
       where t.body is null and r.year = $1::integer`,
      t.narrativeYear,
    ],
  },
  // Two have signed it.
  signNarrative: {
    input: (t) => ({
      districtId: t.proposingDistrict === '' ? null : t.proposingDistrict,
      year: Number(t.publishYear),
      expectedVersion: 1,
    }),
    done: (t) => [
      `select count(*) = 3 as done from activity_report r join activity_report_signature s on s.report_id = r.id
       where r.year = $1::integer`,
      t.publishYear,
    ],
  },
  publishActivityReport: {
    input: (t) => ({
      districtId: t.proposingDistrict === '' ? null : t.proposingDistrict,
      year: Number(t.publishYear),
      expectedVersion: 1,
    }),
    done: (t) => [
      'select count(*) = 1 as done from activity_report where published_on is not null and year = $1::integer',
      t.publishYear,
    ],
  },
  proposeErratum: {
    input: (t) => ({
      period: '2025',
      indicator: 'OPEN_CASES',
      districtId: t.District,
      textFr: inLetters(`erratum ${t.Case} ${t.ownErratum}`),
    }),
    done: (t) => [
      'select count(*) = 1 as done from erratum where text_fr = $1',
      inLetters(`erratum ${t.Case} ${t.ownErratum}`),
    ],
  },
  signErratum: {
    input: (t) => ({ id: t.unsignedErratum }),
    done: (t) => ['select published_on is not null as done from erratum where id = $1', t.unsignedErratum],
  },
  withdrawErratum: {
    input: (t) => ({ id: t.ownErratum }),
    done: (t) => ['select withdrawn_on is not null as done from erratum where id = $1', t.ownErratum],
  },
  simulateWait: {
    input: (t) => ({ districtId: t.District, typeCode: 'FIRST_RECEPTION', ...supposed(t) }),
    done: (t) => {
      const { halfDaysNow, moreHalfDays, moreAsksPercent } = supposed(t);
      return [
        `select count(*) = 1 as done from wait_simulation
         where district_id = $1 and half_days_now = $2 and more_half_days = $3 and more_asks_percent = $4`,
        t.District,
        halfDaysNow,
        moreHalfDays,
        moreAsksPercent,
      ];
    },
  },
  confirmWords: {
    input: (t) => ({ of: 'OBSERVATION', id: t.unreadWords }),
    done: (t) => [
      'select confirmed_on is not null as done from indicator_observation where id = $1',
      t.unreadWords,
    ],
  },
  withdrawWords: {
    input: (t) => ({ of: 'OBSERVATION', id: t.unreadWords }),
    done: (t) => [
      'select withdrawn_on is not null as done from indicator_observation where id = $1',
      t.unreadWords,
    ],
  },
  addObservation: {
    input: (t) => ({
      code: FROZEN.indicator,
      districtId: t.District,
      year: new Date().getFullYear(),
      text: `observé ${t.Case}`,
    }),
    done: (t) => [
      'select count(*) = 1 as done from indicator_observation where body = $1',
      `observé ${t.Case}`,
    ],
  },
};
