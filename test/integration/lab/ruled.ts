import { candidatesIn, type JudgeRule, judgeAnswer } from '../../doubles/model/judge-answer.ts';
import type { RecordedRequest } from '../../doubles/model/recorded-request.ts';

/** A judge's answer by a rule, the same to the same request. */
export function ruled(request: RecordedRequest, rule: JudgeRule, canary = 'JUDGE'): string | undefined {
  const pair = candidatesIn(request);
  return pair && judgeAnswer(request, pair, rule, canary);
}
