import { afterEach, describe, expect, test } from 'vitest';
import type { StartScene } from '../../../src/engine/engine-api.ts';
import type { EngineOptions } from '../../../src/engine/engine-options.ts';
import type { Player } from '../../../src/engine/player.ts';
import type { Log, LogFacts } from '../../../src/log.ts';
import { type ChatModel, ModelError } from '../../../src/model/chat-model.ts';
import { createOpenAiEmbeddings } from '../../../src/model/embed.ts';
import type { EmbeddingModel } from '../../../src/model/embedding-model.ts';
import { modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { embeddedTexts } from '../../doubles/model/embeddings.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import { answeringModel, promptOf } from '../../support/answering-model.ts';
import { OWNER, playHouse, SCENE, untilAborted } from '../../support/play-house.ts';

const SMALL = { contextSize: 2600, maxTokens: 300 };
const START: StartScene = {
  id: SCENE,
  stage: 'web',
  owner: OWNER,
  cast: ['wenna', 'tom'],
  preset: 'called-only',
  seed: 1,
};

async function evening(start: Partial<StartScene> = {}, options: Partial<EngineOptions> = {}) {
  const actor = answeringModel(SMALL);
  const house = await playHouse({ ...options, models: { actor, ...options.models } });
  await house.engine.start({ ...START, ...start });
  await house.engine.idle(SCENE);

  async function say(text: string, source?: string, scene = SCENE, player: Player = OWNER): Promise<void> {
    await house.engine.hear(scene, { player, text, ...(source === undefined ? {} : { source }) });
    await house.engine.idle(scene);
  }
  /** Small talk, until what was said before is no more than a note, and the note has lost it, too. */
  async function pass(lines = 40): Promise<void> {
    for (let n = 0; n < lines; n += 1) {
      const who = ['Tom', 'Wenna'][n % 2];
      const rain = 'The rain goes on and on over the harbour. '.repeat(4);
      await say(`${who}, gull number ${n} cries for ${neverHeard(n).join(', ')}. ${rain}`);
    }
  }
  function promptFor(name: string): string {
    return promptOf(actor.asked.findLast((request) => promptOf(request).includes(`Your character: ${name}`)));
  }
  return { ...house, actor, say, pass, promptFor };
}

/** Words that a note would rather keep than what it has heard before. */
function neverHeard(n: number): string[] {
  const start = `${'bdfghklmnp'[n % 10]}${'aeiou'[Math.floor(n / 10) % 5]}`;
  return ['rrow', 'mbeth', 'skett', 'llin', 'ndle'].map((end) => start + end);
}

const FACT = 'the brass key lies under the third step';

describe('what was folded away', () => {
  test('comes back when it is spoken of, to who witnessed it and to nobody else', async () => {
    const { engine, say, pass, promptFor } = await evening();
    await say(`Tom, ${FACT}.`, 'm-fact');
    await engine.summon(SCENE, 'ines');
    await pass();
    expect(promptFor('Tom Reddick')).not.toContain(FACT);
    await say('Tom, where did they put that key?');
    expect(promptFor('Tom Reddick')).toMatch(new RegExp(`\\[Tom Reddick remembers: .*${FACT}`));
    await say('Wenna, where is the key?');
    expect(promptFor('Old Wenna')).toContain(FACT);
    await say('Ines, where is the key?');
    expect(promptFor('Ines')).not.toContain(FACT);
    await say('Tom, yes.');
    // The line that asked is still near; one that is far from it brings nothing back.
    await pass(4);
    expect(promptFor('Tom Reddick')).not.toContain(FACT);
  });

  test('does not come back where it was taken back, edited or forgotten', async () => {
    const { engine, say, pass, promptFor } = await evening();
    await say(`Tom, ${FACT}.`, 'm-fact');
    await say('Tom, the silver flute belongs to the parson.', 'm-flute');
    await pass();
    await engine.retract(SCENE, 'm-fact');
    await say('Tom, where is the brass key?');
    expect(promptFor('Tom Reddick')).not.toContain('third step');
    await say('Tom, whose is the silver flute?');
    expect(promptFor('Tom Reddick')).toContain('belongs to the parson');
    await engine.amend(SCENE, 'm-flute', 'Tom, the silver flute belongs to nobody.');
    await say('Tom, the silver flute?');
    expect(promptFor('Tom Reddick')).toContain('flute belongs to nobody');
    expect(promptFor('Tom Reddick')).not.toContain('belongs to the parson');
    await engine.ledger.forget(SCENE, 'tom');
    await say('Tom, the silver flute?');
    expect(promptFor('Tom Reddick')).not.toContain('belongs to nobody');
    await say('Wenna, the silver flute?');
    expect(promptFor('Old Wenna')).toContain('belongs to nobody');
  });

  test('and is taken back while a turn is being made is not in its second try', async () => {
    const actor = answeringModel(SMALL);
    let takeBack: (() => Promise<void>) | undefined;
    const tries: string[] = [];
    const model: ChatModel = {
      ...actor,
      async *stream(request, signal) {
        if (!takeBack) {
          yield* actor.stream(request, signal);
          return;
        }
        tries.push(promptOf(request));
        if (tries.length === 1) await takeBack();
        for await (const delta of actor.stream(request, signal)) {
          // The first draft is of no use.
          if (delta.type === 'end' || tries.length > 1) yield delta;
        }
      },
    };
    const { engine, say, pass } = await evening(
      {},
      { models: { actor: model }, limits: { interruptions: 0 } },
    );
    await say(`Tom, ${FACT}.`, 'm-fact');
    await pass();
    takeBack = () => engine.retract(SCENE, 'm-fact');
    await say('Tom, where did they put that key?');
    expect(tries).toHaveLength(2);
    expect(tries[0]).toContain(FACT);
    expect(tries[1]).not.toContain('third step');
  });

  test('and is pinned stands there once, whatever is spoken of', async () => {
    const { engine, say, pass, promptFor } = await evening();
    const heard = await engine.hear(SCENE, { player: OWNER, text: `Tom, ${FACT}.` });
    await engine.idle(SCENE);
    await engine.ledger.pin(SCENE, heard.heard ? heard.beat : 0, true);
    await pass();
    expect(promptFor('Tom Reddick').split(FACT)).toHaveLength(2);
    await say('Tom, where is the brass key?');
    expect(promptFor('Tom Reddick').split(FACT)).toHaveLength(2);
  });

  test('is the memory of a mind after a rewind, too: what came later is in none', async () => {
    const { engine, stage, say, pass, promptFor } = await evening();
    await say(`Tom, ${FACT}.`);
    await pass();
    const n = stage.shown.at(-1)?.n ?? 0;
    await say('Tom, the LATER key is made of glass.');
    await pass();
    await engine.past.rewind(SCENE, n);
    await say('Tom, where is the key?');
    expect(promptFor('Tom Reddick')).toContain(FACT);
    expect(promptFor('Tom Reddick')).not.toContain('LATER');
  });

  test('is told to the room once for each time that a memory shrinks, and not again after a restart', async () => {
    const { engine, stage, store, actor, pass } = await evening();
    await pass(24);
    const shrinks = { 'Tom Reddick': new Set<string>(), 'Old Wenna': new Set<string>() };
    for (const prompt of actor.asked.map(promptOf)) {
      const note = /remembers it:\n[\s\S]*?\n?\]/.exec(prompt)?.[0];
      const name = prompt.includes('Your character: Tom') ? 'Tom Reddick' : 'Old Wenna';
      if (note) shrinks[name].add(note);
    }
    const told = () => stage.notices.filter(({ kind }) => kind === 'folded').map(({ text }) => text);
    for (const [name, notes] of Object.entries(shrinks)) {
      expect(notes.size).toBeGreaterThan(1);
      expect(told().filter((text) => text.includes(`${name}’s memory`))).toHaveLength(notes.size);
    }
    expect(told()[0]).toContain('/memory pin');
    await engine.close();

    const before = told().length;
    const again = await playHouse({ store, stage, models: { actor } });
    await again.engine.hear(SCENE, { player: OWNER, text: 'Tom?' });
    await again.engine.idle(SCENE);
    expect(promptOf(actor.asked.at(-1))).toContain('Long before this');
    expect(told()).toHaveLength(before);
  });
});

describe('with an embeddings model', () => {
  let double: ModelDouble | undefined;
  afterEach(() => double?.close());

  const LEDGER = 'the ledger is buried beneath the fig tree';
  const ASKED = 'Tom, what became of those accounts?';

  async function embeddings(): Promise<EmbeddingModel> {
    double = await startModelDouble({
      embed: (text) => [/ledger|accounts/.test(text) ? 1 : 0, /gull/.test(text) ? 1 : 0, 0.1],
    });
    return createOpenAiEmbeddings(modelSettingsSchema.parse({ name: 'embedder', baseUrl: double.url }));
  }

  test('what means the same comes back, though no word of it was said', async () => {
    const embed = await embeddings();
    const { say, pass, promptFor } = await evening({}, { models: { embed } });
    await say(`Tom, ${LEDGER}.`);
    await pass();
    await say(ASKED);
    expect(promptFor('Tom Reddick')).toContain(LEDGER);
    // Each line once, whoever asks how often.
    const texts = double?.requests.flatMap(embeddedTexts).filter((text) => text.includes(LEDGER));
    expect(texts?.length).toBeLessThanOrEqual(2);

    const plain = await evening();
    await plain.say(`Tom, ${LEDGER}.`);
    await plain.pass();
    await plain.say(ASKED);
    expect(plain.promptFor('Tom Reddick')).not.toContain(LEDGER);
  });

  test('what was taken back is found by it no more', async () => {
    const embed = await embeddings();
    const { engine, say, pass, promptFor } = await evening({}, { models: { embed } });
    await say(`Tom, ${LEDGER}.`, 'm-ledger');
    await pass();
    await say(ASKED);
    await engine.retract(SCENE, 'm-ledger');
    await say(ASKED);
    expect(promptFor('Tom Reddick')).not.toContain(LEDGER);
  });

  const failing: EmbeddingModel = {
    name: 'down',
    embed: () => Promise.reject(new ModelError('unreachable', 'nobody there', { retryable: true })),
  };
  const silent: EmbeddingModel = {
    name: 'silent',
    embed: async (_texts, signal) => {
      await untilAborted(signal);
      return [];
    },
  };
  test.each([
    ['that fails', failing],
    ['that says nothing', silent],
  ])('%s the words alone count, and the log says so once', async (_how, embed) => {
    let asked = 0;
    const counted: EmbeddingModel = {
      ...embed,
      embed(texts, signal) {
        asked += 1;
        return embed.embed(texts, signal);
      },
    };
    const logged: [string, LogFacts | undefined][] = [];
    const keep = (event: string, facts?: LogFacts) => void logged.push([event, facts]);
    const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
    let now = 0;
    const clock: EngineOptions['clock'] = {
      now: () => now,
      // Patience runs out at once; nothing else is waited for.
      sleep: (ms, signal) => (ms === 2000 ? Promise.resolve() : untilAborted(signal)),
    };
    const { say, pass, promptFor } = await evening({}, { models: { embed: counted }, log, clock });
    await say(`Tom, ${FACT}.`);
    await pass();
    await say('Tom, where is the brass key?');
    expect(promptFor('Tom Reddick')).toContain(FACT);
    expect(asked).toBe(1);
    now += 600_000;
    await say('Tom, the brass key?');
    expect(promptFor('Tom Reddick')).toContain(FACT);
    expect(asked).toBe(2);
    const said = logged.filter(([event]) => event === 'recall-by-words-alone');
    expect(said).toHaveLength(1);
    expect(JSON.stringify(logged)).not.toMatch(/brass|third step/);
  });
});

describe('the memory of a scene', () => {
  const SERVER = { server: 'g1' };
  const OTHER = 'web:two';

  async function twoEvenings(remembers = true, first: Partial<StartScene> = {}) {
    const house = await evening({ ...SERVER, ...first });
    const { engine, say } = house;
    if (remembers) await engine.ledger.setServerMemory(SCENE, 'tom', true);
    await say('Tom, KEPT-WORD is the password.', 'm-kept');
    await say('Tom, the gulls are loud.', 'm-gulls');
    await engine.end(SCENE);
    async function later(text: string, more: Partial<StartScene> = SERVER, id = OTHER): Promise<string> {
      if (!(await engine.info(id))) await engine.start({ ...START, id, ...more });
      await engine.idle(id);
      const before = house.actor.asked.length;
      await say(text, undefined, id);
      return house.actor.asked.slice(before).map(promptOf).join('\n\n');
    }
    return { ...house, later };
  }

  test('stays in it, unless a moderator lets a character remember', async () => {
    const { engine, later } = await twoEvenings(false);
    expect(await engine.ledger.serverMemory(SCENE, 'tom')).toBe(false);
    expect(await later('Tom?')).not.toMatch(/KEPT-WORD|earlier evenings/);
  });

  test('is then that character’s alone, in scenes of that server', async () => {
    const { engine, later } = await twoEvenings();
    expect(await engine.ledger.serverMemory(SCENE, 'tom')).toBe(true);
    expect(await engine.ledger.serverMemory(SCENE, 'wenna')).toBe(false);
    const toms = await later('Tom?');
    expect(toms).toContain('## What Tom Reddick remembers of earlier evenings');
    expect(toms).toMatch(/“A scene”:\n(- .*\n)*- Mara: Tom, KEPT-WORD is the password\./);
    expect(await later('Wenna?')).not.toMatch(/KEPT-WORD|earlier evenings/);
    expect(await later('Tom?', { server: 'g2' }, 'web:three')).not.toContain('KEPT-WORD');
    expect(await later('Tom?', {}, 'web:four')).not.toContain('KEPT-WORD');
  });

  test('holds no whisper, and nothing that it did not witness', async () => {
    const { engine, say, store, later } = await evening(SERVER).then(async (house) => {
      await house.engine.ledger.setServerMemory(SCENE, 'tom', true);
      return {
        ...house,
        later: async () => JSON.stringify(await house.store.get('server', 'memory/g1/tom')),
      };
    });
    await engine.whisper(SCENE, { player: OWNER, to: ['tom'], text: 'WHISPERED-WORD' });
    await engine.idle(SCENE);
    await engine.dismiss(SCENE, 'tom');
    await say('Wenna, AWAY-WORD.');
    await engine.summon(SCENE, 'tom');
    await say('Tom, OPEN-WORD.');
    await engine.end(SCENE);
    const kept = await later();
    expect(kept).toContain('OPEN-WORD');
    expect(kept).not.toMatch(/WHISPERED-WORD|AWAY-WORD/);
    expect(await store.get('server', 'memory/g1/wenna')).toBeUndefined();
  });

  test('loses what is deleted, edited or forgotten there afterwards, also where it is being told already', async () => {
    const { engine, store, later } = await twoEvenings();
    expect(await later('Tom?')).toContain('KEPT-WORD');
    await engine.retract(SCENE, 'm-kept');
    expect(JSON.stringify(await store.get('server', 'memory/g1/tom'))).not.toContain('KEPT-WORD');
    const after = await later('Tom?');
    expect(after).not.toContain('KEPT-WORD');
    expect(after).toContain('the gulls are loud');
    await engine.amend(SCENE, 'm-gulls', 'Tom, the gulls are silent.');
    expect(await later('Tom?')).not.toContain('gulls are loud');
    await engine.ledger.forget(SCENE, 'tom');
    expect(await later('Tom?')).not.toContain('earlier evenings');
  });

  test('is gone when a moderator turns it off', async () => {
    const { engine, store, later } = await twoEvenings();
    await engine.ledger.setServerMemory(SCENE, 'tom', false);
    expect(await engine.ledger.serverMemory(SCENE, 'tom')).toBe(false);
    expect(await store.get('server', 'memory/g1/tom')).toBeUndefined();
    expect(await later('Tom?')).not.toContain('KEPT-WORD');
  });

  test('is kept once of an evening, and not of what might have happened instead', async () => {
    const { engine, say, store } = await evening(SERVER);
    await engine.ledger.setServerMemory(SCENE, 'tom', true);
    const heard = await engine.hear(SCENE, { player: OWNER, text: 'Tom, KEPT-WORD.' });
    await engine.idle(SCENE);
    const branch = { id: OTHER, ...SERVER, owner: OWNER };
    await engine.past.branch(SCENE, heard.heard ? heard.beat : 0, branch);
    await say('Tom, BRANCH-WORD.', undefined, OTHER);
    await engine.end(OTHER);
    await engine.end(SCENE);
    await engine.end(SCENE);
    const kept = JSON.stringify(await store.get('server', 'memory/g1/tom'));
    expect(kept.split('KEPT-WORD')).toHaveLength(2);
    expect(kept).not.toContain('BRANCH-WORD');
  });

  test('is told in the layout of HER’s weights, too', async () => {
    const actor = answeringModel({ ...SMALL, profile: 'her' });
    const { engine, say } = await evening(SERVER, { models: { actor } });
    await engine.ledger.setServerMemory(SCENE, 'tom', true);
    await say('Tom, KEPT-WORD is the password.');
    await engine.end(SCENE);
    await engine.start({ ...START, ...SERVER, id: OTHER });
    await engine.idle(OTHER);
    await say('Tom?', undefined, OTHER);
    expect(promptOf(actor.asked.at(-1))).toMatch(
      /===Background===\n[\s\S]*earlier evenings:\n[\s\S]*KEPT-WORD/,
    );
  });

  test('is of no server where the scene is of none', async () => {
    const { engine } = await evening();
    await expect(engine.ledger.setServerMemory(SCENE, 'tom', true)).rejects.toThrow(/no server/);
    expect(await engine.ledger.serverMemory(SCENE, 'tom')).toBe(false);
  });
});
