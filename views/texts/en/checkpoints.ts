/** The messages that anchor the ledger outside. */
export const checkpoints = {
  ofDay: (day: string) => `🔏 Checkpoints of the ledger, ${day}`,
  what: 'Each one in this thread fixes every entry before it: keep them, and nobody can change the ledger unseen.',
  entries: (size: number) => `🔏 ${size} entries`,
}
