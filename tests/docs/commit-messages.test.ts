import { expect, test } from '@jest/globals';
import { faultsOf } from '../support/commit-messages.js';

test('a message says what it changes, where, and why', () => {
  expect(
    faultsOf('auth: Refuse a token without an audience\n\nAny service of the county could use it here.\n'),
  ).toEqual([]);
});

test.each([
  ['auth: Refuse it', 'no reason is given after the subject'],
  ['Refuse a token\n\nWhy.', 'the subject is no `area: Subject`'],
  ['auth: refuse a token\n\nWhy.', 'the subject is no `area: Subject`'],
  ['auth: Refuse a token.\n\nWhy.', 'the subject ends with a full stop'],
  ['auth: Refuse a token\nWhy.\nMore.', 'the second line is not blank'],
  [`auth: ${'R'.repeat(70)}\n\nWhy.`, 'the subject has 76 characters; 72 are the most'],
])('%j is refused', (message, fault) => {
  expect(faultsOf(message)).toContain(fault);
});
