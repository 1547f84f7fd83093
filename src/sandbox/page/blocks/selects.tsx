import type { MultiSelect, Select } from '@slack/types'
import { plainText } from '../text/text.tsx'
import { type Choice, type ChoiceGroup, useChoices } from './select-options.ts'
import { fieldAttributes, groupAttributes, type Place, useField } from './surface.tsx'
import { useMenu } from './use-menu.ts'

/** A select of one. */
export function SelectOne({ element, place }: { element: Select; place: Place }) {
  const groups = useChoices(element)
  const { value, busy, change } = useField(element, place)
  const placeholder = element.placeholder ? plainText(element.placeholder) : 'Choose an option'
  return (
    <span className={`select ${value ? '' : 'select-empty'}`}>
      <select
        {...fieldAttributes(element, place)}
        {...(place.labelledBy ? {} : { 'aria-label': placeholder })}
        value={typeof value === 'string' ? value : ''}
        aria-busy={busy || undefined}
        disabled={element.type === 'external_select'}
        data-autofocus={element.focus_on_load || undefined}
        onChange={(event) => change(event.target.value || null)}
      >
        <option value="" disabled={place.required === true || place.mode === 'act'}>
          {placeholder}
        </option>
        {groups.map((group) => (
          <Group key={group.label ?? ''} group={group} />
        ))}
      </select>
    </span>
  )
}

function Group({ group }: { group: ChoiceGroup }) {
  const options = group.choices.map((choice) => (
    <option key={choice.value} value={choice.value}>
      {choice.detail ? `${choice.label} (${choice.detail})` : choice.label}
    </option>
  ))
  return group.label === null ? options : <optgroup label={group.label}>{options}</optgroup>
}

/** A select of several: chips, and a list with check boxes below. */
export function SelectSeveral({ element, place }: { element: MultiSelect; place: Place }) {
  const groups = useChoices(element)
  const { value, busy, change } = useField(element, place)
  const menu = useMenu('input')
  const chosen = Array.isArray(value) ? value : []
  const full = chosen.length >= (element.max_selected_items ?? Number.POSITIVE_INFINITY)
  const placeholder = element.placeholder ? plainText(element.placeholder) : 'Choose options'
  const picked = groups.flatMap((group) => group.choices).filter((choice) => chosen.includes(choice.value))
  const toggle = ({ value: one }: Choice) =>
    change(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one])

  return (
    <div className="menu-anchor several" ref={menu.root}>
      <button
        type="button"
        {...groupAttributes(element, place)}
        {...(place.labelledBy ? {} : { 'aria-label': placeholder })}
        className={`several-button ${place.invalid ? 'invalid' : ''}`}
        aria-haspopup="dialog"
        aria-expanded={menu.open}
        aria-busy={busy || undefined}
        disabled={element.type === 'multi_external_select'}
        onClick={() => menu.setOpen(!menu.open)}
      >
        {picked.length === 0 && <span className="placeholder">{placeholder}</span>}
        {picked.map((choice) => (
          <span key={choice.value} className="chip">
            {choice.label}
          </span>
        ))}
      </button>
      {menu.open && (
        <fieldset className="menu checklist" aria-label={placeholder}>
          {groups.map((group) => (
            <div key={group.label ?? ''}>
              {group.label !== null && <div className="menu-title">{group.label}</div>}
              {group.choices.map((choice) => (
                <CheckRow key={choice.value} choice={choice} chosen={chosen} full={full} onToggle={toggle} />
              ))}
            </div>
          ))}
        </fieldset>
      )}
    </div>
  )
}

function CheckRow(props: { choice: Choice; chosen: string[]; full: boolean; onToggle: (choice: Choice) => void }) {
  const { choice, chosen, full, onToggle } = props
  const checked = chosen.includes(choice.value)
  return (
    <label className="choice" data-value={choice.value}>
      <input type="checkbox" checked={checked} disabled={full && !checked} onChange={() => onToggle(choice)} />
      <span>
        {choice.label}
        {choice.detail && <small>{choice.detail}</small>}
      </span>
    </label>
  )
}
