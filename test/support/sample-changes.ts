import canonicalize from 'canonicalize'
import type { Change, PaintedCard, StoredRun } from '../../db/store.ts'
import { type CardMark, type RunCardMark, runCardId } from '../../src/domain/card.ts'
import { EntryCore, type StoredEntry } from '../../src/domain/entry.ts'
import type { Ids } from '../../src/domain/ids.ts'
import { TEAM, testIds } from './test-ids.ts'

/** Rows and changes as tests of the store need them; each with ids of its own. */
export function sampleChanges(clock: { now(): number }, ids: Ids = testIds(clock)) {
  const run = (parts: Partial<StoredRun> = {}): StoredRun => ({
    id: ids.run(),
    team: TEAM,
    workflow: 'employee-onboarding',
    definition: 1,
    status: 'running',
    version: 1,
    subject: ids.subject(),
    startedAt: clock.now(),
    endedAt: null,
    wakeAt: null,
    attempts: [],
    owes: 0,
    asks: 0,
    starter: null,
    manager: null,
    inLine: null,
    held: [],
    sealed: Buffer.from('sealed'),
    ...parts,
  })
  const entry = (parts: Partial<EntryCore> = {}): StoredEntry => {
    const core = EntryCore.parse({
      v: 1,
      id: ids.entry(),
      team: TEAM,
      at: clock.now(),
      kind: 'click.received',
      actor: 'slack:T0ACME/U0JANE',
      subjects: [],
      ...parts,
    })
    return { core, bytes: canonicalize(core) ?? '' }
  }
  const mark = (of: StoredRun, parts: Partial<RunCardMark> = {}): RunCardMark => ({
    id: runCardId(of.id),
    team: of.team,
    kind: 'run',
    run: of.id,
    step: null,
    line: null,
    channel: '#ops',
    urgent: false,
    ...parts,
  })
  const painted = ({ id, team }: CardMark, parts: Partial<PaintedCard> = {}): PaintedCard => ({
    ...{ team, id, revision: 1, ts: null, channelId: null, digest: null },
    ...{ undeliverable: null, detour: null, left: null, late: null },
    ...parts,
  })
  return {
    ids,
    run,
    entry,
    mark,
    painted,
    start: (of: StoredRun, parts: Partial<Change> & { startKey?: string } = {}): Change => {
      const { startKey = `view-${of.id}`, ...rest } = parts
      return { at: clock.now(), run: { kind: 'insert', run: of, startKey }, entries: [], ...rest }
    },
    update: (of: StoredRun, expected: number, parts: Partial<Change> = {}): Change => ({
      at: clock.now(),
      run: { kind: 'update', run: { ...of, version: expected + 1 }, expected },
      entries: [],
      ...parts,
    }),
    write: (parts: Partial<Change>): Change => ({ at: clock.now(), entries: [], ...parts }),
  }
}

export type SampleChanges = ReturnType<typeof sampleChanges>
