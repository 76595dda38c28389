/** A case's data key, encrypted under a master key. Only this form is stored in the database. */
export interface WrappedKey {
  readonly masterKeyId: string;
  readonly wrapped: Uint8Array;
}

/**
 * The holder of the master keys. `createLocalKeyService` holds them in memory. An outside service (a KMS, an HSM, OpenBao's transit
 * engine) implements the same members, and then no master key is ever in this process.
 *
 * An implementation binds the wrapped key to its case: a key wrapped for one case must not unwrap for another (additional authenticated
 * data, NIST SP 800-38D; "associated_data" in OpenBao transit, "encryption context" in several KMS).
 */
export interface KeyService {
  /** The master key that `wrap` uses. */
  readonly currentKeyId: string;

  /** The master keys with which `unwrap` can open, the current one first. */
  readonly keyIds: readonly string[];

  /**
   * Wraps a data key.
   * @param dataKey 32 bytes; the caller still owns them and may erase them afterwards
   * @returns the key encrypted under the current master key, bound to the case
   * @throws UnavailableError('key-service') when the service cannot be reached
   */
  wrap(dataKey: Buffer, caseId: string): Promise<WrappedKey>;

  /**
   * Unwraps a data key.
   * @returns the data key, in a buffer that the caller owns and erases after use
   * @throws UnavailableError('key-service') when the master key is unknown or the service cannot be reached
   * @throws VaultIntegrityError when the wrapped key does not authenticate for this case
   */
  unwrap(wrapped: WrappedKey, caseId: string): Promise<Buffer>;
}
