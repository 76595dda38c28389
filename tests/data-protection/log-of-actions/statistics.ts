import type { IndicatorStatus } from '../../../prisma/generated/enums.js';
import { ago, ahead, dayAhead } from '../../support/days.js';
import { draftReport, everyTeamSays, MEASURED_WEEKS, type Signer } from '../../support/statistics.js';
import type { Action, Scene } from './scene.js';

let visits: Promise<string> | undefined;
/** The indicator whose figures are frozen. All years have the same one. */
function visitsIndicator({ make }: Scene): Promise<string> {
  visits ??= make.indicator({
    code: 'VISITS',
    measure: 'VISITS',
    unit: 'VISIT',
    kind: 'FLOW',
    status: 'ADOPTED',
    proposedOn: '2025-01-02',
    consultedFrom: '2025-01-06',
    consultedUntil: '2025-01-31',
    adoptedOn: '2025-02-03',
    givenBy: 'DISTRICT',
    place: 40,
  });
  return visits;
}

/** The last year that was frozen. */
let years = 2_030;
/** A year that is frozen, with the visits of the district. */
async function newYear(scene: Scene): Promise<number> {
  years += 1;
  const year = years;
  const indicatorId = await visitsIndicator(scene);
  const snapshotId = await scene.make.snapshot({
    period: `${year}`,
    startsOn: `${year}-01-01`,
    endsOn: `${year + 1}-01-01`,
    frozenOn: `${year + 1}-02-10`,
    methodVersion: 1,
    secretMark: new Uint8Array(1),
  });
  const districtId = scene.made.district;
  await scene.make.snapshotTable({ snapshotId, indicatorId, districtId, dimensions: [], cells: [7] });
  return year;
}

/** A figure that is frozen. */
const frozenFigure = async (scene: Scene) => ({
  period: `${await newYear(scene)}`,
  indicator: 'VISITS',
  districtId: scene.made.district,
});

/** An adviser has proposed an erratum of a frozen figure. */
async function newErratum(scene: Scene) {
  const { period, indicator, districtId } = await frozenFigure(scene);
  return {
    id: await scene.make.erratum({
      period,
      indicatorCode: indicator,
      districtId,
      textFr: 'x',
      proposedById: scene.made.who['conseillère'],
      proposedOn: dayAhead(0),
    }),
  };
}

async function newIndicator({ make, made, nth }: Scene, status: IndicatorStatus): Promise<string> {
  const adopted = await made.one(`select count(*) from indicator where status = 'ADOPTED'`);
  return make.indicator({
    code: `ESSAI_${nth}`,
    status,
    ...(status === 'PROPOSED' ? {} : { consultedFrom: dayAhead(0), consultedUntil: dayAhead(20) }),
    ...(status === 'ADOPTED'
      ? { adoptedOn: dayAhead(0), givenBy: 'DISTRICT', place: Number(adopted) + 1 }
      : {}),
  });
}

/** An observation that a colleague wrote and nobody else has read yet. */
const unreadWords = async ({ make, made }: Scene) => {
  const id = await make.indicatorObservation({
    code: 'VISITS',
    districtId: made.district,
    year: 2026,
    body: 'Un guichet a fermé.',
    statedOn: dayAhead(0),
    confirmedOn: null,
  });
  await make.wordsAuthor({ wordsId: id, workerId: made.who['alice'] });
  return { of: 'OBSERVATION', id };
};

/** The draft of a report, with these signatures. */
async function newDraft(scene: Scene, signers: readonly Signer[]) {
  const of = { districtId: scene.made.district, year: await newYear(scene) };
  await draftReport(scene.made.database, of, signers);
  return { ...of, expectedVersion: 1 };
}

/** The access log has a line when a worker writes, reads or withdraws words of a team. The other actions are about no person and no worker. */
export const statisticsActions = (scene: Scene): readonly Action[] => [
  [
    'proposeIndicator',
    'bruno',
    () => ({
      districtId: scene.made.district,
      code: `ESSAI_${scene.nth}`,
      labelFr: 'Dossiers ouverts',
      labelEn: 'Open cases',
      definitionFr: 'Les dossiers ouverts à la fin de la période.',
      countsFr: 'Un dossier suspendu.',
      doesNotCountFr: 'Un dossier clos.',
      measure: 'OPEN_CASES',
    }),
    ['PROPOSE_INDICATOR by bruno: DONE'],
  ],
  ['openConsultation', 'conseillère', async () => ({ id: await newIndicator(scene, 'PROPOSED') }), []],
  [
    'stateOpinion',
    'bruno',
    async () => ({
      id: await newIndicator(scene, 'CONSULTED'),
      districtId: scene.made.district,
      position: 'AGAINST',
    }),
    ['STATE_OPINION by bruno: DONE'],
  ],
  [
    'adoptIndicator',
    'conseillère',
    async () => {
      const id = await newIndicator(scene, 'CONSULTED');
      const { database, district } = scene.made;
      await database.sql(everyTeamSays('FOR'), [[id]]);
      await database.sql(`update district set switched_on_on = '2025-01-01' where id = $1`, [district]);
      return { id };
    },
    [],
  ],
  [
    'refuseIndicator',
    'conseillère',
    async () => ({
      id: await newIndicator(scene, 'PROPOSED'),
      refusal: 'DUPLICATE',
      reason: 'Déjà compté.',
    }),
    [],
  ],
  [
    'retireIndicator',
    'conseillère',
    async () => ({ id: await newIndicator(scene, 'ADOPTED'), reason: 'Personne ne le lit.' }),
    [],
  ],
  [
    'writeNarrative',
    'bruno',
    async () => ({ districtId: scene.made.district, year: await newYear(scene), text: 'Une année.' }),
    ['WRITE_NARRATIVE by bruno: DONE'],
  ],
  [
    'declineNarrative',
    'bruno',
    async () => ({ districtId: scene.made.district, year: await newYear(scene) }),
    ['WRITE_NARRATIVE by bruno: DONE'],
  ],
  ['signNarrative', 'bruno', () => newDraft(scene, []), []],
  [
    'proposeErratum',
    'conseillère',
    async () => ({ ...(await frozenFigure(scene)), textFr: 'Il en manquait.' }),
    [],
  ],
  ['signErratum', 'déléguée', () => newErratum(scene), []],
  ['withdrawErratum', 'conseillère', () => newErratum(scene), []],
  [
    'publishActivityReport',
    'conseillère',
    () => {
      const { who, district: districtId } = scene.made;
      const signers = ['alice', 'bruno'].map((name) => ({ workerId: who[name] ?? '', districtId }));
      return newDraft(scene, signers);
    },
    [],
  ],
  [
    'addObservation',
    'bruno',
    async () => {
      await newIndicator(scene, 'ADOPTED');
      return {
        code: `ESSAI_${scene.nth}`,
        districtId: scene.made.district,
        year: new Date().getFullYear(),
        text: 'Un guichet voisin a fermé.',
      };
    },
    ['ADD_OBSERVATION by bruno: DONE'],
  ],
  ['confirmWords', 'bruno', () => unreadWords(scene), ['CONFIRM_WORDS by bruno: DONE']],
  ['withdrawWords', 'déléguée', () => unreadWords(scene), ['WITHDRAW_WORDS by déléguée: DONE']],
  [
    'simulateWait',
    'bruno',
    async () => {
      const { database, district, who } = scene.made;
      // Of two posts nothing is simulated. The third is held for this hour.
      await scene.make.membership({
        workerId: who['conseillère'],
        districtId: district,
        startsAt: ago(1),
        endsAt: ahead(1 / 24),
      });
      await database.sql(MEASURED_WEEKS, [district]);
      return { districtId: district, typeCode: 'FIRST_RECEPTION', halfDaysNow: 24, moreHalfDays: 2 };
    },
    [],
  ],
];
