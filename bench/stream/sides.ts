import { OpenAI } from 'openai';
import { Agent, request } from 'undici';
import { modelSettingsSchema } from '../../src/model/model-settings.ts';
import { createOpenAiModel } from '../../src/model/openai-model.ts';
import { draft } from '../../src/performer/draft.ts';

/** Reads one streamed answer whole, and says how many pieces of text it had. */
export type Side = (model: string) => Promise<number>;
export type SideName = 'ours' | 'openai' | 'undici';

/** The ways to read a stream that are compared, at one endpoint. */
export const SIDES: Readonly<Record<SideName, (url: string) => Side>> = {
  /** As the engine drives it: from the socket to the visible segment that a stage is handed. */
  ours: (url) => {
    const models = new Map<string, ReturnType<typeof createOpenAiModel>>();
    const parser = { speaker: { name: 'Maria' }, others: ['Tom'] };
    return async (name) => {
      const settings = modelSettingsSchema.parse({ name, baseUrl: url, apiKey: 'bench', concurrency: 1000 });
      const model = models.get(name) ?? createOpenAiModel(settings);
      models.set(name, model);
      let pieces = 0;
      const counted = {
        ...model,
        async *stream(...asked: Parameters<typeof model.stream>) {
          for await (const delta of model.stream(...asked)) {
            if (delta.type === 'text') pieces += 1;
            yield delta;
          }
        },
      };
      let visible = 0;
      const onRelease = () => {
        visible += 1;
      };
      const options = {
        model: counted,
        parser,
        echoes: () => false,
        now: () => performance.now(),
        onRelease,
      };
      const { turn } = await draft(options, { messages: MESSAGES, maxTokens: 4096, temperature: 1 }, NEVER);
      if (visible === 0 || turn.segments.length === 0) throw new Error('nothing of the turn was shown');
      return pieces;
    };
  },
  /** The client’s own loop, which does nothing with what it gets. */
  openai: (url) => {
    const client = new OpenAI({ baseURL: url, apiKey: 'bench', maxRetries: 0 });
    return async (model) => {
      const events = await client.chat.completions.create({ model, messages: [...MESSAGES], stream: true });
      let pieces = 0;
      for await (const event of events) if (event.choices[0]?.delta.content) pieces += 1;
      return pieces;
    };
  },
  /** By hand: split where an event ends, take the JSON apart. */
  undici: (url) => {
    const dispatcher = new Agent({ connections: 1000, pipelining: 1, bodyTimeout: 0, headersTimeout: 0 });
    return async (model) => {
      const { body } = await request(`${url}/chat/completions`, {
        dispatcher,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model, messages: MESSAGES, stream: true }),
      });
      let pieces = 0;
      let rest = '';
      for await (const chunk of body) {
        rest += String(chunk);
        let from = 0;
        for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n', from)) {
          const data = rest.slice(from + 'data: '.length, end);
          from = end + 2;
          if (data === '[DONE]') continue;
          const event = JSON.parse(data) as { choices: { delta: { content?: string } }[] };
          if (event.choices[0]?.delta.content) pieces += 1;
        }
        rest = rest.slice(from);
      }
      return pieces;
    };
  },
};

const MESSAGES = [{ role: 'user', content: 'Who comes there?' }] as const;
const NEVER = new AbortController().signal;
