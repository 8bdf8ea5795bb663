import { z } from 'zod';
import { OperatorError } from '../../../errors.ts';
import { renderHer } from '../../../format/render-her.ts';
import { parseTurn } from '../../../format/turn-parser.ts';
import { isMarkedDiscord } from '../../../scene/origin.ts';
import type { Ask } from '../../calls/ask.ts';
import type { LabModel } from '../../calls/call.ts';
import type { DiskMap } from '../../folder/disk-map.ts';
import { linesOf } from '../../judge/input/read-files.ts';
import type { RlSample } from '../sample.ts';

/** Whose answer a rollout is compared with. `illegal`: there is one, and it cannot be used. */
export type Baseline =
  | { readonly from: 'file' | 'model'; readonly text: string }
  | { readonly from: 'missing' | 'illegal' };

/** Finds the baseline of a prompt. @throws as what it reads or asks */
export type FindBaseline = (sample: RlSample, signal: AbortSignal) => Promise<Baseline>;

const lineSchema = z.looseObject({ id: z.string().min(1), text: z.string() });

/**
 * Baselines from a file of `{id, text}`, kept on disk.
 * @throws OperatorError for a file that cannot be read, bears the mark of Discord, or has a line that is none
 */
export async function baselinesIn(path: string, known: DiskMap, signal: AbortSignal): Promise<FindBaseline> {
  let number = 0;
  for await (const line of linesOf(path)) {
    signal.throwIfAborted();
    number += 1;
    if (line.trim() === '') continue;
    if (isMarkedDiscord(line)) {
      throw new OperatorError(
        `${path}, line ${number}: refused, it came through Discord; no setting overrides this.`,
      );
    }
    const read = lineSchema.safeParse(parsed(line)).data;
    if (!read) throw new OperatorError(`${path}, line ${number}: a baseline is {"id":"…","text":"…"}.`);
    known.set(read.id, read.text);
  }
  return async (sample) => {
    const text = known.get(sample.id);
    if (text === undefined) return { from: 'missing' };
    const legal = legalReply(sample, text, false);
    return legal === '' ? { from: 'illegal' } : { from: 'file', text: legal };
  };
}

/**
 * Baselines that a model gives to the exported prompts; what it planned is forgotten before anything is
 * written down.
 */
export function baselinesFrom(model: LabModel, ask: Ask): FindBaseline {
  const { profile, maxTokens, temperature } = model.model;
  const isHer = profile === 'her';
  return async (sample, signal) => {
    const { text } = await ask(
      model,
      {
        ...{ messages: sample.prompt, maxTokens, temperature },
        ...(isHer ? { prefill: '<system_thinking>' } : {}),
      },
      { keep: (answer) => ({ text: legalReply(sample, answer.text, isHer) }) },
      signal,
    );
    return text === '' ? { from: 'illegal' } : { from: 'model', text };
  };
}

/** A draft as a turn of the sample’s character, its plan taken out; '' where it is none (fail closed). */
export function legalReply(
  { source, reward }: Pick<RlSample, 'source' | 'reward'>,
  draft: string,
  startsInside: boolean,
): string {
  const turn = parseTurn(draft, {
    speaker: { name: source.character },
    others: (reward?.context.others ?? []).map(({ name }) => name),
    ...(startsInside ? { startInside: 'plan' as const } : {}),
  });
  return turn.usable ? renderHer(turn.segments) : '';
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
