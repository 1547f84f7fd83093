import { z } from 'zod'

const Option = z.object({ value: z.string() })
/** What is kept of a file: where it is. Whether that is enough, the workflow's schema says, at the field. */
const File = z.object({
  id: z.unknown().optional(),
  name: z.unknown().optional(),
  size: z.unknown().optional(),
  mimetype: z.unknown().optional(),
  permalink: z.unknown().optional(),
})
const Field = z.object({
  type: z.string(),
  value: z.string().nullish(),
  selected_option: Option.nullish(),
  selected_options: z.array(Option).nullish(),
  selected_date: z.string().nullish(),
  /** In seconds since 1970. */
  selected_date_time: z.int().nullish(),
  selected_user: z.string().nullish(),
  selected_channel: z.string().nullish(),
  files: z.array(File).nullish(),
})
type Field = z.infer<typeof Field>

const Values = z.record(z.string(), z.record(z.string(), z.unknown()))

/** Plain values by field from `view.state.values`; what was left empty is left out. Fields with another prefix are not ours. */
export function readInputs(values: unknown, prefix = ''): Record<string, unknown> {
  const blocks = Values.safeParse(values)
  const read: Record<string, unknown> = {}
  for (const [blockId, elements] of Object.entries(blocks.data ?? {})) {
    if (!blockId.startsWith(prefix)) continue
    const field = Field.safeParse(Object.values(elements)[0])
    const value = field.success ? plainValue(field.data) : undefined
    if (value !== undefined) read[blockId.slice(prefix.length)] = value
  }
  return read
}

function plainValue(field: Field): unknown {
  switch (field.type) {
    case 'checkboxes':
      return (field.selected_options ?? []).some((option) => option.value === 'true')
    case 'multi_static_select':
      return (field.selected_options ?? []).map((option) => option.value)
    case 'file_input':
      return field.files?.length ? field.files : undefined
    case 'datetimepicker':
      return field.selected_date_time ?? undefined
    case 'number_input':
      return field.value ? Number(field.value) : undefined
    default: {
      const text =
        field.value ??
        field.selected_option?.value ??
        field.selected_date ??
        field.selected_user ??
        field.selected_channel
      return text?.trim() || undefined
    }
  }
}
