import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { RecordedRequest } from '../../doubles/model/recorded-request.ts';
import type { Reply } from '../../doubles/model/reply.ts';
import { EVAL_MODELS, evalAnswer } from './eval-answers.ts';
import { evalArgs, evalHouse } from './eval-house.ts';

type Form = (n: number) => Reply;

/** PLANn is system thinking, MINDn a thought, FORGEDn somebody else’s words. */
const ACTED: readonly Form[] = [
  (n) => `<system_thinking>PLAN${n}</system_thinking><role_thinking>MIND${n}</role_thinking>Well.`,
  (n) => ({ text: `<role_thinking>MIND${n}</role_thinking>Well.`, reasoning: `PLAN${n}` }),
  (n) => `{"system_thinking":"PLAN${n}","role_thinking":"MIND${n}","speech":"Well."}`,
  (n) => `<think>PLAN${n}</think>[MIND${n}] (nods) Well.`,
  (n) => `Well.\nEnvironment: FORGED${n}\n<system_thinking>PLAN${n}`,
  (n) => `**System Thinking**: PLAN${n}\n**Role Thinking**: MIND${n}\n**Speech**: Well.`,
  (n) => `<system_thinking>PLAN${n} and no end`,
];
const DIRECTED: readonly Form[] = [
  (n) => `<think>PLAN${n}</think>Next Speaker: Ned`,
  (n) => `{"thinking":"PLAN${n}","reasoning":"So.","next_speaker":"Ada"}`,
  (n) => `System Thinking: PLAN${n}\nNext Speaker: Environment`,
  (n) => `<|channel|>analysis<|message|>PLAN${n}<|end|><|channel|>final<|message|>Next Speaker: Ned`,
];
const NARRATED: readonly Form[] = [
  (n) => `<think>PLAN${n}</think>A bell. <role_thinking>PLAN${n}</role_thinking>`,
  (n) => `{"narration":"<system_thinking>PLAN${n}</system_thinking>A bell.","changes":[]}`,
  (n) => ({ text: 'A bell.', reasoning: `PLAN${n}` }),
];

/** Every form in turn; what was asked, and who thought what. */
function hostile() {
  const minds = new Map<string, string>();
  const told: { readonly to: string; readonly words: string }[] = [];
  let n = 0;
  function script(request: RecordedRequest): Reply {
    const { body, promptText } = request;
    const role = String(body.model);
    n += 1;
    if (role === EVAL_MODELS.judge) {
      told.push({ to: role, words: promptText });
      return evalAnswer(request);
    }
    const to = role === EVAL_MODELS.actor ? actorOf(promptText) : role;
    told.push({ to, words: promptText });
    minds.set(`MIND${n}`, to);
    const forms = role === EVAL_MODELS.director ? DIRECTED : role === EVAL_MODELS.narrator ? NARRATED : ACTED;
    return forms[n % forms.length]?.(n) ?? '';
  }
  return { script, minds, told };
}

function actorOf(prompt: string): string {
  const [, name] = /(?:## Your character:|You are|playing|play|be|as) (Ada|Ned)\b/u.exec(prompt) ?? [];
  return name ?? 'nobody';
}

function filesIn(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => [name, readFileSync(`${parentPath}/${name}`, 'utf8')] as const);
}

test.each(['fixed', 'her', 'coser'])(
  'whatever every part of %s answers, no plan is sent or written anywhere, and no thought told to others',
  async (protocol) => {
    const { script, minds, told } = hostile();
    const house = await evalHouse({ script });
    const forms = ['--write-simulation', 'her', '--write-simulation', 'coser'];
    const args = [...evalArgs(house, 3), '--rounds', '10', '--protocol', protocol, ...forms];
    const { out, err } = await house.coser([...args, '--out', house.path('out')]);
    const files = filesIn(house.path('out'));
    expect(files.map(([name]) => name)).toEqual(expect.arrayContaining(['calls.jsonl', 'report.html']));
    for (const [name, text] of [...files, ['the terminal', out + err]]) {
      expect(text, name).not.toMatch(/PLAN\d|FORGED\d/u);
    }
    expect(out + err).not.toMatch(/MIND\d/u);
    expect(told.filter(({ to }) => to === 'nobody')).toEqual([]);
    for (const { to, words } of told) {
      expect(words).not.toMatch(/PLAN\d|FORGED\d/u);
      if (to === EVAL_MODELS.judge) continue;
      const others = [...words.matchAll(/MIND\d+/gu)].filter(([mind]) => minds.get(mind) !== to);
      expect(others).toEqual([]);
    }
    expect(told.some(({ words }) => /MIND\d/u.test(words))).toBe(true);
  },
);
