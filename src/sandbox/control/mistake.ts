/** What a script or the page asked for cannot be done; `hint` says what would work. */
export class ControlMistake extends Error {
  override name = 'ControlMistake'
  readonly status: number
  readonly code: string
  readonly hint: string
  readonly details: Record<string, unknown>

  constructor(mistake: { status?: number; code: string; hint: string; details?: Record<string, unknown> }) {
    super(`${mistake.code}: ${mistake.hint}`)
    this.status = mistake.status ?? 400
    this.code = mistake.code
    this.hint = mistake.hint
    this.details = mistake.details ?? {}
  }
}
