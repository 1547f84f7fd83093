/** Why a call may be repeated, or may not. */
export const safeRetry = {
  notSent: 'it never left, so nothing happened',
  onlyReads: 'it only reads',
  keepsOne: (service: string) => `${service} keeps one, however often it is sent`,
  mayBeDone: (service: string) => `${service} may have done it already, and looking did not tell`,
  knowsKey: (service: string) => `${service} knows this request by its key`,
  refusesSecond: (service: string) => `${service} refuses a second one, and we compare with the first`,
  notDone: 'it was not carried out yet',
  looksFirst: 'we look for it first, and write only if it is not there',
}
