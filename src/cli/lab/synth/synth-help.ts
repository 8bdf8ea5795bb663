export const SYNTH_HELP = `Usage: dramatis lab synth FILE… --out DIR [options]
       dramatis lab synth --out DIR               goes on where it was
       dramatis lab synth FILE…                   says what may be used, writes nothing

Turns dialogue into reasoning-augmented training data, as HER does: each step reads the
conversations of the step before, one JSON object a line, and writes its own file, a file
of rejects with reasons, and its counts into manifest.json.

  1 load      reads and cleans: CoSER, HER-Dataset, transcripts, scenes of ours
  2 think     gives the characters’ turns their thoughts
  3 reorder   varies the order of thoughts and actions where both may stand first
  4 draft     lets a model plan each turn before it knows it
  5 plan      rewrites the plans so that they lead to the turns
  6 setting   adds to the setting what the turns need and the source says
  7 validate  checks and mends all of it; takes what may not train anybody

  --scene ID         a scene of the store (STORE_URL) that was played here; may be repeated
  --until STEP       stop after it; the same command without it goes on
  --skip A,B         leave steps out
  --redo STEP        do it and all later ones anew (answers to the same words are kept)
  --teacher M        who writes (default: MODEL_ACTOR or MODEL)
  --drafter M        whose reasoning is the draft of a plan (default: the teacher)
  --judge M          who looks at a sample (default: MODEL_JUDGE)
  --concurrency N    requests in flight at once
  --budget X         ask no more once all steps cost so much, in the currency of models.yaml
  --most-tokens N    ask no more once all steps used so many, of prompts and answers
  --limit N          take the first N conversations
  --form F           what the files are: coser, her, transcript or scene (default: looked up)
  --seed N           of all that is left to chance (default 0)
  --batch write      write requests into batch-*.jsonl (OpenAI Batch API, vllm run-batch)
  --batch read F…    take in their results, in any order, and go on
  --json             one object: the manifest, and what it waits for

A folder is not gone on with when its files, prompts, models or settings are others than it
was begun with: it is said what changed. Nothing that came through Discord is loaded.

Exit code 0 where all steps are done (or requests were written), 1 where it waits.
`;
