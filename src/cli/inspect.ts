import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { text as readAll } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { parseCoser } from '../format/coser.ts';
import type { ParsedTurn } from '../format/parsed-turn.ts';
import { renderHer } from '../format/render-her.ts';
import { renderPlain } from '../format/render-plain.ts';
import { type Segment, visibleSegments } from '../format/segments.ts';
import { parseTurn } from '../format/turn-parser.ts';
import type { CliCommand, CliIo } from './cli-command.ts';

const HELP = `dramatis inspect [FILE] [options]

Shows what an audience sees of a model's raw output. Reads FILE, or the standard input.

  --audience WHO  stage (default), self, others, director, environment or judge
  --speaker NAME  whose turn it is
  --from FORMAT   her (default) or coser
  --jsonl         one JSON object a line, {"text":…,"speaker":…?}, in and
                  {"text":…,"segments":[…],"faults":[…]} out
  --help          this text

The model's plan (system thinking) is shown to no audience. A turn that cannot be used gives an empty text.
`;

const audienceSchema = z.enum(['stage', 'self', 'others', 'director', 'environment', 'judge']);
const fromSchema = z.enum(['her', 'coser']);
type Audience = z.infer<typeof audienceSchema>;

const recordSchema = z.object({ text: z.string(), speaker: z.string().nullish() });

type Job = {
  readonly audience: Audience;
  readonly from: z.infer<typeof fromSchema>;
  readonly speaker: string | undefined;
};

/** `dramatis inspect`: what an audience sees of raw model output. */
export const inspect: CliCommand = {
  help: HELP,
  async run(args, io) {
    const asked = readArgs(args);
    if ('help' in asked) return say(io, io.stdout, HELP, 0);
    if ('problem' in asked)
      return say(io, io.stderr, `inspect: ${asked.problem} See dramatis inspect --help.\n`, 2);
    try {
      const input = asked.file === undefined ? io.stdin : createReadStream(asked.file);
      return asked.jsonl
        ? await inspectLines(input, asked, io)
        : await inspectText(await readAll(input), asked, io);
    } catch (error) {
      if (asked.file === undefined || !isSystemError(error)) throw error;
      return say(io, io.stderr, `inspect: cannot read ${asked.file} (${error.code}). Check the path.\n`, 1);
    }
  },
};

type Asked =
  | (Job & { readonly file: string | undefined; readonly jsonl: boolean })
  | { readonly help: true }
  | { readonly problem: string };

function readArgs(args: readonly string[]): Asked {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        audience: { type: 'string', default: 'stage' },
        speaker: { type: 'string' },
        from: { type: 'string', default: 'her' },
        jsonl: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { help: true };
    const audience = audienceSchema.safeParse(values.audience);
    if (!audience.success)
      return { problem: `--audience must be one of ${audienceSchema.options.join(', ')}.` };
    const from = fromSchema.safeParse(values.from);
    if (!from.success) return { problem: `--from must be one of ${fromSchema.options.join(', ')}.` };
    if (positionals.length > 1) return { problem: 'give one file at most.' };
    const [file] = positionals;
    return {
      audience: audience.data,
      from: from.data,
      speaker: values.speaker,
      jsonl: values.jsonl,
      file: file === '-' ? undefined : file,
    };
  } catch (error) {
    return { problem: `${error instanceof Error ? error.message.split('. ')[0] : 'bad arguments'}.` };
  }
}

async function inspectText(text: string, job: Job, io: CliIo): Promise<number> {
  const turn = parse(text, job);
  const shown = show(turn, job);
  await say(io, io.stdout, shown === '' ? '' : `${shown}\n`, 0);
  if (turn.usable) return 0;
  return say(
    io,
    io.stderr,
    `inspect: the turn cannot be used (${turn.faults.join(', ')}); nothing of it is shown.\n`,
    0,
  );
}

async function inspectLines(input: NodeJS.ReadableStream, job: Job, io: CliIo): Promise<number> {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  for await (const line of lines) {
    io.signal.throwIfAborted();
    number++;
    if (line.trim() === '') continue;
    const record = readRecord(line);
    if (!record) {
      lines.close();
      const wanted = 'want one JSON object {"text":"…","speaker":"…"} a line, speaker optional';
      return say(io, io.stderr, `inspect: line ${number} is not a record: ${wanted}.\n`, 2);
    }
    const one = { ...job, speaker: record.speaker ?? job.speaker };
    const turn = parse(record.text, one);
    const seen = { text: show(turn, one), segments: segmentsFor(turn, job.audience), faults: turn.faults };
    await say(io, io.stdout, `${JSON.stringify(seen)}\n`, 0);
  }
  return 0;
}

function readRecord(line: string): z.infer<typeof recordSchema> | undefined {
  try {
    return recordSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function parse(text: string, { from, speaker }: Job): ParsedTurn {
  const options = speaker === undefined ? {} : { speaker: { name: speaker } };
  return from === 'coser' ? parseCoser(text, options) : parseTurn(text, options);
}

/** An allow-list: thoughts go to the speaker and to a judge who sits in its mind, to nobody else. */
function segmentsFor(turn: ParsedTurn, audience: Audience): readonly Segment[] {
  return audience === 'self' || audience === 'judge' ? turn.segments : visibleSegments(turn.segments);
}

function show(turn: ParsedTurn, { audience, speaker }: Job): string {
  if (!turn.usable) return '';
  if (audience === 'stage') return renderPlain(visibleSegments(turn.segments));
  return renderHer(segmentsFor(turn, audience), speaker === undefined ? {} : { name: speaker });
}

async function say(io: CliIo, to: CliIo['stdout'], text: string, code: number): Promise<number> {
  if (text !== '' && !to.write(text)) await once(to, 'drain', { signal: io.signal });
  return code;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
