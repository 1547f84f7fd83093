import { isMainThread } from 'node:worker_threads'
import type { WorkflowDefinition } from '../../src/engine/define-workflow.ts'
import { loadQuickly } from '../../src/quick-loading.ts'

/** Imported before Purser itself: the real one, as `npm start` runs it, with the bench's graph among its workflows. */
if (isMainThread) {
  loadQuickly()
  const { CONNECTORS } = await import('../../src/connectors/index.ts')
  const { workflows } = await import('../../workflows/index.ts')
  const { benchWorkflow } = await import('./bench-workflow.ts')
  const { benchApproval } = await import('./bench-approval.ts')
  const { definition, vendors } = benchWorkflow(process.env.BENCH_VENDORS ?? '')
  const listed: WorkflowDefinition[] = workflows
  listed.push(definition, benchApproval)
  CONNECTORS.push(...vendors.map(({ connector, endpoint }) => ({ connector, endpoint: () => ({ endpoint }) })))
}
