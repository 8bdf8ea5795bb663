import { join } from 'node:path';
import { z } from 'zod';
import { OperatorError } from '../../errors.ts';
import type { ChatMessage } from '../../model/chat-model.ts';
import { callKey } from '../calls/call.ts';
import { RULES } from '../coser/protocol.ts';
import { differencesBetween, readBegun } from '../folder/begun.ts';
import type { EvalRun } from './eval-run.ts';
import { judgeHash } from './prompt-texts.ts';
import { samplingOf } from './role-use.ts';
import { writeJson } from './write-whole.ts';

const settingsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type RunSettings = Readonly<z.infer<typeof settingsSchema>>;

/** `run.json`: what a folder was begun with. */
const fileSchema = z.object({
  format: z.literal(1),
  kind: z.literal('coser'),
  started: z.string(),
  settings: settingsSchema,
});

const HELLO: ChatMessage = { role: 'user', content: 'Hello.' };

/**
 * All that decides what a run asks and how it counts, by names a person knows. Which scenes of the data are
 * played is not in it: a run may be begun with a few and go on with all.
 */
export function settingsOfRun(run: EvalRun): RunSettings {
  const { protocol, prompts, models, ablation, data, ...rest } = run;
  const rules = RULES[protocol];
  // Who plays does not matter where all was played before.
  const asked = run.played ? (['judge'] as const) : (['actor', 'director', 'narrator', 'judge'] as const);
  const roles = asked.flatMap((role): [string, string][] => {
    const { model, endpoint } = models[role];
    const { temperature, maxTokens } = samplingOf(role, models[role], rules);
    // Whatever else its settings put into a request.
    const form = callKey(models[role].bodyOf({ messages: [HELLO], temperature, maxTokens })).slice(0, 8);
    return [
      [role, model.name],
      [`${role} endpoint`, endpoint],
      [
        `${role} settings`,
        `${model.profile}, temperature ${temperature}, ${maxTokens} tokens, sent as ${form}`,
      ],
    ];
  });
  return {
    data: data.sha256,
    ...(run.played ? { simulation: run.played.sha256 } : {}),
    protocol,
    seed: rest.seed,
    rounds: rest.maxRounds,
    'continue-from': rest.continueFrom,
    choice: rest.choice,
    times: rest.times,
    ...Object.fromEntries(roles),
    prompts: prompts.hash,
    'judge prompt': judgeHash(prompts, rules, ablation, rest.continueFrom),
    plan: ablation.plan,
    thoughts: ablation.thoughts,
    'judge-thoughts': ablation.judgeThoughts ?? rules.judge.readsThoughts,
    dialect: ablation.dialect,
    'best-of': ablation.bestOf,
  };
}

/**
 * Begins the folder, or holds its settings against those it was begun with.
 *
 * @returns when it was begun, as ISO 8601
 * @throws OperatorError which names what differs; or where it cannot be read or written
 */
export async function openRunSettings(folder: string, settings: RunSettings): Promise<string> {
  const path = join(folder, 'run.json');
  const known = await readBegun(path, fileSchema);
  if (known) {
    const differing = differencesBetween(known.settings, settings);
    if (differing.length === 0) return known.started;
    throw new OperatorError(
      `${folder} was begun with other settings: ${differing.join('; ')}. Choose another --out, or say what it was begun with.`,
    );
  }
  const started = new Date().toISOString();
  const file: z.infer<typeof fileSchema> = { format: 1, kind: 'coser', started, settings: { ...settings } };
  await writeJson(path, file);
  return started;
}
