import type { CommandHint } from './read-composer.ts'

interface Props {
  id: string
  offers: CommandHint[]
  /** The one that Enter would take. */
  at: number
  onTake: (hint: CommandHint) => void
}

/** The commands offered above the composer. */
export function CommandOffers({ id, offers, at, onTake }: Props) {
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
