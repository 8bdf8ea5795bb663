type Limit = { readonly limit: number; readonly perSeconds: number };

export type BucketName =
  | 'default'
  | 'messages'
  | 'message-edits'
  | 'message-deletes'
  | 'typing'
  | 'channel'
  | 'threads'
  | 'webhook-execute'
  | 'webhook-edits'
  | 'commands'
  | 'none';

export type RateLimitOptions = {
  /** How long a second of Discord's lasts here. 0.02, the default, makes a bucket of 5 per 2 s one of 5 per 40 ms. */
  readonly clockScale?: number;
  readonly buckets?: Partial<Record<BucketName, Limit>>;
  /** Over all routes but those of webhooks and interactions. */
  readonly global?: Limit;
  /** The limit that no header tells of: executions of all webhooks in one channel. 30 per 60 s on Discord. */
  readonly webhooksPerChannel?: Limit | null;
};

type Verdict = { readonly headers: Record<string, string>; readonly refused: Refused | null };
type Refused = { readonly retryAfter: number; readonly global: boolean };

export type RateLimits = {
  /** Counts one request. `major` is the id the bucket is split by; `channelId` that of a webhook's execution. */
  take(
    bucket: BucketName,
    major: string,
    options: { global: boolean; webhookChannelId: string | null },
  ): Verdict;
};

const defaults: Readonly<Record<BucketName, Limit>> = {
  default: { limit: 50, perSeconds: 1 },
  messages: { limit: 5, perSeconds: 5 },
  'message-edits': { limit: 5, perSeconds: 5 },
  'message-deletes': { limit: 5, perSeconds: 1 },
  typing: { limit: 5, perSeconds: 5 },
  channel: { limit: 10, perSeconds: 10 },
  threads: { limit: 10, perSeconds: 10 },
  'webhook-execute': { limit: 5, perSeconds: 2 },
  'webhook-edits': { limit: 5, perSeconds: 2 },
  commands: { limit: 20, perSeconds: 10 },
  none: { limit: Number.POSITIVE_INFINITY, perSeconds: 1 },
};

/**
 * Rate limits as Discord keeps them: a bucket per route and major id, announced in headers, one global, and one
 * hidden per channel. The client waits on `Remaining: 0` and on the `Retry-After` header; it reads no body.
 */
export function createRateLimits(options: RateLimitOptions): RateLimits {
  const scale = options.clockScale ?? 0.02;
  const limits = { ...defaults, ...options.buckets };
  const global = options.global ?? { limit: 50, perSeconds: 1 };
  const windows = new Map<string, { used: number; resetsAt: number }>();

  function count(key: string, { limit, perSeconds }: Limit) {
    const now = Date.now();
    const current = windows.get(key);
    const open =
      current && current.resetsAt > now ? current : { used: 0, resetsAt: now + perSeconds * 1000 * scale };
    windows.set(key, open);
    const refused = open.used >= limit;
    if (!refused) open.used += 1;
    return {
      refused,
      remaining: limit - open.used,
      resetsAt: open.resetsAt,
      seconds: (open.resetsAt - now) / 1000,
    };
  }

  return {
    take(bucket, major, { global: isGlobal, webhookChannelId }) {
      if (isGlobal) {
        const all = count('global', global);
        if (all.refused) {
          const headers = {
            ...retry(all.seconds),
            'X-RateLimit-Global': 'true',
            'X-RateLimit-Scope': 'global',
          };
          return { headers, refused: { retryAfter: all.seconds, global: true } };
        }
      }
      if (bucket === 'none') return { headers: {}, refused: null };
      const own = count(`${bucket}:${major}`, limits[bucket]);
      const headers: Record<string, string> = {
        'X-RateLimit-Limit': String(limits[bucket].limit),
        'X-RateLimit-Remaining': String(own.remaining),
        'X-RateLimit-Reset': (own.resetsAt / 1000).toFixed(3),
        'X-RateLimit-Reset-After': own.seconds.toFixed(3),
        'X-RateLimit-Bucket': `bucket-${bucket}`,
      };
      if (own.refused) return refuse(headers, own.seconds, 'user');
      if (webhookChannelId && options.webhooksPerChannel) {
        const hidden = count(`hidden:${webhookChannelId}`, options.webhooksPerChannel);
        if (hidden.refused) return refuse(headers, hidden.seconds, 'shared');
      }
      return { headers, refused: null };
    },
  };
}

function refuse(headers: Record<string, string>, seconds: number, scope: 'user' | 'shared'): Verdict {
  return {
    headers: { ...headers, ...retry(seconds), 'X-RateLimit-Scope': scope },
    refused: { retryAfter: seconds, global: false },
  };
}

function retry(seconds: number): Record<string, string> {
  return { 'Retry-After': Math.max(seconds, 0.001).toFixed(3) };
}
