import { Query, Resolver } from 'type-graphql';
import { ERROR_CODES } from '../../src/errors.js';
import { ErrorCode } from './errors.enums.js';

@Resolver()
export class ErrorCodeResolver {
  @Query(() => [ErrorCode], { description: 'Every code that `extensions.code` of an error can be.' })
  errorCodes() {
    return ERROR_CODES;
  }
}
