import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly to: readonly string[];
  readonly from: string;
  /** As it came over the wire. */
  readonly source: string;
}

/** Where it says no, or nothing, from now on. */
export type MailFault = 'none' | 'busy at RCPT' | 'no such user' | 'busy after DATA' | 'silent after DATA';

export interface FakeMailServer {
  readonly url: string;
  readonly received: ReceivedMail[];
  fault(fault: MailFault): void;
  close(): Promise<void>;
}

function refusal(responseCode: number): Error {
  return Object.assign(new Error('no'), { responseCode });
}

/** A mail server that keeps what it has taken, whether or not it says so. */
export async function startFakeMailServer(): Promise<FakeMailServer> {
  const received: ReceivedMail[] = [];
  let fault: MailFault = 'none';
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 100,
    onRcptTo: (_address, _session, done) =>
      done(fault === 'busy at RCPT' ? refusal(451) : fault === 'no such user' ? refusal(550) : null),
    onData: (stream, session, done) => {
      let source = '';
      stream.on('data', (part: Buffer) => {
        source += part.toString();
      });
      stream.on('end', () => {
        if (fault === 'busy after DATA') return done(refusal(452));
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          to: rcptTo.map(({ address }) => address),
          from: mailFrom === false ? '' : mailFrom.address,
          source,
        });
        if (fault !== 'silent after DATA') done();
        return undefined;
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    fault: (next) => {
      fault = next;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
