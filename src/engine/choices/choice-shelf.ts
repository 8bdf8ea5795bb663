import type { SceneStore } from '../../store/scene-store.ts';
import { createMailbox } from '../mailbox.ts';
import { type Choice, choiceSchema } from './choice.ts';
import { CHOICE, isChoiceKey, isOfLog, isOfPerson } from './choice-key.ts';
import type { ErasedChoices } from './choices-api.ts';

/** Choices in the store, written and erased one at a time: what was erased is not written once more. */
export function createChoiceShelf(store: SceneStore) {
  const writing = createMailbox();

  async function read(key: string): Promise<Choice | undefined> {
    return choiceSchema.safeParse(await store.get(CHOICE, key)).data;
  }

  async function keys(is: (key: string) => boolean): Promise<string[]> {
    // All of them first: a list that is being read does not bear that it changes.
    return (await Array.fromAsync(store.ids(CHOICE))).filter(is);
  }

  async function removeWhere(is: (key: string) => boolean, what: (choice: Choice) => boolean): Promise<void> {
    for (const key of await keys(is)) {
      const choice = await read(key);
      // What cannot be read any more is nothing to keep.
      if (isChoiceKey(key) && (!choice || what(choice))) await store.remove(CHOICE, key);
    }
  }

  async function erase(which: ErasedChoices): Promise<void> {
    if ('person' in which) {
      for (const key of await keys(isOfPerson(which.person))) await store.remove(CHOICE, key);
    } else if ('seen' in which) {
      await removeWhere(isChoiceKey, (choice) => hasSeen(choice) && which.seen(choice.seen, choice.log));
    } else if ('lines' in which) {
      const { lines, gone } = which;
      if (lines.length === 0) return;
      const first = Math.min(...lines);
      // Any later line's view may hold what was said in it.
      const holds = (choice: Choice) => hasSeen(choice) && choice.n >= first;
      await removeWhere(
        isOfLog(which.log),
        (one) => holds(one) || (gone === 'line' && lines.includes(one.n)),
      );
    } else if ('after' in which) {
      await removeWhere(isOfLog(which.log), ({ n }) => n > which.after);
    } else {
      for (const key of await keys(isOfLog(which.log))) await store.remove(CHOICE, key);
    }
  }

  return {
    read,
    /** Runs with nothing else being written or erased meanwhile. */
    inTurn: writing.post,
    put: (key: string, choice: Choice) => store.put(CHOICE, key, choice),
    remove: (key: string) => store.remove(CHOICE, key),
    keys,
    erase: (which: ErasedChoices) => writing.post(() => erase(which)),
  };
}

function hasSeen(choice: Choice): choice is Choice & { readonly seen: unknown } {
  return 'seen' in choice && choice.seen !== undefined;
}
