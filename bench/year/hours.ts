import { HOUR } from './demand.js';

const WALL_CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** An hour in which the desk is open, with its day and time on the wall: `YYYY-MM-DD`, `HH:MM`. */
export interface OpenHour {
  readonly at: number;
  readonly day: string;
  readonly time: string;
}

/** When the desk is open: from nine to six on working days, in Paris. Then it answers, and tells people of offers. */
export class DeskHours {
  constructor(private readonly closedOn: ReadonlySet<string>) {}

  /** Returns `YYYY-MM-DD HH:MM`. */
  wallClock(at: number): string {
    return WALL_CLOCK.format(new Date(at));
  }

  isOpen(at: number): boolean {
    const [day = '', time = ''] = this.wallClock(at).split(' ');
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
    return weekday >= 1 && weekday <= 5 && time >= '09:00' && time < '18:00' && !this.closedOn.has(day);
  }

  /** Returns every hour in which the desk is open. */
  between(from: Date, until: Date): readonly OpenHour[] {
    const hours: OpenHour[] = [];
    for (let at = from.getTime(); at < until.getTime(); at += HOUR) {
      const [day = '', time = ''] = this.wallClock(at).split(' ');
      if (this.isOpen(at)) hours.push({ at, day, time });
    }
    return hours;
  }

  /** Returns when the desk opens on the next working day. */
  nextMorning(now: number): number {
    const [today] = this.wallClock(now).split(' ');
    let hour = Math.ceil(now / HOUR) * HOUR;
    while (!this.isOpen(hour) || this.wallClock(hour).startsWith(`${today} `)) hour += HOUR;
    return hour;
  }
}
