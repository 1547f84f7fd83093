/** What is wrong with the text behind `/purser retry`; it stands under its place. */
export const retryFilter = {
  andNames: (filter: string) => `${filter} and some names`,
  tooLong: (most: number) => `a filter has at most ${most} characters`,
  notClosed: 'the quote is not closed',
  emptyQuotes: 'there is nothing between the quotes',
  noSuchKey: (key: string, hint: string) => `there is no ${key}: (${hint})`,
  keys: (all: string) => `there are ${all}`,
  didYouMean: (meant: string) => `did you mean ${meant}?`,
  nothingBehind: (key: string) => `there is nothing behind ${key}: (no space after the colon)`,
  onlyOnce: (key: string) => `${key}: can be given once`,
  noTime: (typed: string) => `"${typed}" is not a time: 90m, 24h, 7d, today, 2026-11-01 or 2026-11-01T09:30`,
  inFuture: (typed: string) => `${typed} is in the future`,
  unknown: {
    service: (value: string, hint: string) => `there is no service "${value}": ${hint}`,
    workflow: (value: string, hint: string) => `there is no process "${value}": ${hint}`,
    step: (value: string, hint: string) => `there is no step "${value}": ${hint}`,
  },
  known: (all: string) => `known are ${all}`,
}
