import { PermanentFailure } from '../../src/domain/errors.ts'
import type { HandlerPorts } from '../../src/slack/handler.ts'
import { nobody, type Surface } from '../../src/slack/surface.ts'
import { actionIds } from '../../views/action-ids.ts'
import { interrupted } from '../../views/answers/interrupted.ts'
import { askedEarlier } from '../../views/answers/left-over.ts'
import { handlers } from '../index.ts'
import { type LeftOver, nameOf } from './kept.ts'

/**
 * Has it carried out by its own handler, as though it came now; whoever asked for a window is told to ask again, since
 * Slack opens none so late. What had been carried out before the stop meets the same guards as a second click.
 */
export async function carryOut(ports: HandlerPorts, left: LeftOver, isOld: boolean): Promise<void> {
  const surface = { ...withoutWindows(ports.surface), reply: lateReply(ports, left, isOld) }
  try {
    await handle({ ...ports, surface }, left)
  } catch (error) {
    if (!(error instanceof PermanentFailure && error.code === TOO_LATE)) throw error
    await ports.surface.whisper(left.asked.place, interrupted(nameOf(left.kept)), { about: nobody(left.asked.team) })
  }
}

async function handle(ports: HandlerPorts, { kept, asked }: LeftOver): Promise<void> {
  switch (kept.kind) {
    case 'command': {
      const handler = handlers.commands.find(({ command }) => command === kept.command)
      await handler?.handle({ ...asked, text: kept.text, triggerId: '' }, ports)
      return
    }
    case 'question': {
      const { text, channel, ts, thread } = kept
      return await handlers.said({ ...asked, text, channel, ts, threadTs: thread }, ports)
    }
    case 'invitation':
      return await handlers.joined({ ...asked, channel: kept.channel }, ports)
    // The words of the message on which it was used were not kept.
    case 'shortcut':
    case 'lost':
      throw noWindow()
    case 'click': {
      const { action } = kept
      const id = action.action_id
      const handler = handlers.buttons.find((each) =>
        typeof each.action === 'string' ? each.action === id : each.action.test(id),
      )
      // What was entered in a form was not kept either; one that was written anew since is not emptied.
      if (!handler || handler.isEntry || id === actionIds.startAfresh) throw noWindow()
      await handler.handle({ ...asked, action, value: action.value ?? null, triggerId: '', view: null }, ports)
    }
  }
}

const TOO_LATE = 'restarted-meanwhile'

const noWindow = (): PermanentFailure =>
  new PermanentFailure({
    code: TOO_LATE,
    message: 'Purser restarted before it could open a window.',
    hint: 'Press the button once more.',
  })

/** Slack opens a window within three seconds of a click, and those are over. */
const withoutWindows = (surface: Surface): Surface => ({
  ...surface,
  openView: () => Promise.reject(noWindow()),
  pushView: () => Promise.reject(noWindow()),
})

/** It may have been answered before the stop; what comes long after its question says of when that was. */
const lateReply =
  ({ surface, clock }: HandlerPorts, { at }: LeftOver, isOld: boolean): Surface['reply'] =>
  (place, drawing, about) =>
    surface.reply(
      { ...place, mayStand: true },
      isOld ? askedEarlier(drawing, { at, now: clock.now() }) : drawing,
      about,
    )
