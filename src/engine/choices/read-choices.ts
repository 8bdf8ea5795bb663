import type { SceneStore } from '../../store/scene-store.ts';
import { type Choice, choiceSchema } from './choice.ts';
import { isChoiceKey } from './choice-key.ts';

/**
 * All choices that are stored, in the order of their keys; what cannot be read is passed over. Each goes
 * through its schema: of Discord's there is nothing but hashes in it, whatever is stored.
 */
export async function* readChoices(
  store: Pick<SceneStore, 'ids' | 'get'>,
  signal: AbortSignal,
): AsyncIterable<Choice> {
  const keys = (await Array.fromAsync(store.ids('choice'))).filter(isChoiceKey).sort();
  for (const key of keys) {
    signal.throwIfAborted();
    const found = choiceSchema.safeParse(await store.get('choice', key)).data;
    if (found) yield found;
  }
}
