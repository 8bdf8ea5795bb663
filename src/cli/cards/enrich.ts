import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { CardData } from '../../cast/cards/card-data.ts';
import { writeCard } from '../../cast/cards/write-card.ts';
import { applyChanges } from '../../cast/changes/apply-changes.ts';
import { fieldCalled } from '../../cast/changes/field-words.ts';
import {
  type Change,
  ENRICHED_FIELDS,
  type EnrichedField,
  type Proposal,
} from '../../cast/changes/proposal.ts';
import { nameModels } from '../../config/name-models.ts';
import { enrichCard } from '../../enrich/enrich-card.ts';
import { OperatorError } from '../../errors.ts';
import type { ChatModel } from '../../model/chat-model.ts';
import { createGgufFiles, type GgufFiles } from '../../model/gguf/gguf-files.ts';
import { openModels } from '../../model/model-cast.ts';
import { resolveModelName } from '../../model/model-names.ts';
import { render } from '../../words/render.ts';
import { BadUse } from '../bad-use.ts';
import type { CliIo } from '../cli-command.ts';
import { settingsOf } from '../house.ts';
import { badFlags } from '../read-flags.ts';
import { askWhichToTake } from './enrich-choices.ts';
import { shownChange } from './enrich-words.ts';
import { refuseOtherEnding } from './fitting-ending.ts';
import { look } from './look.ts';
import { plain } from './plain.ts';

/** What `dramatis cards --help` tells of it. */
export const ENRICH_HELP = `  enrich     FILE [--text FILE] [--accept all|FIELD,…] [-o FILE] [--to yaml|v3] [--json]
             a model reads the card (and a text about the character) and proposes
             what the sheet lacks and the words bear out, each addition with its
             source. On a terminal it asks of each: y takes it, n leaves it, e takes
             what you type instead, q ends. Elsewhere --accept decides; without it
             nothing is taken. Fields: ${ENRICHED_FIELDS.slice(0, 4).join(', ')},
             ${ENRICHED_FIELDS.slice(4).join(', ')}. Needs a model: the narrator's
             (MODEL_NARRATOR), else the director's, else the actor's (MODEL)
`;

type Request = {
  readonly file: string;
  readonly textFile: string | undefined;
  readonly accept: readonly EnrichedField[] | undefined;
  readonly output: string | undefined;
  readonly format: 'yaml' | 'v3';
  readonly json: boolean;
};

/**
 * `dramatis cards enrich`: shows what a model proposes, and writes the card with what was taken.
 * @throws BadUse, OperatorError or ModelError in one line
 */
export async function enrich(args: readonly string[], io: CliIo): Promise<number> {
  const request = readRequest(args);
  const card = await cardIn(request.file);
  const text = request.textFile === undefined ? '' : await textIn(request.textFile);
  await using opened = new AsyncDisposableStack();
  const files = opened.adopt(createGgufFiles(), (all) => all.close());
  const model = await modelFor(io, files);
  io.stderr.write(`     ${plain(model.name)} reads ${plain(card.name)} …\n`);
  const proposal = await enrichCard(model, { card, text, signal: io.signal });
  if (request.json) io.stdout.write(`${JSON.stringify(asJson(proposal))}\n`);
  else tellDropped(proposal, io);

  const taken = await takenOf(proposal, request, io);
  const enriched = applyChanges(card, taken);
  if (request.output !== undefined && taken.length > 0) {
    await write(request.output, writeCard(enriched, request.format));
    io.stderr.write(`     ${request.output} written\n`);
  } else if (!request.json && taken.length > 0) {
    io.stdout.write(writeCard(enriched, request.format));
  } else if (taken.length === 0) {
    io.stderr.write('     Nothing was taken; the card is as it was.\n');
  }
  return 0;
}

function readRequest(args: readonly string[]): Request {
  const { values, positionals } = parse(args);
  const [file, ...others] = positionals;
  if (file === undefined) throw new BadUse('enrich needs a FILE: a card as .yaml, .json, .png or .charx.');
  if (others.length > 0) throw new BadUse('enrich takes one FILE at a time.');
  const format = values.to ?? (/\.json$/iu.test(values.output ?? '') ? 'v3' : 'yaml');
  if (format !== 'yaml' && format !== 'v3') {
    throw new BadUse(`--to takes yaml or v3, not “${format.slice(0, 40)}”.`);
  }
  if (values.output !== undefined) refuseOtherEnding(values.output, format === 'v3' ? 'json' : 'yaml');
  return {
    file,
    textFile: values.text,
    accept: values.accept === undefined ? undefined : fieldsIn(values.accept),
    output: values.output,
    format,
    json: values.json,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        text: { type: 'string' },
        accept: { type: 'string' },
        output: { type: 'string', short: 'o' },
        to: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw badFlags(error);
  }
}

function fieldsIn(typed: string): readonly EnrichedField[] {
  if (typed.trim().toLowerCase() === 'all') return ENRICHED_FIELDS;
  return typed.split(',').map((name) => {
    const field = fieldCalled(name);
    if (field) return field;
    throw new BadUse(
      `--accept takes all, or some of ${ENRICHED_FIELDS.join(', ')}; not “${name.trim().slice(0, 40)}”.`,
    );
  });
}

async function cardIn(file: string): Promise<CardData> {
  const found = await look(file);
  if (found.is === 'bad') throw new OperatorError(`${file}: ${plain(found.problem)}`);
  const [reading, another] = found.is === 'cards' ? found.readings : [];
  if (!reading) throw new OperatorError(`${file}: is no card`);
  if (another) throw new OperatorError(`${file}: holds several characters; convert makes a file of each`);
  return reading.card;
}

async function textIn(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    throw new OperatorError(`${file}: cannot be read as text: check the path; UTF-8 is expected`, error);
  }
}

/** @param files where a model that is a file is kept open */
async function modelFor(io: CliIo, files: GgufFiles): Promise<ChatModel> {
  const settings = settingsOf(io);
  const named = await nameModels(settings.models, (url, key) => resolveModelName(url, key, io.signal));
  const { narrator, director, actor } = openModels(named, { files });
  const model = narrator ?? director ?? actor;
  if (model) return model;
  throw new OperatorError(
    'enrich needs a model, and none is set: OPENAI_BASE_URL and MODEL name one (docs/models.md).',
  );
}

async function takenOf(proposal: Proposal, { accept, json }: Request, io: CliIo): Promise<readonly Change[]> {
  if (accept === undefined && !json && isTerminal(io)) return askWhichToTake(proposal.changes, io);
  if (!json) for (const change of proposal.changes) io.stderr.write(`\n${shownChange(change)}\n`);
  return proposal.changes.filter(({ field }) => accept?.includes(field));
}

/** A person is there to answer where both what is asked and what is typed are on a terminal. */
function isTerminal({ stdin, stderr }: CliIo): boolean {
  return [stdin, stderr].every((stream) => 'isTTY' in stream && stream.isTTY === true);
}

function tellDropped({ dropped, changes }: Proposal, io: CliIo): void {
  if (changes.length === 0)
    io.stderr.write('     Nothing was found that the card lacks and its words bear out.\n');
  for (const line of dropped) io.stderr.write(`     left out: ${plain(render(line))}\n`);
}

function asJson({ changes, dropped }: Proposal) {
  return { changes, dropped: dropped.map((line) => render(line)) };
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new OperatorError(`${path} cannot be written: check the path and who may write there`, error);
  }
}
