/** The codes of all that can stand in the way of running and training; each is explained in explanations.ts. */
export type RuntimeProblemCode =
  | 'unreadable'
  | 'no-data'
  | 'no-mnist'
  | 'broken-data'
  | 'broken-image'
  | 'empty-class'
  | 'unknown-class'
  | 'data-too-large'
  | 'data-changed'
  | 'no-examples'
  | 'broken-weights'
  | 'broken-mapping'
  | 'weights-missing'
  | 'weights-surplus'
  | 'weights-misshapen'
  | 'not-one-input'
  | 'not-an-image'
  | 'open-input'
  | 'not-a-classifier'
  | 'classes-mismatch'
  | 'output-without-shares'
  | 'channels-mismatch'
  | 'normalised-twice'
  | 'colours-of-grey'
  | 'nothing-frozen'
  | 'nothing-to-train'
  | 'loss-not-finite'
  | 'broken-checkpoint'
  | 'checkpoint-differs'
  | 'checkpoint-too-large'
  | 'engine-unavailable';

/** What stands in the way, for people: a stable code, the fact, and perhaps how to mend it. */
export interface RuntimeProblem {
  /** A slug that stays, such as `weights-misshapen`. */
  readonly code: RuntimeProblemCode;
  /** With the user's own names and numbers; lower case, no full stop. */
  readonly message: string;
  readonly help?: string;
}

/** What was made, or all that stands in its way. */
export type Outcome<T> = Success<T> | Failure;

/** What was made. */
export interface Success<T> {
  readonly ok: true;
  readonly value: T;
}

/** All that stands in the way; at least one problem. */
export interface Failure {
  readonly ok: false;
  readonly problems: readonly RuntimeProblem[];
}

/** Wraps what was made. */
export function succeed<T>(value: T): Success<T> {
  return { ok: true, value };
}

/** Says what stands in the way. */
export function failWith(...problems: readonly RuntimeProblem[]): Failure {
  return { ok: false, problems };
}

/** One problem as data. */
export function problem(code: RuntimeProblemCode, message: string, help?: string): RuntimeProblem {
  return { code, message, ...(help === undefined ? {} : { help }) };
}

/** A failure in one line, each problem with the way to mend it. */
export function whyNot({ problems }: Failure): string {
  const whys = problems.map(({ message, help }) => (help === undefined ? message : `${message} (${help})`));
  return whys.join('; ');
}
