import type { ConfirmationDialog } from '@slack/types'
import { createContext, type ReactNode, useCallback, useContext, useId, useRef, useState } from 'react'
import { Plain, Text } from '../text/text.tsx'
import { useFocusTrap } from './focus-trap.ts'

type Ask = (dialog: ConfirmationDialog) => Promise<boolean>

const Context = createContext<Ask>(() => Promise.resolve(true))

interface Question {
  dialog: ConfirmationDialog
  answer: (yes: boolean) => void
}

/** Shows the confirmation dialogs of buttons and selects above everything else. */
export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question | null>(null)
  const ask: Ask = useCallback((dialog) => {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const answer = (yes: boolean) => {
      setQuestion(null)
      resolve(yes)
    }
    setQuestion({ dialog, answer })
    return promise
  }, [])

  return (
    <Context value={ask}>
      <div className="layer" inert={question !== null}>
        {children}
      </div>
      {question && <ConfirmDialog {...question} />}
    </Context>
  )
}

/** Asks the reader to confirm. */
export function useConfirm(): Ask {
  return useContext(Context)
}

function ConfirmDialog({ dialog, answer }: Question) {
  const box = useRef<HTMLDivElement>(null)
  const titleId = useId()
  const textId = useId()
  const deny = useCallback(() => answer(false), [answer])
  useFocusTrap(box, deny)
  const style = dialog.style === 'danger' ? 'button danger' : 'button primary'
  return (
    <div className="backdrop">
      <div
        ref={box}
        className="dialog confirm"
        role="alertdialog"
        aria-modal="true"
        aria-labelledby={titleId}
        aria-describedby={textId}
        tabIndex={-1}
        data-testid="confirm"
      >
        <h2 id={titleId}>{dialog.title ? <Plain text={dialog.title} /> : 'Are you sure?'}</h2>
        <div id={textId} className="confirm-text">
          <Text text={dialog.text} />
        </div>
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={deny} data-testid="confirm-deny" data-autofocus>
            {dialog.deny ? <Plain text={dialog.deny} /> : 'Cancel'}
          </button>
          <button type="button" className={style} onClick={() => answer(true)} data-testid="confirm-yes">
            {dialog.confirm ? <Plain text={dialog.confirm} /> : 'Yes'}
          </button>
        </div>
      </div>
    </div>
  )
}
