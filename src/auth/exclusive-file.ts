import { randomUUID } from 'node:crypto';
import { link, open, unlink } from 'node:fs/promises';

/**
 * Writes a file of mode 0600 that appears as a whole or not at all, and never replaces one that is there. Of two processes that start
 * together one wins, and the other finds the winner's file.
 *
 * `rename` would replace the winner's file, and writing with `wx` in place would let the loser read half of it; a hard link is both
 * exclusive and complete.
 * @returns whether this call won
 */
export async function writeExclusively(path: string, text: string): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(temporary);
  }
}
