import type { Draft } from './draft-change.ts'

/** Has the run go by the rules of today from here on; false when it does already. */
export function takeTodaysRules(draft: Draft): boolean {
  const { today } = draft.context
  if (!today || today.version === draft.run.rules) return false
  draft.run.rules = today.version
  draft.run.revised = true
  draft.context = { ...draft.context, rules: today }
  return true
}
