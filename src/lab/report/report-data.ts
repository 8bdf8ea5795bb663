/**
 * What a report shows, whichever benchmark it is of: `coserReport` and `selfplayReport` make it, the
 * writers of HTML, Markdown and JSON read it.
 */
export type ReportData = {
  readonly title: string;
  /** One line: what was measured on whom. */
  readonly about: string;
  /** What a case is called; absent: a scene. Its plural has an s. */
  readonly unit?: string;
  /** Who judged, by which prompt, how often each: shown beside every judged score. */
  readonly judge?: { readonly model: string; readonly hash: string; readonly times: number };
  /** Sentences to know before a figure is used. */
  readonly remarks: readonly string[];
  /** The first figure of the first group is the headline. */
  readonly scores: readonly ReportScores[];
  /** Label and count, most first. */
  readonly flaws: readonly { readonly label: string; readonly group: string; readonly count: number }[];
  readonly facts: readonly {
    readonly label: string;
    readonly value: string;
    /** It should not be so. */
    readonly alarm?: boolean;
  }[];
  readonly roles: readonly {
    readonly role: string;
    readonly model: string;
    readonly calls: number;
    readonly tokens: number;
    readonly cost: string;
    /** Milliseconds of an answer. */
    readonly p50: number;
    readonly p95: number;
  }[];
  /** All that would be needed to do it again. */
  readonly settings?: readonly { readonly label: string; readonly value: string }[];
  readonly cases: readonly ReportCase[];
  /** What could not be played or judged at all. */
  readonly failed?: readonly { readonly id: string; readonly why: string }[];
};

/** A group of figures on one scale. */
export type ReportScores = {
  readonly label: string;
  readonly note: string;
  readonly least: number;
  readonly most: number;
  /** The first stands for all of them. */
  readonly figures: readonly ReportFigure[];
  /** Absent: a judge made them, and is named beside them. False: they were counted without one. */
  readonly judged?: boolean;
};

/** A mean with its 95 % interval. */
export type ReportFigure = {
  readonly label: string;
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
};

export type ReportCase = {
  readonly id: string;
  readonly title: string;
  /** On the scale of the headline; null where it has none. */
  readonly score: number | null;
  /** The parts of the score, on the same scale. */
  readonly parts?: readonly { readonly label: string; readonly value: number | null }[];
  /** Counted, but in no honest figure. */
  readonly invalid?: boolean;
  readonly facts: readonly string[];
  readonly flaws: readonly {
    readonly dimension: string;
    readonly type: string;
    readonly severity: string;
    /** The judge’s own words, mostly a quote. */
    readonly what: string;
    /** It quotes a thought: shown where thoughts are. */
    readonly hidden?: boolean;
  }[];
  readonly transcript: readonly ReportTurn[];
};

/** A turn with what its speaker thought (x-ray); system thinking is in no report. */
export type ReportTurn = {
  readonly name: string;
  /** None: the turn came to nothing. */
  readonly segments: readonly { readonly kind: 'thought' | 'action' | 'speech'; readonly text: string }[];
  /** Why it was this one’s turn, or that it was given. */
  readonly note?: string;
};
