import { outside, type Words } from './rich-text.ts'
import { texts } from './texts/index.ts'

/** Why something that came waits for somebody, after "waits for a look: ". */
export const inboxReason = (code: string): Words => {
  const { reasons } = texts.inbox
  const known = Object.hasOwn(reasons, code) ? reasons[code] : undefined
  return known === undefined ? [outside(code, 100)] : [known]
}
