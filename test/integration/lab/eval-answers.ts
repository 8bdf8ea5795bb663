import { createHash } from 'node:crypto';
import { DIMENSIONS } from '../../../src/lab/coser/judge-answer.ts';
import type { RecordedRequest } from '../../doubles/model/recorded-request.ts';

/** Models of a run, by whose name the double knows which part is asked. */
export const EVAL_MODELS = {
  actor: 'actor-1',
  director: 'director-1',
  narrator: 'narrator-1',
  judge: 'judge-1',
};
const NAMES = ['Ada', 'Ned', 'Environment'];

/** Plausible answers of each part; the same to the same prompt, whenever it is asked. */
export function evalAnswer({ body, promptText }: RecordedRequest): string {
  const mark = createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 8);
  const draw = Number.parseInt(mark, 16);
  switch (body.model) {
    case EVAL_MODELS.director:
      return chosen(body.response_format, draw);
    case EVAL_MODELS.narrator: {
      const text = `A gull cries ${mark}.`;
      return body.response_format ? JSON.stringify({ narration: text, changes: [] }) : text;
    }
    case EVAL_MODELS.judge:
      return judged(promptText, mark, draw);
    default:
      return [
        `<system_thinking>PLAN-${mark} the answer should stay short</system_thinking>`,
        `<role_thinking>THOUGHT-${mark} is mine alone</role_thinking>`,
        `<role_action>looks at the river ${mark}</role_action>Said ${mark}.`,
      ].join('');
  }
}

function chosen(format: RecordedRequest['body']['response_format'], draw: number): string {
  const names = /"enum":(\[[^\]]*\])/u.exec(JSON.stringify(format ?? {}))?.[1];
  const all: readonly string[] = names === undefined ? NAMES : JSON.parse(names);
  const people = all.filter((name) => NAMES.includes(name));
  const next = people[draw % people.length] ?? 'Ada';
  return format ? JSON.stringify({ reasoning: '', next_speaker: next }) : `Next Speaker: ${next}`;
}

function judged(prompt: string, mark: string, draw: number): string {
  const dimension = DIMENSIONS.find((one) => prompt.includes(`"${one}"`)) ?? DIMENSIONS[0];
  const flaws = Array.from({ length: draw % 4 }, (_, at) => ({
    instance: `Said ${mark}`,
    type: 'Emotional Depth',
    severity: 1 + ((draw >> at) % 5),
  }));
  return JSON.stringify({ [dimension]: { flaws } });
}
