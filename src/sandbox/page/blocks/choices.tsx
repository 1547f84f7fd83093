import type { Checkboxes, Option, RadioButtons } from '@slack/types'
import { useId } from 'react'
import { Text } from '../text/text.tsx'
import { groupAttributes, type Place, useField } from './surface.tsx'

/** Check boxes and radio buttons. */
export function Choices({ element, place }: { element: Checkboxes | RadioButtons; place: Place }) {
  const name = useId()
  const { value, change } = useField(element, place)
  const several = element.type === 'checkboxes'
  const chosen = Array.isArray(value) ? value : value === null ? [] : [value]

  const pick = (option: string) => {
    if (!several) return change(option)
    change(chosen.includes(option) ? chosen.filter((other) => other !== option) : [...chosen, option])
  }
  const rows = (element.options as Option[]).map((option) => (
    <label key={option.value} className="choice">
      <input
        type={several ? 'checkbox' : 'radio'}
        name={name}
        checked={chosen.includes(option.value ?? '')}
        data-value={option.value}
        onChange={() => pick(option.value ?? '')}
      />
      <span>
        <Text text={option.text} />
        {option.description && (
          <small>
            <Text text={option.description} />
          </small>
        )}
      </span>
    </label>
  ))

  return (
    <div className="choices" role={several ? 'group' : 'radiogroup'} {...groupAttributes(element, place)}>
      {rows}
    </div>
  )
}
