import { isObject } from '../slack/block-kit/checks.ts'
import { findChannel } from '../slack/channels.ts'
import type { Channel, Workspace } from '../slack/workspace.ts'
import { ControlMistake } from './mistake.ts'

export type Fields = Record<string, unknown>

/** The JSON object that a control call sends; none counts as an empty one. */
export function readFields(body: string): Fields {
  if (body.trim() === '') return {}
  try {
    const parsed: unknown = JSON.parse(body)
    if (isObject(parsed)) return parsed
  } catch {
    // Answered below, as any other body that is no object.
  }
  throw new ControlMistake({ code: 'invalid_json', hint: 'Send a JSON object.' })
}

/** A text field, or null when it was left out. */
export function optionalText(fields: Fields, name: string): string | null {
  const value = fields[name]
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw new ControlMistake({ code: 'invalid_field', hint: `"${name}" must be a string.` })
}

/** A text field that must be there. */
export function neededText(fields: Fields, name: string): string {
  const value = optionalText(fields, name)
  if (value === null) throw new ControlMistake({ code: 'missing_field', hint: `"${name}" is missing.` })
  return value
}

/** The channel that is named by id or by name, with or without #. */
export function neededChannel(workspace: Workspace, fields: Fields): Channel {
  const reference = neededText(fields, 'channel')
  const channel = findChannel(workspace, reference)
  if (channel) return channel
  const names = [...workspace.channels.values()].map(({ name }) => name).join(', ')
  throw new ControlMistake({ status: 404, code: 'channel_not_found', hint: `"channel" must be one of: ${names}.` })
}

/** An object field, empty when it was left out. */
export function objectField(fields: Fields, name: string): Fields {
  const value = fields[name] ?? {}
  if (isObject(value)) return value
  throw new ControlMistake({ code: 'invalid_field', hint: `"${name}" must be an object.` })
}

/** How long to wait for what comes after the acknowledgement: at most 10 seconds. */
export function waitField(fields: Fields): number {
  const value = Number(fields.wait_ms ?? 0)
  if (Number.isFinite(value) && value >= 0) return Math.min(value, 10_000)
  throw new ControlMistake({ code: 'invalid_field', hint: '"wait_ms" must be a number of milliseconds.' })
}
