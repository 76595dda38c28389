import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createMailSender } from '../../src/jobs/senders/mail.js';
import type { Sender } from '../../src/jobs/senders/sender.js';
import { createTextGateway } from '../../src/jobs/senders/text-gateway.js';
import { until } from '../support/until.js';
import { type FakeGateway, startFakeGateway } from './fake-gateway.js';
import { type FakeMailServer, type MailFault, startFakeMailServer } from './fake-mail-server.js';

/** What comes of a text that is sent: whether it may be tried again, and whether it may arrive twice by that. */
const MESSAGE = {
  id: '6f1c1c9e-6a5e-4f6a-9c1e-2a4d9f0f7a11',
  recipient: '06 39 98 00 00',
  subject: 'Entretien',
  text: 'Rappel : entretien le mardi 2 mars à 10:00.',
};

describe('a gateway for texts', () => {
  let gateway: FakeGateway;
  let sender: Sender;
  beforeAll(async () => {
    gateway = await startFakeGateway();
    sender = createTextGateway(gateway);
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    gateway.received.length = 0;
  });

  test('is sent the number and the text, signed, under the same id each time', async () => {
    gateway.answers(202);
    expect(await sender.send(MESSAGE)).toBe('SENT');
    expect(await sender.send(MESSAGE)).toBe('SENT');
    const { id, recipient: to, text } = MESSAGE;
    expect(gateway.received).toEqual([
      { id, to, text, signed: true },
      { id, to, text, signed: true },
    ]);
  });

  test.each([
    [500, 'RETRYING'],
    [503, 'RETRYING'],
    [429, 'RETRYING'],
    [401, 'RETRYING'],
    [400, 'FAILED'],
    [410, 'FAILED'],
    [422, 'FAILED'],
    [302, 'FAILED'],
  ] as const)('that answers %i: %s', async (status, outcome) => {
    gateway.answers(status);
    expect(await sender.send(MESSAGE)).toBe(outcome);
    expect(gateway.received).toHaveLength(1);
  });

  test('that is not there is tried again', async () => {
    expect(await createTextGateway({ ...gateway, url: 'http://127.0.0.1:1/' }).send(MESSAGE)).toBe(
      'RETRYING',
    );
  });
});

describe('mail', () => {
  let server: FakeMailServer;
  let sender: Sender;
  const mail = { ...MESSAGE, recipient: 'amina@example.org' };
  beforeAll(async () => {
    server = await startFakeMailServer();
    sender = createMailSender({ url: server.url, from: 'Rendez-vous <rdv@example.org>', plain: true });
  });
  afterAll(async () => {
    sender.close();
    await server.close();
  });
  beforeEach(() => {
    server.received.length = 0;
  });

  test('bears the label and the text, from a neutral sender, under an id of its own', async () => {
    server.fault('none');
    expect(await sender.send(mail)).toBe('SENT');
    expect(server.received).toMatchObject([{ to: ['amina@example.org'], from: 'rdv@example.org' }]);
    const source = server.received[0]?.source ?? '';
    expect(source).toContain('Subject: Entretien\r\n');
    expect(source).toContain(`Message-ID: <${mail.id}@example.org>`);
    expect(source).toContain('mardi 2 mars');
  });

  test.each([
    ['busy at RCPT', 'RETRYING', 0],
    ['no such user', 'FAILED', 0],
    ['busy after DATA', 'RETRYING', 0],
  ] as const)('%s: %s', async (fault: MailFault, outcome, taken) => {
    server.fault(fault);
    expect(await sender.send(mail)).toBe(outcome);
    expect(server.received).toHaveLength(taken);
  });

  test('that was taken by a server that went before it said so is not sent again', async () => {
    server.fault('silent after DATA');
    const sending = sender.send(mail);
    await until('a mail that is taken', () => server.received.length > 0);
    await server.close();
    expect(await sending).toBe('UNCERTAIN');
    expect(await sender.send(mail)).toBe('RETRYING');
  });

  test.each(['amina@example.org, karim@example.org', 'nobody', 'a@example.org\r\nBcc: b@example.org'])(
    'goes to one address, or to none: %j',
    async (recipient) => {
      const another = await startFakeMailServer();
      const by = createMailSender({ url: another.url, from: 'rdv@example.org', plain: true });
      const outcome = await by.send({ ...mail, recipient });
      expect(another.received.flatMap(({ to }) => to).filter((to) => to !== recipient)).toEqual([]);
      expect(['FAILED', 'RETRYING', 'SENT']).toContain(outcome);
      by.close();
      await another.close();
    },
  );
});
