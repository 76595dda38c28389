import * as act from '../../../src/access/act/act.js';
import { rowRule, viewerRule } from '../rules.js';
import { inRole, mayBe } from './viewers.js';

/** The rule `act.mayBeOnDutyIn`, asked of the district of each change. */
export const whoIsOnDutyThere = rowRule<{ readonly districtId: string }>(
  { fr: 'l’agent de permanence', en: 'the worker on duty' },
  act.mayBeOnDutyIn,
  mayBe('SOCIAL_WORKER'),
);
/** Social workers with the scope `persons:read`; the service asks whether they are on duty. */
export const whoMayBeOnDuty = viewerRule(
  { fr: 'les travailleurs sociaux de permanence', en: 'social workers on duty' },
  inRole(['SOCIAL_WORKER'], 'persons:read'),
);
/** The rule `act.takesBackActs`; the service judges the acts. */
export const whoTakesBackActs = viewerRule(
  { fr: 'les agents qui écrivent', en: 'workers who may write' },
  act.takesBackActs,
);
