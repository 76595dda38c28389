import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KEY_BYTES } from './aes-gcm.js';
import { type MasterKey, parseMasterKeys } from './local-keys.js';

const FILE_NAME = 'vault-keys.json';

/** Owner only: anyone who reads the file can read the notes. */
const MODE = 0o600;

/**
 * Returns the master keys of a developer's machine, in `<dataDir>/vault-keys.json`, made on the first call. They are not for production:
 * there the keys would lie beside the data they protect.
 *
 * Processes that start at once agree. The file is written as a whole under another name, then linked to its own, which the file system
 * lets only one of them do; the others read the winner's file.
 *
 * @returns the keys, the current one first
 * @throws Error when the file exists and is not readable as keys (its content is not echoed)
 */
export async function loadOrCreateDevelopmentKeys(dataDir: string): Promise<readonly MasterKey[]> {
  const path = join(dataDir, FILE_NAME);
  const found = await readKeys(path);
  if (found !== undefined) {
    return found;
  }
  await mkdir(dataDir, { recursive: true });
  const temporary = await writeTemporary(path, [newKey()]);
  try {
    await link(temporary, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) {
      throw error;
    }
  } finally {
    await rm(temporary, { force: true });
  }
  await syncDirectory(dataDir);
  const keys = await readKeys(path);
  if (keys === undefined) {
    throw new Error(`${path} was removed while it was being created`);
  }
  return keys;
}

/**
 * Adds a new current key and keeps the old ones, so that a rotation (`rotateCaseKeys`) can be tried. Running servers take it when they
 * restart. The file is replaced in one step: a kill leaves the old list or the new.
 *
 * @returns the keys, the new one first
 * @throws Error when another call is adding a key: of two lists written at once, one key would be lost
 */
export async function addDevelopmentKey(dataDir: string): Promise<readonly MasterKey[]> {
  await loadOrCreateDevelopmentKeys(dataDir);
  const path = join(dataDir, FILE_NAME);
  const lockPath = `${path}.lock`;
  await takeLock(lockPath);
  try {
    const keys = [newKey(), ...((await readKeys(path)) ?? [])];
    const temporary = await writeTemporary(path, keys);
    try {
      await rename(temporary, path);
    } finally {
      await rm(temporary, { force: true });
    }
    await syncDirectory(dataDir);
    return keys;
  } finally {
    await rm(lockPath, { force: true });
  }
}

function newKey(): MasterKey {
  // The id is random: if the file is deleted, the next key does not pass for the lost one.
  return { id: `dev-${randomBytes(4).toString('hex')}`, key: randomBytes(KEY_BYTES) };
}

async function readKeys(path: string): Promise<readonly MasterKey[] | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
  return parseMasterKeys(readEntries(path, text).join(','));
}

function readEntries(path: string, text: string): readonly string[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // The parser's message quotes what it could not read, which is key material: it is dropped.
    throw new Error(`${path} is not JSON`);
  }
  const entries =
    typeof content === 'object' && content !== null && 'keys' in content ? content.keys : undefined;
  if (!Array.isArray(entries) || !entries.every((entry) => typeof entry === 'string')) {
    throw new Error(`${path} is not of the form {"keys": ["id:base64"]}`);
  }
  return entries;
}

async function writeTemporary(path: string, keys: readonly MasterKey[]): Promise<string> {
  const temporary = `${path}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`;
  const entries = keys.map(({ id, key }) => `${id}:${key.toString('base64')}`);
  const file = await open(temporary, 'wx', MODE);
  try {
    await file.writeFile(`${JSON.stringify({ keys: entries }, null, 2)}\n`);
    // The file is synced before it gets its name: after a power cut the name must not lead to an empty file.
    await file.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return temporary;
}

async function takeLock(lockPath: string): Promise<void> {
  try {
    await (await open(lockPath, 'wx', MODE)).close();
  } catch (error) {
    if (hasCode(error, 'EEXIST')) {
      throw new Error(`another process is adding a key; if none is running, remove ${lockPath}`);
    }
    throw error;
  }
}

async function syncDirectory(directory: string): Promise<void> {
  try {
    const handle = await open(directory, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows does not open directories. Then the write is only less prompt.
  }
}

function hasCode(error: unknown, code: string): boolean {
  // `instanceof` would fail under Jest, where the errors of node:fs are of another realm's class.
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
