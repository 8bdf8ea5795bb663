import { z } from 'zod';
import type { RecordedRequest } from './recorded-request.ts';
import type { FaultReply, Reply } from './reply.ts';

/** The categories in which a text is flagged (none: it is not), or how the request fails. */
export type AnswersModerations = (text: string, request: RecordedRequest) => readonly string[] | FaultReply;

const requestSchema = z.looseObject({ model: z.string(), input: z.string() });
const CATEGORIES = ['harassment', 'hate', 'sexual', 'sexual/minors', 'violence'];

/** What a request for moderation asks about. */
export function moderatedText({ body }: RecordedRequest): string {
  return requestSchema.parse(body).input;
}

/** OpenAI's answer: one result, every category with whether it is flagged, and how surely. */
export function moderationsAnswer(request: RecordedRequest, moderate: AnswersModerations): Reply {
  const flagged = moderate(moderatedText(request), request);
  if ('fault' in flagged) return flagged;
  const names = [...new Set([...CATEGORIES, ...flagged])];
  const of = <T>(value: (flagged: boolean) => T) =>
    Object.fromEntries(names.map((name) => [name, value(flagged.includes(name))]));
  const result = {
    flagged: flagged.length > 0,
    categories: of((is) => is),
    category_scores: of((is) => (is ? 0.98 : 0.01)),
  };
  return {
    fault: 'status',
    status: 200,
    body: { id: 'modr-1', model: request.body.model, results: [result] },
  };
}
