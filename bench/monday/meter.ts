import { performance } from 'node:perf_hooks';
import type { ServerProcess } from '../page/child.js';
import { processorTimeOf, processorTimeOfOne } from '../support/postgres-processes.js';

/** What has been used so far: processor time in milliseconds. */
export interface Reading {
  readonly at: number;
  readonly apiMs: number;
  readonly jobsMs: number;
  readonly postgresMs: number;
  /** The processor time of this process, which plays everyone who asks. */
  readonly playersMs: number;
  /** How often the API has waited for PostgreSQL. */
  readonly waits: number;
  /** Resident memory of the API's process, in bytes. */
  readonly rss: number;
}

/** Reads what the processes have used. */
export class Meter {
  /** @param folder of the database's data */
  constructor(
    private readonly api: ServerProcess,
    private readonly jobsPid: number,
    private readonly folder: string,
  ) {}

  async read(): Promise<Reading> {
    const { waits, rss, processorMs } = await this.api.state();
    const { user, system } = process.cpuUsage();
    return {
      at: performance.now(),
      apiMs: processorMs,
      jobsMs: processorTimeOfOne(this.jobsPid),
      postgresMs: await processorTimeOf(this.folder),
      playersMs: (user + system) / 1_000,
      waits,
      rss,
    };
  }

  /**
   * Reads at the beginning, and each time after so many milliseconds.
   * @returns a function that stops it, and gives the readings with a last one
   */
  async every(ms: number): Promise<() => Promise<readonly Reading[]>> {
    const readings = [await this.read()];
    let reading: Promise<void> = Promise.resolve();
    const timer = setInterval(() => {
      reading = reading.then(async () => {
        readings.push(await this.read());
      });
    }, ms);
    return async () => {
      clearInterval(timer);
      await reading;
      return [...readings, await this.read()];
    };
  }
}
