import { ago } from '../../support/days.js';
import { type Action, READS_CASE, type Scene } from './scene.js';

async function newRelease({ make, made, file }: Scene) {
  // Only one release of an assignment may wait.
  await made.database.sql('update release set assignment_id = null where case_id = $1', [file.id]);
  return {
    // Its wait is over.
    id: await make.release({
      caseId: file.id,
      requestedById: made.who['alice'],
      ground: 'COURT_ORDER',
      requestedAt: ago(8),
    }),
  };
}

/** A release of a case that bruno held before. */
async function newReleaseAfterBruno(scene: Scene) {
  const { make, made, file } = scene;
  await make.assignment({
    caseId: file.id,
    workerId: made.who['bruno'],
    startsAt: ago(2 / 24),
    endsAt: ago(1 / 24),
  });
  return newRelease(scene);
}

/** Bruno has answered NO, and the person is to be told of it. */
async function newRefusedHandingOver(scene: Scene) {
  const { id } = await newReleaseAfterBruno(scene);
  await scene.made.database.sql(
    `update release_answer set answer = 'NO', reason = 'OTHER', answered_at = now() where release_id = $1`,
    [id],
  );
  return { id };
}

/** A release that has opened notes because of a danger. */
async function newOpeningInDanger(scene: Scene) {
  const { make, made } = scene;
  const { id } = await newRelease(scene);
  await make.dangerStatement({ releaseId: id, authorCalledAt: ago(0) });
  await made.database.sql(
    `update release set ground = 'DANGER', approved_at = now(), approved_by_id = $2 where id = $1`,
    [id, made.who['conseillère']],
  );
  return { id };
}

export const releaseActions = (scene: Scene): readonly Action[] => [
  [
    'requestRelease',
    'alice',
    () => ({ caseId: scene.file.id, ground: 'COURT_ORDER' }),
    [`${READS_CASE} alice: DONE`, 'REQUEST_NOTE_RELEASE the case by alice: DONE'],
  ],
  [
    'approveRelease',
    'conseillère',
    () => newRelease(scene),
    ['APPROVE_NOTE_RELEASE the case for alice by conseillère: DONE'],
  ],
  [
    'refuseRelease',
    'conseillère',
    () => newRelease(scene),
    ['REFUSE_NOTE_RELEASE the case for alice by conseillère: DONE'],
  ],
  [
    'agreeToRelease',
    'déléguée',
    () => newRefusedHandingOver(scene),
    ['AGREE_NOTE_RELEASE the case for alice by déléguée: DONE'],
  ],
  [
    'closeRelease',
    'déléguée',
    () => newRelease(scene),
    ['CLOSE_NOTE_RELEASE the case for alice by déléguée: DONE'],
  ],
  [
    'answerRelease',
    'bruno',
    async () => ({ ...(await newReleaseAfterBruno(scene)), answer: 'NO', reason: 'OTHER' }),
    ['ANSWER_NOTE_RELEASE the case by bruno: DONE'],
  ],
  [
    'recordReleaseTold',
    'alice',
    () => newRefusedHandingOver(scene),
    ['TELL_NOTE_RELEASE the case by alice: DONE'],
  ],
  [
    'reviewRelease',
    'déléguée',
    async () => ({ ...(await newOpeningInDanger(scene)), opinion: 'JUSTIFIED' }),
    ['REVIEW_NOTE_RELEASE the case by déléguée: DONE'],
  ],
];
