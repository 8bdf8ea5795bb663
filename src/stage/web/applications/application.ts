import { z } from 'zod';
import { type Scope, scopeSchema } from '../protocol.ts';

/** What may be given to an application. The rest stays with the page: who has it is the person at this machine. */
export const APPLICATION_SCOPES = ['play', 'direct', 'peek'] as const satisfies readonly Scope[];

export const applicationNameSchema = z
  .string()
  .trim()
  .min(1, 'An application needs a name.')
  .max(80, 'A name has 80 characters at most.')
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, 'A name holds no control characters.');

export const originSchema = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url && /^https?:$/u.test(url.protocol) && `${url.origin}/` === url.href;
  if (isOrigin) return url.origin;
  context.addIssue(`An origin reads like http://localhost:8080 or https://game.example, not “${text}”.`);
  return z.NEVER;
});

/** As it is stored: the token itself is nowhere, only its SHA-256. */
export const storedApplicationSchema = z.object({
  name: z.string(),
  /** SHA-256 of the token, in hexadecimal digits. */
  hash: z.string().regex(/^[0-9a-f]{64}$/u),
  scopes: z.array(z.enum(APPLICATION_SCOPES)),
  origins: z.array(z.string()),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
});

/** A program that may join the stage with a token of its own: a game, a tool, an agent. */
export type Application = {
  /** Known to everyone who asks; part of the ids of its players. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Pages that may open a socket with its token; what is no page sends no `Origin`. */
  readonly origins: readonly string[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** The day it was last let in, `2026-05-31` (UTC); absent: never. */
  readonly lastUsed?: string;
};

/** Reads scopes as people write them: with commas between them. Unknown ones are a message for the operator. */
export function readScopes(text: string): z.ZodSafeParseResult<(typeof APPLICATION_SCOPES)[number][]> {
  const words = [...new Set(text.split(',').map((word) => word.trim()))].filter((word) => word !== '');
  return z.array(applicationScope).safeParse(words);
}

const applicationScope = z.string().transform((word, context) => {
  const scope = APPLICATION_SCOPES.find((known) => known === word);
  if (scope) return scope;
  const isPages = scopeSchema.safeParse(word).success;
  context.addIssue(
    isPages
      ? `The scope ${word} stays with the page of the stage. There are: ${APPLICATION_SCOPES.join(', ')}.`
      : `There is no scope “${word.slice(0, 40)}”. There are: ${APPLICATION_SCOPES.join(', ')}.`,
  );
  return z.NEVER;
});
