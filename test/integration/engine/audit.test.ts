import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../../src/engine/audit/audit-api.ts';
import { StageError } from '../../../src/engine/stage.ts';
import type { SceneStore } from '../../../src/store/scene-store.ts';
import { render } from '../../../src/words/render.ts';
import { say } from '../../../src/words/text.ts';
import { createHandClock, type HandClock } from '../../support/hand-clock.ts';
import { playHouse } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';

const SERVER = '111111111111111111';
const CHANNEL = '222222222222222222';
const HERE = { level: 'server', id: SERVER, server: SERVER } as const;
const DAY = 24 * 3600 * 1000;

type House = Awaited<ReturnType<typeof open>>;

/** The real engine, and a log channel that may refuse. */
async function open(options: { clock?: HandClock; store?: SceneStore; channel?: boolean } = {}) {
  const clock = options.clock ?? createHandClock();
  const posts = new Map<string, AuditEntry>();
  let ids = 0;
  const surface = {
    refuse: undefined as StageError['reason'] | undefined,
    before: async () => {},
  };
  const stage = {
    ...createRecordingStage('discord'),
    async tellModerators(_server: string, channel: string, entry: AuditEntry) {
      await surface.before();
      if (surface.refuse) throw new StageError(surface.refuse, 'refused by the test');
      const message = `${channel}-${++ids}`;
      posts.set(message, entry);
      return { messages: [message] };
    },
    async untellModerators(_channel: string, { messages }: { readonly messages: readonly string[] }) {
      for (const message of messages) posts.delete(message);
    },
  };
  const house = await playHouse({ stage, clock, ...(options.store ? { store: options.store } : {}) });
  if (options.channel ?? true) await house.engine.settings.set(HERE, 'logChannel', CHANNEL);
  const shown = () => [...posts.values()].map(({ text }) => render(text));
  return { ...house, clock, surface, posts, shown };
}

function note({ engine }: House, text: string, change: Partial<AuditEntry> = {}): void {
  engine.audit.note(SERVER, { kind: 'failed', text, ...change });
}

async function recent({ engine }: House): Promise<string[]> {
  return (await engine.audit.recent(SERVER, 1000)).map(({ text }) => render(text));
}

async function stored(store: SceneStore): Promise<string> {
  const rows: unknown[] = [];
  for await (const key of store.ids('audit')) rows.push(await store.get('audit', key));
  return JSON.stringify(rows);
}

describe('an entry', () => {
  test('is kept and shown in the log channel, in the order in which things happened', async () => {
    const house = await open();
    for (const text of ['one', 'two', 'three']) note(house, text);
    await house.engine.audit.settled();
    expect(house.shown()).toEqual(['one', 'two', 'three']);
    expect(await recent(house)).toEqual(['three', 'two', 'one']);
    expect([...house.posts.keys()][0]).toContain(CHANNEL);
  });

  test('without a log channel is only kept, and is not shown when one is set later', async () => {
    const house = await open({ channel: false });
    note(house, 'one');
    await house.engine.audit.settled();
    await house.engine.settings.set(HERE, 'logChannel', CHANNEL);
    note(house, 'two');
    await house.engine.audit.settled();
    expect(house.shown()).toEqual(['two']);
    expect(await recent(house)).toEqual(['two', 'one']);
    await house.engine.close();
    const again = await open({ store: house.store, clock: house.clock });
    await again.engine.audit.settled();
    expect(again.shown()).toEqual([]);
  });

  test('of a place without a server is nobody’s', async () => {
    const house = await open();
    house.engine.audit.note(undefined, { kind: 'failed', text: 'nowhere' });
    await house.engine.audit.settled();
    expect(await stored(house.store)).toBe('[]');
  });

  test('that the channel refuses is kept, and why is told until one is taken again', async () => {
    const house = await open();
    house.surface.refuse = 'forbidden';
    note(house, 'one');
    await house.engine.audit.settled();
    expect(await recent(house)).toEqual(['one']);
    expect(render(house.engine.audit.trouble(SERVER) ?? '')).toContain('Send Messages');
    house.surface.refuse = undefined;
    note(house, 'two');
    await house.engine.audit.settled();
    expect(house.shown()).toEqual(['two']);
    expect(house.engine.audit.trouble(SERVER)).toBeUndefined();
  });
});

describe('after a restart', () => {
  test('what was not begun to be shown is shown once, what may stand there is not', async () => {
    const house = await open();
    const reached = Promise.withResolvers<void>();
    const cut = Promise.withResolvers<void>();
    // The process ends while the first is on its way; the second has not begun.
    house.surface.before = () => {
      reached.resolve();
      return cut.promise;
    };
    note(house, 'one');
    note(house, 'two');
    await reached.promise;
    await expect.poll(() => recent(house)).toEqual(['two', 'one']);

    const again = await open({ store: house.store, clock: house.clock });
    await again.engine.audit.settled();
    expect(again.shown()).toEqual(['two']);
    await again.engine.close();
    const third = await open({ store: house.store, clock: house.clock });
    await third.engine.audit.settled();
    expect(third.shown()).toEqual([]);
    cut.resolve();
  });

  test('what is no news any more is only looked up', async () => {
    const house = await open();
    house.surface.before = () => new Promise(() => undefined);
    note(house, 'one');
    note(house, 'two');
    await expect.poll(() => recent(house)).toEqual(['two', 'one']);
    await house.clock.pass(2 * 3600 * 1000);
    const again = await open({ store: house.store, clock: house.clock });
    await again.engine.audit.settled();
    expect(again.shown()).toEqual([]);
    expect(await recent(again)).toEqual(['two', 'one']);
  });
});

describe('a flood', () => {
  test('is folded into one line; all of it is kept, and no report is lost in it', async () => {
    const house = await open();
    for (let n = 1; n <= 54; n += 1) note(house, `entry ${n}`);
    note(house, 'a report', { kind: 'reported' });
    await expect.poll(() => house.shown().length).toBe(21);
    expect(house.shown().at(-1)).toBe('a report');
    await house.clock.pass(10_000);
    await house.engine.audit.settled();
    expect(house.shown().at(-1)).toBe('… and 34 more. /dramatis log shows them.');
    expect(house.shown()).toHaveLength(22);
    expect(await recent(house)).toHaveLength(55);
    note(house, 'calm again');
    await house.engine.audit.settled();
    expect(house.shown().at(-1)).toBe('calm again');
  });
});

describe('how much is kept', () => {
  test('the newest 500, and nothing older than 90 days', async () => {
    const house = await open({ channel: false });
    for (let n = 1; n <= 503; n += 1) note(house, `entry ${n}`);
    await house.engine.audit.settled();
    const kept = await recent(house);
    expect(kept).toHaveLength(500);
    expect([kept.at(0), kept.at(-1)]).toEqual(['entry 503', 'entry 4']);
    await house.clock.pass(91 * DAY);
    note(house, 'new');
    await house.engine.audit.settled();
    expect(await recent(house)).toEqual(['new']);
    expect(await stored(house.store)).not.toMatch(/entry \d/u);
  });

  test('a clock that was set back keeps the order, also over a restart', async () => {
    const house = await open({ channel: false });
    note(house, 'first');
    await house.engine.audit.settled();
    await house.engine.close();
    const clock = createHandClock(house.clock.now() - DAY);
    const again = await open({ store: house.store, clock, channel: false });
    note(again, 'second');
    await again.engine.audit.settled();
    expect(await recent(again)).toEqual(['second', 'first']);
  });
});

describe('people’s words', () => {
  const quoted = { kind: 'whispered', quote: 'MARKER words', about: ['p1'], log: 'l#1', beat: 7 } as const;

  test('go with the person, where they are kept and where they are shown', async () => {
    const house = await open();
    note(house, 'hers', quoted);
    note(house, 'his', { ...quoted, quote: 'OTHER words', about: ['p2'] });
    await house.engine.audit.settled();
    expect(await stored(house.store)).toContain('MARKER');
    await house.engine.audit.eraseQuotes({ person: 'p1' });
    expect(await stored(house.store)).not.toContain('MARKER');
    expect(await stored(house.store)).toContain('OTHER');
    expect(house.shown()).toEqual(['his']);
    expect(await recent(house)).toEqual(['his', 'hers']);
  });

  test('go with the beat, also where they are only the context of another', async () => {
    const house = await open();
    note(house, 'a report', { ...quoted, kind: 'reported', beat: 9, beats: [6, 7, 8] });
    note(house, 'another scene', { ...quoted, log: 'other#1', quote: 'OTHER words' });
    await house.engine.audit.settled();
    await house.engine.audit.eraseQuotes({ log: 'l#1', beat: 7 });
    expect(await stored(house.store)).not.toContain('MARKER');
    expect(await stored(house.store)).toContain('OTHER');
    await house.engine.audit.eraseQuotes({ log: 'other#1' });
    expect(await stored(house.store)).not.toContain('OTHER');
  });

  test('that were noted before a restart are found', async () => {
    const house = await open();
    note(house, 'hers', quoted);
    await house.engine.audit.settled();
    await house.engine.close();
    const again = await open({ store: house.store, clock: house.clock });
    await again.engine.audit.eraseQuotes({ person: 'p1' });
    expect(await stored(house.store)).not.toContain('MARKER');
  });

  test('that are erased while they are being shown do not stay there', async () => {
    const house = await open();
    const reached = Promise.withResolvers<void>();
    const posted = Promise.withResolvers<void>();
    house.surface.before = () => {
      reached.resolve();
      return posted.promise;
    };
    note(house, 'hers', quoted);
    await reached.promise;
    await house.engine.audit.eraseQuotes({ person: 'p1' });
    posted.resolve();
    await house.engine.audit.settled();
    expect(house.shown()).toEqual([]);
    expect(await stored(house.store)).not.toContain('MARKER');
  });

  test('go with everything of a server', async () => {
    const house = await open();
    note(house, 'hers', quoted);
    await house.engine.audit.erase(SERVER);
    await house.engine.audit.settled();
    expect(await stored(house.store)).toBe('[]');
    expect(await recent(house)).toEqual([]);
  });
});

test('an entry keeps its values, so that it can be read in any language', async () => {
  const house = await open({ channel: false });
  note(house, '', { text: say('… and {{count}} more. /dramatis log shows them.', { count: 3 }) });
  const [entry] = await house.engine.audit.recent(SERVER);
  expect(entry?.text).toEqual({
    text: '… and {{count}} more. /dramatis log shows them.',
    values: { count: 3 },
  });
  const listed = say('{{who}} whispered to {{whom}}.', { who: 'Ann', whom: ['Tom', say('Narrator')] });
  note(house, '', { text: listed });
  const [newest] = await house.engine.audit.recent(SERVER);
  expect(newest?.text).toEqual(listed);
});
