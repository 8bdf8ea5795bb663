import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a bot is told when it begins to live. */
export type Life = {
  readonly storeUrl: string;
  readonly dataKey: string;
  readonly discord: { readonly token: string; readonly api: string; readonly cdn: string };
  readonly modelUrl: string;
  /** It is killed at this step of its own; absent: the parent kills it, or nobody. */
  readonly killAt?: number;
  readonly sabotage: boolean;
};

/** What it tells. */
export type BotMessage =
  | { readonly type: 'loaded' | 'lives' }
  | { readonly type: 'dies'; readonly at: string }
  | { readonly type: 'closed'; readonly steps: number };

/** It was not killed: that is a fault of the bot. */
export const ENDED = 'ended by itself';

/** A bot that lives. */
export type LivingBot = {
  /** Resolves when it is on stage and has heard what was said meanwhile; rejects where it died before. */
  readonly lives: Promise<void>;
  /** Where it was killed: at a step of its own, or where its parent did it; `ended by itself` where nobody did. Never rejects. */
  readonly died: Promise<string>;
  kill(where: string): Promise<void>;
  /** In good order. */
  close(): Promise<void>;
};

/** Bots one after another; the next is loaded while one lives, so that a death costs no time. */
export type Nursery = {
  begin(life: Life): Promise<LivingBot>;
  close(): void;
};

export function createNursery(): Nursery {
  const started = new Set<ChildProcess>();
  let spare = load();

  function load(): Promise<ChildProcess> {
    const child = fork(fileURLToPath(new URL('bot.ts', import.meta.url)), [], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    started.add(child);
    child.once('exit', () => started.delete(child));
    const loading = next(child, 'loaded').then(() => child);
    loading.catch(() => undefined);
    return loading;
  }

  return {
    async begin(life) {
      const child = await spare;
      spare = load();
      return liveIn(child, life);
    },
    close() {
      for (const child of started) child.kill('SIGKILL');
    },
  };
}

function liveIn(child: ChildProcess, life: Life): LivingBot {
  let where = ENDED;
  const gone = once(child, 'exit');
  child.on('message', (message: BotMessage) => {
    if (message.type === 'dies') where = message.at;
  });
  const died = gone.then(([code]) => (code === null ? where : ENDED));
  const lives = next(child, 'lives').then(() => undefined);
  lives.catch(() => undefined);
  child.send(life);
  return {
    lives,
    died,
    async kill(at) {
      where = at;
      child.kill('SIGKILL');
      await gone;
    },
    async close() {
      if (child.connected) child.send('close');
      await gone;
    },
  };
}

async function next(child: ChildProcess, type: BotMessage['type']): Promise<void> {
  const told = Promise.withResolvers<void>();
  const onMessage = (message: BotMessage) => {
    if (message.type === type) told.resolve();
  };
  const onExit = () => told.reject(new Error('it died'));
  child.on('message', onMessage);
  child.once('exit', onExit);
  try {
    await told.promise;
  } finally {
    child.off('message', onMessage);
    child.off('exit', onExit);
  }
}
