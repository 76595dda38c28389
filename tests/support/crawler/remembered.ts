const known = new WeakMap<object, Map<string, unknown>>();

/**
 * What follows from an object alone, found once: a crawl asks the same of its sources and its schema for each document.
 * @param what names the answer among all that is remembered of this object
 */
export function remembered<T>(of: object, what: string, find: () => T): T {
  const answers = known.get(of) ?? new Map<string, unknown>();
  known.set(of, answers);
  if (!answers.has(what)) answers.set(what, find());
  return answers.get(what) as T;
}
