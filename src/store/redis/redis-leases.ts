import type { RedisClientType } from '@keyv/redis';
import { z } from 'zod';
import type { Leases } from '../leases.ts';

const PREFIX = 'dramatis/lease::';
/** The names of all leases: to look for their keys would be to look at every key there is. */
const NAMES = 'dramatis/leases';

/**
 * A lease is a hash: who holds it, until when by Redis' own clock (microseconds), and its token, which only
 * grows. A token is at least that clock: where Redis lost its last moments, none is given twice.
 */
const NOW = `local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
`;

const TAKE = `${NOW}
local ends = tonumber(redis.call('HGET', KEYS[1], 'until') or '0')
if ends > now then return 0 end
local last = tonumber(redis.call('HGET', KEYS[1], 'token') or '0')
local token = string.format('%.0f', math.max(last + 1, now))
redis.call('HSET', KEYS[1], 'token', token, 'holder', ARGV[1], 'until', string.format('%.0f', now + ARGV[2] * 1000))
redis.call('SADD', KEYS[2], ARGV[3])
return token`;

const RENEW = `${NOW}
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'until', string.format('%.0f', now + ARGV[2] * 1000))
return 1`;

/** With a token of its own, so that what is written under the old one is refused from now on. */
const RELEASE = `
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
redis.call('HINCRBY', KEYS[1], 'token', 1)
redis.call('HSET', KEYS[1], 'holder', '', 'until', '0')
return 1`;

const HELD = `${NOW}
local held = {}
for _, lease in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local of = redis.call('HMGET', ARGV[1] .. lease, 'holder', 'token', 'until')
  local left = (tonumber(of[3]) or 0) - now
  if left > 0 then held[#held + 1] = { lease, of[1], of[2], string.format('%.0f', left) } end
end
return held`;

const numberSchema = z.coerce.number();
const heldSchema = z.array(z.tuple([z.string(), z.string(), numberSchema, numberSchema]));

export function leaseKey(lease: string): string {
  return `${PREFIX}${lease}`;
}

/** Leases in Redis, each change one script, which Redis runs alone. */
export function createRedisLeases(client: RedisClientType): Leases {
  const run = (script: string, keys: string[], ...args: (string | number)[]): Promise<unknown> =>
    client.eval(script, { keys, arguments: args.map(String) });

  return {
    async take(lease, holder, ms) {
      const taken = await run(TAKE, [leaseKey(lease), NAMES], holder, Math.ceil(ms), lease);
      const token = numberSchema.parse(taken);
      return token > 0 ? { lease, token } : undefined;
    },
    renew: (fences, ms) =>
      Promise.all(
        fences.map(
          async ({ lease, token }) => (await run(RENEW, [leaseKey(lease)], token, Math.ceil(ms))) === 1,
        ),
      ),
    async release({ lease, token }) {
      await run(RELEASE, [leaseKey(lease)], token);
    },
    async held() {
      const held = heldSchema.parse(await run(HELD, [NAMES], PREFIX));
      return held.map(([lease, holder, token, micros]) => ({ lease, holder, token, msLeft: micros / 1000 }));
    },
  };
}
