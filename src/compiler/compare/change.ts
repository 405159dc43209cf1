/** What something was and what it is. */
export interface Change<T> {
  readonly before: T;
  readonly after: T;
}
