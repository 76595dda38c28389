import pg from 'pg';
import { Flight, type Statement } from '../../src/database/flight.js';

/** The statements that travel to PostgreSQL together: one wait. */
export type SentTogether = readonly Statement[];

/**
 * Listens to what the operations of this process send to one database, each flight once it is whole. Listens to each row that comes back, and
 * to each departure of a flight, whole or not.
 * @returns the function that stops it
 */
export function listenToFlights(
  database: string,
  hear: (sent: SentTogether) => void,
  hearRow: () => void = () => undefined,
  hearDeparture: (isWhole: boolean) => void = () => undefined,
): () => void {
  const query = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [flight] = args;
    if (this.database === database && flight instanceof Flight) {
      hearDeparture(flight.isClosed);
      const { close } = flight;
      // A flight may take statements until it is closed, before or after it departs.
      if (flight.isClosed) hear(flight.statements);
      else
        flight.close = () => {
          hear(flight.statements);
          close.call(flight);
        };
      const { handleDataRow } = flight;
      flight.handleDataRow = (row) => {
        hearRow();
        handleDataRow.call(flight, row);
      };
    }
    return Reflect.apply(query, this, args);
  } as typeof query;
  return () => {
    pg.Client.prototype.query = query;
  };
}
