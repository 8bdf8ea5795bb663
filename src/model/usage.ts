import type { ChatMessage, ModelUsage } from './chat-model.ts';

/** What a server says it counted; any of it may be missing. */
export type ServerUsage = {
  readonly promptTokens?: number | undefined;
  readonly cachedTokens?: number | undefined;
  readonly completionTokens?: number | undefined;
};

export type UsageTally = {
  /** The request went out: the milliseconds count from here. */
  sent(): void;
  /** Text or reasoning came in. */
  received(text: string): void;
  counted(usage: ServerUsage): void;
  total(): ModelUsage;
};

/** Keeps count of one request: the server's numbers where it sends them, else estimates. */
export function createUsageTally(options: {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  /** Milliseconds of any clock that only goes forward. */
  readonly now: () => number;
}): UsageTally {
  const { model, messages, now } = options;
  let sentAt = now();
  let firstAt: number | undefined;
  let lastAt: number | undefined;
  let receivedLength = 0;
  let server: ServerUsage = {};

  return {
    sent() {
      sentAt = now();
    },
    received(text) {
      lastAt = now();
      firstAt ??= lastAt;
      receivedLength += text.length;
    },
    counted(usage) {
      server = usage;
    },
    total() {
      const end = lastAt ?? now();
      const sentLength = messages.reduce((sum, message) => sum + message.content.length, 0);
      return {
        model,
        promptTokens: server.promptTokens ?? estimateTokens(sentLength),
        cachedTokens: server.cachedTokens ?? 0,
        completionTokens: server.completionTokens ?? estimateTokens(receivedLength),
        msToFirst: Math.round((firstAt ?? end) - sentAt),
        msToLast: Math.round(end - sentAt),
      };
    },
  };
}

/** Four characters a token: a rough mean over English text, for servers that do not count. */
function estimateTokens(length: number): number {
  return Math.ceil(length / 4);
}
