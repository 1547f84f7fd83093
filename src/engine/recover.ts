import type { DeployedDefinition, Store, StoredRun } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import { actorText } from '../domain/actor.ts'
import type { Ids, RunId, TeamId } from '../domain/ids.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { WorkflowDefinition } from './define-workflow.ts'
import type { LiveRuns } from './live-runs.ts'
import { settleKin } from './settle-kin.ts'

const PAGE = 500

interface RecoverPorts {
  store: Store
  live: LiveRuns
  workflows: readonly WorkflowDefinition[]
  ledger: Ledger
  clock: Clock
  ids: Ids
  /** Told of a run that could not be taken up; the others are all the same. */
  onError(error: unknown): void
}

/**
 * Takes up what a stop or a crash cut off, oldest first: each attempt goes on under a new name. After a deploy every
 * unfinished run hears of its new definition. Answers with how many attempts were lost.
 */
export async function recover(ports: RecoverPorts): Promise<number> {
  const { store, live, onError } = ports
  const deploys = createDeploys(ports)
  let lost = 0
  let after: RunId | null = null
  await settleAll({ store, live, onError })
  for (;;) {
    const rows = await store.unfinishedRuns(after, PAGE)
    for (const team of new Set(rows.map((row) => row.team))) await deploys.look(team)
    await Promise.all(rows.map((row) => takeUp(live, row, deploys.isNews(row)).catch(onError)))
    lost += rows.reduce((sum, row) => sum + row.attempts.length, 0)
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) break
    after = last.id
  }
  await deploys.remember()
  return lost
}

/** Tells every run what a crash left untold of those that its steps began. */
async function settleAll({ store, live, onError }: Pick<RecoverPorts, 'store' | 'live' | 'onError'>): Promise<void> {
  let after: RunId | null = null
  for (;;) {
    const kin = await store.kin(after, PAGE)
    await Promise.all(kin.map((each) => settleKin({ store, live }, each).catch(onError)))
    const last = kin.at(-1)
    if (!last || kin.length < PAGE) return
    after = last.child
  }
}

async function takeUp(live: LiveRuns, row: StoredRun, isNews: boolean): Promise<void> {
  if (isNews && row.endedAt === null) await live.post(row.team, row.id, { kind: 'deployed' })
  if (row.attempts.length === 0 && row.status !== 'cancelling' && row.status !== 'blocked') return
  const run = await live.read(row.team, row.id)
  // What a deploy let go on was handed out anew with it.
  const isLost = (attempt: StoredRun['attempts'][number]): boolean => row.attempts.includes(attempt)
  for (const step of run?.steps ?? []) {
    if (step.status === 'running' && isLost(step.attempt)) {
      await live.post(row.team, row.id, { kind: 'attempt-lost', step: step.key, attempt: step.attempt })
    }
    if (step.status === 'cancelled' && step.attempt !== undefined) {
      await live.post(row.team, row.id, { kind: 'attempt-lost', step: step.key, attempt: step.attempt })
    }
    if (step.escalation?.status === 'opening' && isLost(step.escalation.attempt)) {
      await live.post(row.team, row.id, { kind: 'attempt-lost', step: step.key, attempt: step.escalation.attempt })
    }
  }
}

/** Which definitions differ from those that ran here before. The new ones are noted once every run has heard of them. */
function createDeploys({ store, workflows, ledger, clock, ids }: RecoverPorts) {
  const teams = new Map<TeamId, Map<string, DeployedDefinition>>()
  const isOther = (before: DeployedDefinition | undefined, now: WorkflowDefinition | undefined): boolean =>
    now === undefined || before?.version !== now.version || before.shape !== now.shape
  return {
    async look(team: TeamId): Promise<void> {
      if (teams.has(team)) return
      const known = await store.definitions(team)
      teams.set(team, new Map(known.map((each) => [each.workflow, each])))
    },
    isNews: ({ team, workflow }: StoredRun): boolean =>
      isOther(
        teams.get(team)?.get(workflow),
        workflows.find(({ name }) => name === workflow),
      ),
    async remember(): Promise<void> {
      const at = clock.now()
      for (const [team, known] of teams) {
        const deployed = workflows
          .filter((now) => isOther(known.get(now.name), now))
          .map(({ name, version, shape }): DeployedDefinition => ({ team, workflow: name, version, shape, at }))
        if (deployed.length === 0) continue
        const entries = deployed.map(({ workflow, version, shape }) =>
          ledger.entry({
            ...{ id: ids.entry(), at, team, kind: 'workflow.deployed', subjects: [] },
            actor: actorText({ kind: 'machine', part: 'recovery' }),
            facts: { workflow, version, shape },
          }),
        )
        await store.commit({ at, entries, deployed })
      }
    },
  }
}
