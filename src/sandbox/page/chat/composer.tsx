import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { CommandOffers } from './command-offers.tsx'
import { commandHints } from './read-composer.ts'
import { type Destination, useDelivery } from './use-delivery.ts'
import { useOffers } from './use-offers.ts'

interface Props extends Destination {
  draft: string
  onDraft: (draft: string) => void
}

/** Where commands, mentions and direct messages are typed. */
export function Composer({ draft, onDraft, ...destination }: Props) {
  const { channel, me, app, spot, threadTs } = destination
  const { busy, deliver } = useDelivery(destination)
  const field = useRef<HTMLTextAreaElement>(null)
  const [last, setLast] = useState('')
  const testId = spot === 'thread' ? 'thread-composer' : 'composer'
  useFocusOn(field, `${me} ${channel.id} ${threadTs ?? ''}`)

  const submit = async () => {
    if (draft.trim() === '') return
    setLast(draft)
    onDraft('')
    field.current?.focus()
    const delivered = await deliver(draft)
    // What failed comes back, unless the next words are being typed already.
    if (!delivered && field.current?.value === '') onDraft(draft)
  }
  const offers = useOffers(spot === 'thread' ? '' : draft, (hint) => {
    onDraft(`${hint.command} `)
    field.current?.focus()
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (offers.onKey(event)) return event.preventDefault()
    if (event.key === 'ArrowUp' && draft === '' && last !== '') onDraft(last)
    else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) void submit()
    else return
    event.preventDefault()
  }

  return (
    <form
      className="composer"
      data-testid={testId}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {offers.list.length > 0 && (
        <CommandOffers id={offers.id} offers={offers.list} at={offers.at} onTake={offers.take} />
      )}
      <div className="composer-box">
        <textarea
          ref={field}
          rows={1}
          value={draft}
          data-testid={`${testId}-input`}
          role="combobox"
          aria-label={{ dm: `Message ${app.name}`, channel: `Message #${channel.name}`, thread: 'Reply' }[spot]}
          aria-autocomplete="list"
          aria-expanded={offers.list.length > 0}
          aria-controls={offers.id}
          aria-activedescendant={offers.list[offers.at] ? `${offers.id}-${offers.at}` : undefined}
          placeholder={placeholders[spot](app.name)}
          onChange={(event) => onDraft(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <SendButton disabled={draft.trim() === ''} busy={busy} testId={`${testId}-send`} />
      </div>
      {spot !== 'thread' && <Hint draft={draft} />}
    </form>
  )
}

const placeholders = {
  channel: (app: string) => `/command, or ask @${app}`,
  thread: (app: string) => `@${app} and a question`,
  dm: () => 'Ask: what is stuck?',
}

/** Puts the cursor into the field of a place that was just opened. */
function useFocusOn(field: { current: HTMLElement | null }, place: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is another conversation to type into.
  useEffect(() => {
    // Not on a touch screen, where the keyboard would cover what was opened.
    if (window.matchMedia('(hover: hover)').matches) field.current?.focus({ preventScroll: true })
  }, [field, place])
}

function SendButton({ disabled, busy, testId }: { disabled: boolean; busy: boolean; testId: string }) {
  return (
    <button type="submit" className="send" disabled={disabled} aria-busy={busy || undefined} data-testid={testId}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M4 5.5 20 12 4 18.5 6.5 12z" fill="currentColor" />
      </svg>
      <span className="sr-only">Send</span>
    </button>
  )
}

function Hint({ draft }: { draft: string }) {
  const usage = commandHints.find((hint) => draft.startsWith(`${hint.command} `))
  return (
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
  )
}
