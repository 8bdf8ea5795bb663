import MiniSearch from 'minisearch';
import type { SceneScript } from '../../cast/scene-script.ts';
import { contentWord } from './content-words.ts';
import { chipsAt, leadTo, readCue } from './script-place.ts';

/** What a player did: openly, or whispering to these card ids. */
export type PlayerMove = { readonly text: string; readonly whisperedTo?: readonly string[] };

/**
 * Where in the script a player's line leads: a chip's way where the line is the chip's, else the
 * way whose `when` words fit best (BM25) among those that the chips now offer and the asides.
 * A whisper leads only where a whisper to the same character does; an open line never does.
 *
 * @param cues where the script has been
 * @returns the cue of the way's start; undefined where nothing fits: then the cast answers from its cards.
 */
export function leadLine(
  script: SceneScript,
  cue: string | undefined,
  move: PlayerMove,
  cues: ReadonlySet<string>,
): string | undefined {
  const offered = chipsAt(script, cue).filter((chip) =>
    chip.do === 'whisper'
      ? chip.to !== undefined && (move.whisperedTo?.includes(chip.to) ?? false)
      : move.whisperedTo === undefined,
  );
  const said = plain(move.text);
  const chosen = offered.find((chip) => plain(chip.text) === said || plain(chip.label) === said);
  if (chosen) return leadTo(script, chosen.leads, cue);

  // An aside is told once, and not after an ending; asked again, the cast answers from its cards.
  const told = new Set([...cues].map((played) => readCue(played).way));
  const over = script.ways[readCue(cue).way]?.ending ?? false;
  const asides = over
    ? []
    : Object.keys(script.ways).filter((way) => script.ways[way]?.aside && !told.has(way));
  const reachable = new Set([...offered.map((chip) => chip.leads), ...(move.whisperedTo ? [] : asides)]);
  const way = bestWay(script, reachable, move.text);
  return way === undefined ? undefined : leadTo(script, way, cue);
}

function bestWay(script: SceneScript, reachable: ReadonlySet<string>, text: string): string | undefined {
  const search = new MiniSearch<{ id: string; when: string }>({
    fields: ['when'],
    processTerm: contentWord,
  });
  for (const id of reachable) {
    const when = script.ways[id]?.when ?? [];
    if (when.length > 0) search.add({ id, when: when.join(' ') });
  }
  const [best] = search.search(text.slice(0, 500), { combineWith: 'OR' });
  return best === undefined ? undefined : String(best.id);
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
