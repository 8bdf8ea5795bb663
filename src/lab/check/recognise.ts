import type { Engine, Kind } from '../export/sample.ts';
import { messagesIn } from './checked-row.ts';
import { isRecord } from './rows/read-row.ts';

/** What a file seems to be, by the columns of its first row; undefined where they are nobody’s. */
export type Recognised = { readonly engine: Engine; readonly kind: Kind } | 'batch' | undefined;

/**
 * Tells whose a row is by its columns. Bare `messages` are read by three engines: as Parquet they count as
 * verl’s, else as LLaMA-Factory’s, which is the strictest.
 */
export function recognise(
  value: Readonly<Record<string, unknown>>,
  form: 'jsonl' | 'parquet',
  told: { readonly engine?: Engine | undefined; readonly kind?: Kind | undefined } = {},
): Recognised {
  if (told.engine === undefined && isRecord(value['body']) && 'custom_id' in value) return 'batch';
  const seen = engineOf(value, form);
  const engine = told.engine ?? seen?.engine;
  if (engine === undefined) return undefined;
  const isRl = seen?.isRl ?? false;
  return { engine, kind: told.kind ?? (isRl ? rlKind(value) : sftKind(value)) };
}

type Seen = { readonly engine: Engine; readonly isRl: boolean };

function engineOf(value: Readonly<Record<string, unknown>>, form: 'jsonl' | 'parquet'): Seen | undefined {
  const has = (name: string) => value[name] !== undefined && value[name] !== null;
  if (has('reward_model')) return { engine: 'verl', isRl: true };
  if (has('prompt') && has('completion')) return { engine: 'trl', isRl: false };
  if (has('input') && has('output')) return { engine: 'openrlhf', isRl: false };
  if (has('input') && has('label')) return { engine: 'openrlhf', isRl: true };
  if (has('messages')) {
    const list: unknown = value['messages'];
    if (Array.isArray(list) && list.some((one) => isRecord(one) && 'loss' in one)) {
      return { engine: 'ms-swift', isRl: false };
    }
    if (messagesIn(list)?.at(-1)?.role === 'user' && (has('solution') || has('reward_context'))) {
      return { engine: 'ms-swift', isRl: true };
    }
    return { engine: form === 'parquet' ? 'verl' : 'llama-factory', isRl: false };
  }
  return has('prompt') ? { engine: 'trl', isRl: true } : undefined;
}

function rlKind(value: Readonly<Record<string, unknown>>): Kind {
  const model = isRecord(value['reward_model']) ? value['reward_model'] : value;
  const truths = [model['ground_truth'], model['answer'], model['solution'], value['label']];
  const isJudged = truths.some((truth) => truth === 'cand_1' || truth === 'cand_2' || truth === 'tie');
  return isJudged ? 'grm-rl' : 'rp-rl';
}

function sftKind(value: Readonly<Record<string, unknown>>): Kind {
  const last = ['messages', 'completion', 'output']
    .map((name) => value[name])
    .map((list) => (typeof list === 'string' ? list : messagesIn(list)?.at(-1)?.content))
    .find((text) => text !== undefined);
  if (last === undefined) return 'sft-plain';
  if (/"better_response"\s*:/u.test(last)) return 'grm-sft';
  return /<\s*system[_\s]*think/iu.test(last) ? 'sft' : 'sft-plain';
}
