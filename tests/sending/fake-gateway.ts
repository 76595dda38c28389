import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a gateway for text messages was sent, as it came. */
export interface ReceivedText {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  /** Whether the signature is the secret's (Standard Webhooks), worked out by hand. */
  readonly signed: boolean;
}

export interface FakeGateway {
  readonly url: string;
  readonly secret: string;
  readonly received: ReceivedText[];
  /** What it answers from now on, and after how long. */
  answers(status: number, afterMs?: number): void;
  /** How many it is answering. */
  answering(): number;
  /** How many went before they had their answer. */
  cutOff(): number;
  close(): Promise<void>;
}

const KEY = Buffer.from('0123456789abcdef0123456789abcdef');

/** A gateway of text messages that keeps what it is sent. */
export async function startFakeGateway(): Promise<FakeGateway> {
  const received: ReceivedText[] = [];
  let status = 202;
  let patience = 0;
  let answering = 0;
  let cutOff = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => {
      const [id, at] = [request.headers['webhook-id'], request.headers['webhook-timestamp']];
      const signature = createHmac('sha256', KEY).update(`${id}.${at}.${body}`).digest('base64');
      const { data } = JSON.parse(body) as { data: { to: string; text: string } };
      received.push({
        id: String(id),
        ...data,
        signed: request.headers['webhook-signature'] === `v1,${signature}`,
      });
      answering += 1;
      response.on('close', () => {
        answering -= 1;
        if (!response.writableFinished) cutOff += 1;
      });
      const headers = status === 302 ? { location: 'http://127.0.0.1:1/elsewhere' } : {};
      setTimeout(() => response.writeHead(status, headers).end(), patience);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/texts`,
    secret: `whsec_${KEY.toString('base64')}`,
    received,
    answers: (next, afterMs = 0) => {
      status = next;
      patience = afterMs;
    },
    answering: () => answering,
    cutOff: () => cutOff,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
