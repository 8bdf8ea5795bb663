import type { LabModel } from '../calls/call.ts';
import { RULES } from '../coser/protocol.ts';
import type { EvalRun } from './eval-run.ts';

type Told = Pick<EvalRun, 'protocol' | 'prompts' | 'data' | 'played'> & {
  readonly models: Readonly<Record<'actor' | 'judge', Pick<LabModel, 'model' | 'endpoint'>>>;
};

/** What is to be known before a figure of this run is used; it goes wherever the figures go. */
export function remarksOn(run: Told): readonly string[] {
  const { protocol, data, played } = run;
  const remarks = [...(protocol === 'fixed' ? onFixed(run) : onReference(protocol, run))];
  if (!RULES[protocol].readsThoughtField && !played && data.scenes.some(hasThoughtField)) {
    remarks.push(
      'What characters have in mind is in no prompt: the data call it “thought”, and this protocol’s runner reads “motivation”.',
    );
  }
  if (!played && isSame(run.models)) {
    remarks.push('The judge is the model that acts: models prefer what they write themselves.');
  }
  if (played) remarks.push(`Nothing was played: these are the scenes of ${played.name}, judged.`);
  if (data.skipped > 0) {
    const many = data.skipped === 1 ? ['record', 'is'] : ['records', 'are'];
    remarks.push(`${data.skipped} ${many[0]} of the data could not be used and ${many[1]} in no figure.`);
  }
  return remarks;
}

function isSame({ actor, judge }: Told['models']): boolean {
  return actor.model.name === judge.model.name && actor.endpoint === judge.endpoint;
}

function onFixed({ prompts }: Told): readonly string[] {
  const whose = prompts.source === 'ours' ? 'our own' : nameOf(prompts.source);
  return [
    `Protocol fixed mends the faults of both runners, with prompts of ${whose}: its scores are on a scale of their own, beside no published one.`,
  ];
}

function onReference(protocol: 'coser' | 'her', { prompts, played }: Told): readonly string[] {
  const remarks: string[] = [];
  if (prompts.source !== protocol) {
    remarks.push(
      `These scores do not compare with published ones: the prompts are not ${nameOf(protocol)}’s. Give its checkout with --prompts.`,
    );
  }
  remarks.push(
    'Scores printed by CoSER and by HER are on different scales (other judges, other prompts): compare only with those of the same runner, judge and prompts.',
  );
  if (!played) {
    remarks.push(
      'System thinking is kept in nobody’s history, not even in its own character’s, as it is in HER’s runner; turns that come first from the reference belong to those who speak them there.',
    );
  }
  if (protocol === 'her') {
    remarks.push(
      'HER’s evaluator counts a judgement that it cannot read as 50, and one that it did not get as 0: so does the score, the honest one counts neither.',
      'HER’s client sends repetition_penalty 1.15 with every request to vLLM, the judge’s too; this run does so only where extraBody in models.yaml says it.',
    );
  } else {
    remarks.push('CoSER’s runner cuts repeated sentences out of answers; this run does not.');
  }
  return remarks;
}

function nameOf(protocol: 'coser' | 'her'): string {
  return protocol === 'her' ? 'HER' : 'CoSER';
}

function hasThoughtField({ key_characters }: EvalRun['data']['scenes'][number]): boolean {
  return key_characters.some(({ thought, motivation }) => motivation === undefined && thought !== undefined);
}
