import type { Choice, CommandAction, CommandContext } from '../../src/engine/command/command.ts';
import { textOf, wholeOf } from '../../src/engine/command/read-values.ts';
import type { Principle } from '../../src/engine/principles/principles-api.ts';
import { render } from '../../src/words/render.ts';
import { described, joined, type Message, say } from '../../src/words/text.ts';
import { asShown } from '../character/own-cards.ts';
import { DIMENSION_CHOICES } from './dimension-words.ts';
import { sourceWords } from './source-words.ts';
import { principlesHere } from './which-option.ts';

/** Characters of a page: what Discord takes of an answer, less the lines around it. */
const A_PAGE = 1700;
/** Names on one line, so that a page can end between them. */
const A_LINE = 12;
const LONGEST_ASKS = 240;

export const list: CommandAction = {
  description: 'What lines are judged by here, by dimension',
  options: [
    {
      name: 'dimension',
      description: 'Only these, and what each asks',
      type: 'text',
      choices: DIMENSION_CHOICES,
    },
    { name: 'page', description: 'Which page', type: 'number', min: 1, max: 10_000 },
  ],
  allowed: 'anyone',
  async run(context, values) {
    const all = await principlesHere(context);
    const dimension = textOf(values, 'dimension');
    const lines =
      dimension === undefined
        ? DIMENSION_CHOICES.flatMap((one) => namesOf(context, all, one))
        : all.filter((one) => one.dimension === dimension).map((one) => inFull(context, one));
    const pages = inPages(lines, context);
    const page = Math.min(wholeOf(values, 'page') ?? 1, pages.length);
    await context.reply([
      ...(pages[page - 1] ?? []),
      say('✗ marks what may never happen: a version of a line that does it loses.'),
      ...(pages.length > 1 ? [say('Page {{page}} of {{pages}}.', { page, pages: pages.length })] : []),
      ...(dimension === undefined ? [say('/principles show tells what one asks.')] : []),
    ]);
  },
};

/** The names of one dimension, so many on a line. */
function namesOf(context: CommandContext, all: readonly Principle[], { value, name }: Choice): Message[] {
  const names = all.filter(({ dimension }) => dimension === value).map((one) => nameOf(context, one));
  const rows = Array.from({ length: Math.ceil(names.length / A_LINE) }, (_, row) =>
    names.slice(row * A_LINE, (row + 1) * A_LINE),
  );
  return rows.map((row) =>
    say('**{{title}}**: {{names}}', { title: described(name), names: joined(row, ', ') }),
  );
}

/** With where it comes from, where that is somewhere else than from us. */
function nameOf(context: CommandContext, principle: Principle): Message {
  const name = marked(principle, asShown(context, principle.name));
  return principle.source === 'ours'
    ? say('{{name}}', { name })
    : say('{{name}} ({{source}})', { name, source: sourceWords(principle) });
}

function inFull(context: CommandContext, principle: Principle): Message {
  return say('• {{name}}: {{asks}}', {
    name: nameOf(context, principle),
    asks: asShown(context, principle.asks, LONGEST_ASKS),
  });
}

function marked({ sign }: Principle, name: string): string {
  return sign === 'negative' ? `✗ ${name}` : name;
}

/** At least one page. */
function inPages(lines: readonly Message[], { who }: CommandContext): readonly (readonly Message[])[] {
  const pages: Message[][] = [[]];
  let length = 0;
  for (const line of lines) {
    const more = render(line, who.locale).length + 1;
    if (length > 0 && length + more > A_PAGE) {
      pages.push([]);
      length = 0;
    }
    pages.at(-1)?.push(line);
    length += more;
  }
  return pages;
}
