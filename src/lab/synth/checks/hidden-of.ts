import { visibleSegments } from '../../../format/segments.ts';
import { type Conversation, SHEET_FIELDS } from '../record/conversation.ts';
import { fieldOf, publicSheetOf, scenarioOf } from '../record/setting-of.ts';
import { isWorld, segmentsOf } from '../record/views.ts';
import { runsIn, wordsOf } from './words.ts';

/** Runs of words that someone cannot know: what others thought and what they have in mind. */
export function hiddenFrom(conversation: Conversation, name: string): ReadonlySet<string> {
  const ofAll = known.get(conversation) ?? new Map<string, ReadonlySet<string>>();
  known.set(conversation, ofAll);
  const runs = ofAll.get(name) ?? hiddenRuns(conversation, name);
  ofAll.set(name, runs);
  return runs;
}

/** Every turn of someone is held against the same. */
const known = new WeakMap<Conversation, Map<string, ReadonlySet<string>>>();

function hiddenRuns(conversation: Conversation, name: string): ReadonlySet<string> {
  const runs = new Set<string>();
  const add = (text: string) => {
    for (const run of runsIn(wordsOf(text))) runs.add(run);
  };
  for (const turn of conversation.turns) {
    if (turn.speaker === name || isWorld(turn)) continue;
    for (const { kind, text } of segmentsOf(turn, conversation)) if (kind === 'thought') add(text);
  }
  for (const character of conversation.characters) {
    if (character.name !== name) add(fieldOf(character, 'motivation'));
  }
  for (const run of openTo(conversation, name)) runs.delete(run);
  return runs;
}

/** What stands in its own sheet, in the scenario or in what was said aloud may be quoted, whoever thought it as well. */
function openTo(conversation: Conversation, name: string): Set<string> {
  const own = conversation.characters.find((one) => one.name === name);
  const texts = [
    scenarioOf(conversation),
    ...(own ? SHEET_FIELDS.map((field) => fieldOf(own, field)) : []),
    ...conversation.characters.map(publicSheetOf),
    ...conversation.turns.flatMap((turn) =>
      visibleSegments(segmentsOf(turn, conversation)).map(({ text }) => text),
    ),
  ];
  return new Set(texts.flatMap((text) => [...runsIn(wordsOf(text))]));
}
