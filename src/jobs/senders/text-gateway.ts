import { Webhook } from 'standardwebhooks';
import type { OutgoingText, Sender, SendingOutcome } from './sender.js';

/** The options of `createTextGateway`. */
export interface TextGatewayOptions {
  readonly url: string;
  /** `whsec_` and base64, shared with the gateway. */
  readonly secret: string;
}

const PATIENCE_MS = 10_000;

/** True for a refusal after which a gateway may take the message later; false for a permanent one. */
function mayComeRight(status: number): boolean {
  return status >= 500 || [401, 403, 404, 408, 409, 425, 429].includes(status);
}

/**
 * Returns a sender to a gateway for text messages, as a signed webhook (Standard Webhooks): `{"type": "text.send", "timestamp": …,
 * "data": {"to": …, "text": …}}`. Its `webhook-id` is the same however often it is tried, and the gateway takes each once: so a message
 * that may have arrived is simply sent again.
 */
export function createTextGateway({ url, secret }: TextGatewayOptions): Sender {
  const webhook = new Webhook(secret);
  const send = async ({ id, recipient, text }: OutgoingText): Promise<SendingOutcome> => {
    const now = new Date();
    const data = { to: recipient, text };
    const body = JSON.stringify({ type: 'text.send', timestamp: now.toISOString(), data });
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': webhook.sign(id, now, body),
        },
        body,
        // A redirect would carry confidential content to another server.
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      await response.body?.cancel();
      if (response.ok) return 'SENT';
      return mayComeRight(response.status) ? 'RETRYING' : 'FAILED';
    } catch {
      return 'RETRYING';
    }
  };
  return { channel: 'TEXT', send, close: () => undefined };
}
