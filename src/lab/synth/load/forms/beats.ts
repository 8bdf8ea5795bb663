import { renderHer } from '../../../../format/render-her.ts';
import type { Segment } from '../../../../format/segments.ts';
import { type Beat, ENVIRONMENT, isCharacterId, type Origin } from '../../../../scene/beat.ts';
import { originOf } from '../../../../scene/origin.ts';
import { createPlaces } from '../../../../scene/places.ts';
import { toStageBeat } from '../../../../scene/stage-beat.ts';
import { activeBeats } from '../../../../scene/timeline.ts';
import type { Left } from '../loaded.ts';
import { leftOf, type RawConversation, type RawTurn } from '../raw-conversation.ts';

/** What is known of a scene of the store beside its beats. */
export type StoredScene = {
  readonly id: string;
  readonly title: string;
  readonly setting: string;
  /** Of its record. */
  readonly origin: Origin | undefined;
  readonly characters: RawConversation['characters'];
};

/**
 * A scene of the store as a conversation: as amended and chosen, without what was taken back. A record knows no
 * ears, so that whatever some of its characters did not witness (a whisper, another room) is left out.
 *
 * @returns why, where any of it may have come through Discord: all of it is refused, and no setting overrides that
 */
export function fromBeats(log: readonly Beat[], scene: StoredScene): RawConversation | Left {
  const origin = originOf([...new Set([scene.origin, ...log.map((beat) => beat.origin)])]);
  if (origin === 'discord') return { why: 'discord', detail: `${scene.id}: it came through Discord` };
  const { entries, left } = standing(activeBeats(log));
  const speaking = new Set(
    entries.flatMap(({ beat }) =>
      beat.kind === 'line' && isCharacterId(beat.speaker.id) ? [beat.speaker.id] : [],
    ),
  );
  const turns: RawTurn[] = [];
  for (const { n, beat, speaker, segments } of entries) {
    const doer = 'speaker' in beat ? beat.speaker.id : undefined;
    const missed = [...speaking].some((id) => id !== doer && !beat.witnesses.includes(id));
    const text = renderHer(segments);
    if (missed) left.push(leftOf('not-witnessed-by-all', `beat ${n}`, ''));
    else if (text !== '') turns.push({ speaker, text, format: 'her', from: [n] });
  }
  return {
    id: scene.id,
    key: { book: scene.id },
    source: 'scene',
    origin,
    topic: scene.title,
    scenario: scene.setting,
    characters: scene.characters,
    turns,
    left,
  };
}

type Entry = {
  readonly n: number;
  readonly beat: Beat;
  readonly speaker: string;
  readonly segments: readonly Segment[];
};

function standing(beats: readonly Beat[]): { readonly entries: readonly Entry[]; readonly left: Left[] } {
  const places = createPlaces<Entry>();
  const left: Left[] = [];
  for (const beat of beats) {
    // Thoughts of a line that was edited belonged to its first words.
    if (beat.kind === 'amend') places.amend(beat.of, (entry) => ({ ...entry, segments: beat.segments }));
    else if (beat.kind === 'retract' || beat.kind === 'undo') places.retract(beat.of);
    else if (beat.kind === 'choose') places.choose(beat);
    else if (beat.kind === 'line') {
      const { n, speaker, segments, alternativeTo } = beat;
      places.add({ n, beat, speaker: speaker.name, segments }, alternativeTo);
    } else {
      const shown = toStageBeat(beat);
      if (shown) places.add({ n: beat.n, beat, speaker: ENVIRONMENT.name, segments: said(shown.segments) });
      else if (beat.kind === 'whisper' || beat.kind === 'told')
        left.push(leftOf(beat.kind, `beat ${beat.n}`, ''));
    }
  }
  return { entries: places.entries, left };
}

/** The world’s words are no one’s doing. */
function said(segments: readonly Segment[]): readonly Segment[] {
  return segments.map(({ text }) => ({ kind: 'speech', text }));
}
