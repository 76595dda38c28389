/** Larger than any key set that an identity provider publishes, and small enough to be held in memory. */
const MAX_JWKS_BYTES = 256 * 1024;

/**
 * Fetches and parses the JWKS document behind a URL (RFC 8414 §2, `jwks_uri`), and does nothing more. It rejects on anything but a 200
 * with JSON of at most 256 KiB within the time. A redirect is rejected too, since keys are trusted for where they come from (RFC 8725
 * §3.10).
 */
export async function fetchJwks(url: string, doFetch: typeof fetch, timeoutMs: number): Promise<unknown> {
  const response = await doFetch(url, {
    headers: { accept: 'application/jwk-set+json, application/json' },
    redirect: 'manual',
    // The timeout covers the body as well: a provider that sends one byte a second is down.
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200 || response.redirected) {
    await response.body?.cancel();
    throw new Error(`The key set answered ${response.status}`);
  }
  return JSON.parse(await boundedText(response));
}

/** Counts the bytes while they arrive: `content-length` is only what the sender says. */
async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body !== null) {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > MAX_JWKS_BYTES) throw new Error('The key set is too large');
      chunks.push(chunk);
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}
