import { loadOrCreateDevelopmentIssuer } from './development-issuer.js';
import { LOGINS } from './logins.js';
import { nearest } from './nearest.js';

/** The outputs of a command; each call is a whole text with its line ends. */
export interface CommandOutput {
  stdout(text: string): void;
  stderr(text: string): void;
}

/** The exit code of a command that was called wrongly, as shells use it. */
const USAGE = 2;

/**
 * `npm run token -- <login>`: prints a token of the development issuer and nothing else, so that it can stand in `$(…)`. Without a login,
 * it prints the list of logins.
 * @returns the exit code
 */
export async function printToken(
  argv: readonly string[],
  dataDir: string,
  out: CommandOutput,
): Promise<number> {
  const [typed, ...more] = argv;
  if (typed === undefined) {
    out.stdout(listOfLogins());
    return 0;
  }
  if (more.length > 0) {
    out.stderr('Un seul login à la fois : npm run token -- <login>\n');
    return USAGE;
  }
  const login = LOGINS.find((each) => each.login === typed);
  if (login === undefined) {
    out.stderr(unknownLogin(typed));
    return USAGE;
  }
  const issuer = await loadOrCreateDevelopmentIssuer(dataDir);
  out.stdout(`${await issuer.sign(login)}\n`);
  return 0;
}

function listOfLogins(): string {
  const width = Math.max(...LOGINS.map(({ login }) => login.length)) + 2;
  return LOGINS.map(({ login, describes }) => `${login.padEnd(width)}${describes.fr}\n`).join('');
}

function unknownLogin(typed: string): string {
  const names = LOGINS.map(({ login }) => login);
  const near = nearest(typed.slice(0, 64), names);
  const hint = near.length > 0 ? `Voulez-vous dire : ${near.join(', ')} ?` : 'La liste : npm run token';
  // The text is quoted as JSON, so that it cannot send control characters to the terminal.
  return `Login inconnu : ${JSON.stringify(typed)}. ${hint}\n`;
}
