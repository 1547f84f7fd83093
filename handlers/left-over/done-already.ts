import { actorText } from '../../src/domain/actor.ts'
import type { EntryCore } from '../../src/domain/entry.ts'
import type { HandlerPorts } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import {
  decodeHoldPress,
  decodeItemRef,
  decodeRemind,
  decodeRunRef,
  decodeSavedRef,
  decodeStepMenu,
} from '../../views/references.ts'
import { actorOf } from '../answer.ts'
import type { Kept, LeftOver } from './kept.ts'

/** An entry that shows that something was done. */
type Shows = (entry: Pick<EntryCore, 'kind' | 'run' | 'step' | 'facts'>) => boolean

const ABSENCES: Shows = ({ kind }) => kind === 'absence.said' || kind === 'absence.ended'
const MOST_ENTRIES = 200

/**
 * Whether the ledger shows that it was carried out before the stop, or that whoever did it has done the same since; null
 * when it does not. Only for what bears no version of what it is about: doing that again would be another deed.
 */
export async function doneAlready({ store }: HandlerPorts, left: LeftOver): Promise<EntryCore | null> {
  const { asked, at, entry, kept } = left
  const shows = deedOf(kept)
  if (!shows) return null
  const filter = { team: asked.team, actor: actorText(actorOf(asked)), since: at }
  const entries = await store.entries(filter, null, MOST_ENTRIES)
  return entries.map(({ core }) => core).findLast((core) => core.id > entry && shows(core)) ?? null
}

/** What somebody keeps under a name was kept anew since, and is not what they meant to take away or to write. */
export async function isKeptSince({ store }: HandlerPorts, { asked, at, kept }: LeftOver): Promise<boolean> {
  const name = savedIn(kept)
  if (name === null) return false
  return (await store.savedQueries(asked.team, asked.user)).some((each) => each.name === name && each.at >= at)
}

function savedIn(kept: Kept): string | null {
  if (kept.kind === 'click' && kept.action.action_id === actionIds.forgetAudit) return decodeSavedRef(kept.action.value)
  if (kept.kind !== 'command' || kept.command !== '/audit') return null
  return /^save\s+(\S+)/i.exec(kept.text.trim())?.[1] ?? null
}

function deedOf(kept: Kept): Shows | null {
  if (kept.kind === 'command') return kept.command === '/purser' ? deedTyped(kept.text.trim()) : null
  return kept.kind === 'click' ? deedPressed(kept.action) : null
}

function deedTyped(text: string): Shows | null {
  if (/^(?:away|back)\b/i.test(text)) return ABSENCES
  if (/^pause\b/i.test(text)) return ({ kind }) => kind === 'hold.opened' || kind === 'decision.pause'
  if (!/^resume\b/i.test(text)) return null
  return ({ kind, facts }) => kind === 'decision.resume' || (kind === 'hold.decided' && facts?.decision === 'resume')
}

function deedPressed(action: Extract<Kept, { kind: 'click' }>['action']): Shows | null {
  switch (action.action_id) {
    case actionIds.sayBack:
      return ABSENCES
    case actionIds.resumeRun:
      return ofRun('decision.resume', decodeRunRef(action.value))
    case actionIds.useRules:
      return ofRun('decision.use-rules', decodeRunRef(action.value))
    case actionIds.retryItem: {
      const item = decodeItemRef(action.value)
      return ({ kind, facts }) => kind === 'inbox.retried' && facts?.item === item
    }
    case actionIds.remind: {
      const ref = decodeRemind(action)?.ref
      return ({ kind, run, step }) => kind === 'ask.snoozed' && run === ref?.run && step === ref?.step
    }
    case actionIds.stepMenu: {
      const menu = decodeStepMenu(action)
      return menu?.choice === 'resume' ? ofRun('decision.resume', menu.ref.run) : null
    }
  }
  const press = decodeHoldPress(action)
  return (
    press &&
    (({ kind, facts }) => kind === 'hold.decided' && facts?.hold === press.hold && facts.decision === press.kind)
  )
}

const ofRun =
  (of: EntryCore['kind'], id: string | null): Shows =>
  ({ kind, run }) =>
    kind === of && run === id
