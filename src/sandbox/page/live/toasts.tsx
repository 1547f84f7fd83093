import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react'
import { Icon } from '../shell/icon.tsx'

interface Toast {
  id: number
  tone: 'error' | 'note'
  text: string
  hint: string | undefined
}

export type ShowToast = (toast: { tone: Toast['tone']; text: string; hint?: string | undefined }) => void

const Context = createContext<ShowToast>(() => undefined)

const shownFor = 8000

/** Keeps the short notices at the edge of the page. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([])
  const made = useRef(0)

  const dismiss = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), [])
  const show: ShowToast = useCallback(
    ({ tone, text, hint }) => {
      made.current += 1
      const toast = { id: made.current, tone, text, hint }
      // The same words twice are one notice.
      setToasts((all) => [...all.filter((other) => other.text !== text), toast].slice(-4))
      setTimeout(() => dismiss(toast.id), shownFor)
    },
    [dismiss],
  )
  const list = useMemo(
    () =>
      toasts.map((toast) => (
        <div key={toast.id} className={`toast toast-${toast.tone}`} data-testid="toast">
          <div>
            <strong>{toast.text}</strong>
            {toast.hint && <p>{toast.hint}</p>}
          </div>
          <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => dismiss(toast.id)}>
            <Icon name="close" />
          </button>
        </div>
      )),
    [toasts, dismiss],
  )

  return (
    <Context value={show}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {list}
      </div>
    </Context>
  )
}

/** Shows a notice. */
export function useToast(): ShowToast {
  return useContext(Context)
}
