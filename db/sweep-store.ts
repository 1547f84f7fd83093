/** What is taken out because its time is over, in milliseconds since 1970. */
export interface SweptBefore {
  /** Drafts of forms that were written before. */
  drafts: number
  /** What was over before of all that alerts stand for, and alerts that were settled before, with their cards. */
  alerts: number
}

export interface SweepStore {
  /**
   * Takes out what is older, `limit` rows of a kind at most, in one commit; answers with how many, 0 when nothing is left.
   * An alert stays as long as Slack is to show what became of it, or the second path to say that it is over.
   */
  sweep(before: SweptBefore, limit: number): Promise<number>
}
