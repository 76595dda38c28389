import { describe, expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { classifyFailure, isConnectionLost, sqlStateOf } from '../../src/database/failure.js';
import { UnavailableError } from '../../src/errors.js';

const failed = (code: string, message = 'made to fail'): Error => Object.assign(new Error(message), { code });

/** What a failure of the database means, however it is wrapped by the time that someone asks. */
describe('a failure', () => {
  test.each([
    ['40001', 'RETRY'],
    ['40P01', 'RETRY'],
    ['08006', 'UNAVAILABLE'],
    ['53300', 'UNAVAILABLE'],
    ['57P01', 'UNAVAILABLE'],
    ['57014', 'UNAVAILABLE'],
    ['42501', 'OTHER'],
    ['P0001', 'OTHER'],
  ])('of SQLSTATE %s is %s, and known by it within other errors', (code, kind) => {
    const inner = failed(code);
    for (const error of [
      inner,
      new GraphQLError('x', { originalError: inner }),
      new GraphQLError('x', { originalError: new UnavailableError('database', { cause: inner }) }),
    ]) {
      expect(sqlStateOf(error)).toBe(code);
      expect(classifyFailure(error)).toBe(kind);
    }
  });

  test('of a system call is no SQLSTATE, and an outage', () => {
    for (const code of ['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT']) {
      expect(sqlStateOf(failed(code))).toBeNull();
      expect(classifyFailure(failed(code))).toBe('UNAVAILABLE');
    }
    expect(isConnectionLost(failed('EPIPE'))).toBe(true);
    expect(isConnectionLost(failed('ECONNREFUSED'))).toBe(false);
  });

  test('to connect in time is given up by us: the connection was not lost', () => {
    const cause = new Error('Connection terminated unexpectedly');
    const timedOut = new Error('Connection terminated due to connection timeout', { cause });
    for (const error of [timedOut, new UnavailableError('database', { cause: timedOut })]) {
      expect(isConnectionLost(error)).toBe(false);
      expect(classifyFailure(error)).toBe('UNAVAILABLE');
    }
  });

  test('that the pool or the client tells in words alone is an outage', () => {
    expect(classifyFailure(new Error('timeout exceeded when trying to connect'))).toBe('UNAVAILABLE');
    expect(classifyFailure(new Error('Query read timeout'))).toBe('UNAVAILABLE');
    expect(isConnectionLost(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(classifyFailure(new Error('whatever else'))).toBe('OTHER');
    expect(classifyFailure('no error at all')).toBe('OTHER');
  });
});
