import { type Builder, type Cast, createBuilder, type HostileTurn } from './hostile-builder.ts';
import { writeHeadings, writeJson, writeLegacy, writeProsePlan } from './hostile-forms.ts';
import { ACTION_NAMES, MARKS, PLAN_NAMES, THOUGHT_NAMES, tags } from './hostile-words.ts';
import { createRandom } from './random.ts';

export const SPEAKER = 'Elizabeth Bennet';
export const OTHERS: readonly string[] = ['Mr. Darcy', 'Jane Bennet', 'Environment'];

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
