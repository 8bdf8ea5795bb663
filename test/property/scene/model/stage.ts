import type { Beat } from '../../../../src/scene/beat.ts';
import { changeWords } from '../../../../src/scene/stage-beat.ts';
import { heldOf, wordsOf } from './perceived.ts';
import { isKind, standsFor } from './story.ts';

/** What the room would see if the story were played again. */
export function shownOf(story: readonly Beat[]): object[] {
  return story.flatMap((beat) => {
    if (standsFor(beat) !== beat.n) return [];
    const held = heldOf(story, { type: 'director' }, beat);
    const standing = held && story.find(({ n }) => n === held.stands);
    return standing ? shown(story, beat.n, standing) : [];
  });
}

function shown(story: readonly Beat[], n: number, beat: Beat): object[] {
  if (isKind(beat, 'entrance', 'setting') && beat.quiet) return [];
  const segments = wordsOf(story, beat).filter(({ kind }) => kind !== 'thought');
  const common = { n, at: beat.at, ...(beat.place ? { place: beat.place } : {}) };
  if (isKind(beat, 'setting', 'time')) return [{ ...common, kind: beat.kind, segments }];
  if (isKind(beat, 'line', 'narration')) {
    return [{ ...common, kind: beat.kind, speaker: beat.speaker, segments }];
  }
  if (!isKind(beat, 'entrance', 'exit', 'change')) return [];
  const inferred = beat.inferred ? { inferred: true } : {};
  if (beat.kind !== 'change')
    return [{ ...common, kind: beat.kind, speaker: beat.actor, segments, ...inferred }];
  const isEdited = story.some((later) => later.kind === 'amend' && later.of === beat.n);
  const words = [{ kind: 'action', text: changeWords(beat.actor, beat.condition) }];
  return [
    {
      ...common,
      kind: 'narration',
      speaker: { id: 'environment', name: 'Environment' },
      segments: beat.text || isEdited ? segments : words,
      ...inferred,
    },
  ];
}
