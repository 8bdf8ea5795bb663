import { z } from 'zod';
import type { RecordedRequest } from './recorded-request.ts';
import type { FaultReply, Reply } from './reply.ts';

/** A vector for a text, or how the request fails. */
export type AnswersEmbeddings = (text: string, request: RecordedRequest) => readonly number[] | FaultReply;

const requestSchema = z.looseObject({ model: z.string(), input: z.array(z.string()).min(1) });

/** What a request for embeddings asks for. */
export function embeddedTexts({ body }: RecordedRequest): readonly string[] {
  return requestSchema.parse(body).input;
}

/** OpenAI's answer: a vector for each text, as numbers, with its index. */
export function embeddingsAnswer(request: RecordedRequest, embed: AnswersEmbeddings): Reply {
  const vectors: (readonly number[])[] = [];
  for (const text of embeddedTexts(request)) {
    const answer = embed(text, request);
    if ('fault' in answer) return answer;
    vectors.push(answer);
  }
  const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
  const usage = { prompt_tokens: 1, total_tokens: 1 };
  return { fault: 'status', status: 200, body: { object: 'list', model: request.body.model, data, usage } };
}
