import { rootsOf } from '../../../enrich/sentences.ts';
import { hiddenFrom } from '../checks/hidden-of.ts';
import type { Conversation, SheetCharacter } from '../record/conversation.ts';
import { characterOf, fieldOf, publicSheetOf, scenarioOf } from '../record/setting-of.ts';
import { segmentsOf, speakersOf } from '../record/views.ts';
import type { Source } from './passage.ts';

/** What additions about one character, or to the scenario, are held against; made once for each. */
export type AdditionContext = {
  /** Undefined for the scenario. */
  readonly name: string | undefined;
  readonly source: Source;
  /** Who plays in it or has a sheet. */
  readonly people: readonly string[];
  /** What this one is told of the setting, but for what it has in mind. */
  readonly setting: string;
  /** What everybody is told. */
  readonly open: string;
  /** What it has in mind and tells nobody; of the scenario nothing. */
  readonly own: string;
  /** What others have in mind. */
  readonly others: string;
  /** Roots of what is thought, said and done in the turns. */
  readonly dialogue: ReadonlySet<string>;
  /** Runs of words that this one cannot know, and that not everybody knows. */
  readonly hidden: { readonly fromThis: ReadonlySet<string>; readonly fromSome: ReadonlySet<string> };
};

export function additionContext(
  record: Conversation,
  name: string | undefined,
  source: Source,
): AdditionContext {
  const sheet = name === undefined ? undefined : characterOf(record, name);
  const open = [scenarioOf(record), ...record.characters.map(publicSheetOf)].join('\n');
  const motives = (characters: readonly SheetCharacter[]) =>
    characters.map((one) => fieldOf(one, 'motivation')).join('\n');
  const turns = record.turns.flatMap((turn) => segmentsOf(turn, record));
  return {
    name,
    source,
    people: [...new Set([...speakersOf(record), ...record.characters.map((one) => one.name)])],
    setting: sheet ? [open, fieldOf(sheet, 'background'), fieldOf(sheet, 'experience')].join('\n') : open,
    open,
    own: sheet ? motives([sheet]) : '',
    others: motives(record.characters.filter((one) => one !== sheet)),
    dialogue: new Set(rootsOf(turns.map(({ text }) => text).join('\n'))),
    // Nobody is called ''.
    hidden: { fromThis: hiddenFrom(record, name ?? ''), fromSome: hiddenFrom(record, '') },
  };
}
