import type { DispatchChannel } from '../../services/notification/dispatches.js';

/** A neutral text to someone: the public label and a time, and neither the service nor a name. */
export interface OutgoingText {
  /** The same however often it is tried. */
  readonly id: string;
  /** A phone number as it was written down, or a mail address. */
  readonly recipient: string;
  /** For mail: the public label. */
  readonly subject: string;
  readonly text: string;
}

/**
 * What came of it. RETRYING: it was not taken, and may be later. FAILED: it is refused for good. UNCERTAIN: it may have arrived,
 * and is not tried again.
 */
export type SendingOutcome = 'SENT' | 'RETRYING' | 'FAILED' | 'UNCERTAIN';

/** Sends by one channel; never throws. */
export interface Sender {
  readonly channel: DispatchChannel;
  send(message: OutgoingText): Promise<SendingOutcome>;
  close(): void;
}
