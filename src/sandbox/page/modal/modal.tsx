import type { ModalView } from '@slack/types'
import { type FormEvent, useCallback, useEffect, useId, useRef, useState } from 'react'
import type { SandboxView } from '../../state.ts'
import { Blocks } from '../blocks/blocks.tsx'
import type { FieldValue, FieldValues } from '../blocks/field-values.ts'
import { type BlockAction, SurfaceProvider } from '../blocks/surface.tsx'
import { useControl } from '../live/use-control.ts'
import { Icon } from '../shell/icon.tsx'
import { Plain } from '../text/text.tsx'
import { useFocusTrap } from './focus-trap.ts'
import { submittedValues } from './submitted-values.ts'

interface Props {
  me: string
  open: SandboxView
  view: ModalView
  /** How many modals are open, this one included. */
  depth: number
  values: FieldValues
  keep: (key: string, value: FieldValue) => void
}

/** The key under which the sandbox says what concerns the whole view. */
const wholeView = '_view'

/** One modal: its fields, the errors at them, submit and close. */
export function Modal({ me, open, view, depth, values, keep }: Props) {
  const send = useControl()
  const box = useRef<HTMLFormElement>(null)
  const titleId = useId()
  const [busy, setBusy] = useState(false)
  const { errors } = open
  const trouble = errors[wholeView]

  const close = useCallback(() => void send('close-view', { user: me, view_id: open.id }), [send, me, open.id])
  useFocusTrap(box, close)

  const firstWrong = Object.keys(errors).join(' ')
  useEffect(() => {
    if (firstWrong !== '') box.current?.querySelector('.has-error')?.scrollIntoView({ block: 'nearest' })
  }, [firstWrong])

  const act = useCallback(
    async ({ blockId, actionId, ...what }: BlockAction) => {
      const now = submittedValues(view, values)
      await send('click', { user: me, view_id: open.id, block_id: blockId, action_id: actionId, ...what, values: now })
    },
    [send, me, open.id, view, values],
  )
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    await send('submit', { user: me, view_id: open.id, values: submittedValues(view, values) })
    setBusy(false)
  }

  return (
    <div className="backdrop">
      <form
        ref={box}
        className="dialog modal"
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        tabIndex={-1}
        noValidate
        data-testid="modal"
        data-view-id={open.id}
        data-callback-id={open.callbackId}
        onSubmit={(event) => void submit(event)}
      >
        <header className="modal-head">
          <h2 id={titleId}>
            <Plain text={view.title} />
          </h2>
          <button type="button" className="icon-button" aria-label="Close" data-testid="modal-x" onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <div className="modal-body">
          {trouble && (
            <div className="modal-trouble has-error" role="alert" data-testid="modal-trouble">
              {trouble}
            </div>
          )}
          <SurfaceProvider values={values} keep={keep} act={act} errors={errors}>
            <Blocks blocks={view.blocks} />
          </SurfaceProvider>
        </div>
        <footer className="modal-foot">
          <button type="button" className="button" data-testid="modal-close" onClick={close}>
            {view.close ? <Plain text={view.close} /> : depth > 1 ? 'Back' : view.submit ? 'Cancel' : 'Close'}
          </button>
          {view.submit && (
            <button type="submit" className="button primary" aria-busy={busy || undefined} data-testid="modal-submit">
              <Plain text={view.submit} />
            </button>
          )}
        </footer>
      </form>
    </div>
  )
}
