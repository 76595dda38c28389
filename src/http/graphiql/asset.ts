/** A file that the page of GraphiQL loads. */
export interface GraphiqlAsset {
  readonly contentType: string;
  /** The value that `?v=` must have for the answer to be cached for ever. */
  readonly version: string;
  /** The address that the page uses, version included. */
  readonly href: string;
  read(): Promise<Buffer>;
}
