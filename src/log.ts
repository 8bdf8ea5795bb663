/** Ids, counts, milliseconds, names of models; never message text, thoughts, prompts or secrets. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where the engine and the stages report. Events are `noun-verb`: `turn-finished`, `webhook-created`. */
export type Log = {
  debug(event: string, facts?: LogFacts): void;
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts): void;
};

export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
