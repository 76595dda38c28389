import { type Action, ofPerson, READS_CASE, type Scene, versionOne } from './scene.js';

/** Ana comes, and alice is to receive her. */
const newVisit = async (scene: Scene) =>
  versionOne(
    await scene.make.visit({
      districtId: scene.made.district,
      ...ofPerson(scene),
      workerId: scene.made.who['alice'],
    }),
  );

/** Alice is to call Ana back. */
const newMessage = async (scene: Scene) =>
  versionOne(
    await scene.make.message({
      districtId: scene.made.district,
      workerId: scene.made.who['alice'],
      ...ofPerson(scene),
    }),
  );

/** Alice saw Ana on duty. */
async function newEncounter(scene: Scene) {
  const { made, file } = scene;
  await made.send('alice', 'recordEncounter', { districtId: made.district, ...ofPerson(scene) });
  return versionOne(await made.one('select id from encounter where person_id = $1', [file.personId]));
}

export const receptionActions = (scene: Scene): readonly Action[] => [
  [
    'recordVisit',
    'rachida',
    () => ({ districtId: scene.made.district, kind: 'WALK_IN', ...ofPerson(scene) }),
    ['RECORD_VISIT Ana by rachida: DONE'],
  ],
  [
    'directVisit',
    'rachida',
    async () => ({ ...(await newVisit(scene)), workerId: scene.made.who['bruno'] }),
    ['DIRECT_VISIT Ana by rachida: DONE'],
  ],
  ['takeIn', 'alice', () => newVisit(scene), ['TAKE_IN Ana by alice: DONE']],
  [
    'closeVisit',
    'alice',
    async () => ({ ...(await newVisit(scene)), outcome: 'ANSWERED' }),
    ['CLOSE_VISIT Ana by alice: DONE'],
  ],
  [
    'sendMessage',
    'rachida',
    () => ({ districtId: scene.made.district, workerId: scene.made.who['bruno'], ...ofPerson(scene) }),
    ['SEND_MESSAGE Ana for bruno by rachida: DONE'],
  ],
  ['closeMessage', 'alice', () => newMessage(scene), ['CLOSE_MESSAGE Ana by alice: DONE']],
  [
    'recordEncounter',
    'alice',
    () => ({ districtId: scene.made.district, ...ofPerson(scene), text: 'vu' }),
    ['RECORD_ENCOUNTER_NOTE Ana by alice: DONE'],
  ],
  [
    'writeEncounter',
    'alice',
    async () => ({ ...(await newEncounter(scene)), text: 'revu' }),
    ['WRITE_ENCOUNTER_NOTE Ana by alice: DONE'],
  ],
  [
    'passOnEncounter',
    'alice',
    async () => ({ ...(await newEncounter(scene)), caseId: scene.file.id }),
    [
      'PASS_ON_ENCOUNTER_NOTE Ana by alice: DONE',
      `${READS_CASE} alice: DONE`,
      'PASS_ON_ENCOUNTER_NOTE the case by alice: DONE',
    ],
  ],
  ['deleteEncounter', 'alice', () => newEncounter(scene), ['DELETE_ENCOUNTER_NOTE Ana by alice: DONE']],
];
