import type { WireBeat } from '../wire-shapes.ts';
import type { Connection } from './connection.ts';
import { type Child, el } from './dom.ts';
import { type Faces, sameSpeaker } from './faces.ts';
import { type LineTools, lineToolsElement } from './line-tools.ts';
import { breakElement, messageElement, passageElement, segmentsElement } from './message.ts';
import { createThought, type Thought } from './thought.ts';

export type ShownBeat = {
  readonly beat: WireBeat;
  readonly root: HTMLElement;
  readonly thought: Thought | undefined;
};

/** How a beat is set: under the head of the one before it, and with its room's name above it. */
export type BeatSetting = { readonly continues: boolean; readonly labelled: boolean };

const GROUPED_MS = 7 * 60_000;

/** `placeBefore`: the place of the beat before, also where something outside the story came in between. */
export function settingAfter(
  before: WireBeat | undefined,
  placeBefore: string | undefined,
  beat: WireBeat,
): BeatSetting {
  const spoke = before?.kind === 'line' || before?.kind === 'narration';
  const labelled = beat.place !== placeBefore;
  const soon = beat.at - (before?.at ?? 0) < GROUPED_MS;
  return { continues: spoke && !labelled && sameSpeaker(before, beat) && soon, labelled };
}

type Surroundings = {
  readonly connection: Connection;
  readonly faces: Faces;
  readonly tools: LineTools;
  /** Of everyone in the scene, for mentions. */
  readonly names: readonly string[];
  /** What the beat's place is called. */
  readonly placeName: string;
};

/** One beat as it stands in the channel. */
export function beatEntry(beat: WireBeat, setting: BeatSetting, around: Surroundings): ShownBeat {
  const { root, thought } = draw(beat, setting.continues, around);
  if (setting.labelled) root.prepend(el('div', { class: 'room-label' }, around.placeName));
  if (beat.place !== undefined) root.classList.add('in-room');
  root.append(lineToolsElement(beat, around.tools));
  return { beat, root, thought };
}

export function entryElement(n: number | undefined, continues: boolean, ...content: Child[]): HTMLElement {
  return el('div', { class: `entry${continues ? '' : ' starts'}`, 'data-beat': n }, ...content);
}

function draw(
  beat: WireBeat,
  continues: boolean,
  { connection, faces, names }: Surroundings,
): Omit<ShownBeat, 'beat'> {
  const face = beat.speaker && faces.of(beat.speaker);
  if (beat.kind === 'setting' || beat.kind === 'time') {
    return { root: entryElement(beat.n, false, breakElement(beat)), thought: undefined };
  }
  if (beat.kind === 'entrance' || beat.kind === 'exit') {
    const root = entryElement(beat.n, false, passageElement(beat.kind, face?.name ?? '', beat));
    return { root, thought: undefined };
  }
  const thought = beat.thoughts ? createThought(connection, beat.n, face?.name ?? '') : undefined;
  const said = segmentsElement(beat.segments, names);
  if (thought) said.append(' ', thought.button);
  const message = messageElement({
    face: face ?? { name: '', avatar: '/narrator.svg', color: undefined, isPlayer: false },
    at: beat.at,
    continues,
    narrated: beat.kind === 'narration',
    body: [said, thought?.panel],
  });
  return { root: entryElement(beat.n, continues, message), thought };
}
