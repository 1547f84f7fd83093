import type { EmailInput, NumberInput, PlainTextInput, RichTextInput, URLInput } from '@slack/types'
import type { KeyboardEvent } from 'react'
import { plainText } from '../text/text.tsx'
import { fieldAttributes, type Place, useField } from './surface.tsx'

type Typed = PlainTextInput | EmailInput | URLInput | NumberInput

const kinds = {
  plain_text_input: { type: 'text', inputMode: 'text' },
  email_text_input: { type: 'email', inputMode: 'email' },
  url_text_input: { type: 'url', inputMode: 'url' },
  // A text field: a number field of the browser drops what it cannot read, and the reader with it.
  number_input: { type: 'text', inputMode: 'decimal' },
} as const

/** The fields that are typed into: text of one line or several, e-mail, address, number. */
export function TypedInput({ element, place }: { element: Typed; place: Place }) {
  const { value, keep, press } = useField(element, place)
  const text = typeof value === 'string' ? value : ''
  const multiline = element.type === 'plain_text_input' && element.multiline === true
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || place.mode !== 'act' || multiline) return
    event.preventDefault()
    void press({ selected: text })
  }
  const shared = {
    ...fieldAttributes(element, place),
    className: 'field',
    value: text,
    placeholder: element.placeholder ? plainText(element.placeholder) : undefined,
    maxLength: element.type === 'plain_text_input' ? element.max_length : undefined,
    'data-autofocus': element.focus_on_load || undefined,
  }
  if (multiline) return <textarea {...shared} rows={4} onChange={(event) => keep(event.target.value)} />
  return (
    <input
      {...shared}
      {...kinds[element.type]}
      autoComplete="off"
      onKeyDown={onEnter}
      onChange={(event) => keep(event.target.value)}
    />
  )
}

/** An input that Slack has and the sandbox shows without letting it be used. */
export function UnavailableInput({ element, place }: { element: RichTextInput; place: Place }) {
  return (
    <div className="unavailable">
      <input
        {...fieldAttributes(element, place)}
        type="text"
        className="field"
        disabled
        placeholder="Not available in the sandbox"
      />
    </div>
  )
}
