import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import { createTokenVerifier } from '../../src/auth/token-verifier.js';
import { UnauthenticatedError } from '../../src/errors.js';

const AUDIENCE = 'https://api.test';
const ALGORITHMS = ['ES256', 'RS256'] as const;

let server: Server;
let issuer: string;

beforeAll(async () => {
  // It warns of Node 20 and of its store in memory, which are both meant here.
  jest.spyOn(console, 'warn').mockImplementation(() => {});
  jest.spyOn(console, 'info').mockImplementation(() => {});
  const { default: Provider } = await import('oidc-provider');
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = [];
  for (const alg of ALGORITHMS) {
    const { privateKey } = await generateKeyPair(alg, { extractable: true });
    keys.push({ ...(await exportJWK(privateKey)), alg, use: 'sig', kid: `key-${alg}` });
  }
  const provider = new Provider(issuer, {
    jwks: { keys },
    cookies: { keys: ['a secret of this test'] },
    clients: ALGORITHMS.map((alg) => ({
      client_id: `client.${alg}`,
      client_secret: 'a secret of this test',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_ctx: unknown, _resource: string, client: { clientId: string }) => ({
          audience: AUDIENCE,
          scope: 'statistics:read booking',
          accessTokenFormat: 'jwt',
          accessTokenTTL: 600,
          jwt: { sign: { alg: client.clientId.endsWith('RS256') ? 'RS256' : 'ES256' } },
        }),
      },
    },
  });
  server.on('request', provider.callback());
});

afterAll(async () => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function tokenFor(client: string): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${client}:a+secret+of+this+test`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      resource: AUDIENCE,
      scope: 'statistics:read',
    }),
  });
  const body = (await response.json()) as { access_token?: string };
  expect(body).toHaveProperty('access_token');
  return body.access_token ?? '';
}

test.each(ALGORITHMS)('a certified provider’s access token is accepted by its jwks_uri: %s', async (alg) => {
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`);
  const { jwks_uri: jwksUrl } = (await discovery.json()) as { jwks_uri: string };
  const verifier = createTokenVerifier({ issuers: [{ issuer, audience: AUDIENCE, jwksUrl }] });
  const token = await tokenFor(`client.${alg}`);
  expect(await verifier.verify(token)).toMatchObject({
    issuer,
    subject: `client.${alg}`,
    clientId: `client.${alg}`,
    scopes: ['statistics:read'],
  });

  const other = createTokenVerifier({ issuers: [{ issuer, audience: 'https://other.test', jwksUrl }] });
  await expect(other.verify(token)).rejects.toThrow(UnauthenticatedError);
});
