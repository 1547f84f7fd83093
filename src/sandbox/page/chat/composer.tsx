import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { SandboxState } from '../../state.ts'
import { useToast } from '../live/toasts.tsx'
import { useControl } from '../live/use-control.ts'
import { type CommandHint, commandHints, readComposer, suggestCommands, type Typed } from './read-composer.ts'

interface Props {
  me: string
  app: SandboxState['app']
  channel: { id: string; name: string; isDm: boolean }
  draft: string
  onDraft: (draft: string) => void
}

/** Where commands, mentions and direct messages are typed. */
export function Composer({ me, app, channel, draft, onDraft }: Props) {
  const send = useControl()
  const toast = useToast()
  const field = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const [busy, setBusy] = useState(false)
  const [picked, setPicked] = useState(0)
  const [hidden, setHidden] = useState(false)
  const [last, setLast] = useState('')
  const offers = hidden ? [] : suggestCommands(draft)
  const at = Math.min(picked, offers.length - 1)
  const usage = commandHints.find((hint) => draft.startsWith(`${hint.command} `))

  // biome-ignore lint/correctness/useExhaustiveDependencies: a draft put here by the guide is for typing on.
  useEffect(() => field.current?.focus({ preventScroll: true }), [channel.id, me])

  const write = (next: string) => {
    setHidden(false)
    setPicked(0)
    onDraft(next)
  }
  const take = (hint: CommandHint) => {
    write(`${hint.command} `)
    field.current?.focus()
  }
  const submit = async () => {
    if (draft.trim() === '' || busy) return
    const typed = readComposer(draft, app, channel.isDm)
    if (typed.kind === 'nowhere') return toast({ tone: 'note', text: 'Nobody would read that', hint: typed.hint })
    setBusy(true)
    setLast(draft)
    onDraft('')
    const answer = await deliver(typed)
    setBusy(false)
    if (!answer) onDraft(draft)
    field.current?.focus()
  }
  const deliver = (typed: Exclude<Typed, { kind: 'nowhere' }>) => {
    const { kind, ...rest } = typed
    return send(kind, { user: me, ...(kind === 'dm' ? {} : { channel: channel.id }), ...rest })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const offer = offers[at]
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (offer && step !== undefined) setPicked((at + step + offers.length) % offers.length)
    else if (offer && (event.key === 'Tab' || (event.key === 'Enter' && draft !== offer.command))) take(offer)
    else if (offer && event.key === 'Escape') setHidden(true)
    else if (event.key === 'ArrowUp' && draft === '' && last !== '') write(last)
    else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) void submit()
    else return
    event.preventDefault()
  }

  return (
    <form
      className="composer"
      data-testid="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {offers.length > 0 && <Offers id={listId} offers={offers} at={at} onTake={take} />}
      <div className="composer-box">
        <textarea
          ref={field}
          rows={1}
          value={draft}
          data-testid="composer-input"
          role="combobox"
          aria-label={channel.isDm ? `Message ${app.name}` : `Message #${channel.name}`}
          aria-autocomplete="list"
          aria-expanded={offers.length > 0}
          aria-controls={listId}
          aria-activedescendant={offers[at] ? `${listId}-${at}` : undefined}
          placeholder={
            channel.isDm ? 'Ask: what is stuck?' : `A command such as /onboard, or @${app.name} and a question`
          }
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          className="send"
          disabled={draft.trim() === '' || busy}
          aria-busy={busy || undefined}
          data-testid="composer-send"
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M4 5.5 20 12 4 18.5 6.5 12z" fill="currentColor" />
          </svg>
          <span className="sr-only">Send</span>
        </button>
      </div>
      <div className="composer-hint">
        {usage ? (
          <>
            <code>{`${usage.command} ${usage.usage}`}</code> {usage.what}
          </>
        ) : (
          <>
            <kbd>/</kbd> for commands · <kbd>Enter</kbd> to send
          </>
        )}
      </div>
    </form>
  )
}

interface OffersProps {
  id: string
  offers: CommandHint[]
  at: number
  onTake: (hint: CommandHint) => void
}

function Offers({ id, offers, at, onTake }: OffersProps) {
  return (
    <div className="offers" id={id} role="listbox" aria-label="Commands" data-testid="composer-suggestions">
      {offers.map((hint, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled where the focus stays, in the text field.
        <div
          key={hint.command}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className="offer"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(hint)}
        >
          <code>{hint.command}</code>
          <span className="offer-usage">{hint.usage}</span>
          <span className="offer-what">{hint.what}</span>
        </div>
      ))}
    </div>
  )
}
