import { bindMacros } from './macros/bind-macros.ts';
import type { MacroNames } from './macros/macro-names.ts';

export type { MacroNames };

/** Fills the macros of one text; see `bindMacros`, which does so for many. */
export function expandMacros(text: string, names: MacroNames): string {
  return bindMacros(names)(text);
}
