import type { ChatRequest } from '../../../../src/model/chat-model.ts';
import type { Beat } from '../../../../src/scene/beat.ts';
import { chance, pick } from '../../../../src/scene/chance.ts';
import { promptOf } from '../../../support/answering-model.ts';
import { playHouse, SCENE } from '../../../support/play-house.ts';
import { scriptedModel } from '../../../support/scripted-model.ts';
import { smallCharacter, smallLibrary } from '../../../support/small-library.ts';

const PLAYERS = Array.from({ length: 10 }, (_, at) => ({ id: `p${at}`, name: `Guest ${'ABCDEFGHIJ'[at]}` }));
const NAMES = ['Alma', 'Bruno', 'Clara', 'Dario', 'Edith', 'Fritz', 'Greta', 'Hugo'] as const;
const CAST = NAMES.map((name) => smallCharacter(name.toLowerCase(), name));
const ROOMS = ['web:attic', 'web:yard'] as const;
const CANARY = /\b[A-Z]+-\d+-CANARY\b/g;

/** What an evening came to; every list names what went wrong. */
export type Evening = {
  readonly prompts: number;
  readonly beats: number;
  /** Canaries in a character's prompt that it did not witness. */
  readonly leaks: string[];
  /** Sources that are in the log more than once. */
  readonly doubled: string[];
  /** Runs of character turns longer than the budget. */
  readonly overspent: string[];
  /** Canaries of hidden layers that reached the surface. */
  readonly shown: string[];
};

/**
 * Ten players and eight characters in three places, for so many moves: lines, whispers, duplicates,
 * comings and goings, sleep, swipes, edits, deletions, rewinds. Every text holds a canary of its own,
 * and each prompt is held against the log as it is then, naively.
 */
export async function eveningOfMany(seed: number, moves: number): Promise<Evening> {
  const leaks: string[] = [];
  let canaries = 0;
  let prompts = 0;
  const canary = (layer: string) => `${layer}-${++canaries}-CANARY`;
  let log: readonly Beat[] = [];

  const model = scriptedModel({
    next: () => pick([...NAMES, 'Environment', 'random', '<END CHAT>'], seed, canaries, 3) ?? 'random',
    turn: (name, request) => {
      check(name, request);
      return turnOf(name);
    },
    world: () => JSON.stringify({ narration: `The lamp swings, ${canary('WORLD')}.`, changes: changesNow() }),
  });

  /** Also what models get wrong: no turn at all, a line for another, a thought that is never closed. */
  function turnOf(name: string): string {
    const draw = chance(seed, canaries, 11);
    const other = pick(NAMES, seed, canaries, 12) ?? 'Alma';
    if (draw < 0.03) return '';
    const thought = `<role_thinking>${canary('THOUGHT')}</role_thinking>`;
    const plan = `<system_thinking>${canary('PLAN')}</system_thinking>`;
    if (draw < 0.06) return `${plan}<role_thinking>${canary('THOUGHT')}`;
    if (draw < 0.1) return `${plan}${thought}Well, ${canary('SAID')}.\n${other}: ${canary('FORGED')}`;
    return `${plan}${thought}<role_action>turns to ${canary('DONE')}</role_action>${other}, ${canary('SAID')} of ${name}.`;
  }

  function changesNow() {
    const who = pick(NAMES, seed, canaries, 4);
    const what = pick(['leaves', 'enters', 'falls asleep', 'wakes'], seed, canaries, 5);
    return chance(seed, canaries, 6) < 0.3 ? [{ who, what, how: `${who} goes, ${canary('GOES')}.` }] : [];
  }

  function check(name: string, request: ChatRequest): void {
    prompts += 1;
    const witnessed = canariesOf(log, `character:${name.toLowerCase()}`);
    for (const [found] of promptOf(request).matchAll(CANARY)) {
      if (!witnessed.has(found)) leaks.push(`${found} before ${name}`);
    }
  }

  const house = await playHouse({
    library: smallLibrary(CAST, []),
    models: { actor: model, director: model, narrator: model },
  });
  const { engine, stage, store } = house;
  await engine.start({
    id: SCENE,
    stage: 'web',
    owner: PLAYERS[0] ?? { id: 'p0', name: 'Guest' },
    cast: CAST.map(({ id }) => id),
    seed,
  });
  for (const [at, id] of ROOMS.entries()) await engine.ledger.openRoom(SCENE, { id, name: `room ${at}` });
  // The log is read before each prompt is made: it is what the prompt may go by.
  const tail = `${SCENE}#1`;
  const reread = async () => {
    log = await Array.fromAsync(store.read(tail));
  };
  const settle = async () => {
    await reread();
    await engine.idle(SCENE);
  };
  // Turns follow each other without a pause, so the copy follows each write.
  const { append, rewrite } = store;
  store.append = async (scene, beat) => {
    await append.call(store, scene, beat);
    if (scene === tail) log = [...log, beat];
  };
  store.rewrite = async (scene, beat) => {
    await rewrite.call(store, scene, beat);
    if (scene === tail) log = log.map((one) => (one.n === beat.n ? beat : one));
  };

  for (let move = 0; move < moves; move += 1) {
    const player = pick(PLAYERS, seed, move, 1) ?? { id: 'p0', name: 'Guest' };
    const where = pick([SCENE, SCENE, ...ROOMS], seed, move, 2) ?? SCENE;
    const card = pick(CAST, seed, move, 3)?.id ?? 'alma';
    const draw = chance(seed, move, 4);
    // Some lines come while a turn is being made.
    const wait = chance(seed, move, 5) < 0.8;
    try {
      await act(move, draw, { player, where, card });
    } catch (error) {
      // What cannot be done now is said to be so.
      if (!(error instanceof Error) || error.name !== 'PlayerError') throw error;
    }
    if (wait) await settle();
  }
  await settle();

  async function act(
    move: number,
    draw: number,
    { player, where, card }: { player: { id: string; name: string }; where: string; card: string },
  ): Promise<void> {
    const by = { id: player.id, moderator: true };
    const newest = () => engine.past.swipes(where);
    if (draw < 0.45) {
      const name = pick(NAMES, seed, move, 6);
      const line = { player, text: `${name}, hear this: ${canary('LINE')}.`, source: `m${move}` };
      await Promise.all([engine.hear(where, line), engine.hear(where, line)]);
    } else if (draw < 0.55) {
      await engine.whisper(where, { player, text: canary('WHISPER'), to: [card], source: `w${move}` });
    } else if (draw < 0.63) {
      await engine.ledger.move(SCENE, card, pick(['main', ...ROOMS], seed, move, 7) ?? 'main');
    } else if (draw < 0.69) {
      const condition = pick(['asleep', 'apart', 'awake'] as const, seed, move, 8) ?? 'awake';
      await engine.ledger.setCondition(SCENE, `character:${card}`, condition);
    } else if (draw < 0.73) {
      await engine.dismiss(SCENE, card);
    } else if (draw < 0.77) {
      await engine.summon(where, card);
    } else if (draw < 0.83) {
      await engine.past.swipe(
        where,
        pick(['next', 'previous', 'again'] as const, seed, move, 9) ?? 'next',
        by,
      );
    } else if (draw < 0.86) {
      const n = (await newest())?.n ?? 0;
      await engine.past.reword(where, n, `Otherwise: ${canary('EDIT')}`);
    } else if (draw < 0.89) {
      await engine.retract(SCENE, `m${Math.max(0, move - 1 - Math.floor(chance(seed, move, 10) * 20))}`);
    } else if (draw < 0.92) {
      const beats = await engine.replay(SCENE);
      const to = pick(beats.slice(-30), seed, move, 11);
      if (to) await engine.past.rewind(SCENE, to.n);
    } else if (draw < 0.95) {
      await engine.ledger.inform(SCENE, { to: card, text: canary('TOLD') });
    } else if (draw < 0.97) {
      await engine.direction.plant(SCENE, card, canary('PLANT'), 2);
    } else {
      await engine.narrate(where);
    }
  }

  await reread();
  const hidden = JSON.stringify([stage.shown, stage.notices, stage.pieces]).match(CANARY) ?? [];
  return {
    prompts,
    beats: log.length,
    leaks,
    doubled: doubledSources(log),
    overspent: overspentRuns(log, 3),
    shown: hidden.filter((found) => /^(THOUGHT|PLAN|WHISPER|TOLD|PLANT|FORGED)/.test(found)),
  };
}

/** Naively, from the whole log: canaries of all that this actor ever witnessed, or thought itself. */
function canariesOf(log: readonly Beat[], id: string): Set<string> {
  const found = new Set<string>();
  const take = (text: string) => {
    for (const [canary] of text.matchAll(CANARY)) found.add(canary);
  };
  for (const beat of log) {
    const own = 'speaker' in beat && beat.speaker.id === id;
    const heard = beat.witnesses.includes(id) || regained(log, beat.n, id);
    const saw = beat.seen?.includes(id) ?? false;
    if (!heard && !saw) continue;
    if (beat.kind === 'line' || beat.kind === 'whisper' || beat.kind === 'amend') {
      for (const { kind, text } of beat.segments) {
        if (kind === 'thought' ? own : heard || kind === 'action') take(text);
      }
    } else if ('text' in beat) {
      take(beat.text ?? '');
    }
  }
  return found;
}

function regained(log: readonly Beat[], n: number, id: string): boolean {
  return log.some((beat) => beat.kind === 'undo' && beat.actor.id === id && beat.beats.includes(n));
}

function doubledSources(log: readonly Beat[]): string[] {
  const sources = log.flatMap(({ source }) => (source === undefined ? [] : [source]));
  return sources.filter((source, at) => sources.indexOf(source) !== at);
}

/** Turns of the cast in one place since a player's line there; whispers count, greetings and swipes do not. */
function overspentRuns(log: readonly Beat[], budget: number): string[] {
  // A rewind goes back to what was spent then.
  let story: Beat[] = [];
  for (const beat of log) {
    if (beat.kind === 'rewind') story = story.filter(({ n }) => n <= beat.to);
    else story.push(beat);
  }
  const runs = new Map<string, number>();
  const over: string[] = [];
  for (const beat of story) {
    if (beat.kind !== 'line' && beat.kind !== 'whisper') continue;
    if (beat.kind === 'line' && beat.alternativeTo !== undefined) continue;
    const place = beat.place ?? 'main';
    const byPlayer = beat.speaker.id.startsWith('player:');
    // A turn that a player's line overtook belongs to what was before that line.
    const counts = beat.cue === undefined && !beat.overtaken;
    const turns = byPlayer ? 0 : (runs.get(place) ?? 0) + (counts ? 1 : 0);
    runs.set(place, turns);
    if (turns > budget) over.push(`${turns} turns in ${place} at beat ${beat.n}`);
  }
  return over;
}
