import { expect, test } from '@jest/globals';
import { doLeftWork } from '../../src/http/left-work.js';

test('what was left is done one after the other, and stands in its place in lists and objects', async () => {
  let underWay = 0;
  let most = 0;
  const work = (made: string) => async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise(setImmediate);
    underWay -= 1;
    return made;
  };
  const left = new Map(['a', 'b', 'c'].map((name) => [`\0${name}`, work(name.toUpperCase())]));
  const data = {
    notices: [{ letter: '\0a', text: 'a' }, { letter: null }, { letter: '\0b' }],
    letter: '\0c',
  };
  expect(await doLeftWork(data, left)).toEqual([]);
  expect(data).toEqual({
    notices: [{ letter: 'A', text: 'a' }, { letter: null }, { letter: 'B' }],
    letter: 'C',
  });
  expect(most).toBe(1);
});

test('what fails is null, and told with its path; the rest is done', async () => {
  const error = new Error('no paper');
  const left = new Map<string, () => Promise<string>>([
    ['\0a', () => Promise.reject(error)],
    ['\0b', async () => 'B'],
  ]);
  const data = { notices: [{ letter: '\0a' }, { letter: '\0b' }] };
  expect(await doLeftWork(data, left)).toEqual([{ error, path: ['notices', 0, 'letter'] }]);
  expect(data).toEqual({ notices: [{ letter: null }, { letter: 'B' }] });
});

test('what has no place in the answer any more is not done', async () => {
  const left = new Map([['\0a', () => Promise.reject(new Error('done for nobody'))]]);
  expect(await doLeftWork({ recordNotice: null }, left)).toEqual([]);
});
