import { visibleSegments } from '../../../format/segments.ts';
import { type Conversation, SHEET_FIELDS, type Turn } from '../record/conversation.ts';
import { characterOf, fieldOf, publicSheetOf, scenarioOf } from '../record/setting-of.ts';
import { isWorld, segmentsOf } from '../record/views.ts';
import { eachRun, RUN, runsIn, wordsOf } from './words.ts';

/** Runs of words that someone cannot know: what others thought and what they have in mind. */
export function hiddenFrom(conversation: Conversation, name: string): ReadonlySet<string> {
  return hiddenOf(conversation, name).forEver;
}

/**
 * Whether words stand in a turn’s thought or plan that its speaker cannot know by then: those that others keep to
 * themselves to the end, or say only after it.
 */
export function knowsHidden(
  words: readonly string[],
  { id, speaker }: Pick<Turn, 'id' | 'speaker'>,
  conversation: Conversation,
): boolean {
  const { forEver, until } = hiddenOf(conversation, speaker);
  if (forEver.size === 0 && until.size === 0) return false;
  for (const run of eachRun(words, RUN)) if (forEver.has(run) || (until.get(run) ?? -1) > id) return true;
  return false;
}

type Hidden = {
  readonly forEver: ReadonlySet<string>;
  /** And the turn at which they can first be seen or heard. */
  readonly until: ReadonlyMap<string, number>;
};

function hiddenOf(conversation: Conversation, name: string): Hidden {
  const ofAll = known.get(conversation) ?? new Map<string, Hidden>();
  known.set(conversation, ofAll);
  const hidden = ofAll.get(name) ?? hiddenRuns(conversation, name);
  ofAll.set(name, hidden);
  return hidden;
}

/** Every turn of someone is held against the same. */
const known = new WeakMap<Conversation, Map<string, Hidden>>();

function hiddenRuns(conversation: Conversation, name: string): Hidden {
  const kept = [
    ...conversation.turns
      .filter((turn) => turn.speaker !== name && !isWorld(turn))
      .flatMap((turn) => segmentsOf(turn, conversation).filter(({ kind }) => kind === 'thought'))
      .map(({ text }) => text),
    ...conversation.characters
      .filter((character) => character.name !== name)
      .map((character) => fieldOf(character, 'motivation')),
  ];
  const runs = new Set(kept.flatMap((text) => [...runsIn(wordsOf(text))]));
  if (runs.size === 0) return { forEver: runs, until: new Map() };
  const opened = openedAt(conversation, name);
  const until = new Map<string, number>();
  const forEver = new Set<string>();
  for (const run of runs) {
    const at = opened.get(run);
    if (at === undefined) forEver.add(run);
    else if (at >= 0) until.set(run, at);
  }
  return { forEver, until };
}

/**
 * What stands in its own sheet, in the scenario or in what was said aloud may be quoted from then on, whoever thought
 * it as well: the turn at which it was first there, -1 from the start.
 */
function openedAt(conversation: Conversation, name: string): ReadonlyMap<string, number> {
  const opened = new Map<string, number>();
  const add = (text: string, when: number) => {
    for (const run of eachRun(wordsOf(text), RUN)) if (!opened.has(run)) opened.set(run, when);
  };
  const own = characterOf(conversation, name);
  add(scenarioOf(conversation), -1);
  for (const character of conversation.characters) add(publicSheetOf(character), -1);
  for (const field of SHEET_FIELDS) if (own) add(fieldOf(own, field), -1);
  for (const turn of conversation.turns)
    for (const { text } of visibleSegments(segmentsOf(turn, conversation))) add(text, turn.id);
  return opened;
}
