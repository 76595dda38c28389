/**
 * A wrapped key or a sealed note does not authenticate: it was altered, moved from another row, or opened with a key that is not its own.
 * The API answers INTERNAL; an operator has to look.
 *
 * The message is always the same: it holds no id, no key and no text, so that it may go to any log.
 */
export class VaultIntegrityError extends Error {
  override readonly name = 'VaultIntegrityError';

  constructor() {
    super('a sealed value of the vault does not authenticate');
  }
}
