import type { ModalView } from '@slack/types'
import { useCallback, useState } from 'react'
import type { SandboxView } from '../../state.ts'
import type { FieldValue, FieldValues } from '../blocks/field-values.ts'
import { Modal } from './modal.tsx'

const untouched: FieldValues = {}

/** The open modals of one account: the top one is shown, those below keep what was typed into them. */
export function ModalStack({ me, views }: { me: string; views: SandboxView[] }) {
  const [typed, setTyped] = useState<Record<string, FieldValues>>({})
  const top = views.at(-1)
  const topId = top?.id ?? ''

  const keep = useCallback(
    (key: string, value: FieldValue) => setTyped((all) => ({ ...all, [topId]: { ...all[topId], [key]: value } })),
    [topId],
  )
  if (!top) return null
  return (
    <Modal
      key={top.id}
      me={me}
      open={top}
      view={top.view as unknown as ModalView}
      depth={views.length}
      values={typed[top.id] ?? untouched}
      keep={keep}
    />
  )
}
