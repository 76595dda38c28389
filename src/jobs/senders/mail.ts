import { createTransport } from 'nodemailer';
import type { OutgoingText, Sender, SendingOutcome } from './sender.js';

export interface MailOptions {
  /** `smtps://user:password@host`, or `smtp://` with STARTTLS. */
  readonly url: string;
  /** A neutral sender: `Rendez-vous <rendez-vous@…>`. */
  readonly from: string;
  /** Whether mail may go without TLS: to a server on this machine, in development. */
  readonly plain: boolean;
}

/** Well under the two minutes for which it is taken. */
const PATIENCE_MS = 20_000;

/** What nodemailer says of an error. */
interface MailFault {
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly command?: unknown;
  readonly syscall?: unknown;
  readonly timeoutType?: unknown;
}

/** Before a server has taken any word of it. */
const NOT_BEGUN: ReadonlySet<unknown> = new Set(['EDNS', 'EAUTH', 'ETLS']);

/** SMTP knows no repetition by its id: whatever may have arrived is not sent again. */
function outcomeOf(fault: MailFault): SendingOutcome {
  // Closed at some point, which may be after it had all of it, whatever it says in closing (421).
  const closed = fault.code === 'ECONNECTION' && fault.syscall !== 'connect';
  if (closed || (fault.responseCode === 421 && fault.command === 'DATA')) return 'UNCERTAIN';
  // 5xx is for good, but for a login: that is the county's, and mended (RFC 5321, 4.2.1).
  if (typeof fault.responseCode === 'number')
    return fault.responseCode >= 500 && fault.code !== 'EAUTH' ? 'FAILED' : 'RETRYING';
  // No address, by the library's own judgement.
  if (fault.code === 'EENVELOPE') return 'FAILED';
  const unreached =
    NOT_BEGUN.has(fault.code) ||
    fault.syscall === 'connect' ||
    fault.timeoutType === 'CONNECTION_TIMEOUT' ||
    fault.timeoutType === 'GREETING_TIMEOUT';
  return unreached ? 'RETRYING' : 'UNCERTAIN';
}

/** Mail by SMTP, as plain text, each on a connection of its own. */
export function createMailSender({ url, from, plain }: MailOptions): Sender {
  const transport = createTransport({
    url,
    requireTLS: !plain,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.match(/@([\w.-]+)/)?.[1] ?? 'localhost';
  const send = async ({ id, recipient, subject, text }: OutgoingText): Promise<SendingOutcome> => {
    try {
      // As an object, so that nothing in what was written down is taken for a second recipient.
      const to = { name: '', address: recipient };
      await transport.sendMail({ from, to, subject, text, messageId: `<${id}@${domain}>` });
      return 'SENT';
    } catch (fault) {
      return outcomeOf((fault ?? {}) as MailFault);
    }
  };
  return { channel: 'EMAIL', send, close: () => transport.close() };
}
