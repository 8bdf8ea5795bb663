import type { RedisClientType } from '@keyv/redis';
import { z } from 'zod';
import { changeText, type Guard, type GuardedWrites, isTold, OUTCOMES, refuse } from '../guarded-writes.ts';
import type { EntryKind } from '../keyv-store.ts';
import { leaseKey } from './redis-leases.ts';

export const CHANGES = 'dramatis/changes';

/** KEYS: lease, the entry that must be there, the entry. ARGV: token, value, whether it must be absent, what is told, or else one of these. */
const SET = `
if ARGV[1] ~= '' and redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 'stale' end
if ARGV[3] == '1' then
  local stored = redis.call('GET', KEYS[3])
  local free = not stored
  for i = 5, #ARGV do free = free or stored == ARGV[i] end
  if not free then return 'taken' end
end
if KEYS[2] ~= '' and redis.call('EXISTS', KEYS[2]) == 0 then return 'taken' end
redis.call('SET', KEYS[3], ARGV[2])
if ARGV[4] ~= '' then redis.call('PUBLISH', '${CHANGES}', ARGV[4]) end
return 'done'`;

/** KEYS: lease, the entries. ARGV: token, what is told of each. */
const DELETE = `
if ARGV[1] ~= '' and redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 'stale' end
for i = 2, #KEYS do
  redis.call('UNLINK', KEYS[i])
  if ARGV[i] and ARGV[i] ~= '' then redis.call('PUBLISH', '${CHANGES}', ARGV[i]) end
end
return 'done'`;

const outcomeSchema = z.enum(OUTCOMES);

/**
 * Writes of one kind of entry, each with its checks in one script, which Redis runs alone. Keys and values
 * are those of Keyv, which reads them.
 *
 * @param process names this process in what others are told
 */
export function createRedisWrites(
  client: RedisClientType,
  kind: EntryKind,
  keyOf: (key: string) => string,
  process: string,
): GuardedWrites {
  const told = (id: string) => (isTold(kind) ? changeText(process, { kind, id }) : '');
  const leaseOf = ({ fence }: Guard) => (fence ? leaseKey(fence.lease) : '');
  const tokenOf = ({ fence }: Guard) => (fence ? String(fence.token) : '');

  async function run(script: string, keys: string[], args: string[]): Promise<void> {
    refuse(outcomeSchema.parse(await client.eval(script, { keys, arguments: args })));
  }

  return {
    async set(key, value, guard) {
      const text = JSON.stringify({ value });
      const { absentBut, after } = guard;
      const before = [...(absentBut ?? [])];
      absentBut?.push(text);
      await run(
        SET,
        [leaseOf(guard), after === undefined ? '' : keyOf(after), keyOf(key)],
        [tokenOf(guard), text, absentBut ? '1' : '', told(key), ...before],
      );
    },
    delete: (keys, guard) =>
      run(DELETE, [leaseOf(guard), ...keys.map(keyOf)], [tokenOf(guard), ...keys.map(told)]),
  };
}
