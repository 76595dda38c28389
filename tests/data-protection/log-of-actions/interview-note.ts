import { type Action, READS_CASE, type Scene, versionOne } from './scene.js';

async function reassignToBruno({ make, made, file }: Scene): Promise<void> {
  await made.database.sql('update assignment set ends_at = now() where case_id = $1', [file.id]);
  await make.assignment({ caseId: file.id, workerId: made.who['bruno'] });
}

/** Alice has offered the notes to bruno. */
const newHandover = async ({ make, made, file }: Scene) => ({
  id: await make.handover({
    caseId: file.id,
    fromWorkerId: made.who['alice'],
    toWorkerId: made.who['bruno'],
  }),
});

/** Bruno had the case, and may hand over to alice. */
const newHandoverTask = ({ make, made, file }: Scene): Promise<string> =>
  make.handoverTask({ caseId: file.id, workerId: made.who['bruno'], toWorkerId: made.who['alice'] });

export const interviewNoteActions = (scene: Scene): readonly Action[] => [
  [
    'writeNote',
    'alice',
    () => ({ caseId: scene.file.id, body: 'autre texte' }),
    [`${READS_CASE} alice: DONE`, 'WRITE_NOTE the case by alice: DONE'],
  ],
  [
    'amendNote',
    'alice',
    () => ({ ...versionOne(scene.file.noteIds[0] ?? ''), body: 'autre texte' }),
    ['AMEND_NOTE the case by alice: DONE'],
  ],
  [
    'offerHandover',
    'alice',
    () => ({ caseId: scene.file.id, toWorkerId: scene.made.who['bruno'], noteIds: scene.file.noteIds }),
    [`${READS_CASE} alice: DONE`, 'OFFER_HANDOVER the case for bruno by alice: DONE'],
  ],
  [
    'acceptHandover',
    'bruno',
    async () => {
      const offered = await newHandover(scene);
      await reassignToBruno(scene);
      return offered;
    },
    [`${READS_CASE} bruno: DONE`, 'ACCEPT_HANDOVER the case by bruno: DONE'],
  ],
  ['withdrawHandover', 'alice', () => newHandover(scene), ['WITHDRAW_HANDOVER the case by alice: DONE']],
  [
    'answerHandoverTask',
    'bruno',
    async () => ({ id: await newHandoverTask(scene), answer: 'NO', reason: 'OTHER' }),
    ['OFFER_HANDOVER the case for alice by bruno: DONE'],
  ],
];
