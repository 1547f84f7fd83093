import type { ConfirmationDialog } from '@slack/types'
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { useConfirm } from '../modal/confirm.tsx'
import { type AnyElement, type FieldValue, type FieldValues, fieldKey, initialValue } from './field-values.ts'

export interface BlockAction {
  blockId: string
  actionId: string
  value?: string
  selected?: FieldValue
}

/** What a message, a modal or the Home tab gives to the blocks on it. */
interface Surface {
  values: FieldValues
  keep: (key: string, value: FieldValue) => void
  /** Sends the action to Purser and ends when it was acknowledged. */
  act: (action: BlockAction) => Promise<void>
  errors: Record<string, string>
}

const Context = createContext<Surface>({
  values: {},
  keep: () => undefined,
  act: () => Promise.resolve(),
  errors: {},
})

/** Carries the blocks of one modal, whose values its owner keeps. */
export function SurfaceProvider(props: Surface & { children: ReactNode }) {
  const { values, keep, act, errors } = props
  const surface = useMemo(() => ({ values, keep, act, errors }), [values, keep, act, errors])
  return <Context value={surface}>{props.children}</Context>
}

const noErrors = {}

/** Carries the blocks of a message or the Home tab, where each value stands for itself. */
export function ActingSurface({ act, children }: { act: Surface['act']; children: ReactNode }) {
  const [values, setValues] = useState<FieldValues>({})
  const keep = useCallback((key: string, value: FieldValue) => setValues((all) => ({ ...all, [key]: value })), [])
  return (
    <SurfaceProvider values={values} keep={keep} act={act} errors={noErrors}>
      {children}
    </SurfaceProvider>
  )
}

/** The error of an input block, if its last submission was refused. */
export function useFieldError(blockId: string): string | undefined {
  return useContext(Context).errors[blockId]
}

/** Presses something: asks first where the element wants that, then sends; `busy` until it was acknowledged. */
export function usePress(blockId: string, element: { action_id?: string; confirm?: ConfirmationDialog }) {
  const { act } = useContext(Context)
  const confirm = useConfirm()
  const [busy, setBusy] = useState(false)
  const press = async (what: { value?: string; selected?: FieldValue }): Promise<boolean> => {
    if (busy || (element.confirm && !(await confirm(element.confirm)))) return false
    setBusy(true)
    try {
      await act({ blockId, actionId: element.action_id ?? '', ...what })
    } finally {
      setBusy(false)
    }
    return true
  }
  return { busy, press }
}

/** Where a field stands: `keep` holds its value for a submission, `act` also tells Purser at once. */
export interface Place {
  blockId: string
  mode: 'keep' | 'act'
  /** Ids of the elements that name and describe the field. */
  labelledBy?: string | undefined
  describedBy?: string | undefined
  invalid?: boolean
  required?: boolean
}

/** The present value of a field and the way to change it. */
export function useField(element: AnyElement, place: Place) {
  const { values, keep } = useContext(Context)
  const { busy, press } = usePress(place.blockId, element)
  const key = fieldKey(place.blockId, element)
  const value = key in values ? (values[key] ?? null) : initialValue(element)
  const change = async (next: FieldValue) => {
    keep(key, next)
    if (place.mode === 'keep') return
    if (!(await press({ selected: next }))) keep(key, value)
  }
  return {
    value,
    busy,
    change: (next: FieldValue) => void change(next),
    keep: (next: FieldValue) => keep(key, next),
    press,
  }
}

/** The attributes of a field made of several controls, for assistive technology and for tests. */
export function groupAttributes(element: AnyElement, place: Place) {
  return {
    'data-block-id': place.blockId,
    'data-action-id': element.action_id,
    'aria-labelledby': place.labelledBy,
    'aria-describedby': place.describedBy,
  }
}

/** The attributes of a field that is one control. */
export function fieldAttributes(element: AnyElement, place: Place) {
  return {
    ...groupAttributes(element, place),
    'aria-invalid': place.invalid || undefined,
    'aria-required': place.required || undefined,
  }
}
