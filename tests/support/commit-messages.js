import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The messages before this commit are as they were. */
const SINCE = '6f4cab7';

/**
 * What is wrong with a commit's message: `area: Subject` of at most 72 characters without a full stop, and a reason after a blank line.
 * @returns a line for each fault; none where there is none
 */
export function faultsOf(message) {
  const [subject = '', blank = '', ...body] = message.trimEnd().split('\n');
  const faults = [];
  if (subject.length > 72) faults.push(`the subject has ${subject.length} characters; 72 are the most`);
  if (!/^[a-z][a-z-]*(, [a-z-]+)*: [\p{Lu}`«]/u.test(subject))
    faults.push('the subject is no `area: Subject`');
  if (subject.endsWith('.')) faults.push('the subject ends with a full stop');
  if (blank !== '') faults.push('the second line is not blank');
  if (body.join('').trim() === '') faults.push('no reason is given after the subject');
  return faults;
}

/** The commits since then, merges left out: id and message. */
function commits() {
  const git = (...args) => execFileSync('git', args, { encoding: 'utf8' });
  const known = (() => {
    try {
      git('rev-parse', '--quiet', '--verify', `${SINCE}^{commit}`);
      return true;
    } catch {
      return false;
    }
  })();
  // A shallow clone has the last commits alone: those are looked at.
  const log = git('log', '--no-merges', '--format=%h%n%B%x00', ...(known ? [`${SINCE}..HEAD`] : ['-1']));
  return log
    .split('\0')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => ({
      id: entry.slice(0, entry.indexOf('\n')),
      message: entry.slice(entry.indexOf('\n') + 1),
    }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const all = commits();
  const faulty = all.flatMap(({ id, message }) =>
    faultsOf(message).map((fault) => `${id} ${message.split('\n')[0]}: ${fault}`),
  );
  process.stdout.write(
    faulty.length === 0 ? `${all.length} commit messages, no fault\n` : `${faulty.join('\n')}\n`,
  );
  if (faulty.length > 0) process.exitCode = 1;
}
