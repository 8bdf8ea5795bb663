import { createLink, type LinkOptions } from './link.ts';
import { createListeners } from './listeners.ts';
import type { Message, Question } from './messages.ts';
import { createScenePlace } from './scene-place.ts';
import type { Ask, OpenOptions, Stage } from './stage.ts';
import { closed, StageError } from './stage-error.ts';

/**
 * Joins a stage. The connection comes back by itself where it is lost: the scene that was open is opened again, beats
 * that were missed come as `beat` events, and a line whose answer was lost is sent again and heard once.
 *
 * @throws StageError `unreachable`, `version`; what the signal says where it is aborted
 */
export async function connect(options: LinkOptions): Promise<Stage> {
  const listeners = createListeners();
  const place = createScenePlace();
  const waiters = new Set<{ resolve(): void; reject(error: Error): void }>();
  let greeting: Message<'hello'> | undefined;
  let ended: Error | undefined;

  listeners.on('opened', place.opened);
  listeners.on('beat', ({ beat }) => place.seen(beat));
  listeners.on('update', ({ revision }) => place.revised(revision));

  const link = createLink(
    options,
    listeners,
    (hello) => {
      const isBack = greeting !== undefined;
      greeting = hello;
      place.greeted(hello.run);
      if (isBack) void comeBack();
      else settle();
    },
    (reason) => {
      ended = reason ?? (options.signal?.aborted ? asError(options.signal.reason) : closed());
      settle(ended);
    },
  );

  /** The first greeting, and each time the scene is open again. */
  function settle(error?: Error): void {
    for (const one of waiters) error ? one.reject(error) : one.resolve();
    waiters.clear();
  }

  function ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      if (ended) reject(ended);
      else waiters.add({ resolve, reject });
    });
  }

  async function comeBack(): Promise<void> {
    const known = place.reopening();
    let gone: Error | undefined;
    try {
      if (known) {
        const opened = (await link.ask(known)) as Message<'opened'>;
        for (const beat of opened.reset ? [] : opened.beats) {
          listeners.tell('beat', { type: 'beat', beat });
          // Its thoughts came unasked, had the connection held; the answer is told as they would have been.
          if (known['thoughts'] && beat.thoughts) await link.ask({ type: 'peek', beat: beat.n });
        }
      }
    } catch (error) {
      // Lost again: there will be another greeting, or the end.
      if (isCode(error, 'lost') || isCode(error, 'closed')) return;
      // A scene that was in memory is gone with its process.
      place.forget();
      gone = asError(error);
    }
    listeners.tell('online', undefined);
    settle(gone);
  }

  const ask: Ask = async (message) => (await link.ask(message)) as never;

  /** Heard once, however often it has to be sent; by another run of the stage it is not sent again. */
  async function askOnce(message: Question): Promise<Message<'heard'>> {
    const keyed = { ...message, key: newKey() };
    const run = greeting?.run;
    for (;;) {
      try {
        return await ask<'heard'>(keyed);
      } catch (error) {
        if (!isCode(error, 'lost')) throw error;
        await ready();
        if (greeting?.run !== run) throw error;
      }
    }
  }

  function open({ scene, start, ...how }: OpenOptions = {}): Promise<Message<'opened'>> {
    return ask<'opened'>({
      type: 'open',
      ...place.playAs(how),
      ...(scene === undefined ? {} : { scene }),
      ...(start ? { start } : {}),
    });
  }

  if (!greeting) await ready();

  return {
    get hello() {
      if (!greeting) throw closed();
      return greeting;
    },
    on: listeners.on,
    ask,
    open,
    say: (text, addressed) => askOnce({ type: 'say', text, ...(addressed ? { addressed } : {}) }),
    act: (text) => askOnce({ type: 'act', text }),
    whisper: (to, text) => askOnce({ type: 'whisper', to, text }),
    perceive: (text, witnesses) => askOnce({ type: 'perceive', text, witnesses }),
    next: (who) => ask<'done'>({ type: 'next', ...(who === undefined ? {} : { who }) }),
    cast: (character, present = true) => ask<'done'>({ type: 'cast', character, present }),
    cues: (actions, character) =>
      ask<'done'>({ type: 'cues', actions, ...(character === undefined ? {} : { character }) }),
    pace: (deadlineMs) => ask<'done'>({ type: 'pace', deadline_ms: deadlineMs }),
    interrupt: () => ask<'done'>({ type: 'interrupt' }),
    stop: () => ask<'done'>({ type: 'stop' }),
    save: (name) => ask<'saved'>({ type: 'save', name }),
    saves: () => ask<'saves'>({ type: 'saves' }),
    load: (save) => ask<'opened'>({ type: 'load', save }),
    move: (who, to) => ask<'moved'>({ type: 'move', who, to }),
    peek: (beat) => ask<'thoughts'>({ type: 'peek', beat }),
    history: (before) => ask<'history'>({ type: 'history', before }),
    close: link.close,
  };
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof StageError && error.code === code;
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

// Pages that are served without encryption have no `randomUUID`.
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
