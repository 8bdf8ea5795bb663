import { expect } from 'vitest';
import type { SceneRecord } from '../../../../src/engine/scene-record.ts';
import { PlayerError } from '../../../../src/errors.ts';
import { modelSettingsSchema } from '../../../../src/model/model-settings.ts';
import { createOpenAiModel } from '../../../../src/model/openai-model.ts';
import { type SceneStore, StoreError } from '../../../../src/store/scene-store.ts';
import type { SeenMessage } from '../../../doubles/discord/messages/see-message.ts';
import type { Fault } from '../../../doubles/discord/wire/faults.ts';
import type { Channel } from '../../../doubles/discord/world/entities.ts';
import { herTurn } from '../../../doubles/model/her-replies.ts';
import { startModelDouble } from '../../../doubles/model/model-double.ts';
import { openTheatre, type Theatre } from '../discord-theatre.ts';
import type { Scenario } from './scenario.ts';

export type Evening = Theatre & {
  readonly scene: string;
  /** Where the webhook lives: the channel, or of a thread the one it hangs from. */
  readonly home: Channel;
  /** Alice calls Wenna, who is to answer. */
  says(): SeenMessage;
  /** She says another word, in the place of that one. */
  rewords(message: SeenMessage): void;
  /** She takes it away again. */
  takesBack(message: SeenMessage): void;
  /** The Narrator tells something; whether it was told at once, or waits. */
  tells(): Promise<boolean>;
  /** What a narration in several messages says; resolves as `tells` does. */
  tellsAtLength(): Promise<boolean>;
  /** Wenna’s next turn cannot be used. */
  spoils(): void;
  /** A fault on the wire, counted. */
  fault(fault: Fault): { hits(): number; remove(): void };
  /** No request of the store works until what is returned is called. */
  losesStore(): () => void;
  /** Something else went wrong, or the gateway did. */
  struck(): void;
  /** Messages that bear this button. */
  messagesWith(button: string): SeenMessage[];
  status(): Promise<SceneRecord['status'] | undefined>;
  /** Resolves when Wenna’s next turn is being made; `go` lets it come. */
  held(): { begun: Promise<void>; go(): void };
};

/** What became of an evening. */
export type Audit = {
  readonly faults: number;
  readonly requests: number;
  /** Those that Discord counts as invalid. */
  readonly invalid: number;
  /** Heard and not in the log; in the log and not in the channel. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
};

const EVERY_MARK = /(?:Word|Wave|Answer)-\d+/g;

/** Plays a scenario with a bot, a model and a Discord of its own, and looks at what became of every word. */
export async function playEvening({
  play,
  double: options,
  pace,
  waitGuildMs,
  inThread,
  ends,
}: Scenario): Promise<Audit> {
  let answers = 0;
  let held: { begin(): void; gone: Promise<void> } | undefined;
  const mind = await startModelDouble({
    async script() {
      const n = ++answers;
      const waits = held;
      held = undefined;
      waits?.begin();
      await waits?.gone;
      return herTurn({ plan: `PLAN-CANARY-${n}`, thought: `THOUGHT-CANARY-${n}`, speech: `Answer-${n}.` });
    },
  });
  const settings = modelSettingsSchema.parse({ name: 'double-1', baseUrl: mind.url, attempts: 1 });
  let storeGone = false;
  const theatre = await openTheatre({
    before: ({ store }) => breakable(store, () => storeGone),
    ...(options ? { double: options } : {}),
    ...(waitGuildMs === undefined ? {} : { waitGuildMs }),
    pace: { timeoutMs: 400, echoMs: 30, ...pace },
    engine: { models: { actor: createOpenAiModel(settings) }, limits: { linesPerPlayerHour: 100_000 } },
  });
  const { double, channel: home, alice } = theatre;
  const channel = inThread ? double.addThread(home, { name: 'cellar', owner: alice }) : home;
  const scene = `discord:${channel.id}`;
  const said: string[] = [];
  const faults: { hits(): number }[] = [];
  let words = 0;
  let waves = 0;
  let struck = 0;

  async function tell(text: string): Promise<boolean> {
    try {
      await theatre.engine().narrate(scene, text);
    } catch (error) {
      // Paused already: then nothing is told.
      if (!(error instanceof PlayerError)) throw error;
    }
    return (await status()) === 'playing';
  }
  const status = async () => (await theatre.engine().info(scene))?.record.status;

  const evening: Evening = {
    ...theatre,
    channel,
    home,
    scene,
    says() {
      const mark = `Word-${++words}`;
      said.push(mark);
      return double.say(channel, alice, `Wenna, ${mark}?`);
    },
    rewords(message) {
      const mark = `Word-${++words}`;
      said[said.indexOf(markOf(double.message(message)))] = mark;
      double.edit(message, alice, `Wenna, ${mark}?`);
    },
    takesBack(message) {
      said.splice(said.indexOf(markOf(double.message(message))), 1);
      double.remove(message);
    },
    tells: () => tell(`Wave-${++waves}.`),
    tellsAtLength() {
      const mark = `Wave-${++waves}.`;
      return tell(`${mark} ${'The tide turns, and the ropes complain. '.repeat(49)} Wave-${++waves}.`);
    },
    spoils() {
      struck += 1;
      mind.reply(...Array<string>(2).fill('<system_thinking>PLAN-CANARY-0'));
    },
    fault(fault) {
      const one = double.inject(fault);
      faults.push(one);
      return one;
    },
    losesStore() {
      struck += 1;
      storeGone = true;
      return () => {
        storeGone = false;
      };
    },
    struck() {
      struck += 1;
    },
    messagesWith: (button) =>
      double.messages(channel).filter(({ components }) => JSON.stringify(components).includes(button)),
    status,
    held() {
      const begun = Promise.withResolvers<void>();
      const gone = Promise.withResolvers<void>();
      held = { begin: begun.resolve, gone: gone.promise };
      return { begun: begun.promise, go: gone.resolve };
    },
  };

  /** Marks of what everyone perceived, in order. */
  async function recorded(): Promise<string[]> {
    const beats = await theatre.engine().replay(scene);
    return marksOf(beats.flatMap(({ segments }) => segments.map(({ text }) => text)));
  }

  try {
    await theatre.start({ cast: 'Old Wenna', preset: 'called-only' }, channel);
    await theatre.calm(channel);
    const from = double.requests.length;
    await play(evening);
    if (process.env['DBG']) {
      await new Promise((r) => setTimeout(r, 6000));
      console.log(await status(), JSON.stringify(theatre.logged.slice(-40), null, 0));
      console.log(
        double.requests
          .slice(-40)
          .map((r) => `${r.method} ${r.path.slice(0, 70)} ${r.status}`)
          .join('\n'),
      );
    }
    await expect.poll(status, { timeout: 8000 }).toBe(ends ?? 'playing');
    if (ends === undefined)
      await expect.poll(recorded, { timeout: 8000 }).toEqual(expect.arrayContaining(said));
    await theatre.calm(channel);
    const asked = double.requests.slice(from);
    const log = await recorded();
    const shown = marksOf(theatre.lines(channel));
    const told = log.filter((mark) => !mark.startsWith('Word'));
    const heard = log.filter((mark) => mark.startsWith('Word'));
    expect(heard).toEqual(said.filter((mark) => heard.includes(mark)));
    expect(shown).toEqual(told.filter((mark) => shown.includes(mark)));
    expect(double.everythingSent()).not.toContain('CANARY');
    expect(JSON.stringify(mind.prompts)).not.toContain('PLAN-CANARY');
    expect(theatre.logged.filter(({ event }) => /broke/.test(event))).toEqual([]);
    expect(double.unexpected).toEqual([]);
    return {
      faults: faults.reduce((sum, { hits }) => sum + hits(), struck),
      requests: asked.length,
      invalid: asked.filter((one) => [401, 403, 429].includes(one.status ?? 0)).length,
      lost: ends === undefined ? [...missing(said, heard), ...missing(told, shown)] : [],
      doubled: [...repeated(log), ...repeated(shown)],
    };
  } finally {
    await theatre.close();
    await mind.close();
  }
}

/** What every process of the bot asks of this store fails while it is gone. */
function breakable(store: SceneStore, gone: () => boolean): void {
  const { append, rewrite, get, put, remove } = store;
  async function ask<T>(request: () => Promise<T>): Promise<T> {
    if (gone()) throw new StoreError('Could not be reached: the test has it so.');
    return request();
  }
  Object.assign(store, {
    append: (...asked: Parameters<typeof append>) => ask(() => append(...asked)),
    rewrite: (...asked: Parameters<typeof rewrite>) => ask(() => rewrite(...asked)),
    get: (...asked: Parameters<typeof get>) => ask(() => get(...asked)),
    put: (...asked: Parameters<typeof put>) => ask(() => put(...asked)),
    remove: (...asked: Parameters<typeof remove>) => ask(() => remove(...asked)),
  });
}

/** The word that stands in a message now. */
function markOf({ content }: SeenMessage): string {
  return marksOf([content])[0] ?? '';
}

function marksOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.match(EVERY_MARK) ?? []);
}

function missing(all: readonly string[], there: readonly string[]): string[] {
  return all.filter((one) => !there.includes(one));
}

function repeated(all: readonly string[]): string[] {
  return all.filter((one, index) => all.indexOf(one) !== index);
}
