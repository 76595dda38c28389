import { ERROR_CODES } from '../../src/errors.js';
import { describeEnum, enumOf } from '../describe-enum.js';

export const ErrorCode = describeEnum(enumOf(ERROR_CODES), {
  name: 'ErrorCode',
  description:
    'Every value of `extensions.code` in an error. The list is closed, and each error has exactly one of them.',
  values: {
    UNAUTHENTICATED: 'A token is missing where one is needed, or the token is refused.',
    FORBIDDEN: 'The viewer may not do or read this. Nothing was changed.',
    NOT_FOUND:
      'The thing that `extensions.field` names does not exist, or the viewer may not know of it: both answer alike.',
    INVALID_INPUT: 'The value of the field that `extensions.field` names is not accepted.',
    CONFLICT:
      'The row has changed since it was read, or its state no longer allows this; `extensions.reason` says which. Nothing was changed.',
    STATISTICS_REFUSED:
      'A question about statistics, or a proposal of an indicator, is refused to everyone; `extensions.reason` says why.',
    RATE_LIMITED: 'Too much was asked for within a while. Ask again after `extensions.retryAfter` seconds.',
    INVALID_DOCUMENT: 'The GraphQL document cannot be read, or does not fit the schema.',
    DOCUMENT_TOO_COSTLY:
      'The document asks for too much at once and was not executed, or more than 1,000 fields of its answer are refused. Nothing was changed.',
    UNAVAILABLE:
      'The database, the identity provider, the key service or the client cannot be reached. Nothing was changed.',
    INTERNAL: 'A fault of the software. It is in the server’s log; its cause is not told.',
  },
});
