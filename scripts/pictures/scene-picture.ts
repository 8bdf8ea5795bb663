import { z } from 'zod';
import { element, FONT, picture, text, wrap } from './svg.ts';

/** A beat as `dramatis play --json --xray` prints it, as far as it is drawn. */
export const playedBeatSchema = z.object({
  beat: z.number(),
  kind: z.string(),
  speaker: z.string(),
  segments: z.array(z.object({ kind: z.enum(['action', 'speech']), text: z.string() })),
  hidden: z.object({ thoughts: z.array(z.string()) }).optional(),
});
export type PlayedBeat = z.infer<typeof playedBeatSchema>;

const WIDTH = 760;
const LEFT = 72;
const LINE = 22;
const GAP = 18;
/** Characters of a line at this size, narrow enough for every usual font. */
const MOST = 80;
/** Seconds between two lines as they appear. */
const BEAT_S = 1.2;

const COLOURS = ['#5dade2', '#f5b041', '#58d68d', '#ec7063', '#af7ac5', '#48c9b0'];

const STYLE = [
  `text{${FONT};font-size:15px;fill:#dbdee1}`,
  '.name{font-weight:600}.told,.act{font-style:italic;fill:#b5bac1}',
  '.box{fill:#3b3552}.thought{font-style:italic;fill:#d6c8ff;font-size:14px}',
  // Whoever draws no motion shows all of it.
  '@keyframes come{from{opacity:0}}.beat{animation:come .5s backwards}',
  '@media (prefers-reduced-motion:reduce){.beat{animation:none}}',
].join('');

/**
 * A scene as a chat, line by line; thoughts stand shaded under the line in which they were thought.
 *
 * @param open numbers of the beats whose thoughts are shown
 */
export function drawScene(title: string, beats: readonly PlayedBeat[], open: ReadonlySet<number>): string {
  const colours = new Map<string, string>();
  const parts: string[] = [];
  let y = 44;
  parts.push(text(24, y, `# ${title}`, { class: 'name' }));
  y += 16;
  beats.forEach((beat, at) => {
    const drawn = drawBeat(beat, y, colourOf(beat.speaker, colours), open.has(beat.beat));
    parts.push(
      element('g', { class: 'beat', style: `animation-delay:${(at * BEAT_S).toFixed(1)}s` }, drawn.svg),
    );
    y = drawn.bottom;
  });
  const height = y + GAP;
  const ground = element('rect', { width: WIDTH, height, rx: 12, fill: '#313338' });
  return picture({
    width: WIDTH,
    height,
    title: `${title}, a scene as it was played`,
    style: STYLE,
    parts: [ground, ...parts],
  });
}

function drawBeat(beat: PlayedBeat, top: number, colour: string, isOpen: boolean) {
  let y = top + GAP + 6;
  const parts: string[] = [];
  if (beat.kind === 'line') {
    parts.push(element('circle', { cx: 42, cy: y + 6, r: 18, fill: colour }));
    parts.push(
      text(42, y + 12, initialOf(beat.speaker), {
        'text-anchor': 'middle',
        style: 'fill:#1e1f22;font-weight:600',
      }),
    );
    parts.push(text(LEFT, y, beat.speaker, { class: 'name', style: `fill:${colour}` }));
    y += LINE;
  }
  for (const { kind, text: words } of beat.segments) {
    for (const line of wrap(words, MOST)) {
      parts.push(
        text(LEFT, y, line, kind === 'action' ? { class: beat.kind === 'line' ? 'act' : 'told' } : {}),
      );
      y += LINE;
    }
  }
  const thoughts = isOpen ? (beat.hidden?.thoughts ?? []).flatMap((thought) => wrap(thought, MOST - 6)) : [];
  if (thoughts.length > 0) {
    const height = thoughts.length * LINE + 12;
    parts.push(
      element('rect', { class: 'box', x: LEFT, y: y - 12, width: WIDTH - LEFT - 24, height, rx: 6 }),
    );
    // A bubble: not every font has one.
    parts.push(element('path', { d: `M${LEFT + 12} ${y}h14v8h-8l-4 5v-5h-2z`, fill: '#d6c8ff' }));
    thoughts.forEach((line, at) => {
      parts.push(text(LEFT + 36, y + 9 + at * LINE, line, { class: 'thought' }));
    });
    y += height;
  }
  return { svg: parts.join(''), bottom: y - 6 };
}

/** “Mr. Darcy” is D. */
function initialOf(name: string): string {
  const words = name.split(' ').filter((word) => !word.endsWith('.'));
  return (words[0] ?? name).slice(0, 1);
}

function colourOf(name: string, known: Map<string, string>): string {
  const colour = known.get(name) ?? COLOURS[known.size % COLOURS.length] ?? '#ffffff';
  known.set(name, colour);
  return colour;
}
