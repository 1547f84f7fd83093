/** A window's values as Slack sends them: one for each input. */
export function entered(blocks: readonly object[], values: Record<string, unknown>): Record<string, unknown> {
  const inputs = blocks as { type: string; block_id: string; element: { type: string } }[]
  return Object.fromEntries(
    inputs
      .filter(({ type }) => type === 'input')
      .map(({ block_id: id, element: { type } }) => [id, { value: { type, ...asEntered(type, values[id]) } }]),
  )
}

function asEntered(type: string, value: unknown): Record<string, unknown> {
  if (type === 'file_input') return { files: value ?? [] }
  if (value === undefined) return { value: null }
  if (type === 'radio_buttons' || type === 'static_select') return { selected_option: { value } }
  if (type === 'datepicker') return { selected_date: value }
  if (type === 'datetimepicker') return { selected_date_time: value }
  return type === 'users_select' ? { selected_user: value } : { value }
}
