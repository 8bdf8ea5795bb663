import { join } from 'node:path';
import { z } from 'zod';
import { OperatorError } from '../../../errors.ts';
import type { ChatMessage } from '../../../model/chat-model.ts';
import { callKey, hashOf, type LabModel } from '../../calls/call.ts';
import { writeJson } from '../../eval/write-whole.ts';
import { differencesBetween, readBegun } from '../../folder/begun.ts';
import type { Step, StepName, SynthRole } from '../step.ts';
import type { StepManifest } from './manifest.ts';

const HELLO: ChatMessage = { role: 'user', content: 'Hello.' };

/** All that decides what a step makes, by names a person knows. @param after the step it follows */
export function settingsOfStep(
  { settings, prompts, roles }: Pick<Step, 'settings' | 'prompts' | 'roles'>,
  { models, seed, after }: { models: Partial<Record<SynthRole, LabModel>>; seed: number; after: string },
): StepManifest['settings'] {
  const asked = roles.flatMap((role): [string, string][] => {
    const one = models[role];
    if (!one) return [];
    // Whatever else its settings put into a request.
    const form = callKey(one.bodyOf({ messages: [HELLO], temperature: 0, maxTokens: 1 })).slice(0, 8);
    return [
      [role, one.model.name],
      [`${role} endpoint`, one.endpoint],
      [`${role} settings`, `sent as ${form}`],
    ];
  });
  return {
    ...settings,
    seed,
    after,
    ...Object.fromEntries(asked),
    ...Object.fromEntries(
      Object.entries(prompts).map(([name, text]) => [`prompt ${name}`, hashOf(text).slice(0, 12)]),
    ),
  };
}

const promptsSchema = z.record(z.string(), z.string());

/** Keeps the prompts of a step, for whoever wants to know with what words it was done. */
export async function keepPrompts(
  folder: string,
  { name, prompts }: Pick<Step, 'name' | 'prompts'>,
): Promise<void> {
  if (Object.keys(prompts).length > 0) await writeJson(promptsPath(folder, name), prompts);
}

/**
 * Holds a step against what it was begun with.
 * @throws OperatorError that names what differs, of prompts the first line that does
 */
export async function refuseChanges(
  folder: string,
  step: { readonly name: StepName; readonly prompts: Step['prompts'] },
  known: StepManifest['settings'],
  now: StepManifest['settings'],
): Promise<void> {
  const differing = differencesBetween(known, now);
  if (differing.length === 0) return;
  const before = (await readBegun(promptsPath(folder, step.name), promptsSchema)) ?? {};
  const told = differing.map((one) => {
    const prompt = /^prompt (\S+) /u.exec(one)?.[1];
    const line = prompt === undefined ? '' : changedLine(before[prompt] ?? '', step.prompts[prompt] ?? '');
    return line === '' ? one : `${one} (${line})`;
  });
  throw new OperatorError(
    `${folder}: the step ${step.name} was done with other settings: ${told.join('; ')}. Choose another --out, or --redo ${step.name} to do it and what follows anew.`,
  );
}

function promptsPath(folder: string, name: string): string {
  return join(folder, `prompts-${name}.json`);
}

const LONGEST = 80;

function changedLine(before: string, now: string): string {
  const [old, fresh] = [before.split('\n'), now.split('\n')];
  const at = Array.from({ length: Math.max(old.length, fresh.length) }, (_, line) => line).find(
    (line) => old[line] !== fresh[line],
  );
  if (at === undefined || before === '') return '';
  const shown = (line: string | undefined) => (line === undefined ? 'nothing' : `“${cut(line)}”`);
  return `line ${at + 1} was ${shown(old[at])}, is ${shown(fresh[at])}`;
}

function cut(line: string): string {
  const words = line.replace(/\s+/gu, ' ').trim();
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}
