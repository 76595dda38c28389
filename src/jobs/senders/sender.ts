import type { DispatchChannel } from '../../services/notification/dispatches.js';

/** A neutral text to a person: the public label and a time, and neither the service nor a name. */
export interface OutgoingText {
  /** The id, the same however often the message is tried. */
  readonly id: string;
  /** A phone number as it was typed, or a mail address. */
  readonly recipient: string;
  /** The subject of a mail: the public label. */
  readonly subject: string;
  readonly text: string;
}

/**
 * The outcome of a sending. RETRYING: it was not taken, and may be later. FAILED: it is refused for good. UNCERTAIN: it may have arrived,
 * and is not tried again.
 */
export type SendingOutcome = 'SENT' | 'RETRYING' | 'FAILED' | 'UNCERTAIN';

/** A sender by one channel; it never throws. */
export interface Sender {
  readonly channel: DispatchChannel;
  send(message: OutgoingText): Promise<SendingOutcome>;
  close(): void;
}
