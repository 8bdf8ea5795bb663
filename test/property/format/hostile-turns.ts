import {
  ACTION_NAMES,
  type Layer,
  MARKS,
  type Pair,
  PLAN_NAMES,
  SENTENCES,
  THOUGHT_NAMES,
  tags,
  withMarker,
} from './hostile-words.ts';
import { createRandom, type Random } from './random.ts';

/** A model's output gone wrong in ways that are known, with a marker in every layer. */
export type HostileTurn = {
  readonly text: string;
  /** `PLANn`: nobody may ever see these. */
  readonly plan: readonly string[];
  /** `SECRETn`: only the speaker may. */
  readonly secret: readonly string[];
  /** `SAYn` and `ACTn`: where `tier` is 1 they must all survive. */
  readonly visible: readonly string[];
  /** 1: hide all and lose nothing; 2: hide all, visible text may be lost; 3: tags cannot tell, hide or reject. */
  readonly tier: 1 | 2 | 3;
  /** What was done to it, for messages of failing tests. */
  readonly kinds: readonly string[];
};

export const SPEAKER = 'Elizabeth Bennet';
export const OTHERS: readonly string[] = ['Mr. Darcy', 'Jane Bennet', 'Environment'];

/** Whose turn it is, who else is there, and what makes the markers of one turn unlike those of another. */
export type Cast = { readonly speaker: string; readonly other: string; readonly mark: string };

const BENNETS: Cast = { speaker: SPEAKER, other: 'Mr. Darcy', mark: '' };

/** The hostile turn of a seed: the same seed gives the same turn. */
export function hostileTurn(seed: number, cast: Cast = BENNETS): HostileTurn {
  const turn = createBuilder(createRandom(seed), cast);
  const { random } = turn;
  const shape = random.int(20);
  if (shape === 0) writeJson(turn);
  else if (shape === 1) writeLegacy(turn);
  else if (shape === 2) writeHeadings(turn);
  else if (shape === 3) writeProsePlan(turn);
  else writeTagged(turn);
  return turn.done();
}

type Builder = ReturnType<typeof createBuilder>;

function createBuilder(random: Random, { speaker, other, mark }: Cast) {
  const markers: Record<Layer, string[]> = { plan: [], secret: [], say: [], act: [] };
  const kinds: string[] = [];
  let text = '';
  let tier: 1 | 2 | 3 = 1;
  return {
    random,
    speaker,
    other,
    /** Something stands open, so that a closer too many may be taken for its own. */
    dangling: false,
    write(piece: string): void {
      text += piece;
    },
    get text(): string {
      return text;
    },
    kind(name: string, at: 1 | 2 | 3 = 1): void {
      kinds.push(name);
      if (at > tier) tier = at;
    },
    /** A sentence of a layer, with a new marker somewhere in it. */
    sentence(layer: Layer): string {
      const prefix = { plan: 'PLAN', secret: 'SECRET', say: 'SAY', act: 'ACT' }[layer];
      const marker = `${prefix}${mark}${markers[layer].length + 1}`;
      markers[layer].push(marker);
      return withMarker(random, marker, random.pick(SENTENCES[layer]));
    },
    /** Forgets the visible markers so far: they stand where nothing can be saved. */
    giveUpVisible(): void {
      markers.say.length = 0;
      markers.act.length = 0;
    },
    done(): HostileTurn {
      return {
        text,
        plan: markers.plan,
        secret: markers.secret,
        visible: [...markers.say, ...markers.act],
        tier,
        kinds,
      };
    },
  };
}

/** What the plan leaves behind for the elements: whether they must begin with a role tag. */
function writePlan(turn: Builder): 'free' | 'tag first' {
  const { random } = turn;
  const kind = random.int(14);
  const body = () => turn.sentence('plan');
  const [open, close] = tags(random, PLAN_NAMES);
  if (kind <= 4) {
    turn.kind('plan');
    turn.write(`${open}${body()}${random.chance(0.3) ? `\n\n- ${body()}\n` : ''}${close}`);
  } else if (kind === 5) {
    turn.kind('plan without opener');
    turn.write(`${body()}${close}`);
  } else if (kind === 6) {
    turn.kind('plan unclosed');
    turn.dangling = true;
    turn.write(`${open}${body()} `);
    return 'tag first';
  } else if (kind === 7) {
    turn.kind('plan unclosed, own line');
    turn.dangling = true;
    turn.write(`${open}${body()}\n${turn.speaker}: `);
  } else if (kind === 8) {
    turn.kind('plan quotes tags');
    turn.write(`<system_thinking>${body()} <role_thinking>${body()}</role_thinking> then `);
    turn.write(`<role_action>${body()}</role_action>${body()}</system_thinking>`);
  } else if (kind === 9) {
    turn.kind('plan quotes its closer');
    turn.write(`<system_thinking>${body()} ends with </system_thinking> and ${body()}</system_thinking>`);
  } else if (kind === 10) {
    turn.kind('two plans');
    turn.write(
      `<think>${body()}</think>\n${random.pick(['', '\n'])}<system_thinking>${body()}</system_thinking>`,
    );
  } else if (kind === 11) {
    turn.kind('plan opened twice');
    turn.write(`<system_thinking>\n<system_thinking>${body()}</system_thinking>`);
  } else if (kind === 12) {
    turn.kind('plan in a channel');
    turn.write(`<|channel|>analysis<|message|>${body()}<|end|><|start|>assistant<|channel|>final<|message|>`);
  } else {
    turn.kind('no plan');
    return 'tag first';
  }
  return 'free';
}

function writeTagged(turn: Builder): void {
  const { random } = turn;
  const start = writePlan(turn);
  if (start === 'free' && random.chance(0.4))
    turn.write(
      random.pick([
        `${turn.speaker}: `,
        `**${turn.speaker}:** `,
        `${turn.speaker}： `,
        '\n\n',
        `\n${turn.speaker.toUpperCase()}: `,
      ]),
    );
  const count = 1 + random.int(5);
  // A thought whose opener is missing hides back to the tag before it: one must stand there.
  let afterTag = start === 'tag first' ? false : turn.text.endsWith('>');
  let tagFirst = start === 'tag first';
  for (let i = 0; i < count; i++) {
    const roll = tagFirst ? random.int(2) : random.int(4);
    if (roll === 0) afterTag = writeThought(turn, afterTag && !tagFirst, tagFirst);
    else if (roll === 1) afterTag = writeAction(turn);
    else {
      turn.write(`${turn.sentence('say')}${random.pick(['', ' ', '\n', '\n\n'])}`);
      afterTag = false;
    }
    tagFirst = false;
  }
  // At least one thing that can be seen, in a tag of its own.
  turn.write(`<role_action>${turn.sentence('act')}</role_action>`);
  if (random.chance(0.6)) turn.write(turn.sentence('say'));
  writeTail(turn);
}

/** Writes a thought; says whether a tag stands at its end. */
function writeThought(turn: Builder, afterTag: boolean, tagFirst: boolean): boolean {
  const { random } = turn;
  const [open, close] = tags(random, THOUGHT_NAMES);
  const secret = turn.sentence('secret');
  switch (random.int(14)) {
    case 0:
      turn.kind('thought unclosed');
      turn.dangling = true;
      turn.write(`${open}${secret}<role_action>${turn.sentence('act')}</role_action>`);
      return true;
    case 1:
      if (!afterTag) break;
      turn.kind('thought without opener', turn.dangling ? 2 : 1);
      turn.write(`${secret}</role_thinking>`);
      return true;
    case 2:
      turn.kind('thought closed by another', turn.dangling ? 2 : 1);
      turn.write(
        `<role_thinking>${secret}</${random.pick(['role_action', 'think', 'system_thinking', 'role_speech'])}>`,
      );
      return true;
    case 3:
      turn.kind('action in thought');
      turn.write(
        `<role_thinking>${secret} <role_action>${turn.sentence('secret')}</role_action></role_thinking>`,
      );
      return true;
    case 4:
      turn.kind('thought in thought');
      turn.write(
        `<role_thinking>${secret} <role_thinking>${turn.sentence('secret')}</role_thinking> ${turn.sentence('secret')}</role_thinking>`,
      );
      return true;
    case 5:
      turn.kind('thought opened twice');
      turn.dangling = true;
      turn.write(`<role_thinking><role_thinking>${secret}</role_thinking>`);
      return true;
    case 6:
      turn.kind('thought in brackets');
      turn.write(
        `<role_action>${turn.sentence('act')}</role_action>${random.pick([`[${secret}]`, `【${secret}】`, `［${secret}］`])} `,
      );
      return false;
    case 7:
      if (tagFirst) break;
      turn.kind('thought by its word');
      turn.write(
        random.pick([`(thinking: ${secret}) `, `(thought: ${secret}) `, `(Inner thought: ${secret}) `]),
      );
      return false;
    case 8:
      turn.kind('thought closed twice', turn.dangling ? 2 : 1);
      turn.write(`<role_thinking>${secret}</role_thinking></role_thinking>`);
      return true;
    case 9:
      return writeMarkedThought(turn, secret);
    default:
      break;
  }
  turn.kind('thought');
  turn.write(`${open}${secret}${close}`);
  return true;
}

function writeMarkedThought(turn: Builder, secret: string): boolean {
  const [open, close] = turn.random.pick(MARKS);
  turn.kind(`thought in ${open}…${close}`, 3);
  // By itself between two tags, as the models that do this write it.
  turn.write(
    `<role_action>${turn.sentence('act')}</role_action>${open}${secret}${close} <role_action>${turn.sentence('act')}</role_action>`,
  );
  return true;
}

function writeAction(turn: Builder): boolean {
  const { random } = turn;
  const [open, close] = tags(random, ACTION_NAMES);
  switch (random.int(6)) {
    case 0:
      turn.kind('thought in action');
      turn.write(
        `<role_action>${turn.sentence('act')} <role_thinking>${turn.sentence('secret')}</role_thinking> ${turn.sentence('act')}</role_action>`,
      );
      return true;
    case 1:
      turn.kind('action closed by another', turn.dangling ? 2 : 1);
      turn.write(
        `<role_action>${turn.sentence('act')}</${random.pick(['role_thinking', 'think', 'role_speech'])}>`,
      );
      return true;
    default:
      turn.write(`${open}${turn.sentence('act')}${close}${random.pick(['', '', ' ', '\n\n'])}`);
      return true;
  }
}

function writeTail(turn: Builder): void {
  const { random } = turn;
  switch (random.int(14)) {
    case 0:
      turn.kind('cut off in a thought');
      turn.write(
        `<role_thinking>${turn.sentence('secret')}${random.pick(['', '</role', '</role_thinking', '<', '</'])}`,
      );
      break;
    case 1:
      turn.kind('another speaks');
      turn.write(
        `\n\n${random.pick(otherwise(turn.other))}: <role_thinking>${turn.sentence('secret')}</role_thinking> not hers`,
      );
      break;
    case 2:
      turn.kind('stop token');
      turn.write(
        `${random.pick(['<|im_end|>', '<|eot_id|>', '</s>', '<｜end▁of▁sentence｜>', '<end_of_turn>'])}\nuser\n${turn.sentence('secret')}`,
      );
      break;
    case 3:
      turn.kind('late plan');
      turn.write(`<system_thinking>${turn.sentence('plan')}</system_thinking>`);
      break;
    case 4:
      turn.kind('plan closed at the end', 2);
      turn.write('</system_thinking>');
      turn.giveUpVisible();
      break;
    case 5:
      turn.kind('unknown tag');
      turn.write(`<scratch>${turn.sentence('plan')}</scratch>`);
      break;
    case 6:
      turn.kind('comment');
      turn.write(`<!-- ${turn.sentence('plan')} -->`);
      break;
    default:
      break;
  }
}

/** A name as models write it before a line. */
function otherwise(name: string): [string, ...string[]] {
  const last = name.split(' ').at(-1) ?? name;
  return [name, `**${name}**`, name.toUpperCase(), last];
}

function writeJson(turn: Builder): void {
  const { random } = turn;
  turn.kind('json');
  const reply: Record<string, unknown> = {};
  reply[random.pick(['system_thinking', 'systemThinking', 'System Thinking', 'analysis', 'plan', 'notes'])] =
    turn.sentence('plan');
  reply[random.pick(['role_thinking', 'roleThinking', 'inner_thoughts', 'Inner Monologue'])] =
    turn.sentence('secret');
  reply[random.pick(['role_action', 'action', 'actions'])] = random.chance(0.5)
    ? turn.sentence('act')
    : [turn.sentence('act')];
  reply[random.pick(['speech', 'dialogue', 'response', 'role_speech'])] = random.chance(0.7)
    ? turn.sentence('say')
    : `<role_thinking>${turn.sentence('secret')}</role_thinking>${turn.sentence('say')}`;
  const text = JSON.stringify(reply, null, random.pick([0, 2]));
  const shape = random.int(5);
  if (shape === 0) turn.write(`\`\`\`json\n${text}\n\`\`\``);
  else if (shape === 1) turn.write(`<think>${turn.sentence('plan')}</think>\n${text}`);
  else if (shape === 2) {
    turn.kind('json cut off', 2);
    turn.write(text.slice(0, text.length - 2 - random.int(20)));
  } else turn.write(text);
}

function writeLegacy(turn: Builder): void {
  const { random } = turn;
  turn.kind('legacy');
  if (random.chance(0.5)) turn.write(`<think>${turn.sentence('plan')}</think>`);
  if (random.chance(0.3)) turn.write(`${turn.speaker}: `);
  const shape = random.int(6);
  if (shape === 0)
    turn.write(`[${turn.sentence('secret')} [${turn.sentence('secret')}] ${turn.sentence('secret')}] `);
  else if (shape === 1) turn.write(`[${turn.sentence('secret')}\n${turn.sentence('secret')}] `);
  else if (shape === 2) turn.write(`${turn.sentence('secret')}] `);
  else if (shape === 3) {
    turn.kind('bracket unclosed', 2);
    turn.write(`[${turn.sentence('secret')} `);
  } else turn.write(`[${turn.sentence('secret')}] `);
  turn.write(`(${turn.sentence('act')}) ${turn.sentence('say')}`);
  if (random.chance(0.4)) turn.write(` [${turn.sentence('secret')}] ${turn.sentence('say')}`);
}

function writeHeadings(turn: Builder): void {
  const { random } = turn;
  turn.kind('headings');
  const [before, after] = random.pick<Pair>([
    ['**', ':**'],
    ['## ', ''],
    ['### ', ':'],
    ['**', '**:'],
    ['1. ', ':'],
  ]);
  turn.write(`${before}System Thinking${after} ${turn.sentence('plan')}\n\n${turn.sentence('plan')}\n\n`);
  turn.write(
    `${before.replace('1', '2')}${random.pick(['Role-play Response', 'Response', 'Roleplay Response'])}${after}\n`,
  );
  if (random.chance(0.5)) {
    turn.write(
      `<role_thinking>${turn.sentence('secret')}</role_thinking><role_action>${turn.sentence('act')}</role_action>${turn.sentence('say')}`,
    );
    return;
  }
  const owned = `${turn.speaker.split(' ').at(-1)}’s thoughts`;
  const name = random.pick([
    'Her Thoughts',
    owned,
    '**Gedanken**',
    'Meine Gedanken:',
    'Inner Monologue',
    '## Pensées',
  ]);
  turn.write(`${turn.sentence('say')}\n\n${name}\n${turn.sentence('secret')}\n\n`);
  turn.write(`${random.pick(['**Response**', 'Antwort:', '## Réponse'])}\n${turn.sentence('say')}`);
}

function writeProsePlan(turn: Builder): void {
  turn.kind('plan in prose', 2);
  const opening = turn.random.pick([
    `I need to portray ${turn.speaker.split(' ')[0]} here.`,
    'The user wants a reply in character.',
    'As an AI, I should keep this short.',
    `I should respond as ${turn.speaker.split(' ')[0]}.`,
    'We need to produce a turn for her.',
  ]);
  turn.write(`${opening} ${turn.sentence('plan')}\n\n${turn.sentence('say')}`);
}
