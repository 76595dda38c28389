import * as enums from '../../prisma/generated/enums.js';
import { REFERRAL_ANSWERS } from '../../src/services/orientation/referral-answers.js';
import { describeEnum, enumOf } from '../describe-enum.js';

export const ReferralStatus = describeEnum(enums.ReferralStatus, {
  name: 'ReferralStatus',
  description: 'The stage that a referral has reached.',
  values: {
    SENT: 'It was sent, and nobody has answered.',
    ACKNOWLEDGED: 'The receiver has it, and has not decided.',
    ACCEPTED: 'The receiver takes the persons on.',
    REFUSED: 'The receiver does not take the persons on.',
    WITHDRAWN: 'The sender took it back.',
  },
});

export const ReferralAnswer = describeEnum(enumOf(REFERRAL_ANSWERS), {
  name: 'ReferralAnswer',
  description: 'The answer of the receiver of a referral.',
  values: {
    ACKNOWLEDGED: 'The receiver has it, and will decide later.',
    ACCEPTED: 'The receiver takes the persons on.',
    REFUSED: 'The receiver does not take the persons on; `refusal` says why.',
  },
});

export const ReferralRefusal = describeEnum(enums.ReferralRefusal, {
  name: 'ReferralRefusal',
  description: 'Why persons are not taken on, as a category. It is never a judgement of them.',
  values: {
    OTHER_DISTRICT: 'Another district serves them.',
    OTHER_MISSION: 'It is not what the receiver is for.',
    NO_PLACE: 'The receiver has no place left.',
    CONDITIONS_NOT_MET: 'They do not meet the conditions of the receiver.',
    INCOMPLETE: 'The referral lacks something that the receiver needs.',
    PERSON_DECLINED: 'The person does not want it.',
    NO_ANSWER: 'The person did not answer the receiver.',
    OTHER: 'Another reason.',
  },
});

export const PartnerKind = describeEnum(enums.PartnerKind, {
  name: 'PartnerKind',
  description: 'The partner who asks the service, as a category; never by name.',
  values: {
    SCHOOL: 'A school or another place of education.',
    HEALTH: 'A hospital, a doctor or another health service.',
    TOWN_HALL: 'A commune.',
    POLICE: 'The police or the gendarmerie.',
    JUSTICE: 'A court or the prosecutor.',
    LANDLORD: 'A landlord, public or private.',
    SOCIAL_SERVICE: 'Another social service.',
    ORGANISATION: 'An association or another organisation.',
    INDIVIDUAL: 'A private person.',
    OTHER: 'Anyone else.',
  },
});

export const IncomingRequestStatus = describeEnum(enums.IncomingRequestStatus, {
  name: 'IncomingRequestStatus',
  description: 'The stage that a partner’s request has reached.',
  values: {
    RECEIVED: 'It was taken down, and the head has to allocate it.',
    ALLOCATED: 'A worker deals with it.',
    ANSWERED: 'The partner was answered.',
    DECLINED: 'It is not for the service.',
  },
});
