/** What memory asks of an embeddings model; the client library stays behind it. */
export type EmbeddingModel = {
  /** As the endpoint calls it. */
  readonly name: string;
  /**
   * A vector for each text, in order, all of one length.
   * Throws `ModelError` (never the client library's own), or the signal's reason as soon as it is aborted.
   */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]>;
};
