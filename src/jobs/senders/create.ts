import type { Config } from '../../config.js';
import { createMailSender } from './mail.js';
import type { Sender } from './sender.js';
import { createTextGateway } from './text-gateway.js';

/** What the county has to send neutral texts by; none is an answer. */
export function createSenders({ textGateway, mail }: Pick<Config, 'textGateway' | 'mail'>): Sender[] {
  return [
    ...(textGateway === null ? [] : [createTextGateway(textGateway)]),
    ...(mail === null ? [] : [createMailSender(mail)]),
  ];
}
