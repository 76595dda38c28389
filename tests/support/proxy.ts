import { connect, createServer, type Socket } from 'node:net';

export interface FaultyProxy {
  /** `url` with this proxy in the server's place. */
  through(url: string): string;
  /** As if the server had died: its connections are cut, and new ones refused. */
  refuse(): Promise<void>;
  /** As if the network had gone: nothing arrives any more, and nothing is cut. */
  hang(): void;
  /** As it was at first; what hung before is lost. */
  restore(): Promise<void>;
  /** How many times the application has sent something so far. */
  readonly asked: number;
  close(): Promise<void>;
}

/** Stands between an application and the server of `serverUrl`, and fails when it is told to. */
export async function startProxy(serverUrl: string): Promise<FaultyProxy> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let hanging = false;
  let asked = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => {
        if (from === client) asked += 1;
        if (!hanging) to.write(chunk);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  await listen(0);
  const { port } = server.address() as { port: number };
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const shut = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      cut();
    });
  return {
    through: (url) => {
      const through = new URL(url);
      through.host = `127.0.0.1:${port}`;
      return through.href;
    },
    refuse: shut,
    hang: () => {
      hanging = true;
    },
    restore: async () => {
      hanging = false;
      cut();
      if (!server.listening) await listen(port);
    },
    get asked() {
      return asked;
    },
    close: () => (server.listening ? shut() : Promise.resolve()),
  };
}
