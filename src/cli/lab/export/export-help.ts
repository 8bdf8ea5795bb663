export const EXPORT_HELP = `Usage: dramatis lab export FOLDER|FILE… --out DIR [options]
       dramatis lab export --verdicts FOLDER --out DIR [options]
       dramatis lab export [SCENE…] [--file KEEPSAKE]…

Writes what a model is trained on, with configurations, commands and a data card.
FOLDER is one of lab synth (its last step that is done), FILE holds conversations, one
object a line, as its steps write them. Without --out nothing is written: it is said
where the words of scenes came from.

  sft        each turn of each character with its system thinking; nothing else is learnt
  sft-plain  the same without any, under a prompt that asks for none
  rp-rl      prompts for role-play RL, with what the reward server is to be sent
  grm-sft    for the judge, of --verdicts
  grm-rl     for the judge, of --verdicts; no pair is in both

Prompts are those that the bot sends to a model with MODEL_PROFILE=her. DIR gets
ENGINE/KIND.SPLIT.jsonl (or .parquet), settings.json, export.json, rejects.jsonl and
README.md. lab check reads them again by each engine's rules.

Words that came through Discord, or of which nothing says that they did not, are
refused; no flag and no setting overrides this.

  --out DIR             where to write; a folder that was exported otherwise is refused
  --verdicts FOLDER     of lab judge
  --kind KIND,…         all (default), or of the above
  --engine ENGINE,…     all (default), or of ms-swift, trl, llama-factory, verl, openrlhf
  --form FORM,…         jsonl (default), parquet, or all; verl's SFT is always Parquet
  --val N, --test N     shares of the conversations (default 0.05 and 0)
  --split-by WHAT       conversation (default), or book: none in two splits
  --apart FILE          a test set in CoSER's form, of which nothing is exported
  --baseline FILE       {"id","text"} a line: what the frozen SFT model answered to the
                        prompts of rp-rl; what a plan says is taken out
  --baseline-model M    asks it now (an id of models.yaml, or a name at MODEL's endpoint);
                        started again, nothing is asked twice
  --max-tokens N        of a whole sample, estimated at three characters each (default
                        16384): the oldest turns of a history go first
  --seed N              of the splits (default 42)
  --limit N             conversations, at most
  --concurrency N       requests under way at once (default: the model's setting)
  --json                one JSON object on stdout, all else on stderr

Exit code 0; 1 where nothing was exported or something cannot be read; 2 for bad use.
`;
