import type { Arguments } from './arguments.ts'
import type { Triggers } from './triggers.ts'
import type { Workspace } from './workspace.ts'

/** One request to the Web API, as a method sees it. */
export interface Call {
  args: Arguments
  workspace: Workspace
  triggers: Triggers
  /** Where the sandbox listens. */
  url: string
  /** Notes in the log what was done. */
  did: (kind: string, key: string) => void
}

/** Answers a call with what stands beside `ok: true`, or throws a refusal. */
export interface Method {
  /** The scope without which Slack refuses. */
  scope: string | null
  answer(call: Call): Record<string, unknown> | Promise<Record<string, unknown>>
}
