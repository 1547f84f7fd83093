import type { Problem } from './block-kit/checks.ts'

/** A request that Slack answers with `ok: false`. */
export class SlackRefusal extends Error {
  override name = 'SlackRefusal'
  readonly code: string
  readonly details: Record<string, unknown>

  constructor(code: string, details: Record<string, unknown>) {
    super(`Slack refuses: ${code}`)
    this.code = code
    this.details = details
  }
}

/** The refusal with Slack's code for it. */
export function refuse(code: string, details: Record<string, unknown> = {}): SlackRefusal {
  return new SlackRefusal(code, details)
}

const OWN_CODES = ['msg_blocks_too_long', 'view_too_large', 'only_one_table_allowed']

/** The refusal of blocks or of a view, each problem with its JSON pointer. */
export function refuseProblems(code: string, problems: Problem[], prefix: string): SlackRefusal {
  const own = problems.find((problem) => OWN_CODES.includes(problem.code))
  return refuse(own?.code ?? code, {
    errors: problems,
    response_metadata: {
      messages: problems.map(({ message, pointer }) => `[ERROR] ${message} [json-pointer:${prefix}${pointer}]`),
    },
  })
}
