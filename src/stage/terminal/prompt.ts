import { clearLine, createInterface, cursorTo, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Surface } from './surface.ts';
import type { Typist } from './typist.ts';

/** A prompt with history, and TAB to complete a slash command. */
export function openPrompt(
  input: Readable,
  output: Writable,
  complete: (line: string) => Promise<readonly string[]>,
): Interface {
  return createInterface({
    input,
    output,
    terminal: true,
    completer: (line: string, done: (error: Error | null, found: [string[], string]) => void) => {
      // A list of suggestions that cannot be made is an empty one.
      complete(line).then(
        (found) => done(null, [[...found], line]),
        () => done(null, [[], line]),
      );
    },
  });
}

export type PromptRun = {
  readonly prompt: Interface;
  readonly typist: Typist;
  readonly surface: Surface;
  readonly output: Writable;
  /** Ends the turn that is being made; false where none is. */
  stop(): Promise<boolean>;
  /** Resolves when the scene rests. */
  rest(): Promise<void>;
  readonly signal: AbortSignal;
};

/**
 * Lets a person play until they leave: /quit, the end of input, or Ctrl-C when no turn is being
 * made. Lines are taken as they come, also while a character is thinking.
 */
export async function runPrompt(run: PromptRun): Promise<void> {
  const { prompt, typist, surface, signal } = run;
  const left = Promise.withResolvers<void>();
  const underway = new Set<Promise<void>>();

  /** Whatever the terminal shows next takes the place of the last prompt. */
  function leave(): void {
    cursorTo(run.output, 0);
    clearLine(run.output, 0);
    left.resolve();
  }

  // What a line or a key sets off is followed to its end; what goes wrong ends the play with it.
  function follow(work: Promise<void>): void {
    const done: Promise<void> = work.catch(left.reject).finally(() => underway.delete(done));
    underway.add(done);
  }

  async function offerChoices(): Promise<void> {
    await run.rest();
    surface.choices(await typist.choices());
  }

  async function enter(line: string): Promise<void> {
    if (!(await typist.enter(line))) return leave();
    prompt.prompt(true);
    await offerChoices();
  }

  async function interrupt(): Promise<void> {
    if (!(await run.stop())) leave();
  }

  const onLine = (line: string) => follow(enter(line));
  const onInterrupt = () => follow(interrupt());
  const onClose = () => follow(Promise.all([...underway, run.rest()]).then(leave));
  prompt.on('line', onLine);
  prompt.on('SIGINT', onInterrupt);
  prompt.on('close', onClose);
  signal.addEventListener('abort', leave, { once: true });
  prompt.prompt();
  follow(offerChoices());
  try {
    await left.promise;
  } finally {
    signal.removeEventListener('abort', leave);
    prompt.off('line', onLine).off('SIGINT', onInterrupt).off('close', onClose);
    prompt.close();
  }
}
