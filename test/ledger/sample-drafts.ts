import type { EntryDraft } from '../../src/domain/entry.ts'
import { createIds, StepKey, SubjectId, TeamId } from '../../src/domain/ids.ts'

export const TEAM = TeamId.parse('T0ACME')
export const OTHER_TEAM = TeamId.parse('T0OTHER')
export const JANE = SubjectId.parse('01980000-0000-7000-8000-00000000000a')
export const JOHN = SubjectId.parse('01980000-0000-7000-8000-00000000000b')
export const START = 1_760_000_000_000

/** Ids and times of a test, each entry one millisecond after the one before. */
export function createDrafts() {
  let now = START
  const ids = createIds({ now: () => now, randomBytes: (size) => new Uint8Array(size).fill(now % 251) })
  return {
    ids,
    draft(parts: Partial<EntryDraft> & Pick<EntryDraft, 'kind'>): EntryDraft {
      now += 1
      return { id: ids.entry(), team: TEAM, at: now, actor: 'purser:engine', subjects: [JANE], ...parts }
    },
  }
}

export const GITHUB_STEP = StepKey.parse('github-org')
