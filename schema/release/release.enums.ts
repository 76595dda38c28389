import * as enums from '../../prisma/generated/enums.js';
import { describeEnum } from '../describe-enum.js';

export const ReleaseGround = describeEnum(enums.ReleaseGround, {
  name: 'ReleaseGround',
  description: 'Why the notes of a worker who is gone are opened to the worker who has the case now.',
  values: {
    PERSON_AGREEMENT: 'The person agrees.',
    ACCESS_REQUEST: 'The person has asked for access to their own file.',
    COURT_ORDER: 'A court has ordered it.',
    APPEAL: 'The person appeals against a decision.',
    DANGER:
      'A child or an adult is in danger. The notes open at once and for 72 hours, to the worker just assigned. Calling 15, 17, 119 or the prosecutor never waits for a release.',
  },
});

export const AuthorCall = describeEnum(enums.AuthorCall, {
  name: 'AuthorCall',
  description: 'The result of a call to the author of the notes.',
  values: {
    SPOKE: 'The author was reached and spoken to.',
    MESSAGE_LEFT: 'The author was asked to call back.',
    NO_ANSWER: 'The author did not answer.',
    NOBODY_TO_CALL: 'The author has left the service.',
  },
});

export const ReviewOpinion = describeEnum(enums.ReviewOpinion, {
  name: 'ReviewOpinion',
  description: 'The finding of a reviewer on an opening in danger.',
  values: {
    JUSTIFIED: 'It was right to open the notes.',
    NOT_JUSTIFIED: 'It was wrong to open the notes. The notes that are still open are closed.',
  },
});
