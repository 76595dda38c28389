import { createTransport } from 'nodemailer';
import type { OutgoingText, Sender, SendingOutcome } from './sender.js';

/** The options of `createMailSender`. */
export interface MailOptions {
  /** `smtps://user:password@host`, or `smtp://` with STARTTLS. */
  readonly url: string;
  /** A neutral sender: `Rendez-vous <rendez-vous@…>`. */
  readonly from: string;
  /** True if mail may go without TLS: to a server on this machine, in development. */
  readonly plain: boolean;
}

/** Well under the two minutes for which a message is taken. */
const PATIENCE_MS = 20_000;

/** The properties that nodemailer gives an error. */
interface MailFault {
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly command?: unknown;
  readonly syscall?: unknown;
  readonly timeoutType?: unknown;
}

/** The errors before a server has taken any part of the message. */
const NOT_BEGUN: ReadonlySet<unknown> = new Set(['EDNS', 'EAUTH', 'ETLS']);

/**
 * Returns the outcome of a failure. SMTP does not recognise a repeated message by its id, so a message that may have arrived is not sent
 * again.
 */
function outcomeOf(fault: MailFault): SendingOutcome {
  // The connection was closed at some point, possibly after the server had the whole message, whatever it says in closing (421).
  const closed = fault.code === 'ECONNECTION' && fault.syscall !== 'connect';
  if (closed || (fault.responseCode === 421 && fault.command === 'DATA')) return 'UNCERTAIN';
  // 5xx is permanent, except for a login: the county's login can be corrected (RFC 5321, 4.2.1).
  if (typeof fault.responseCode === 'number')
    return fault.responseCode >= 500 && fault.code !== 'EAUTH' ? 'FAILED' : 'RETRYING';
  // The library judges that this is no address.
  if (fault.code === 'EENVELOPE') return 'FAILED';
  const unreached =
    NOT_BEGUN.has(fault.code) ||
    fault.syscall === 'connect' ||
    fault.timeoutType === 'CONNECTION_TIMEOUT' ||
    fault.timeoutType === 'GREETING_TIMEOUT';
  return unreached ? 'RETRYING' : 'UNCERTAIN';
}

/** Returns a sender of mail by SMTP, as plain text, each message on a connection of its own. */
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
      // The address is an object, so that no part of the text typed as an address is taken for a second recipient.
      const to = { name: '', address: recipient };
      await transport.sendMail({ from, to, subject, text, messageId: `<${id}@${domain}>` });
      return 'SENT';
    } catch (fault) {
      return outcomeOf((fault ?? {}) as MailFault);
    }
  };
  return { channel: 'EMAIL', send, close: () => transport.close() };
}
