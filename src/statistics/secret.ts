import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeExclusively } from '../auth/exclusive-file.js';

/** The length of the secret, in bytes. */
export const SECRET_BYTES = 32;
const FILE_NAME = 'statistics-secret';

/** Returns a mark by which the database recognises a secret. The secret cannot be learnt from it. */
export function markOf(secret: Buffer): Buffer {
  return createHash('sha256').update('cosmos statistics\0').update(secret).digest().subarray(0, 16);
}

/**
 * Returns the secret of a developer's machine, in `<dataDir>/statistics-secret`, made on the first call. Processes that start at once
 * agree.
 * @throws Error when the file exists and holds no secret
 */
export async function loadOrCreateDevelopmentSecret(dataDir: string): Promise<Buffer> {
  const path = join(dataDir, FILE_NAME);
  await mkdir(dataDir, { recursive: true });
  // The second process finds the file of the first one.
  await writeExclusively(path, `${randomBytes(SECRET_BYTES).toString('base64')}\n`);
  const secret = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64');
  if (secret.length !== SECRET_BYTES) throw new Error(`${path} holds no secret of ${SECRET_BYTES} bytes`);
  return secret;
}
