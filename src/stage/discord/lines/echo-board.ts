/** What the gateway tells of a webhook's message. */
export type Echo = {
  readonly id: string;
  readonly channel: string;
  readonly webhook: string;
  readonly name: string;
  /** Empty where Discord withholds it. */
  readonly content: string;
};

export type Expected = Omit<Echo, 'id'>;

export type EchoBoard = {
  /** Begins to watch for a line that is about to be sent. */
  expect(line: Expected): Watch;
  /** A message of a webhook was seen. */
  heard(echo: Echo): void;
  /** This message is known to be a line; a late echo of it is not the next line's. */
  settled(channel: string, id: string): void;
};

export type Watch = {
  /** The id under which the line stands in the channel, once it was seen there. */
  readonly seen: Promise<string>;
  release(): void;
};

/**
 * Every post of a webhook comes back over the gateway, also one whose answer was lost. One line is
 * under way in a channel at a time, so that an echo is of that line or of none.
 */
export function createEchoBoard(): EchoBoard {
  const watches = new Map<Expected, (id: string) => void>();
  // Ids of a channel grow: what is not newer than the last known line is not the one that is watched for.
  const lastSettled = new Map<string, bigint>();
  return {
    expect(line) {
      const { promise, resolve } = Promise.withResolvers<string>();
      watches.set(line, resolve);
      return { seen: promise, release: () => watches.delete(line) };
    },
    heard(echo) {
      if (BigInt(echo.id) <= (lastSettled.get(echo.channel) ?? 0n)) return;
      for (const [line, resolve] of watches) if (isEcho(echo, line)) resolve(echo.id);
    },
    settled: (channel, id) => void lastSettled.set(channel, BigInt(id)),
  };
}

function isEcho(echo: Echo, line: Expected): boolean {
  return (
    echo.channel === line.channel &&
    echo.webhook === line.webhook &&
    isSameText(echo.name, line.name) &&
    (echo.content === '' || isSameText(echo.content, line.content))
  );
}

/** Whether Discord shows what we sent; it tidies white space. */
export function isSameText(shown: string, sent: string): boolean {
  return tidy(shown) === tidy(sent);
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
