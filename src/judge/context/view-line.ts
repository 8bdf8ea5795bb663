import { defuseTags } from '../../format/defuse-tags.ts';
import { renderHer } from '../../format/render-her.ts';
import { ENVIRONMENT } from '../../scene/beat.ts';
import { changeWords } from '../../scene/stage-beat.ts';
import type { ViewEntry } from '../../scene/view.ts';

/** One entry of the speaker's view as a judge reads it: under a name, in HER's tags; '' for what needs no line. */
export function viewLine(entry: ViewEntry): string {
  const name = entry.speaker?.name ?? ENVIRONMENT.name;
  const told = defuseTags(entry.segments.map(({ text }) => text).join(' '));
  switch (entry.kind) {
    case 'line':
      return renderHer(entry.segments, { name });
    case 'whisper':
      return renderHer(entry.segments, {
        name: entry.own ? `${name} (whispering)` : `${name} (whispering, to the speaker alone)`,
      });
    case 'told':
      return `${ENVIRONMENT.name}: The speaker is told by ${name}: ${told}`;
    case 'entrance':
      return `${ENVIRONMENT.name}: ${told || `${name} comes in.`}`;
    case 'exit':
      return `${ENVIRONMENT.name}: ${told || `${name} leaves.`}`;
    case 'change':
      return `${ENVIRONMENT.name}: ${told || changeWords({ id: '', name }, entry.condition ?? 'awake')}`;
    case 'setting':
      return told && `${ENVIRONMENT.name}: The scene is now this: ${told}`;
    case 'narration':
    case 'event':
    case 'time':
      return told && `${ENVIRONMENT.name}: ${told}`;
  }
}
