import * as incoming from '../../../src/access/orientation/incoming-request.js';
import { rowRule } from '../rules.js';
import { mayBe } from './viewers.js';

/** The rule `incoming.seesIncomingRequest`, asked of each partner’s request. */
export const whoSeesTheIncomingRequest = rowRule<incoming.IncomingRequestRelation>(
  {
    fr: 'l’agent à qui elle est attribuée, et le responsable de la circonscription',
    en: 'the worker to whom the request is allocated, and the head of the district',
  },
  incoming.seesIncomingRequest,
);
/** The rule `incoming.seesWhoHasIt`, asked of each partner’s request. */
export const whoSeesWhoHasTheIncomingRequest = rowRule<incoming.IncomingRequestRelation>(
  {
    fr: 'l’agent à qui elle est attribuée ; le responsable, une à la fois',
    en: 'the worker to whom the request is allocated; the head, for one request at a time',
  },
  incoming.seesWhoHasIt,
);
/** The rule `incoming.readsIncomingRequest`, asked of each partner’s request. */
export const whoReadsTheIncomingRequest = rowRule<incoming.IncomingRequestRelation>(
  {
    fr: 'l’agent à qui elle est attribuée ; le responsable qui l’attribue, jusqu’à ce qu’il l’ait fait',
    en: 'the worker to whom the request is allocated; the head, until the request is allocated',
  },
  incoming.readsIncomingRequest,
);
/** The rule `incoming.hasIncomingRequest`, asked of each partner’s request. */
export const whoHasTheIncomingRequest = rowRule<incoming.IncomingRequestRelation>(
  { fr: 'l’agent à qui elle est attribuée', en: 'the worker to whom the request is allocated' },
  incoming.hasIncomingRequest,
  mayBe('SOCIAL_WORKER'),
);
