const WALL_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** True for a time of the day, as in `09:30`. */
export function isWallTime(text: string): boolean {
  return WALL_TIME.test(text);
}
