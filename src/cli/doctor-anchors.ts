import { accessSync, constants, existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Environment } from '../connectors/read-settings.ts'
import type { RulesFile } from '../rules/schema.ts'
import { type Check, note, ok, wrong } from './doctor-check.ts'

const FILE = 'Anchors in a file'
const SLACK = 'Anchors in Slack'

/** Where checkpoints of the ledger are kept beside it; the channel itself is looked at with the other channels. */
export const checkAnchors = (folder: string, env: Environment, rules: Pick<RulesFile, 'channels'> | null): Check[] => [
  checkFile(folder, env.PURSER_ANCHOR_FILE?.trim() ?? ''),
  ...(rules ? [checkChannel(rules)] : []),
]

function checkFile(folder: string, named: string): Check {
  const path = named === '' ? join(folder, 'checkpoints.txt') : resolve(named)
  if (existsSync(folder) || named !== '') {
    const place = existsSync(path) ? path : dirname(path)
    if (!isWritable(place)) {
      const says = existsSync(place) ? `${place} is not ours to write` : `there is no folder ${place}`
      const todo = `Make it and give it to the user that runs Purser, or set PURSER_ANCHOR_FILE to another file, best on another disk.`
      return wrong(FILE, `${says}: checkpoints of the ledger cannot be kept there`, todo)
    }
  }
  if (named !== '') return ok(FILE, path)
  return note(FILE, `${path}, beside the ledger itself: on another disk it proves more (PURSER_ANCHOR_FILE)`)
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Where no channel is named for them, they stand among the alerts. */
const checkChannel = ({ channels }: Pick<RulesFile, 'channels'>): Check =>
  ok(SLACK, channels.ledger ? `in ${channels.ledger}` : `in ${channels.alerts.default}, among the alerts`)
