/** What an exported prompt asks for: the judgement alone, or thinking before it; candidates copied as HER has it. */
export type GrmForm = { readonly thinks: boolean; readonly herEcho: boolean };

/**
 * How the judge is to answer. It names the fields that a label has and no others, and asks for thinking only
 * where no label is there to lack it (her-spec 9.4 T5, T10).
 */
export function formWords({ thinks, herEcho }: GrmForm): string {
  const how = thinks
    ? 'Think first, between <think> and </think>. Then answer in English in this form'
    : 'Answer in English in this form and with nothing else';
  const echo = herEcho ? '"cand_1": "text", "cand_2": "text", ' : '';
  return `${how}; within texts use single quotation marks:
\`\`\`json
{"result": [{${echo}"principle": {"Principle 1": {"principle_name": "…", "dimension_name": "…", "principle_level": "sentence or session", "main_content": "…"}}, "analysis": {"principle_comparisons": [{"principle_name": "…", "cand_1_performance": "…", "cand_2_performance": "…", "degree": "slight, clear or significant", "winner": "cand_1, cand_2 or tie"}], "overall_analysis": "…"}, "better_response": "cand_1, cand_2 or tie"}]}
\`\`\`
A field of which there is nothing to say is left out.`;
}
