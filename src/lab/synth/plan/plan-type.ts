import { isFirstPerson } from '../checks/voice.ts';

/** How a plan comes about (her-spec 6.3): A keeps the form of a draft, B rewrites one, C has none to go by. */
export type PlanType = 'A' | 'B' | 'C';

/** Characters; `target` of a draft that is kept. */
export type PlanLength = { readonly least: number; readonly most: number; readonly target?: number };

/** Drafts over this length are told how long they may become. Characters. */
const LONG_DRAFT = 1000;
const MADE: PlanLength = { least: 800, most: 1500 };
/** No plan may be longer, whatever its draft was: `validate` takes none. Characters. */
const LONGEST_PLAN = 5800;
/** Models count badly: so much beside its bounds is taken, less where a draft is to be kept (her-spec 6.3: ±10 %). */
const SLACK: Readonly<Record<PlanType, number>> = { A: 0.15, B: 0.25, C: 0.25 };
/** A short draft cannot be kept to the letter. Characters. */
const SPARE = 60;

/** @param draft undefined or blank where there is none */
export function planTypeOf(draft: string | undefined): PlanType {
  if (draft === undefined || draft.trim() === '') return 'C';
  return isFirstPerson(draft) ? 'B' : 'A';
}

/** What is asked for. */
export function lengthAsked(type: PlanType, draft: string): PlanLength {
  if (type !== 'A') return MADE;
  const [least, most] = [Math.round(draft.length * 0.9), Math.round(draft.length * 1.1)];
  return { least, most, ...(draft.length > LONG_DRAFT ? { target: draft.length } : {}) };
}

/** What is taken: a little more and a little less than what is asked for. */
export function lengthTaken(type: PlanType, draft: string): PlanLength {
  const { least, most } = lengthAsked(type, draft);
  const slack = SLACK[type];
  return {
    least: Math.max(1, Math.floor(least * (1 - slack)) - (type === 'A' ? SPARE : 0)),
    most: Math.min(LONGEST_PLAN, Math.ceil(most * (1 + slack)) + (type === 'A' ? SPARE : 0)),
  };
}
