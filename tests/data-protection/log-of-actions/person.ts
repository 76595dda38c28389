import { newAppointment } from './appointment.js';
import { type Action, ofPerson, READS_PERSON, type Scene, versionOne } from './scene.js';

const referenceOf = ({ made, file }: Scene): Promise<string> =>
  made.one('select reference as id from person where id = $1', [file.personId]);

export const personActions = (scene: Scene): readonly Action[] => [
  [
    'registerPerson',
    'rachida',
    () => ({ districtId: scene.made.district, chosenName: 'Sam' }),
    ['REGISTER_PERSON another by rachida: DONE'],
  ],
  [
    'updatePerson',
    'rachida',
    () => ({ ...versionOne(scene.file.personId), chosenName: 'Sam' }),
    [`${READS_PERSON} rachida: DONE`, 'UPDATE_PERSON Ana by rachida: DONE'],
  ],
  [
    'setPersonAddress',
    'alice',
    () => ({ ...ofPerson(scene), expectedVersion: 0, line: 'ici', confidential: true }),
    [`${READS_PERSON} alice: DONE`, 'UPDATE_PERSON Ana by alice: DONE'],
  ],
  [
    'setConfirmNothing',
    'alice',
    () => ({ ...ofPerson(scene), confirmNothing: true }),
    [`${READS_PERSON} alice: DONE`, 'SET_CONFIRM_NOTHING Ana by alice: DONE'],
  ],
  [
    'proposeSafeContact',
    'ana',
    async () => {
      await scene.make.personAccount({ ...ofPerson(scene), subject: 'ana' });
      return { ...ofPerson(scene), safeContact: 'LETTER' };
    },
    [`${READS_PERSON} Ana: DONE`, 'PROPOSE_SAFE_CONTACT Ana by Ana: DONE'],
  ],
  [
    'answerContactProposal',
    'alice',
    async () => ({
      ...ofPerson(scene),
      proposalId: await scene.make.contactProposal({ ...ofPerson(scene), safeContact: 'LETTER' }),
      expectedVersion: 1,
      accept: true,
    }),
    [`${READS_PERSON} alice: DONE`, 'ANSWER_CONTACT_PROPOSAL Ana by alice: DONE'],
  ],
  [
    'answerContactWord',
    'alice',
    async () => ({
      ...ofPerson(scene),
      wordId: await scene.make.contactWord({
        ...ofPerson(scene),
        caseId: scene.file.id,
        saidById: await scene.made.one(`select id from worker where subject = 'alice'`),
      }),
      agree: true,
    }),
    [`${READS_PERSON} alice: DONE`, 'ANSWER_CONTACT_WORD Ana by alice: DONE'],
  ],
  [
    'setAgreedWord',
    'alice',
    () => ({ ...ofPerson(scene), word: 'coquelicot' }),
    [`${READS_PERSON} alice: DONE`, 'SET_AGREED_WORD Ana by alice: DONE'],
  ],
  [
    'setCommunication',
    'alice',
    () => ({ ...ofPerson(scene), expectedVersion: 1, language: 'fsl' }),
    [`${READS_PERSON} alice: DONE`, 'SET_COMMUNICATION Ana by alice: DONE'],
  ],
  [
    'sendTimesAgain',
    'rachida',
    async () => ({
      districtId: scene.made.district,
      fullName: 'Ana Petit',
      reference: await referenceOf(scene),
    }),
    ['LOOK_UP_PERSON Ana by rachida: DONE', 'SEND_TIMES_AGAIN Ana by rachida: DONE'],
  ],
  [
    'noteTelephoneCancellation',
    'rachida',
    async () => {
      const { id } = await newAppointment(scene);
      const day = await scene.made.one(
        'select day_in_paris(starts_at)::text as id from appointment where id = $1',
        [id],
      );
      return {
        districtId: scene.made.district,
        fullName: 'Ana Petit',
        reference: await referenceOf(scene),
        day,
      };
    },
    ['LOOK_UP_PERSON Ana by rachida: DONE', 'CALL_OFF_BY_TELEPHONE the case Ana by rachida: DONE'],
  ],
  [
    'restoreAppointment',
    'alice',
    async () => {
      const { id } = await newAppointment(scene);
      await scene.make.telephoneCancellation({
        appointmentId: id,
        ...ofPerson(scene),
        districtId: scene.made.district,
      });
      return { id };
    },
    ['RESTORE_APPOINTMENT the case Ana by alice: DONE'],
  ],
  [
    'sendBlindMessage',
    'bruno',
    async () => {
      const { make, made } = scene;
      await make.visit({ districtId: made.district, kind: 'CALL', workerId: made.who['bruno'] });
      return { fullName: 'Ana Petit', reference: await referenceOf(scene), text: 'Rappelez-nous.' };
    },
    ['LOOK_UP_PERSON Ana by bruno: DONE', 'SEND_BLIND_MESSAGE Ana by bruno: DONE'],
  ],
  [
    'callDutyWorker',
    'rachida',
    async () => {
      const { made, file } = scene;
      await made.database.sql('update person set confirm_nothing = true where id = $1', [file.personId]);
      const reference = await referenceOf(scene);
      return { districtId: made.district, workerId: made.who['bruno'], reference };
    },
    ['LOOK_UP_PERSON Ana by rachida: DONE', 'RECORD_VISIT Ana by rachida: DONE'],
  ],
  [
    'suspendContact',
    'alice',
    () => ofPerson(scene),
    [`${READS_PERSON} alice: DONE`, 'SUSPEND_CONTACT Ana by alice: DONE'],
  ],
  [
    'setSafeContact',
    'alice',
    () => ({ ...ofPerson(scene), expectedVersion: 1, safeContact: 'LETTER' }),
    [`${READS_PERSON} alice: DONE`, 'SET_SAFE_CONTACT Ana by alice: DONE'],
  ],
  [
    'setSafeAddress',
    'alice',
    () => ({ ...ofPerson(scene), expectedVersion: 0, line: 'chez une amie' }),
    [`${READS_PERSON} alice: DONE`, 'SET_SAFE_ADDRESS Ana by alice: DONE'],
  ],
  [
    'openConfidentialAddress',
    'bruno',
    async () => {
      const { make, made, file } = scene;
      await made.database.sql('update assignment set ends_at = now() where case_id = $1', [file.id]);
      await make.personAddress({ ...ofPerson(scene), line: 'ici', confidential: true, caseId: file.id });
      await make.visit({ districtId: made.district, ...ofPerson(scene), workerId: made.who['bruno'] });
      return { ...ofPerson(scene), ground: 'DANGER' };
    },
    [
      `${READS_PERSON} bruno: DONE`,
      'READ_ADDRESS_FOR_DANGER Ana by bruno: DONE',
      'READ_ADDRESS_FOR_DANGER the case by bruno: DONE',
    ],
  ],
  [
    'giveNotice',
    'alice',
    () => ({ ...ofPerson(scene), noticeId: scene.made.notice, channel: 'ORAL' }),
    [`${READS_PERSON} alice: DONE`, 'GIVE_NOTICE Ana by alice: DONE'],
  ],
];
