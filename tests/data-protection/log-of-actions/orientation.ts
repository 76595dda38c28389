import { ahead, dayAhead } from '../../support/days.js';
import { type Action, ofPerson, READS_CASE, type Scene, versionOne } from './scene.js';

const workerOf = ({ made }: Scene, name: string | null) => (name === null ? null : made.who[name]);

/** Ana is referred to the district: to bruno, or to no worker yet. */
async function newReferral(scene: Scene, worker: string | null = 'bruno') {
  const { make, made, file } = scene;
  const referralId = await make.referral({
    caseId: file.id,
    toDistrictId: made.district,
    toWorkerId: workerOf(scene, worker),
    sentById: made.who['alice'],
  });
  await make.referralPerson({ referralId, caseId: file.id, personId: file.personId });
  return versionOne(referralId);
}

/** A school has asked about Ana: bruno has the request, or no worker yet. */
async function newIncomingRequest(scene: Scene, worker: string | null = 'bruno') {
  return versionOne(
    await scene.make.incomingRequest({
      districtId: scene.made.district,
      partner: 'SCHOOL',
      mandated: true,
      personId: scene.file.personId,
      informBy: ahead(30),
      workerId: workerOf(scene, worker),
      status: worker === null ? 'RECEIVED' : 'ALLOCATED',
    }),
  );
}

export const orientationActions = (scene: Scene): readonly Action[] => [
  [
    'sendReferral',
    'alice',
    () => ({ caseId: scene.file.id, personIds: [scene.file.personId], toDistrictId: scene.made.district }),
    [`${READS_CASE} alice: DONE`, 'SEND_REFERRAL the case by alice: DONE'],
  ],
  [
    'allocateReferral',
    'hélène',
    async () => ({ ...(await newReferral(scene, null)), workerId: scene.made.who['bruno'] }),
    ['ALLOCATE_REFERRAL the case for bruno by hélène: DONE'],
  ],
  [
    'answerReferral',
    'bruno',
    async () => ({ ...(await newReferral(scene)), answer: 'ACCEPTED' }),
    ['ANSWER_REFERRAL the case by bruno: DONE'],
  ],
  ['withdrawReferral', 'alice', () => newReferral(scene), ['WITHDRAW_REFERRAL the case by alice: DONE']],
  [
    'showReferral',
    'alice',
    async () => ({ ...(await newReferral(scene)), showOnline: true }),
    ['SHOW_REFERRAL the case by alice: DONE'],
  ],
  [
    'recordIncomingRequest',
    'rachida',
    () => ({ districtId: scene.made.district, partner: 'SCHOOL', ...ofPerson(scene) }),
    ['RECORD_INCOMING_REQUEST Ana by rachida: DONE'],
  ],
  [
    'allocateIncomingRequest',
    'hélène',
    async () => ({ ...(await newIncomingRequest(scene, null)), workerId: scene.made.who['bruno'] }),
    ['ALLOCATE_INCOMING_REQUEST Ana for bruno by hélène: DONE'],
  ],
  [
    'answerIncomingRequest',
    'bruno',
    () => newIncomingRequest(scene),
    ['ANSWER_INCOMING_REQUEST Ana by bruno: DONE'],
  ],
  [
    'declineIncomingRequest',
    'bruno',
    () => newIncomingRequest(scene),
    ['DECLINE_INCOMING_REQUEST Ana by bruno: DONE'],
  ],
  [
    'deferNotice',
    'alice',
    () => ({
      caseId: scene.file.id,
      personId: scene.file.personId,
      ground: 'CHILD_PROTECTION',
      reviewOn: dayAhead(30),
    }),
    [`${READS_CASE} alice: DONE`, 'DEFER_INFORMATION the case Ana by alice: DONE'],
  ],
  [
    'deferInformation',
    'bruno',
    async () => ({ ...(await newIncomingRequest(scene)), ground: 'SECRECY', reviewOn: dayAhead(30) }),
    ['DEFER_INFORMATION Ana by bruno: DONE'],
  ],
  [
    'markChildProtection',
    'bruno',
    () => newIncomingRequest(scene),
    ['MARK_CHILD_PROTECTION Ana by bruno: DONE'],
  ],
  ['recordInformation', 'bruno', () => newIncomingRequest(scene), ['RECORD_INFORMATION Ana by bruno: DONE']],
];
