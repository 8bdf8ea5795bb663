import { defuseTags } from '../format/defuse-tags.ts';
import { fold } from '../format/fold.ts';
import { createNames } from '../format/labels.ts';
import { neutraliseLines, withoutTricks } from '../format/neutralise.ts';
import { isNoise } from '../format/noise.ts';
import { soundsLikeRefusal } from '../safety/refusal.ts';
import type { Fault } from './faults.ts';
import type { Known } from './known-of.ts';
import { namesUnknown } from './names-in.ts';
import { readsOtherMind } from './other-mind.ts';

const ADDRESS =
  /\b(?:https?:\/\/|www\.)|\b[\p{L}\p{N}-]+\.(?:com|net|org|io|gg)\b|@(?:everyone|here)\b|<[@#:]/iu;
const OTHER_MACROS = /\{\{(?!\s*(?:char|user)\s*\}\})/iu;
const MACROS = /\{\{\s*(?:char|user)\s*\}\}/giu;
// Whoever writes of the task is not writing of the person.
const OF_THE_TASK =
  /\b(?:as an ai|language model|role-?play(?:ing|er)?|(?:the|this) (?:prompt|json|quote|sheet|card|material)|setting lacks|system prompt|ignore (?:all|any|previous))\b/iu;

/** What is wrong with words, whatever field they are for; undefined where nothing is. */
export function faultOfWords(text: string, known: Known): Fault | undefined {
  if (!/[\p{L}\p{N}]/u.test(text)) return 'empty';
  if (soundsLikeRefusal(text)) return 'refused';
  const bare = text.replace(MACROS, known.material.character.name);
  if (isNoise(text) || OTHER_MACROS.test(text) || ADDRESS.test(fold(text)) || OF_THE_TASK.test(text))
    return 'marks';
  if (!isPlain(bare, known)) return 'marks';
  if (/\busers?\b/iu.test(bare)) return 'user';
  if (namesUnknown(bare, known.words, known.nounsAreLarge)) return 'unknown-name';
  if (readsOtherMind(bare, known.ownNames)) return 'other-mind';
  return undefined;
}

/** Whether nothing in it is a tag, a label or a mark that a prompt could be mistaken by. */
function isPlain(text: string, { material }: Known): boolean {
  const same = withoutTricks(text);
  return (
    same === text &&
    defuseTags(text) === text &&
    neutraliseLines(text, createNames(undefined, [material.character.name])) === text
  );
}
