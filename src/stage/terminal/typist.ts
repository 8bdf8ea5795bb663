import type { Library } from '../../cast/library/library-api.ts';
import type { ScriptChip } from '../../cast/scene-script.ts';
import {
  type Command,
  type CommandContext,
  type Place,
  runAction,
  type Who,
} from '../../engine/command/command.ts';
import { readTypedCommand } from '../../engine/command/typed-command.ts';
import { completeTypedCommand } from '../../engine/command/typed-completion.ts';
import { unheard } from '../../engine/command/unheard.ts';
import type { Engine, Heard } from '../../engine/engine-api.ts';
import { PlayerError } from '../../errors.ts';
import type { Locale } from '../../words/locales.ts';
import { render } from '../../words/render.ts';
import { described, say as sentence, type Text } from '../../words/text.ts';
import { readUpload } from './read-upload.ts';
import { saveFiles } from './save-files.ts';

export type TypistOptions = {
  readonly engine: Engine;
  readonly library: Library;
  readonly commands: readonly Command[];
  readonly place: Place;
  readonly who: Who;
  readonly signal: AbortSignal;
  /** Where files go that a command hands over. */
  readonly folder: string;
  /** Told to the one who types. */
  reply(text: string): void;
  /** The words that are about to be heard stand in the terminal already (or, `false`: they were not heard). */
  typed(standing: boolean): void;
};

/** Takes what someone types, a line at a time: a command, the number of a choice, or words to say. */
export type Typist = {
  /** Resolves to false where the line ends the play. Mistakes are replied to, not thrown. */
  enter(line: string): Promise<boolean>;
  complete(line: string): Promise<readonly string[]>;
  /** What the scripted demo offers now, numbered; empty where it offers nothing. */
  choices(): Promise<readonly string[]>;
};

const HELP: readonly Text[] = [
  'Type what you say (*asterisks* for what you do), a number to take a choice, or a command:',
  'TAB after a slash completes it, Ctrl-C stops a turn, /quit leaves.',
];

/** A chip that whispers says so before it is taken. */
const manner: Readonly<Record<ScriptChip['do'], Text>> = {
  say: '',
  act: '(you do it)',
  whisper: '(whispered)',
};

export function createTypist(options: TypistOptions): Typist {
  const { engine, library, commands, place, who, signal, reply } = options;
  const context: CommandContext = {
    engine,
    library,
    place,
    who,
    signal,
    reply: async (text) => reply(render(text, who.locale)),
    readFile: readUpload,
    async replyFiles(text, files) {
      const saved = await saveFiles(options.folder, files);
      reply(
        [
          render(text, who.locale),
          ...saved.map((path) => render(sentence('Saved: {{path}}', { path }), who.locale)),
        ]
          .filter(Boolean)
          .join('\n'),
      );
    },
  };

  async function chips(): Promise<readonly ScriptChip[]> {
    return (await engine.info(place.scene))?.chips ?? [];
  }

  async function command(line: string): Promise<void> {
    const typed = readTypedCommand(line, commands);
    if ('problem' in typed) throw new PlayerError(typed.problem);
    await runAction(typed.action, context, typed.values);
  }

  async function say(text: string): Promise<Heard> {
    options.typed(true);
    const heard = await engine.hear(place.scene, { player: who, text });
    if (!heard.heard) options.typed(false);
    return heard;
  }

  async function take({ do: how, text, to }: ScriptChip): Promise<Heard> {
    if (how === 'whisper' && to) {
      const name = library.character(to)?.name ?? to;
      reply(render(sentence('You whisper to {{name}}: {{text}}', { name, text }), who.locale));
      return engine.whisper(place.scene, { player: who, text, to: [to] });
    }
    return engine.hear(place.scene, { player: who, text, manner: how === 'act' ? 'act' : 'say' });
  }

  async function words(line: string): Promise<void> {
    const offered = /^\d$/u.test(line) ? await chips() : [];
    const chip = offered[Number(line) - 1];
    if (offered.length > 0 && !chip) {
      throw new PlayerError(
        sentence('There is no choice {{line}}: take one from 1 to {{length}}, or say something.', {
          line,
          length: offered.length,
        }),
      );
    }
    const heard = await (chip ? take(chip) : say(line));
    if (!heard.heard) throw new PlayerError(unheard[heard.because]);
  }

  return {
    async enter(line) {
      const text = line.trim();
      if (text === '') return true;
      if (text === '/quit') return false;
      try {
        if (text === '/help') reply(helpText(commands, who.locale));
        else if (text.startsWith('/')) await command(text);
        else await words(text);
      } catch (error) {
        if (!(error instanceof PlayerError)) throw error;
        reply(render(error.said, who.locale));
      }
      return (await engine.info(place.scene))?.record.status !== 'ended';
    },

    async complete(line) {
      if (!line.startsWith('/')) return [];
      const found = await completeTypedCommand(line, commands, context);
      return found.map(({ text }) => text);
    },

    async choices() {
      return (await chips()).map(
        (chip, i) => `${i + 1}) ${`${chip.label} ${render(manner[chip.do], who.locale)}`.trimEnd()}`,
      );
    },
  };
}

function helpText(commands: readonly Command[], locale: Locale | undefined): string {
  const known = commands.map(
    ({ name, description }) => `  /${name.padEnd(10)} ${render(described(description), locale)}`,
  );
  return [render(HELP, locale), ...known].join('\n');
}
