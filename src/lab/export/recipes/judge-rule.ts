/**
 * The rule reward of a judge in training (her-spec 8.3), for verl, ms-swift and TRL alike: it needs no server.
 * The last object of JSON in the answer that names a better candidate counts; without one there is no reward.
 */
export const JUDGE_RULE = `"""Reward of the judge: 1 where its better_response is the true one, else 0 (kind grm-rl)."""

import re

NAMED = re.compile(r'"better_response"\\s*:\\s*"(cand_1|cand_2|tie)"')


def verdict(text):
    """The last one that is named: what is thought before it does not count."""
    found = NAMED.findall(text.rsplit("</think>", 1)[-1])
    return found[-1] if found else None


def compute_score(data_source, solution_str, ground_truth, extra_info=None, **kwargs):
    """verl."""
    said = verdict(solution_str)
    return {"score": float(said == ground_truth), "read": float(said is not None)}


def judge_reward(completions, solution, **kwargs):
    """TRL, and below ms-swift."""
    texts = [one if isinstance(one, str) else one[-1]["content"] for one in completions]
    return [float(verdict(text) == true) for text, true in zip(texts, solution)]


class JudgeReward:
    def __init__(self, args=None, **kwargs):
        self.args = args

    def __call__(self, completions, solution, **kwargs):
        return judge_reward(completions, solution)


try:
    try:
        from swift.rewards import orms
    except ImportError:
        from swift.plugin import orms
    orms["judge"] = JudgeReward
except ImportError:
    pass  # Not inside swift.
`;

/** The name of its file. */
export const JUDGE_RULE_FILE = 'judge_rule.py';
