import type { Writable } from 'node:stream';
import type { StageBeat } from '../../scene/stage-beat.ts';
import { beatJson } from './beat-json.ts';
import { type BeatNotes, beatText } from './beat-text.ts';
import { createInk, harmless, type Ink } from './ink.ts';
import { wrapText } from './wrap-text.ts';

/** Where the terminal stage writes: JSON lines, plain text, or around a prompt. */
export type Surface = {
  /** Resolves when it is out of our hands: what was shown outlives us. */
  beat(beat: StageBeat, notes?: BeatNotes): Promise<void>;
  /** The story went back; these are the last beats that still stand. */
  rewound(standing: readonly { readonly beat: StageBeat; readonly notes: BeatNotes }[]): Promise<void>;
  /** What stands above the scene, ready to be read. */
  header(text: string): void;
  /** A line outside the story. */
  aside(text: string): void;
  /** What may be taken by number now; not said again until something has happened. */
  choices(lines: readonly string[]): void;
  /** Who is making a turn now; `undefined`: nobody. */
  typing(name: string | undefined): void;
};

const WENT_BACK = 'The story goes on from before.';

/** One JSON object a beat that the room perceives on `out`, and nothing else there. */
export function createJsonSurface(out: Writable, err: Writable): Surface {
  const plain = createInk(false);
  return {
    beat: (beat, notes) =>
      notes?.whispered
        ? writeOut(err, `${beatText(beat, plain, notes)}\n`)
        : writeOut(out, `${JSON.stringify(beatJson(beat, notes?.hidden))}\n`),
    rewound: () => writeOut(err, `${WENT_BACK}\n`),
    header: () => {},
    aside: (text) => err.write(`${harmless(text)}\n`),
    choices: (lines) => err.write(lines.map((line) => `${harmless(line)}\n`).join('')),
    typing: () => {},
  };
}

/** Text for a pipe, a file, or a terminal that nobody types in. In a terminal words are left whole. */
export function createTextSurface(out: Writable & { readonly columns?: number }, ink: Ink): Surface {
  const laid = (text: string) => (out.columns === undefined ? text : wrapText(text, out.columns));
  const aside = (text: string) => out.write(`${laid(ink.aside(harmless(text)))}\n`);
  let offered = '';

  function beat(shown: StageBeat, notes?: BeatNotes): Promise<void> {
    offered = '';
    return writeOut(out, `${laid(beatText(shown, ink, notes))}\n\n`);
  }

  return {
    beat,
    async rewound(standing) {
      aside(WENT_BACK);
      for (const one of standing) await beat(one.beat, one.notes);
    },
    header: (text) => out.write(`${laid(text)}\n`),
    aside,
    choices(lines) {
      if (lines.join() === offered) return;
      offered = lines.join();
      for (const line of lines) aside(line);
    },
    typing: () => {},
  };
}

/** A reader that has gone is the process's matter, not the scene's. */
function writeOut(out: Writable, text: string): Promise<void> {
  return new Promise((resolve) => {
    out.write(text, () => resolve());
  });
}
