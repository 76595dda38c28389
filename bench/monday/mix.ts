/** What somebody does on a Monday morning: the name is that of the table of figures. */
export type KindName =
  | 'record a visit'
  | 'close a visit'
  | 'look at the board'
  | 'look a person up'
  | 'search for a slot'
  | 'book at the desk'
  | 'read the page'
  | 'read the day'
  | 'write a note'
  | 'record an outcome'
  | 'search online'
  | 'book online'
  | 'ask for statistics';

/** A line of the mix. */
export interface Kind {
  readonly name: KindName;
  readonly who: string;
  /** How often it begins in the whole county between 8:30 and 9:30 of a real Monday. */
  readonly perHour: number;
  /** The number of operations of one beginning. A booking has two: the search, then the booking. */
  readonly operations: number;
  /** Why it is this number. */
  readonly why: string;
}

/** The number of desks: one in each district. */
export const DESKS = 32;
/** The number of workers who have an agenda. */
export const WORKERS = 500;
/** How much faster than the real hour the bench plays: the hour takes ten minutes. */
export const PACE = 6;

/** The mix. The numbers are assumptions, made for a county of 32 desks and 500 workers. A county that has counted its own changes them here. */
export const MIX: readonly Kind[] = [
  {
    name: 'record a visit',
    who: '32 desks',
    perHour: 384,
    operations: 1,
    why: 'Somebody comes or calls every five minutes at each desk. One in three gives no name.',
  },
  {
    name: 'close a visit',
    who: '32 desks',
    perHour: 320,
    operations: 1,
    why: 'Most people are answered within the hour. The others wait to be received.',
  },
  {
    name: 'look at the board',
    who: '32 desks',
    perHour: 192,
    operations: 1,
    why: 'A desk opens its board anew every ten minutes, beside following it live.',
  },
  {
    name: 'look a person up',
    who: '32 desks',
    perHour: 640,
    operations: 1,
    why: 'Two look-ups for each person who comes and gives a name, and some by telephone.',
  },
  {
    name: 'search for a slot',
    who: '32 desks',
    perHour: 160,
    operations: 1,
    why: 'Five times an hour a desk looks when there is time, and books nothing.',
  },
  {
    name: 'book at the desk',
    who: '32 desks',
    perHour: 160,
    operations: 2,
    why: 'Five times an hour a desk searches, and books one of the times that it was answered.',
  },
  {
    name: 'read the page',
    who: '500 workers',
    perHour: 600,
    operations: 1,
    why: 'Everyone opens their page when they come, and one in five a second time.',
  },
  {
    name: 'read the day',
    who: '500 workers',
    perHour: 750,
    operations: 1,
    why: 'Everyone reads the agenda of the day, and every second worker a second time.',
  },
  {
    name: 'write a note',
    who: '500 workers',
    perHour: 250,
    operations: 1,
    why: 'Every second worker writes a note before the first appointment.',
  },
  {
    name: 'record an outcome',
    who: '500 workers',
    perHour: 300,
    operations: 1,
    why: 'Three in five workers have received somebody, and say how it went.',
  },
  {
    name: 'search online',
    who: 'booking client',
    perHour: 120,
    operations: 1,
    why: 'People look at the times of their district, and leave it at that.',
  },
  {
    name: 'book online',
    who: 'booking client',
    perHour: 60,
    operations: 2,
    why: 'One visitor in three takes a time. The client searches, and books.',
  },
  {
    name: 'ask for statistics',
    who: 'reporting client',
    perHour: 60,
    operations: 1,
    why: 'A page of figures is put together: a table a minute.',
  },
];

const SECONDS_OF_AN_HOUR = 3_600;

/** The beginnings a second of the real Monday of one county. */
export const BEGINNINGS_PER_SECOND = MIX.reduce((sum, { perHour }) => sum + perHour, 0) / SECONDS_OF_AN_HOUR;

/** The operations a second of the real Monday of one county. */
export const OPERATIONS_PER_SECOND =
  MIX.reduce((sum, { perHour, operations }) => sum + perHour * operations, 0) / SECONDS_OF_AN_HOUR;
