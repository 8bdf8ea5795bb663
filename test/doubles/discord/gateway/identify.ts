import { GatewayCloseCodes } from 'discord-api-types/v10';
import { z } from 'zod';

const privileged = (1 << 1) | (1 << 8) | (1 << 15);
const knownIntents = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 20, 21, 24, 25].reduce(
  (bits, bit) => bits | (1 << bit),
  0,
);

const identifyForm = z.object({
  token: z.string(),
  intents: z.int(),
  shard: z.tuple([z.int(), z.int()]).default([0, 1]),
  properties: z.object({}),
});
const resumeForm = z.object({ token: z.string(), session_id: z.string(), seq: z.int().nullable() });

export type Identify = z.output<typeof identifyForm>;
export type Resume = z.output<typeof resumeForm>;

/** Reads IDENTIFY; a number is the close code with which Discord refuses it. */
export function readIdentify(d: unknown, token: string, allowedPrivileged: number): Identify | number {
  const read = identifyForm.safeParse(d);
  if (!read.success) return GatewayCloseCodes.DecodeError;
  const { intents, shard } = read.data;
  if (bareToken(read.data.token) !== token) return GatewayCloseCodes.AuthenticationFailed;
  if (shard[0] < 0 || shard[0] >= shard[1]) return GatewayCloseCodes.InvalidShard;
  if (intents < 0 || intents & ~knownIntents) return GatewayCloseCodes.InvalidIntents;
  if (intents & privileged & ~allowedPrivileged) return GatewayCloseCodes.DisallowedIntents;
  return read.data;
}

/** Reads RESUME; a number is the close code with which Discord refuses it. */
export function readResume(d: unknown, token: string): Resume | number {
  const read = resumeForm.safeParse(d);
  if (!read.success) return GatewayCloseCodes.DecodeError;
  return bareToken(read.data.token) === token ? read.data : GatewayCloseCodes.AuthenticationFailed;
}

function bareToken(token: string): string {
  return token.replace(/^Bot /, '');
}
