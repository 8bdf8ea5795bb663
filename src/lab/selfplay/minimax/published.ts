import { z } from 'zod';
import { OperatorError } from '../../../errors.ts';
import { renderPlain } from '../../../format/render-plain.ts';
import { withoutThinking } from '../../../performer/thinking-in.ts';
import { type Exchange, givenMessage, type Message } from '../engine/message.ts';
import { recordsIn } from '../run/read-records.ts';
import type { Seed } from './seed.ts';
import type { MinimaxWork } from './style.ts';

const lineSchema = z.object({ role: z.enum(['ai', 'user']), text: z.string() });

/** A row of the published `dialogues`: the dialogue is JSON within JSON (lab.md 2.1). */
const rowSchema = z.object({
  seed_id: z.union([z.string(), z.number().transform(String)]),
  model_name: z.string().min(1),
  run_id: z.union([z.string(), z.number().transform(String)]),
  dialogue: z.union([z.string().transform((text, context) => parsed(text, context)), z.array(z.unknown())]),
});

export type PublishedWork = MinimaxWork & { readonly model: string; readonly played: readonly Exchange[] };

export type Published = {
  readonly works: readonly PublishedWork[];
  /** Rows that are in no figure, and why. */
  readonly problems: readonly string[];
};

/**
 * Dialogues that others played, to be judged as they stand. Rows of seeds that are not there, and rows that
 * cannot be read, are left out and named.
 *
 * @throws OperatorError where none is left
 */
export function readDialogues(
  text: string,
  path: string,
  { seeds, chunk }: { readonly seeds: readonly Seed[]; readonly chunk: number },
): Published {
  const bySeed = new Map(seeds.map((seed) => [seed.id, seed]));
  const works = new Map<string, PublishedWork>();
  const problems: string[] = [];
  for (const [at, record] of recordsIn(text, path).entries()) {
    const where = `${path}, record ${at + 1}`;
    const read = rowSchema.safeParse(record);
    const lines = z.array(lineSchema).safeParse(read.data?.dialogue);
    const seed = bySeed.get(read.data?.seed_id ?? '');
    if (!read.success || !lines.success) {
      problems.push(`${where}: it is no dialogue (seed_id, model_name, run_id, dialogue of role and text)`);
    } else if (!seed) {
      problems.push(`${where}: the seeds have no ${read.data.seed_id.slice(0, 80)}`);
    } else {
      const work = workOf(read.data, seed, { lines: lines.data, chunk });
      if (work.exchanges === 0) problems.push(`${where}: nothing in it answers a user`);
      else if (works.has(work.id)) problems.push(`${where}: ${work.id.slice(0, 120)} is there twice`);
      else works.set(work.id, work);
    }
  }
  if (works.size === 0) {
    throw new OperatorError(
      [`${path} holds no dialogue of these seeds.`, ...problems.slice(0, 5)].join('\n'),
    );
  }
  return { works: [...works.values()], problems };
}

function workOf(
  { model_name, run_id }: { readonly model_name: string; readonly run_id: string },
  seed: Seed,
  { lines, chunk }: { readonly lines: readonly z.infer<typeof lineSchema>[]; readonly chunk: number },
): PublishedWork {
  const messages = joined(
    lines.map(({ role, text }) => givenMessage(role === 'ai' ? 'actor' : 'user', printable(text))),
  );
  const first = messages.findIndex(({ by }) => by === 'user');
  const opening = first < 0 ? messages : messages.slice(0, first);
  const played: Exchange[] = [];
  for (let at = first; at >= 0 && at + 1 < messages.length; at += 2) {
    const [user, actor] = [messages[at], messages[at + 1]];
    if (user && actor) played.push({ number: played.length + 1, user, actor });
  }
  return {
    id: `${seed.id}/${model_name}/${run_id}`,
    cluster: seed.id,
    title: `${seed.ai_name} and ${seed.user_name}`,
    run: Number(/\d+/u.exec(run_id)?.[0] ?? 1),
    model: model_name,
    opening,
    exchanges: played.length,
    perChunk: Math.max(1, Math.floor(chunk / 2)),
    ...{ seed, played },
  };
}

const HIDDEN_TAG = /<\/?\s*(?:system[_ -]?think|role[_ -]?think|think)/iu;

/** As it stands, but for what was thought aloud: nobody is shown that here, whoever published it. */
function printable(text: string): string {
  const seen = HIDDEN_TAG.test(text) ? withoutThinking(text) : text;
  return renderPlain([{ kind: 'speech', text: seen }]);
}

/** Two lines of one side in a row are one. */
function joined(messages: readonly Message[]): readonly Message[] {
  const result: Message[] = [];
  for (const message of messages) {
    const last = result.at(-1);
    if (last?.by === message.by) {
      result[result.length - 1] = givenMessage(message.by, `${last.text}\n${message.text}`);
    } else result.push(message);
  }
  return result;
}

function parsed(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('is no JSON within JSON');
    return z.NEVER;
  }
}
