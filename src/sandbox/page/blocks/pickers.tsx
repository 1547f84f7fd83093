import type { Datepicker, DateTimepicker, Timepicker } from '@slack/types'
import { fieldAttributes, type Place, useField } from './surface.tsx'

const kinds = {
  datepicker: { type: 'date', name: 'Date' },
  timepicker: { type: 'time', name: 'Time' },
  datetimepicker: { type: 'datetime-local', name: 'Date and time' },
} as const

/** The pickers of a date, a time or both. */
export function Picker({ element, place }: { element: Datepicker | Timepicker | DateTimepicker; place: Place }) {
  const { value, busy, change } = useField(element, place)
  const kind = kinds[element.type]
  const held = typeof value === 'string' ? value : ''
  const both = element.type === 'datetimepicker'
  return (
    <input
      {...fieldAttributes(element, place)}
      {...(place.labelledBy ? {} : { 'aria-label': kind.name })}
      className="field picker"
      type={kind.type}
      value={both ? localFromUnix(held) : held}
      aria-busy={busy || undefined}
      data-autofocus={element.focus_on_load || undefined}
      onChange={(event) => change((both ? unixFromLocal(event.target.value) : event.target.value) || null)}
    />
  )
}

function localFromUnix(unix: string): string {
  if (unix === '') return ''
  const date = new Date(Number(unix) * 1000)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function unixFromLocal(local: string): string {
  const milliseconds = Date.parse(local)
  return Number.isNaN(milliseconds) ? '' : String(Math.floor(milliseconds / 1000))
}
