import type { ChatRequest } from '../../../model/chat-model.ts';
import type { Conversation, Turn } from '../record/conversation.ts';
import { isWorld, speakersOf } from '../record/views.ts';
import { SAMPLE } from '../sample.ts';
import { type Step, type StepTools, sideBySide } from '../step.ts';
import { createDraftRequests } from './draft-prompt.ts';
import { type HarvestMethod, harvest, LONGEST_DRAFT } from './harvest.ts';

const SAMPLING = { maxTokens: 2048, temperature: 0.7 };
/** Characters: what is shorter says nothing. */
const SHORTEST_DRAFT = 40;

/**
 * The forward draft (her-spec 6.3, 3_1 to 3_3): for each turn of a character a model is asked to play on from
 * that character’s view; its reasoning is kept as the draft of the plan, its reply is thrown away. A turn without a
 * draft goes on: its plan is made anew later.
 */
export const draftStep: Step = {
  name: 'draft',
  title: 'drafting plans',
  roles: ['drafter'],
  prompts: { request: sampleText() },
  settings: { 'rules of draft': 2, ...SAMPLING, 'longest draft': LONGEST_DRAFT },
  async work(record, tools) {
    const model = { ...SAMPLING, contextSize: tools.model('drafter').contextSize };
    const requests = new Map(
      speakersOf(record).map((name) => [name, createDraftRequests(record, name, model)]),
    );
    const drafted = await sideBySide(
      record.turns.filter(needsDraft).flatMap((turn) => {
        const request = requests.get(turn.speaker)?.(turn.id);
        return request ? [draftOf(turn, request, tools)] : [];
      }),
    );
    const drafts = new Map(drafted.map((one) => [one.id, one.draft]));
    const count = (method: HarvestMethod) => drafted.filter((one) => one.method === method).length;
    return {
      record: { ...record, turns: record.turns.map((turn) => withDraft(turn, drafts.get(turn.id) ?? '')) },
      rejects: [],
      counts: {
        turns: drafted.length,
        drafted: [...drafts.values()].filter((draft) => draft.length >= SHORTEST_DRAFT).length,
        'by channel': count('channel'),
        'by tag': count('tag'),
        'by name': count('name'),
        'by role tag': count('role-tag'),
        'no-split': count('none'),
        'had a plan': record.turns.filter((turn) => turn.plan !== undefined).length,
      },
    };
  },
};

async function draftOf({ id, speaker }: Turn, request: ChatRequest, tools: StepTools) {
  const { text, reasoning } = await tools.ask('drafter', request);
  return { id, ...harvest(text, reasoning, speaker) };
}

function needsDraft(turn: Turn): boolean {
  return !isWorld(turn) && turn.plan === undefined;
}

function withDraft(turn: Turn, draft: string): Turn {
  return draft.length < SHORTEST_DRAFT ? turn : { ...turn, draft };
}

/** The request for a sample, so that every change of its words is seen. */
function sampleText(sample: Conversation = SAMPLE): string {
  const request = createDraftRequests(sample, 'Perran Hale', { ...SAMPLING, contextSize: 8000 })(1);
  return request.messages.map(({ role, content }) => `[${role}]\n${content}`).join('\n\n');
}
