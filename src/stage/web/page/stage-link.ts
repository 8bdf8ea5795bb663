import type { ClientMessageOf } from '../protocol.ts';
import type { ServerMessageOf } from '../server-message.ts';
import { type Connection, Lost, Refusal } from './connection.ts';

type Line =
  | Pick<ClientMessageOf<'say'>, 'type' | 'text'>
  | Pick<ClientMessageOf<'act'>, 'type' | 'text'>
  | Pick<ClientMessageOf<'whisper'>, 'type' | 'text' | 'to'>;

/** Which scene is open, kept open across lost connections; and the player's lines, heard once each. */
export type StageLink = {
  /** Opens a scene, a new one, or (with nothing) what is playing. */
  open(what?: Pick<ClientMessageOf<'open'>, 'scene' | 'start'>): Promise<void>;
  playAs(name: string): Promise<void>;
  /** Resolves when heard. Rejects with `Refusal`, or with `Lost` where it may not have been. */
  say(line: Line): Promise<number>;
  noteBeat(n: number): void;
};

const NAME_KEY = 'dramatis.name';

/** @param first what is opened at first: a scene that is known, a new one, or (with nothing) what is playing */
export function createStageLink(
  connection: Connection,
  first: Pick<ClientMessageOf<'open'>, 'scene' | 'start'>,
  onOpened: (opened: ServerMessageOf<'opened'>) => void,
  onProblem: (error: unknown) => void,
): StageLink {
  let run = '';
  let begun = false;
  let known: { scene: string; run: string; revision: number; last: number } | undefined;
  const reopened: (() => void)[] = [];

  async function open(what: Pick<ClientMessageOf<'open'>, 'scene' | 'start'> = {}): Promise<void> {
    const name = localStorage.getItem(NAME_KEY);
    const same = known && known.scene === what.scene ? known : undefined;
    const seen = same ? { after: same.last, revision: same.revision, run: same.run } : {};
    await connection.ask({ type: 'open', ...what, ...seen, ...(name ? { as: { name } } : {}) }, 'opened');
  }

  connection.on('hello', (hello) => {
    run = hello.run;
    const what = known ? { scene: known.scene } : begun ? {} : first;
    // Where the connection is lost meanwhile, a new scene has begun all the same.
    begun = what.start !== undefined;
    open(what)
      // A scene that is gone (it was played in memory) gives way to what is there.
      .catch((error: unknown) =>
        error instanceof Refusal && what.scene !== undefined ? open() : Promise.reject(error),
      )
      .catch((error: unknown) => {
        // A lost connection comes back by itself, with another hello.
        if (!(error instanceof Lost)) onProblem(error);
      });
  });

  connection.on('opened', (opened) => {
    const last = opened.beats.at(-1)?.n ?? (opened.reset ? 0 : (known?.last ?? 0));
    const scene = opened.place ?? opened.scene.id;
    known = { scene, run, revision: opened.revision, last };
    onOpened(opened);
    for (const go of reopened.splice(0)) go();
  });

  connection.on('update', ({ revision }) => {
    if (known) known.revision = revision;
  });

  return {
    open,
    async playAs(name) {
      if (name) localStorage.setItem(NAME_KEY, name);
      else localStorage.removeItem(NAME_KEY);
      if (!known) return;
      await open({ scene: known.scene });
      const persona = name ? `/persona set name: "${name.replaceAll('"', '’')}"` : '/persona clear';
      // A scene that is paused or over keeps the old name.
      await connection.ask({ type: 'command', text: persona }, 'reply').catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
      });
    },
    async say(line) {
      const key = crypto.randomUUID();
      const begun = run;
      for (;;) {
        try {
          return (await connection.ask({ ...line, key }, 'heard')).beat;
        } catch (error) {
          if (!(error instanceof Lost)) throw error;
          await new Promise<void>((go) => reopened.push(go));
          // Another process does not know the key; whether the line was heard is for the eye to see.
          if (run !== begun) throw error;
        }
      }
    },
    noteBeat(n) {
      if (known) known.last = Math.max(known.last, n);
    },
  };
}
