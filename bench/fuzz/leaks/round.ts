import { setTimeout as sleep } from 'node:timers/promises';
import { modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { createOpenAiModel } from '../../../src/model/openai-model.ts';
import type { Beat } from '../../../src/scene/beat.ts';
import type { Channel, User } from '../../../test/doubles/discord/world/entities.ts';
import { type ModelDouble, startModelDouble } from '../../../test/doubles/model/model-double.ts';
import type { RecordedRequest } from '../../../test/doubles/model/recorded-request.ts';
import type { Reply } from '../../../test/doubles/model/reply.ts';
import { harbourCast, openTheatre, type Theatre } from '../../../test/e2e/discord/discord-theatre.ts';
import { createRandom, type Random } from '../../../test/property/format/random.ts';
import { injection } from './injections.ts';
import { strippedModel } from './strip-list.ts';
import type { Tally } from './tally.ts';
import { type FuzzTurn, fuzzTurn, HIDDEN } from './turns.ts';

const CAST = harbourCast().map(({ id, name }) => ({ id, name }));
const CHANNELS = 6;

/** No budget ends an evening. */
const NO_END = {
  linesPerPlayerHour: 10_000,
  turnsPerPlayerHour: 100_000,
  tokensPerPlayerHour: 1_000_000_000,
  turnsPerSceneDay: 100_000,
  tokensPerSceneDay: 1_000_000_000,
  turnsPerServerDay: 100_000,
  tokensPerServerDay: 1_000_000_000,
};

/** What is on a character's private pages, and in its examples' minds. */
const PRIVATE = /\b(?:PRIVATE-CARD|MOTIVE|EXAMPLE-THOUGHT|GREETING-THOUGHT)-(\w+)/gu;
const WHISPERED = /\bWHISPER[a-z0-9]+\b/gu;

/** An answer that the model gave, and to whom it belongs. `disturbed`: people changed meanwhile what it answers. */
type Given = FuzzTurn & { readonly speaker: string; readonly disturbed: boolean };

/** What is known of an evening while it is played. */
type Evening = {
  readonly theatre: Theatre;
  readonly chance: Random;
  /** To whom each whisper was said. */
  readonly whispers: Map<string, string>;
  /** Channels where a line, or a change of one, may be heard while the next thing happens. */
  readonly late: Set<string>;
  /** Channels where somebody edits or deletes what is being answered: that answer is thrown away, by right. */
  readonly disturbed: Set<string>;
};

/**
 * One evening over both wires: the real bot plays six scenes at once on a Discord of ours with a model of
 * ours, which answers what nobody should, while players write what nobody should. Then all wires, the
 * log and the lines of the program's own log are searched.
 *
 * @param turns answers of the model, about so many
 */
export async function playRound(seed: number, turns: number, sabotage: boolean, tally: Tally): Promise<void> {
  const random = createRandom(seed);
  const given = new Map<string, Given>();
  const whispers = new Map<string, string>();
  const late = new Set<string>();
  const disturbed = new Set<string>();
  const before = tally.turns;
  const mind = await startModelDouble({ script: (request) => answer(request) });
  const settings = modelSettingsSchema.parse({ name: 'double-1', baseUrl: mind.url });
  const model = createOpenAiModel(settings);
  const actor = sabotage ? strippedModel(model) : model;
  const theatre = await openTheatre({
    engine: { models: { actor, director: model, narrator: model }, limits: NO_END },
  });
  try {
    const places = [
      theatre.channel,
      ...Array.from({ length: CHANNELS - 1 }, (_, at) => another(theatre, at)),
    ];
    await Promise.all(places.map((place, at) => open(theatre, place, at)));
    const players = places.map((place, at) => play(place, createRandom(seed * 31 + at)));
    await Promise.all(players);
    await search(theatre, mind, places, { given, whispers, tally });
  } finally {
    await theatre.close();
    await mind.close();
  }

  function answer(request: RecordedRequest): Reply {
    const speaker = actorOf(request);
    tally.turns += 1;
    const mark = `r${seed}t${tally.turns}n`;
    if (!speaker) return elsewise(request, mark, random);
    const other = random.pick(CAST.map(({ name }) => name) as [string, ...string[]]);
    const turn = fuzzTurn(seed * 1_000_003 + tally.turns, { speaker: speaker.name, other, mark });
    for (const kind of turn.kinds) tally.kind(kind);
    const place = [...request.promptText.matchAll(/\bat (\d{15,})\b/gu)].at(-1)?.[1] ?? '';
    given.set(mark, { ...turn, speaker: speaker.id, disturbed: disturbed.has(place) });
    // Cut anywhere, also in the middle of a sign; now and then part of it in a channel of its own.
    const deltaLength = random.pick([1, 3, 7, 40, 400]);
    const hasReasoning = !turn.clean && random.chance(0.1);
    return {
      text: turn.text,
      deltaLength,
      ...(hasReasoning ? { reasoning: `REASON${mark}1 let us see` } : {}),
    };
  }

  async function play(place: Channel, chance: Random): Promise<void> {
    while (tally.turns - before < turns) await move(place, { theatre, chance, whispers, late, disturbed });
    await theatre.calm(place);
  }
}

function another({ double, server }: Theatre, at: number): Channel {
  return double.addChannel(server, { name: `pier-${at}` });
}

async function open(theatre: Theatre, place: Channel, at: number): Promise<void> {
  const preset = at % 3 === 0 ? 'conversation' : 'called-only';
  await theatre.start({ cast: CAST.map(({ name }) => name).join(', '), preset }, place);
  const entered = theatre.double.slash(place, theatre.bob, 'scene enter');
  await theatre.double.replied(entered, undefined, { timeoutMs: 60_000 });
  await theatre.calm(place);
}

/** Somebody does something; it is over when the scene has come to rest. */
async function move(place: Channel, { theatre, chance, whispers, late, disturbed }: Evening): Promise<void> {
  const { double, alice, bob } = theatre;
  const engine = theatre.engine();
  const scene = `discord:${place.id}`;
  const by = chance.pick<User>([alice, bob]);
  const moderator = { id: alice.id, moderator: true };
  const called = chance.pick(CAST as [(typeof CAST)[0], ...typeof CAST]);
  const roll = chance.int(100);
  try {
    if (roll < 68)
      await say(
        `${called.name}, ${injection(
          chance,
          CAST.map(({ name }) => name),
        )}`,
      );
    else if (roll < 76) await whisper();
    else if (roll < 84) await engine.past.swipe(scene, chance.pick(['again', 'next', 'previous']), moderator);
    else if (roll < 88) await engine.narrate(scene);
    else if (roll < 91)
      await engine.ledger.setCondition(
        scene,
        `character:${called.id}`,
        chance.pick(['asleep', 'awake', 'apart']),
      );
    else if (roll < 94)
      await (chance.chance(0.5) ? engine.dismiss(scene, called.id) : engine.summon(scene, called.id));
    else if (roll < 96)
      await engine.past.rewind(
        scene,
        Math.max(1, ((await engine.info(scene))?.beats ?? 2) - 2 - chance.int(8)),
      );
    else if (roll < 98) await engine.ledger.setCondition(scene, `character:${called.id}`, 'awake');
    else await engine.summon(scene, called.id);
  } catch (error) {
    // What cannot be done now is said to be so.
    if (!(error instanceof Error) || error.name !== 'PlayerError') throw error;
  }
  await theatre.calm(place);
  if (!late.delete(place.id)) disturbed.delete(place.id);
  else disturbed.add(place.id);

  async function say(text: string): Promise<void> {
    const beats = () => theatre.store.length(`${scene}#1`);
    const heardAt = await beats();
    const changes = chance.int(100);
    if (changes < 15) disturbed.add(place.id);
    const { id } = double.say(place, by, `${text} (at ${place.id})`);
    // Some are not heard: nobody was called who is there.
    for (let tries = 0; tries < 50 && (await beats()) === heardAt; tries += 1) await sleep(2);
    // Or it will be heard while something else happens, and break in on that.
    if ((await beats()) === heardAt) late.add(place.id);
    // So may an edit or a deletion be told later.
    if (changes < 15) late.add(place.id);
    if (changes < 10)
      double.edit(
        id,
        by,
        injection(
          chance,
          CAST.map(({ name }) => name),
        ),
      );
    else if (changes < 15) double.remove(id);
  }

  async function whisper(): Promise<void> {
    const mark = `WHISPER${place.id}n${whispers.size}`;
    whispers.set(mark, called.id);
    const asked = double.slash(place, by, 'whisper', { text: `Between us, ${mark}.`, to: called.name });
    await double.replied(asked, undefined, { timeoutMs: 60_000 });
  }
}

/** Whose private pages a prompt holds is asked to play them. */
function actorOf({ promptText }: RecordedRequest): { id: string; name: string } | undefined {
  const found = CAST.find(({ id }) => promptText.includes(`PRIVATE-CARD-${id}`));
  return found;
}

/** The director's and the Environment's answers, with hidden text wherever a field takes some. */
function elsewise({ promptText, body }: RecordedRequest, mark: string, random: Random): Reply {
  const asksNext = JSON.stringify(body.response_format ?? '').includes('next_speaker');
  const reason = `<system_thinking>REASON${mark}1</system_thinking> because`;
  if (asksNext || promptText.includes('next_speaker')) {
    const next = random.pick<string>([
      'Environment',
      ...CAST.map(({ name }) => name),
      '<END CHAT>',
      'random',
      `<role_thinking>REASON${mark}2</role_thinking>`,
    ]);
    return JSON.stringify({ reasoning: reason, next_speaker: next });
  }
  const told = random.pick([
    'The lamp swings.',
    `<system_thinking>REASON${mark}3</system_thinking>The lamp swings.`,
    `The lamp swings.<role_thinking>REASON${mark}4</role_thinking>`,
  ]);
  return random.chance(0.6) ? JSON.stringify({ narration: told, changes: [], reasoning: reason }) : told;
}

type Known = {
  readonly given: ReadonlyMap<string, Given>;
  readonly whispers: ReadonlyMap<string, string>;
  readonly tally: Tally;
};

/** Every wire and store, for what may not be there. */
async function search(
  theatre: Theatre,
  mind: ModelDouble,
  places: readonly Channel[],
  known: Known,
): Promise<void> {
  const { tally, given, whispers } = known;
  const speakerOf = (marker: string) => given.get(/r\d+t\d+n/u.exec(marker)?.[0] ?? '')?.speaker;

  const sent = theatre.double.everythingSent();
  tally.look('sent to Discord', sent, HIDDEN);
  tally.look('sent to Discord', sent, PRIVATE);
  const standing = JSON.stringify(
    places.map((place) =>
      theatre.double.messages(place, { deleted: true }).filter(({ webhookId }) => webhookId !== null),
    ),
  );
  tally.look('in a channel', standing, WHISPERED);
  for (const request of mind.prompts) {
    const actor = actorOf(request);
    const where = `in a prompt of ${actor?.id ?? 'the director or the Environment'}`;
    const text = request.promptText;
    tally.look(
      where,
      text,
      HIDDEN,
      (marker) => marker.startsWith('SECRET') && speakerOf(marker) === actor?.id,
    );
    tally.look(where, text, PRIVATE, (marker) => actor !== undefined && marker.endsWith(`-${actor.id}`));
    tally.look(where, text, WHISPERED, (marker) => actor !== undefined && whispers.get(marker) === actor.id);
  }
  tally.look(
    'in the program’s log',
    JSON.stringify(theatre.logged),
    /\b(?:PLAN|SECRET|REASON|WHISPER|SAY|ACT|PRIVATE-CARD)[a-z0-9]+/gu,
  );

  const logs: Beat[][] = [];
  for (const place of places) logs.push(await Array.fromAsync(theatre.store.read(`discord:${place.id}#1`)));
  const stored = JSON.stringify(logs);
  tally.look('in the store', stored, HIDDEN, (marker) => marker.startsWith('SECRET'));
  countLost(stored, sent, [...given.values()], tally);
}

/** Of well-formed turns: none of it anywhere is rejected (or overtaken by what players did); a part of it missing is lost. */
function countLost(stored: string, sent: string, given: readonly Given[], tally: Tally): void {
  const inLog = new Set(stored.match(/\b(?:SAY|ACT)[a-z0-9]+\b/gu) ?? []);
  const posted = new Set(sent.match(/\b(?:SAY|ACT)[a-z0-9]+\b/gu) ?? []);
  for (const { clean, visible, disturbed } of given) {
    if (!clean || disturbed) continue;
    const kept = visible.filter((marker) => inLog.has(marker));
    const shown = visible.filter((marker) => posted.has(marker));
    if (kept.length > 0 && kept.length < visible.length) tally.lost += 1;
    else if (shown.length > 0 && shown.length < visible.length) tally.lost += 1;
    else if (kept.length === 0) tally.rejected += 1;
  }
}
