import type { Config } from '../../config.js';
import { createMailSender } from './mail.js';
import type { Sender } from './sender.js';
import { createTextGateway } from './text-gateway.js';

/** Returns the senders by which the county sends neutral texts. The list may be empty. */
export function createSenders({ textGateway, mail }: Pick<Config, 'textGateway' | 'mail'>): Sender[] {
  return [
    ...(textGateway === null ? [] : [createTextGateway(textGateway)]),
    ...(mail === null ? [] : [createMailSender(mail)]),
  ];
}
