/** Where a question about the ledger cannot be answered, or what was asked for cannot be kept. */
export const ledgerQuestions = {
  noEntry: 'The ledger has no such entry for you.',
  askAnew: 'Ask anew with /audit and open it from there.',
  nobody: (who: string) =>
    `“${who}” is nobody in this workspace: type @ and choose the person from Slack’s list, or write me`,
  several: (who: string, people: number) =>
    `“${who}” could be ${people} people: type @ and choose the person from Slack’s list, or write me`,
  actorExample: 'actor:me since:7d',
  noName: (name: string) => `“${name}” is no name for a saved query.`,
  nameExample: 'Letters, digits, . _ and -, without blanks: github-errors.',
  nothingToSave: 'There is no query to save.',
  queryExample: 'For example: service:github status:>=400 since:7d',
  tooMany: (most: number) => `You have saved ${most} queries already.`,
  removeOne: 'Remove one first: /audit saved',
  packetOfNobody: (about: string) => `Nobody is known by “${about}”, and it is no period.`,
  packetExamples: 'Write /audit packet jane.doe@acme.example, or a period: /audit packet 2026Q3, 2026-10 or 2026.',
  packetOfSeveral: (about: string, people: string) => `“${about}” may mean several: ${people}.`,
  nameOne: 'Name one by the address: /audit packet jane.doe@acme.example',
}
