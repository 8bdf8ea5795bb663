import { defuseTags } from '../format/defuse-tags.ts';
import { renderPlain } from '../format/render-plain.ts';
import { visibleSegments } from '../format/segments.ts';
import { ENVIRONMENT } from '../scene/beat.ts';
import { changeWords } from '../scene/stage-beat.ts';
import type { ViewEntry } from '../scene/view.ts';
import { renderTurn, type TurnForm, WHOLE_FORM } from './turn-form.ts';

/** What a prompt needs to know of the people in a view. */
export type PromptPeople = {
  /** What anyone in the room could know of a character, by actor id; '' where nothing is known. */
  publicSheet(actorId: string): string;
  /** It was there from the start: the head of the prompt tells of it already. */
  inOpening(actorId: string): boolean;
};

/**
 * One entry of a view as text for a prompt. Others' lines carry their name; its own lines do not
 * (`ownName` puts it there, as HER's training data has it). '' for what needs no line. An entrance
 * of its own is a return: the first one is told by the head of the prompt.
 */
export function promptLine(
  entry: ViewEntry,
  people: PromptPeople,
  ownName?: string,
  form: TurnForm = WHOLE_FORM,
): string {
  const name = entry.speaker?.name ?? ENVIRONMENT.name;
  switch (entry.kind) {
    case 'line':
      if (entry.own) return renderTurn(entry.segments, ownName === undefined ? {} : { name: ownName }, form);
      return renderTurn(entry.segments, { name }, form);
    case 'whisper': {
      if (entry.own) return renderTurn(entry.segments, ownName === undefined ? {} : { name: ownName }, form);
      return renderTurn(entry.segments, { name: `${name} (whispering, for your ears only)` }, form);
    }
    case 'narration':
    case 'event':
    case 'time':
      return world(told(entry));
    case 'setting':
      return world(`The scene is now this: ${told(entry)}`);
    case 'entrance': {
      if (entry.own) return world(told(entry) || `${name} is back, and did not see what happened meanwhile.`);
      const id = entry.speaker?.id ?? '';
      if (people.inOpening(id)) return told(entry) ? world(told(entry)) : '';
      // On one line: what a card says of itself is nobody’s line.
      const sheet = people.publicSheet(id).replace(/\s+/g, ' ');
      return world(
        [told(entry) || `${name} comes in.`, sheet && `(${name}: ${sheet})`].filter(Boolean).join(' '),
      );
    }
    case 'exit':
      return world(told(entry) || `${name} leaves.`);
    case 'change':
      return world(told(entry) || changeWords({ id: '', name }, entry.condition ?? 'awake'));
    case 'told': {
      if (entry.own) return world(`${name} has told ${names(entry.to)}: ${told(entry)}`);
      const source = entry.speaker?.id === ENVIRONMENT.id ? 'It is said' : `${name} tells ${names(entry.to)}`;
      return world(`${source}: ${told(entry)} (${names(entry.to)} did not see it happen.)`);
    }
  }
}

function names(actors: readonly { readonly name: string }[] = []): string {
  return actors.map(({ name }) => name).join(' and ');
}

/** One entry as a memory note has it: in plain words, its own thoughts last. Only their thinker has any. */
export function memoryLine(entry: ViewEntry, people: PromptPeople): string {
  if (entry.kind !== 'line' && entry.kind !== 'whisper') return promptLine(entry, people);
  const thoughts = entry.own ? entry.segments.filter((segment) => segment.kind === 'thought') : [];
  const thought = thoughts.map((segment) => segment.text).join(' ');
  const said = renderPlain(visibleSegments(entry.segments));
  const how = entry.kind === 'whisper' ? ' (whispering)' : '';
  return `${entry.speaker?.name}${how}: ${[said, thought && `(thinking: ${thought})`].filter(Boolean).join(' ')}`;
}

function told(entry: ViewEntry): string {
  return entry.segments.map((segment) => segment.text).join(' ');
}

function world(text: string): string {
  return `${ENVIRONMENT.name}: ${defuseTags(text)}`;
}
