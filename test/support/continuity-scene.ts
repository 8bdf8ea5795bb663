import type { StartScene } from '../../src/engine/engine-api.ts';
import type { Asker } from '../../src/engine/player.ts';
import type { ChatModel } from '../../src/model/chat-model.ts';
import { OWNER, playHouse, SCENE } from './play-house.ts';
import { scriptedModel } from './scripted-model.ts';

const CALLED: StartScene = {
  id: SCENE,
  stage: 'web',
  owner: OWNER,
  cast: ['wenna', 'tom', 'ines'],
  preset: 'called-only',
  seed: 1,
};
export const ASKER: Asker = { id: OWNER.id, moderator: false };
export const SIGNAL = new AbortController().signal;
export const SECRET = 'The vault key hangs behind Aldous. WHISPER-CANARY';

/** A thought, said aloud; short enough for the last gate, which holds back whole sentences. */
export const LEAK =
  '<role_thinking>I sold the lighthouse lamp to Pieter.</role_thinking>Well. I sold the lighthouse lamp to Pieter.';
export const LEAKED = 'I sold the lighthouse lamp to Pieter';

export const found = (kind: string, quote: string) => JSON.stringify({ [kind]: { quote, found: true } });

/** A scene in which each character says what the test wrote for its next turns. */
export async function scene(
  lines: Readonly<Record<string, readonly string[]>>,
  judge?: ChatModel,
  options: Parameters<typeof playHouse>[0] = {},
  start: Partial<StartScene> = {},
) {
  const left = new Map(Object.entries(lines).map(([name, turns]) => [name, [...turns]]));
  const actor = scriptedModel({ turn: (name) => left.get(name)?.shift() ?? `Nothing more of ${name}.` });
  const house = await playHouse({ models: { actor, ...(judge ? { judge } : {}) }, ...options });
  await house.engine.start({ ...CALLED, ...start });
  const place = start.id ?? SCENE;
  await house.engine.idle(place);

  async function next(who: string, where = place): Promise<number> {
    await house.engine.next(where, who);
    await house.engine.idle(place);
    return (await house.engine.info(place))?.beats ?? 0;
  }
  const report = (most = 20, by = ASKER, where = place) =>
    house.engine.continuity.report(where, by, most, SIGNAL);
  return { ...house, next, report };
}

/** Kinds and quotes that a report holds, by beat. */
export function marksIn({
  lines,
}: Awaited<ReturnType<Awaited<ReturnType<typeof scene>>['report']>>): string[] {
  return lines.flatMap(({ n, marks }) => marks.map(({ kind, quote, by }) => `${n} ${kind} “${quote}” ${by}`));
}
