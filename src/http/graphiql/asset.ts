/** A file that the page of GraphiQL loads. */
export interface GraphiqlAsset {
  readonly contentType: string;
  /** What `?v=` must say for the answer to be cached for ever. */
  readonly version: string;
  /** The address the page uses, version included. */
  readonly href: string;
  read(): Promise<Buffer>;
}
