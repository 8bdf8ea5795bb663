import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Character } from '../../../../src/cast/character.ts';
import { openLibrary } from '../../../../src/cast/library/library.ts';
import { namesOf } from '../../../../src/cast/name-parts.ts';
import type { SceneScript, ScriptStep } from '../../../../src/cast/scene-script.ts';
import { parseCoser } from '../../../../src/format/coser.ts';
import type { Segment } from '../../../../src/format/segments.ts';
import { parseTurn } from '../../../../src/format/turn-parser.ts';
import type { ReviewedLine } from '../../../../src/judge/continuity/reviewed-line.ts';
import { knowledgeOf, visibleText } from './known-to.ts';

/** One turn of a written scene. */
type Turn = {
  readonly names: readonly string[];
  readonly sheet: string;
  readonly segments: readonly Segment[];
};
type Written = {
  readonly turns: readonly Turn[];
  /** Of these only the last is looked at; the others are looked at where they come last. */
  readonly lastAlone: boolean;
  /** What everyone in it knows. */
  readonly open: string;
  /** What happened that nobody in it witnessed, and that each of the speakers was told in private. */
  readonly missed: (turn: Turn) => readonly string[];
};

export const COSER = fileURLToPath(
  new URL('../../../../../shared/data/coser/scenes-public-domain.json', import.meta.url),
);
export const hasCoser = existsSync(COSER);

/** Every line of the scenes that ship, each on the first way that leads there. */
export async function shippedLines(): Promise<ReviewedLine[]> {
  const shippedDir = fileURLToPath(new URL('../../../../characters', import.meta.url));
  const library = await openLibrary({ shippedDir });
  const scenes = library.scenes();
  return scenes.flatMap((script) => {
    const rest = scenes.filter((other) => other !== script).map(wordsOfScript);
    return waysThrough(script).flatMap((steps) => {
      const turns = steps.map((step) => turnOf(step, library.character.bind(library)));
      const secrets = Object.entries(script.secrets);
      const missed = ({ names }: Turn) => [
        ...rest,
        ...secrets
          .filter(([id]) => !names.includes(library.character(id)?.name ?? ''))
          .map(([, text]) => text),
      ];
      const open = [script.setting, script.player.name, script.player.sheet, ...chipsOf(script)].join('\n');
      return reviewed({ turns, lastAlone: true, open, missed });
    });
  });

  function turnOf(step: ScriptStep, character: (id: string) => Character | undefined): Turn {
    if ('narrator' in step)
      return { names: [], sheet: '', segments: [{ kind: 'action', text: step.narrator }] };
    const card = character(step.speaker);
    if (!card) throw new Error(`no card of ${step.speaker}`);
    const { description, personality, background, motivation, manner, relations, publicSheet } = card;
    const secret = scenes.map(({ secrets }) => secrets[card.id] ?? '').join('\n');
    return {
      names: [card.name, ...namesOf(card)],
      sheet: [description, personality, background, motivation, manner, relations, publicSheet, secret].join(
        '\n',
      ),
      segments: parseTurn(step.turn, { speaker: { name: card.name } }).segments,
    };
  }
}

/** The opening step by step, then each way step by step: every step comes last once. */
function waysThrough({ opening, chips, ways }: SceneScript): ScriptStep[][] {
  const found: ScriptStep[][] = opening.map((_step, at) => opening.slice(0, at + 1));
  const seen = new Set<string>();
  const queue = chips.map(({ leads }) => ({ leads, before: opening }));
  for (let next = queue.shift(); next; next = queue.shift()) {
    const way = ways[next.leads];
    if (!way || seen.has(next.leads)) continue;
    seen.add(next.leads);
    const { before } = next;
    found.push(...way.steps.map((_step, at) => [...before, ...way.steps.slice(0, at + 1)]));
    for (const { leads } of way.chips) queue.push({ leads, before: [...before, ...way.steps] });
  }
  return found;
}

function chipsOf({ chips, ways }: SceneScript): string[] {
  return [...chips, ...Object.values(ways).flatMap((way) => way.chips)].map(({ text }) => text);
}

function wordsOfScript({ opening, ways, setting }: SceneScript): string {
  const steps = [...opening, ...Object.values(ways).flatMap((way) => way.steps)];
  const told = steps.map((step) =>
    'narrator' in step ? step.narrator : visibleText(parseTurn(step.turn, {}).segments),
  );
  return [setting, ...told].join('\n');
}

const coserSchema = z.array(
  z.object({
    book: z.string(),
    scenario: z.string(),
    plot: z.object({ summary: z.string() }).loose(),
    character_profiles: z.record(z.string(), z.string()),
    key_characters: z.array(z.object({ name: z.string(), thought: z.string() })),
    dialogues: z.array(z.object({ character: z.string(), message: z.string() })),
  }),
);

/** Every line of characters in CoSER's published scenes from books that belong to everyone. */
export function coserLines(): ReviewedLine[] {
  const scenes = coserSchema.parse(JSON.parse(readFileSync(COSER, 'utf8')));
  return scenes.flatMap((scene) => {
    const { scenario, character_profiles: profiles, dialogues, key_characters: keys, book } = scene;
    const elsewhere = scenes
      .filter((other) => other.book !== book)
      .flatMap((other) => other.dialogues.map(({ message }) => visibleText(parseCoser(message).segments)));
    const turns = dialogues.map(({ character, message }): Turn => {
      const thought = keys.find(({ name }) => name === character)?.thought ?? '';
      return {
        names: character === 'Environment' ? [] : namesOf({ name: character, aliases: [] }),
        sheet: `${profiles[character] ?? ''}\n${thought}`,
        segments: parseCoser(message, { speaker: { name: character } }).segments,
      };
    });
    return reviewed({ turns, lastAlone: false, open: scenario, missed: () => elsewhere });
  });
}

function reviewed({ turns, lastAlone, open, missed }: Written): ReviewedLine[] {
  const everyone = new Map(
    turns.filter(({ names }) => names.length > 0).map((turn) => [turn.names[0], turn.names]),
  );
  return turns.flatMap((turn, at) => {
    const { names, sheet, segments } = turn;
    const [name] = names;
    if (name === undefined || (lastAlone && at < turns.length - 1)) return [];
    const before = turns.slice(0, at);
    const heard = before.map((earlier) => visibleText(earlier.segments));
    const own = before.filter((earlier) => earlier.names[0] === name);
    const thought = own.flatMap((earlier) => earlier.segments.map(({ text }) => text));
    return [
      {
        segments,
        speaker: names,
        others: [...everyone].filter(([other]) => other !== name).map(([, all]) => all),
        sheet,
        own: own.slice(-20).map((earlier) => visibleText(earlier.segments)),
        heard: heard.slice(-40),
        knowledge: knowledgeOf(
          [open, sheet, ...[...everyone.values()].flat(), ...heard, ...thought],
          missed(turn),
        ),
      },
    ];
  });
}
