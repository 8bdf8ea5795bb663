import type { CheckedRow } from '../checked-row.ts';
import { isRecord } from '../rows/read-row.ts';

/** The right answer, or the reference, of a row that is rewarded; undefined where there is none. */
export function truthOf({ engine, value }: CheckedRow): string | undefined {
  const model = value['reward_model'];
  const truth =
    engine === 'verl'
      ? isRecord(model)
        ? (model['ground_truth'] ?? model['answer'])
        : undefined
      : engine === 'openrlhf'
        ? value['label']
        : (value['solution'] ?? value['answer']);
  return typeof truth === 'string' && truth !== '' ? truth : undefined;
}

/** What the reward server would be sent, as a string of JSON; undefined where there is none. */
export function rewardContextOf({ engine, value }: CheckedRow): string | undefined {
  const info = value['extra_info'];
  const context =
    engine === 'verl'
      ? isRecord(info)
        ? info['reward_context']
        : undefined
      : value[engine === 'openrlhf' ? 'label' : 'reward_context'];
  return typeof context === 'string' && context !== '' ? context : undefined;
}
