import type { Why } from '../../engine/engine-api.ts';
import type { Witnessed } from '../../engine/ledger/ledger-api.ts';
import type { NamedLore } from '../../engine/lore/named-lore.ts';
import type { WireLoreCall, WireMade } from './behind-shapes.ts';
import type { ClientMessageOf } from './protocol.ts';
import { askerOf, type Seat } from './seat.ts';
import type { ServerMessageOf } from './server-message.ts';
import type { WireViewEntry } from './wire-shapes.ts';

/** So many of a character's last lines are looked at for the lore behind them. */
const LINES = 20;

/** What is behind a line (scope `xray`), and how much a character remembers (scope `mind`). */
export async function answerBehind(
  message: ClientMessageOf<'why' | 'memory'>,
  seat: Seat,
): Promise<ServerMessageOf<'why' | 'memory'>> {
  const { house, scene } = seat;
  const { engine } = house;
  if (message.type === 'why') {
    const made = await engine.why(scene, message.beat, askerOf(seat));
    return { type: 'why', beat: message.beat, ...(made ? { made: wireMade(made) } : {}) };
  }
  const { character } = message;
  const { beats, folded, faded, note, pinned } = await engine.ledger.memory(scene, character);
  return {
    type: 'memory',
    character,
    beats,
    folded,
    faded,
    note: note.map(wireWitnessed),
    pinned: pinned.map(({ n }) => n),
    lore: await loreOf(character, seat),
  };
}

async function loreOf(character: string, seat: Seat): Promise<ServerMessageOf<'memory'>['lore']> {
  const { house, scene } = seat;
  const mind = await house.engine.backstage.mind(scene, character);
  const lines = mind.filter(({ own, kind }) => own && (kind === 'line' || kind === 'whisper')).slice(-LINES);
  const found = await Promise.all(
    lines.map(async ({ n }) => {
      const made = await house.engine.why(scene, n, askerOf(seat));
      return (made?.named ?? []).map((lore) => ({ ...wireLore(lore), line: n }));
    }),
  );
  return found.reverse().flat();
}

function wireMade(made: Why): WireMade {
  const { by, why, attempts, judged } = made;
  return {
    by,
    why,
    attempts,
    ...(made.fallback ? { fallback: true } : {}),
    lore: made.named.map(wireLore),
    ...(made.loreLeft === undefined ? {} : { loreLeft: made.loreLeft }),
    ...(judged
      ? {
          judged: {
            by: judged.by,
            of: judged.of,
            ...(made.principle === undefined ? {} : { principle: made.principle }),
          },
        }
      : {}),
    ...figures(made),
  };
}

const FIGURES = [
  'promptTokens',
  'cachedTokens',
  'completionTokens',
  'msToFirst',
  'msToVisible',
  'msToLast',
] as const;

function figures(made: Why): Partial<Record<(typeof FIGURES)[number], number>> {
  return Object.fromEntries(
    FIGURES.flatMap((name) => (made[name] === undefined ? [] : [[name, made[name]]])),
  );
}

function wireLore({ name, why, key, beat }: NamedLore): WireLoreCall {
  return {
    name,
    why,
    ...(key === undefined ? {} : { key }),
    ...(beat === undefined ? {} : { beat }),
  };
}

function wireWitnessed({ n, kind, speaker, segments }: Witnessed): WireViewEntry {
  return {
    n,
    kind,
    ...(speaker ? { speaker: { id: speaker.id, name: speaker.name } } : {}),
    own: false,
    segments: segments.map(({ kind: of, text }) => ({ kind: of, text })),
  };
}
