import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GraphQLSchema } from 'graphql';
import { CELLS } from '../../policies/generated/cells.js';
import { STANDPOINTS } from '../../policies/standpoints.js';
import { ASKS_EVERYTHING, startTestApp, type TestApp } from '../support/app.js';
import { clientSchema } from '../support/client-schema.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { coordinatesOf } from './matrix/crawl.js';
import { type Observation, observe, requesterFor } from './matrix/observe.js';
import { type Cells, cellsOf, differences, printCells, printMarkdown } from './matrix/table.js';
import { buildWorld } from './matrix/world/index.js';
import type { Stand, Targets, World } from './matrix/world/targets.js';

/**
 * Who sees what and who does what, observed over HTTP and compared with what is committed. After a change that is meant
 * so: `npm run matrix`, and read the difference.
 * @param standpoints from where all is read and tried: all of them unless given. The cells of the others are those committed
 */
export function compareMatrix(standpoints: readonly string[] = STANDPOINTS.map(({ key }) => key)): void {
  const updated = process.env['UPDATE_MATRIX'] === '1' && standpoints.length === STANDPOINTS.length;
  let database: TestDatabase;
  let app: TestApp;
  let world: World;
  let stands: ReadonlyMap<string, Stand>;
  let observed: Observation;
  let schema: GraphQLSchema;
  let cells: Cells;

  beforeAll(async () => {
    database = await cloneDatabase();
    world = await buildWorld(database);
    stands = new Map([...world.stands].filter(([key]) => standpoints.includes(key)));
    app = await startTestApp(database, ASKS_EVERYTHING);
    schema = await clientSchema(await app.as('alice'));
    observed = await observe(database, app, schema, stands);
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {}).map(
      (name) => `Mutation.${name}`,
    );
    cells = cellsOf(observed, [...coordinatesOf(schema), ...mutations].sort(), CELLS);
    if (updated) {
      await writeFile('policies/generated/cells.ts', printCells(cells));
      await writeFile('policies/MATRIX.md', printMarkdown(cells));
    }
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  test('every standpoint was taken, and no other', () => {
    expect([...world.stands.keys()]).toEqual(STANDPOINTS.map(({ key }) => key));
    expect([...observed.keys()]).toEqual(standpoints);
  });

  describe('what was observed', () => {
    test('is what is committed, cell by cell: run `npm run matrix` after a change that is meant so', async () => {
      // Written in this run, the module that was loaded is the one before.
      const committed = updated ? cells : CELLS;
      expect(differences(committed, cells)).toEqual([]);
      expect(await readFile('policies/generated/cells.ts', 'utf8')).toBe(printCells(cells));
    });

    test('is what the readable and the machine-readable table say', async () => {
      expect(await readFile('policies/MATRIX.md', 'utf8')).toBe(printMarkdown(cells));
    });
  });

  test('the comparison names a cell that changed, a field without cells, and cells without a field', () => {
    const [coordinate = '', digits = ''] =
      Object.entries(cells).find(([name]) => name === 'Case.mission') ?? [];
    const flipped = `${digits[0] === '1' ? '0' : '1'}${digits.slice(1)}`;
    expect(differences(cells, { ...cells, [coordinate]: flipped })).toEqual([
      'Case.mission × worker-assigned: 1, now 0',
    ]);
    expect(differences(cells, { ...cells, 'Case.colour': digits })).toEqual([
      'Case.colour: not in the matrix',
    ]);
    const { [coordinate]: _gone, ...rest } = cells;
    expect(differences(cells, rest)).toEqual(['Case.mission: in the matrix, not in the schema']);
  });

  /** Written down once more by hand, so that updating the matrix cannot open them. */
  describe('whatever the matrix is updated to', () => {
    const ASSIGNED = ['worker-assigned', 'worker-handed-over', 'worker-not-handed-over'];
    const openTo = (coordinate: string): string[] =>
      STANDPOINTS.filter((_standpoint, at) => cells[coordinate]?.[at] === '1').map(({ key }) => key);
    const fieldsOf = (type: string): string[] =>
      Object.keys(cells).filter((name) => name.startsWith(`${type}.`));
    const anyOf = (type: string): string[] => [...new Set(fieldsOf(type).flatMap(openTo))].sort();

    test('an interview note is for the assigned worker who wrote it or was handed it, and nobody else', () => {
      expect(fieldsOf('InterviewNote').length).toBeGreaterThan(5);
      for (const field of fieldsOf('InterviewNote'))
        expect({ field, openTo: openTo(field) }).toEqual({
          field,
          openTo: ['worker-assigned', 'worker-handed-over'],
        });
      // That a case has notes at all is known to its assigned worker alone.
      expect(openTo('Case.interviewNotes')).toEqual(ASSIGNED);
      expect(anyOf('InterviewNoteConnection')).toEqual([...ASSIGNED].sort());
    });

    test.each([
      ['Need', [...ASSIGNED, 'worker-relay', 'worker-on-duty']],
      ['AccessLogEntry', ['data-protection-officer']],
      ['Client', ['administrator']],
      ['Membership', [...ASSIGNED, 'administrator']],
      ['Absence', [...ASSIGNED, 'head-same-district']],
      ['Release', [...ASSIGNED, 'worker-formerly-assigned', 'adviser-pending', 'data-protection-officer']],
      [
        'ReleaseAnswer',
        [...ASSIGNED, 'worker-formerly-assigned', 'adviser-pending', 'data-protection-officer'],
      ],
      ['DangerStatement', [...ASSIGNED, 'adviser-pending', 'data-protection-officer']],
      ['ReleaseReview', ['data-protection-officer']],
      ['HandoverTask', [...ASSIGNED, 'worker-formerly-assigned']],
      ['PlannedReassignment', [...ASSIGNED, 'worker-formerly-assigned', 'head-same-district']],
      ['CaseMove', ['head-same-district', 'head-other-district']],
    ])('%s is for those that the domain names', (type, keys) => {
      expect(anyOf(type)).toEqual([...keys].sort());
    });

    const readsStatistics = STANDPOINTS.map(({ key }) => key).filter(
      (key) => /^(worker|head|adviser|data-protection|client-reporting)/.test(key) && key !== 'worker-moved',
    );
    const everyone = STANDPOINTS.map(({ key }) => key);

    test('ThirdNextAvailable is for those who read protected statistics, of whatever district', () => {
      expect(anyOf('ThirdNextAvailable')).toEqual([...readsStatistics].sort());
      for (const field of fieldsOf('ThirdNextAvailable'))
        expect(openTo(field).sort()).toEqual(anyOf('ThirdNextAvailable'));
    });

    test.each([
      'Indicator',
      'IndicatorDimension',
      'IndicatorTable',
      'IndicatorOpinion',
      'EarlierVoice',
      'StatisticsMethod',
      'Snapshot',
      'StatisticsTable',
      'StatisticsDimension',
      'StatisticsCategory',
      'StatisticsCell',
      'StatisticsCellCategory',
      'StatisticsFigure',
      'StatisticsMedian',
    ])('%s is for everyone, anonymous or not', (type) => {
      expect(fieldsOf(type).length).toBeGreaterThan(2);
      const asked = ['indicators', 'statisticsMethods', 'statistics', 'snapshots'].map(
        (name) => `Query.${name}`,
      );
      for (const field of [...fieldsOf(type), ...asked])
        expect({ field, openTo: openTo(field) }).toEqual({ field, openTo: everyone });
    });

    test('what a team observed is for those who read protected statistics, until its report is published', () => {
      for (const field of [...fieldsOf('IndicatorObservation'), 'Query.indicatorObservations'])
        expect({ field, openTo: openTo(field) }).toEqual({ field, openTo: readsStatistics });
    });

    /** The social workers of the district of the rows. */
    const team = [
      ...ASSIGNED,
      'worker-formerly-assigned',
      'worker-relay',
      'worker-appointment',
      'worker-on-duty',
      'worker-reception',
      'worker-recipient',
      'worker-same-district',
    ];
    const adviser = ['adviser-pending', 'adviser-none'];

    test('what a team asks about its wait is for its workers, its head, the adviser and the officer, who only reads', () => {
      const asks = [...team, 'head-same-district', ...adviser];
      expect(openTo('Mutation.simulateWait')).toEqual(asks);
      expect(fieldsOf('WaitSimulation').length).toBeGreaterThan(15);
      expect(fieldsOf('WaitForecast').length).toBeGreaterThan(5);
      for (const field of [
        ...fieldsOf('WaitSimulation'),
        ...fieldsOf('WaitForecast'),
        'Query.waitSimulations',
        'ActivityReport.simulation',
      ])
        expect({ field, openTo: openTo(field) }).toEqual({
          field,
          openTo: [...asks, 'data-protection-officer'],
        });
    });

    test('the funnel plot of a report is for the social workers of its district, and for nobody else', () => {
      expect(fieldsOf('ReportFunnelDot').length).toBe(6);
      for (const field of [...fieldsOf('ReportFunnelDot'), 'ReportFigure.funnel'])
        expect({ field, openTo: openTo(field) }).toEqual({ field, openTo: team });
    });

    test('what a team votes on is for its members, and its hours without appointment for everyone', () => {
      const votes = [...team, 'desk-same-district'];
      for (const action of ['proposeOption', 'voteOnOption'])
        expect({ action, openTo: openTo(`Mutation.${action}`) }).toEqual({ action, openTo: votes });
      expect(fieldsOf('TeamOption').length).toBeGreaterThan(9);
      // The row that is read is one on which the team votes.
      for (const field of [...fieldsOf('TeamOption'), 'Query.teamOptions'])
        expect({ field, openTo: openTo(field) }).toEqual({ field, openTo: votes });
      for (const field of [...fieldsOf('WalkInHour'), 'Query.walkInHours', 'AppointmentType.option'])
        expect({ field, openTo: openTo(field) }).toEqual({ field, openTo: everyone });
    });

    test('nothing of options leads to a worker: neither who proposed one, nor who voted', () => {
      const leadsTo = [...fieldsOf('TeamOption'), ...fieldsOf('WalkInHour')].map(
        (field) => field.split('.')[1],
      );
      expect(leadsTo.filter((name) => /worker|person|author|by$|votes/i.test(name ?? ''))).toEqual([]);
    });

    test('nothing of statistics leads to a worker, a person or a case', () => {
      const leadsTo = fieldsOf('StatisticsTable')
        .concat(fieldsOf('StatisticsCell'), fieldsOf('IndicatorObservation'), fieldsOf('IndicatorOpinion'))
        .concat(fieldsOf('IndicatorVoice'), fieldsOf('ReportSignature'))
        .concat(fieldsOf('Indicator'), fieldsOf('Snapshot'))
        .concat(fieldsOf('WaitSimulation'), fieldsOf('WaitForecast'))
        .map((field) => field.split('.')[1]);
      expect(leadsTo.filter((name) => /worker|person|case|author|client/i.test(name ?? ''))).toEqual([]);
    });

    test('a team’s workers propose and speak for it, its head proposes, and the technical adviser alone decides', () => {
      expect(openTo('Mutation.proposeIndicator')).toEqual([...team, 'head-same-district', ...adviser]);
      expect(openTo('IndicatorVoice.name')).toEqual(team);
      for (const action of ['stateOpinion', 'addObservation', 'signNarrative'])
        expect({ action, openTo: openTo(`Mutation.${action}`) }).toEqual({ action, openTo: team });
      expect(openTo('Mutation.confirmWords')).toEqual([...team, ...adviser]);
      expect(openTo('Mutation.withdrawWords')).toEqual([...adviser, 'data-protection-officer']);
      for (const action of ['openConsultation', 'adoptIndicator', 'refuseIndicator', 'retireIndicator'])
        expect({ action, openTo: openTo(`Mutation.${action}`) }).toEqual({ action, openTo: adviser });
    });

    test('no standpoint of another district, no software and no stranger sees anything of a person or a case', () => {
      const personal = [
        'Person',
        'PersonAddress',
        'ContactProposal',
        'ContactWord',
        'PersonMatch',
        'PersonTime',
        'TimesSentAgain',
        'TimeCalledOff',
        'NoticeReceipt',
        'ChangeOfDay',
        'Case',
        'Need',
        'Appointment',
        'HomeVisitNotBack',
        'AppointmentRequest',
        'SlotOffer',
        'OfferSkip',
        'Visit',
        'VisitChange',
        'Message',
        'SentMessage',
        'Encounter',
        'GivenUpEncounter',
        'Referral',
        'ReferralMention',
        'IncomingRequest',
        'CollectiveAppointment',
        'TakenPlace',
      ];
      const far = STANDPOINTS.map(({ key }) => key).filter((key) =>
        /other-district|moved|client-|anonymous|person-(other|household)|trainee|administrator|officer|adviser/.test(
          key,
        ),
      );
      expect(far.length).toBeGreaterThan(12);
      for (const type of personal)
        expect({ type, open: anyOf(type).filter((key) => far.includes(key)) }).toEqual({ type, open: [] });
    });

    test('the desk and the person get the public label, and no subject', () => {
      const subject = [...ASSIGNED, 'worker-relay', 'worker-appointment'];
      for (const field of ['type', 'subject']) expect(openTo(`Appointment.${field}`)).toEqual(subject);
      // Whoever holds an appointment with someone learns nothing of a colleague's case.
      expect(openTo('Appointment.case')).toEqual([...ASSIGNED, 'worker-relay']);
      expect(openTo('Appointment.publicLabel')).toEqual([...subject, 'desk-same-district', 'person-shown']);
    });

    describe('of the waiting list', () => {
      const follows = [...ASSIGNED, 'worker-relay', 'worker-on-duty'];
      const works = [...follows, 'desk-same-district'];
      const open = (type: string, fields: readonly string[]) =>
        fields.map((field) => ({ field, openTo: openTo(`${type}.${field}`).sort() }));
      const to = (keys: readonly string[], fields: readonly string[]) =>
        fields.map((field) => ({ field, openTo: [...keys].sort() }));

      test('the desk knows the order and never the reason, the head changes nothing, the person sees that they wait', () => {
        const whatFor = ['type'];
        const order = 'rank urgency askedBy presentUntil caseWorkerOnly showOnline'.split(' ');
        const wish =
          'id status askedAt closedAt publicLabel mode wantedFrom wantedUntil district version'.split(' ');
        expect(open('AppointmentRequest', whatFor)).toEqual(to(follows, whatFor));
        expect(open('AppointmentRequest', ['case'])).toEqual(to([...ASSIGNED, 'worker-relay'], ['case']));
        expect(open('AppointmentRequest', order)).toEqual(to([...works, 'head-same-district'], order));
        expect(open('AppointmentRequest', ['dutyWorker'])).toEqual(to(works, ['dutyWorker']));
        const all = [...works, 'head-same-district', 'person-shown'];
        expect(open('AppointmentRequest', wish)).toEqual(to(all, wish));
        const dealings = 'offers shortNoticeFrom shortNoticeUntil'.split(' ');
        expect(open('AppointmentRequest', dealings)).toEqual(to([...works, 'person-shown'], dealings));
        // On the paper of who asked without a name; what such a one said is of no case.
        expect(open('AppointmentRequest', ['reference', 'contact'])).toEqual(
          to(works, ['reference', 'contact']),
        );
        const said = ['calledName', 'phone'];
        expect(open('AppointmentRequest', said)).toEqual(to(['worker-on-duty', 'desk-same-district'], said));
        expect(open('AppointmentRequest', ['skips'])).toEqual(to(['desk-same-district'], ['skips']));
        expect(open('AppointmentRequest', ['person'])).toEqual(to(all, ['person']));
        // By its own rules, who is on duty does not know of what a colleague holds.
        const without = all.filter((key) => !['worker-on-duty', 'head-same-district'].includes(key));
        expect(open('AppointmentRequest', ['appointment'])).toEqual(to(without, ['appointment']));
      });

      test('what is held for someone is for who works with the request, and the person; with whom, not for the person', () => {
        const within = ['worker', 'channel', 'toldAt', 'sending'];
        // With an address: who prints it, and who follows the person.
        const prints = works.filter((key) => key !== 'worker-on-duty');
        expect(open('SlotOffer', ['letter'])).toEqual(to(prints, ['letter']));
        const offered =
          'id status startsAt endsAt mode place offeredAt answerBy answeredAt text request version'.split(
            ' ',
          );
        expect(open('SlotOffer', within)).toEqual(to(works, within));
        expect(open('SlotOffer', offered)).toEqual(to([...works, 'person-shown'], offered));
        expect([...within, 'letter', ...offered].map((field) => `SlotOffer.${field}`).sort()).toEqual(
          fieldsOf('SlotOffer').sort(),
        );
      });

      test('that a time went to someone further down is for the desk', () => {
        expect(fieldsOf('OfferSkip').length).toBeGreaterThan(3);
        expect(anyOf('OfferSkip')).toEqual(['desk-same-district']);
      });

      test('a social worker judges the urgency, the desk says who is there, and persons ask and answer for themselves', () => {
        const answers = ['changeRequest', 'withdrawRequest', 'answerOffer'];
        expect(open('Mutation', ['setUrgency'])).toEqual(to(follows, ['setUrgency']));
        expect(open('Mutation', ['recordPresence'])).toEqual(to(['desk-same-district'], ['recordPresence']));
        expect(open('Mutation', ['recordOffer'])).toEqual(to(works, ['recordOffer']));
        const names = ['worker-on-duty', 'desk-same-district'];
        expect(open('Mutation', ['nameRequest'])).toEqual(to(names, ['nameRequest']));
        expect(open('Mutation', answers)).toEqual(to([...works, 'person-shown'], answers));
      });
    });

    describe('of the reception of the day', () => {
      const works = ['worker-reception', 'desk-same-district'];
      const COLLEAGUES = [
        ...ASSIGNED,
        'worker-formerly-assigned',
        'worker-relay',
        'worker-appointment',
        'worker-on-duty',
        'worker-recipient',
        'worker-same-district',
      ];
      const openEach = (fields: readonly string[]) =>
        Object.fromEntries(fields.map((field) => [field, openTo(field).sort()]));
      const each = (fields: readonly string[], keys: readonly string[]) =>
        Object.fromEntries(fields.map((field) => [field, [...keys].sort()]));

      test('the head sees that someone came and never who, who receives them sees whom, and no colleague sees anything', () => {
        const who = ['worker', 'person', 'attestation', 'version'].map((field) => `Visit.${field}`);
        expect(openEach(who)).toEqual(each(who, works));
        // By its own rules, who receives does not know of what a colleague holds.
        expect(openTo('Visit.appointment')).toEqual(['desk-same-district']);
        const came = fieldsOf('Visit').filter((field) => ![...who, 'Visit.appointment'].includes(field));
        expect(came.length).toBeGreaterThan(9);
        const queue = [...came, 'Query.visit', 'Query.visits'];
        expect(openEach(queue)).toEqual(each(queue, [...works, 'head-same-district']));
      });

      test('the board is told live to those who see the queue; a colleague that it is to be read again, and nothing else', () => {
        const told = [...works, 'head-same-district'];
        const board = ['Subscription.visitChanges', 'VisitChange.visit'];
        expect(openEach(board)).toEqual(each(board, told));
        expect(fieldsOf('VisitChange')).toHaveLength(2);
        expect(openTo('VisitChange.reload').sort()).toEqual([...told, ...COLLEAGUES].sort());
      });

      test('who receives a person knows who they are, and nothing of what colleagues do with them', () => {
        for (const field of ['displayName', 'phone', 'address', 'safeContact'])
          expect(openTo(`Person.${field}`)).toContain('worker-reception');
        for (const type of [
          'Appointment',
          'AppointmentRequest',
          'SlotOffer',
          'Need',
          'InterviewNote',
          'Release',
        ])
          expect({ type, open: anyOf(type).includes('worker-reception') }).toEqual({ type, open: false });
      });

      test('the list of a day is printed by the desk, and by social workers of themselves', () => {
        expect(openTo('Query.dayList').sort()).toEqual([...works, ...COLLEAGUES].sort());
      });

      test('a message is for its worker alone, and whoever sends it learns that it is sent', () => {
        expect(fieldsOf('Message').length).toBeGreaterThan(8);
        const message = [...fieldsOf('Message'), 'Query.messages', 'Mutation.closeMessage'];
        expect(openEach(message)).toEqual(each(message, ['worker-reception']));
        const sent = ['SentMessage.id', 'Mutation.sendMessage'];
        expect(fieldsOf('SentMessage')).toEqual(['SentMessage.id']);
        expect(openEach(sent)).toEqual(each(sent, [...works, ...COLLEAGUES]));
      });

      test('an encounter is for who holds it, or for the assigned worker to whom it is passed on, and nobody else', () => {
        const of = (key: string) => fieldsOf('Encounter').filter((field) => openTo(field).includes(key));
        expect(fieldsOf('Encounter').length).toBeGreaterThan(10);
        expect(anyOf('Encounter')).toEqual([...ASSIGNED, 'worker-reception'].sort());
        // Of a visit in which who holds it receives; of an appointment of the case to which it is passed on.
        const passedOn = ['appointment', 'case', 'passedOnAt'].map((field) => `Encounter.${field}`);
        // The matrix reads no encounter that is written for a case; `reception/stand-in-writes` does.
        const all = fieldsOf('Encounter').filter((field) => field !== 'Encounter.forCase');
        expect(of('worker-reception')).toEqual(all.filter((field) => !passedOn.includes(field)));
        for (const key of ASSIGNED)
          expect(of(key)).toEqual(all.filter((field) => field !== 'Encounter.visit'));
        const asked = ['Query.encounter', 'Query.encounters'];
        expect(openEach(asked)).toEqual(each(asked, [...ASSIGNED, 'worker-reception']));
        // What is passed on is nobody's to write, pass on or delete.
        const acts = ['writeEncounter', 'passOnEncounter', 'deleteEncounter'].map(
          (name) => `Mutation.${name}`,
        );
        expect(openEach(acts)).toEqual(each(acts, ['worker-reception']));
        expect(anyOf('GivenUpEncounter')).toEqual(['worker-reception']);
        expect(openTo('Mutation.recordEncounter').sort()).toEqual([...COLLEAGUES, 'worker-reception'].sort());
      });

      test('the desk says who receives; who receives goes on with it, and records whom they receive themselves', () => {
        expect(openTo('Mutation.directVisit')).toEqual(['desk-same-district']);
        const goOn = ['Mutation.takeIn', 'Mutation.closeVisit'];
        expect(openEach(goOn)).toEqual(each(goOn, works));
        expect(openTo('Mutation.recordVisit').sort()).toEqual([...works, ...COLLEAGUES].sort());
      });
    });

    describe('of orientation', () => {
      const sends = [...ASSIGNED, 'worker-relay'];
      const content = [...sends, 'worker-reception'].sort();

      test('what is written for who receives, and whom it concerns, is for who sends and who receives', () => {
        for (const field of ['text', 'persons', 'needs'])
          expect({ field, openTo: openTo(`Referral.${field}`).sort() }).toEqual({ field, openTo: content });
        expect(openTo('Referral.names').sort()).toEqual([...content, 'head-same-district'].sort());
        expect(openTo('Referral.case').sort()).toEqual([...sends].sort());
        expect(anyOf('Referral')).toEqual([...content, 'head-same-district', 'person-shown'].sort());
      });

      test('the person sees where they are sent, and neither what is said nor by whom', () => {
        expect(fieldsOf('Referral').filter((field) => openTo(field).includes('person-shown'))).toEqual(
          'answerBy closedAt id overdue sentAt status toDistrict toOrganisation'
            .split(' ')
            .map((field) => `Referral.${field}`),
        );
      });

      test('a desk learns that there is one, and never of an organisation', () => {
        expect(anyOf('ReferralMention')).toEqual(['desk-same-district']);
        expect(fieldsOf('ReferralMention').map((field) => field.split('.')[1])).toEqual([
          'fromDistrict',
          'id',
          'status',
          'toDistrict',
        ]);
        expect(anyOf('Referral')).not.toContain('desk-same-district');
      });

      test('what a partner asks is for who has it, and for the head to allocate; whoever wrote it down reads it no more', () => {
        for (const field of ['text', 'name'])
          expect(openTo(`IncomingRequest.${field}`)).toEqual(['worker-reception', 'head-same-district']);
        for (const field of ['person', 'deferralGround', 'reviewOn'])
          expect(openTo(`IncomingRequest.${field}`)).toEqual(['worker-reception']);
        expect(anyOf('IncomingRequest')).toEqual(['head-same-district', 'worker-reception']);
        expect(openTo('Mutation.recordIncomingRequest')).toContain('desk-same-district');
      });

      test('heads allocate and answer for nobody who has it', () => {
        for (const action of ['allocateReferral', 'allocateIncomingRequest'])
          expect(openTo(`Mutation.${action}`)).toEqual(['head-same-district']);
        for (const action of ['answerReferral', 'declineIncomingRequest', 'markChildProtection'])
          expect(openTo(`Mutation.${action}`)).toEqual(['worker-reception', 'head-same-district']);
        for (const action of ['answerIncomingRequest', 'recordInformation', 'deferInformation'])
          expect(openTo(`Mutation.${action}`)).toEqual(['worker-reception']);
      });
    });

    test('the places of a meeting are for its desk and who holds it, and nobody who comes knows of another', () => {
      for (const type of ['CollectiveAppointment', 'TakenPlace'])
        expect({ type, openTo: anyOf(type) }).toEqual({
          type,
          openTo: ['desk-same-district', 'worker-appointment'],
        });
    });

    test('another calendar is its worker’s alone', () => {
      expect(anyOf('OutsideCalendar')).toEqual([...ASSIGNED].sort());
    });

    test('who is not a worker does nothing but book online, wait, follow their calendar and use a link, and nobody but the head allocates', () => {
      // Whoever holds the link of a message, logged in or not.
      const byLink = ['Mutation.cancelByLink', 'Mutation.restoreByLink'];
      for (const action of byLink) expect(openTo(action)).toEqual(STANDPOINTS.map(({ key }) => key));
      const online = ['Mutation.bookOnline', 'Mutation.cancelOnline', 'Mutation.moveOnline'];
      const waiting = ['requestAppointment', 'changeRequest', 'withdrawRequest', 'answerOffer'].map(
        (name) => `Mutation.${name}`,
      );
      const calendar = 'Mutation.openCalendarFeed';
      for (const action of [...waiting, calendar])
        expect(openTo(action).filter((key) => /^(client|anonymous)/.test(key))).toEqual([]);
      // For themselves, shown or not; what they have asked for, where it is shown.
      expect(waiting.map((action) => openTo(action).filter((key) => /^person/.test(key)))).toEqual([
        ['person-shown', 'person-not-shown'],
        ['person-shown'],
        ['person-shown'],
        ['person-shown'],
      ]);
      // Every channel to themselves, which nobody opens again online.
      const tightens = [
        'Mutation.suspendContact',
        'Mutation.setConfirmNothing',
        'Mutation.proposeSafeContact',
      ];
      for (const action of tightens)
        expect(openTo(action).filter((key) => /^(person|client|anonymous|trainee)/.test(key))).toEqual([
          'person-shown',
          'person-not-shown',
        ]);
      // In which language they are spoken to.
      const ownLanguage = 'Mutation.setCommunication';
      expect(openTo(ownLanguage).filter((key) => /^(person|client|anonymous|trainee)/.test(key))).toEqual([
        'person-shown',
        'person-not-shown',
      ]);
      const theirs = [...byLink, ...online, ...waiting, calendar, ...tightens, ownLanguage];
      for (const action of fieldsOf('Mutation').filter((name) => !theirs.includes(name)))
        expect(openTo(action).filter((key) => /^(person|client|anonymous|trainee)/.test(key))).toEqual([]);
      // Everyone for themselves; and what is managed is one's own.
      const persons = ['person-shown', 'person-not-shown', 'person-household', 'person-other'];
      expect(online.map(openTo)).toEqual([
        [...persons, 'client-booking'],
        ['person-shown', 'client-booking'],
        ['person-shown', 'client-booking'],
      ]);
      const heads = [
        'assignCase',
        'reassignCase',
        'declareAbsence',
        'changeAbsence',
        'openRelay',
        'endRelay',
      ];
      for (const action of heads)
        expect({ action, openTo: openTo(`Mutation.${action}`) }).toEqual({
          action,
          openTo: ['head-same-district'],
        });
    });

    const ofTaken = (keys: readonly string[]): string[] => keys.filter((key) => standpoints.includes(key));

    /** Who sees something of the person of a fresh dossier, by whatever leads there. */
    async function whoSees(field: string, change: string): Promise<string[]> {
      const taken = [...stands];
      const made = await Promise.all(taken.map(([, stand]) => stand.fresh()));
      await database.sql(change, [made.map((targets) => targets.Person)]);
      const sees = async (stand: Stand, targets: Targets): Promise<boolean> => {
        const person = `{ id ${field} }`;
        const { data } = await (await requesterFor(app, stand)).send(
          `query ($case: ID!, $appointment: ID!, $request: ID!, $visit: ID!) { me ${person} case(id: $case) { persons ${person} }
          appointment(id: $appointment) { persons ${person} } appointmentRequest(id: $request) { person ${person} }
          visit(id: $visit) { person ${person} } }`,
          {
            case: targets.Case,
            appointment: targets.Appointment,
            request: targets.AppointmentRequest,
            visit: targets.Visit,
          },
        );
        const found = [
          data?.['me'],
          ...(data?.['case']?.persons ?? []),
          ...(data?.['appointment']?.persons ?? []),
          data?.['appointmentRequest']?.person,
          data?.['visit']?.person,
        ];
        const name = field.split(' ')[0] ?? '';
        return found.some((row) => row?.id === targets.Person && row[name] !== null);
      };
      const seen = await Promise.all(taken.map(([, stand], at) => sees(stand, made[at] as Targets)));
      return taken.filter((_stand, at) => seen[at]).map(([key]) => key);
    }

    test('the worker who follows the case reads a confidential address, and the login of the person does not', async () => {
      expect(
        await whoSees(
          'address { line }',
          'update person_address set confidential = true where person_id = any($1)',
        ),
      ).toEqual(ofTaken([...ASSIGNED, 'worker-relay']));
    });

    test('a sensitive file is hidden from the desk', async () => {
      expect(
        await whoSees('displayName', 'update person set sensitive_file = true where id = any($1)'),
      ).toEqual(
        ofTaken([
          ...ASSIGNED,
          'worker-relay',
          'worker-appointment',
          'worker-on-duty',
          'worker-reception',
          'head-same-district',
          'person-shown',
          'person-not-shown',
        ]),
      );
    });
  });
}
