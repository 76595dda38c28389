/** Cells that the policies would open and that another lock, or the want of a path, keeps closed. */
export interface Stricter {
  readonly reason: string;
  /** Schema coordinates. */
  readonly coordinates: readonly string[];
  readonly standpoints: readonly string[];
}
