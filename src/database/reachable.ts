import { chmodSync, existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, sep } from 'node:path';

/** Lists the folders above a path that others may not walk through, the outermost first. */
function closedFolders(path: string): string[] {
  const closed: string[] = [];
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) closed.unshift(folder);
  }
  return closed;
}

/**
 * Makes these paths reachable for the user `postgres`: run as root, PostgreSQL runs as this user, who must be able to walk to its
 * programs and its data. A folder of our own below the system's temporary folder is opened; any other is its owner's to open.
 * @throws Error in plain words, naming the folder
 */
export function requireReachable(paths: readonly string[]): void {
  for (const folder of new Set(paths.flatMap(closedFolders))) {
    const stat = statSync(folder);
    if (folder.startsWith(tmpdir() + sep) && stat.uid === process.getuid?.()) {
      chmodSync(folder, stat.mode | 0o001);
      continue;
    }
    throw new Error(
      `Run as root, PostgreSQL runs as the user postgres, who cannot reach ${folder}: start as another user, or move the checkout and COSMOS_DATA_DIR to a folder that others may enter.`,
    );
  }
}
