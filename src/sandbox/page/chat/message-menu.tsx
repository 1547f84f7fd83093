import { useDirectory } from '../live/directory.tsx'
import { useControl } from '../live/use-control.ts'
import { Emoji } from '../text/inline.tsx'

/** As `features.shortcuts` of the app's manifest names it. */
const SHORTCUT = { callback: 'start-from-message', title: 'Start a process' }

/** What Slack keeps in the menu of each message: the app's shortcut for it. */
export function MessageMenu({ channel, ts }: { channel: string; ts: string }) {
  const send = useControl()
  const { me } = useDirectory()
  const use = () => send('shortcut', { user: me, callback_id: SHORTCUT.callback, channel, ts })
  return (
    <button
      type="button"
      className="message-menu"
      data-testid="message-shortcut"
      title="Purser’s shortcut for this message"
      onClick={() => void use()}
    >
      <Emoji name="zap" /> {SHORTCUT.title}
    </button>
  )
}
