import * as enums from '../../prisma/generated/enums.js';
import { describeEnum } from '../describe-enum.js';

export const NoticeKind = describeEnum(enums.NoticeKind, {
  name: 'NoticeKind',
  description: 'The two kinds of privacy notice.',
  values: {
    SHORT: 'The short one, said by word of mouth before an appointment is booked.',
    FULL: 'The full one, given by the first interview.',
  },
});

export const NoticeOpinion = describeEnum(enums.NoticeOpinion, {
  name: 'NoticeOpinion',
  description: 'The opinion of the data protection officer on a privacy notice. It binds nobody.',
  values: {
    FAVOURABLE: 'The officer agrees with the text.',
    WITH_RESERVATIONS: 'The officer agrees, except for what the opinion says in words.',
    UNFAVOURABLE: 'The officer advises against the text, and says why.',
  },
});

export const NoticeChannel = describeEnum(enums.NoticeChannel, {
  name: 'NoticeChannel',
  description: 'The way in which a privacy notice was given to a person.',
  values: {
    ORAL: 'By word of mouth.',
    PAPER: 'On a sheet of paper.',
    ONLINE: 'On a screen or by a link.',
  },
});

export const InformationGround = describeEnum(enums.InformationGround, {
  name: 'InformationGround',
  description: 'Why a person is not informed of their data for now.',
  values: {
    CHILD_PROTECTION: 'Informing could harm a child who is to be protected (CASF L226-2-1).',
    IMPAIRS_THE_AIM:
      'Informing would make what the data are for impossible, or harm it (GDPR art. 14(5)(b)).',
    NOT_REACHABLE:
      'The person cannot be reached, or only with an effort out of proportion (GDPR art. 14(5)(b)).',
    SECRECY: 'The data are under a duty of secrecy (GDPR art. 14(5)(d)).',
  },
});
