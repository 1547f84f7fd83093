import type { ModalView } from '@slack/types'
import { type FormEvent, type RefObject, useCallback, useEffect, useId, useRef, useState } from 'react'
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
  const box = useRef<HTMLFormElement>(null)
  const titleId = useId()
  const { act, submit, close, busy } = useModalActions({ me, viewId: open.id, view, values })
  useFocusTrap(box, close)
  useFirstErrorInSight(box, open.errors)

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
          {open.errors[wholeView] && (
            <div className="modal-trouble has-error" role="alert" data-testid="modal-trouble">
              {open.errors[wholeView]}
            </div>
          )}
          <SurfaceProvider values={values} keep={keep} act={act} errors={open.errors}>
            <Blocks blocks={view.blocks} />
          </SurfaceProvider>
        </div>
        <Foot view={view} depth={depth} busy={busy} onClose={close} />
      </form>
    </div>
  )
}

interface Acting {
  me: string
  viewId: string
  view: ModalView
  values: FieldValues
}

function useModalActions({ me, viewId, view, values }: Acting) {
  const send = useControl()
  const [busy, setBusy] = useState(false)
  const close = useCallback(
    () => void send('close-view', { user: me, view_id: viewId, values: submittedValues(view, values) }),
    [send, me, viewId, view, values],
  )
  const act = useCallback(
    async ({ blockId, actionId, ...what }: BlockAction) => {
      const now = submittedValues(view, values)
      await send('click', { user: me, view_id: viewId, block_id: blockId, action_id: actionId, ...what, values: now })
    },
    [send, me, viewId, view, values],
  )
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    await send('submit', { user: me, view_id: viewId, values: submittedValues(view, values) })
    setBusy(false)
  }
  return { act, submit, close, busy }
}

function useFirstErrorInSight(box: RefObject<HTMLElement | null>, errors: Record<string, string>): void {
  useEffect(() => {
    if (Object.keys(errors).length > 0) box.current?.querySelector('.has-error')?.scrollIntoView({ block: 'nearest' })
  }, [box, errors])
}

interface FootProps {
  view: ModalView
  depth: number
  busy: boolean
  onClose: () => void
}

function Foot({ view, depth, busy, onClose }: FootProps) {
  return (
    <footer className="modal-foot">
      <button type="button" className="button" data-testid="modal-close" onClick={onClose}>
        {view.close ? <Plain text={view.close} /> : depth > 1 ? 'Back' : view.submit ? 'Cancel' : 'Close'}
      </button>
      {view.submit && (
        <button type="submit" className="button primary" aria-busy={busy || undefined} data-testid="modal-submit">
          <Plain text={view.submit} />
        </button>
      )}
    </footer>
  )
}
