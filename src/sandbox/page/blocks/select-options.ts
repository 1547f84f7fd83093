import type { MultiSelect, Select } from '@slack/types'
import { type Directory, useDirectory } from '../live/directory.tsx'
import { plainText } from '../text/text.tsx'

export interface Choice {
  value: string
  label: string
  detail?: string | undefined
}

export interface ChoiceGroup {
  label: string | null
  choices: Choice[]
}

/** What a select offers: its own options, or the people and channels of the workspace. */
export function useChoices(element: Select | MultiSelect): ChoiceGroup[] {
  const directory = useDirectory()
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select':
      if (element.option_groups) {
        return element.option_groups.map((group) => ({
          label: plainText(group.label),
          choices: group.options.map(choiceOf),
        }))
      }
      return [{ label: null, choices: (element.options ?? []).map(choiceOf) }]
    case 'users_select':
    case 'multi_users_select':
      return [{ label: null, choices: people(directory) }]
    case 'channels_select':
    case 'multi_channels_select':
      return [{ label: null, choices: channels(directory, ['channel']) }]
    case 'conversations_select':
    case 'multi_conversations_select':
      return [{ label: null, choices: channels(directory, ['channel', 'private']) }]
    case 'external_select':
    case 'multi_external_select':
      return []
  }
}

function choiceOf(option: { text: { text: string }; value?: string; description?: { text: string } }): Choice {
  return {
    value: option.value ?? '',
    label: plainText(option.text),
    detail: option.description && plainText(option.description),
  }
}

function people(directory: Directory): Choice[] {
  return Object.values(directory.users)
    .filter((user) => !user.isBot)
    .map((user) => ({ value: user.id, label: user.name, detail: user.title }))
}

function channels(directory: Directory, kinds: string[]): Choice[] {
  return Object.values(directory.channels)
    .filter((channel) => kinds.includes(channel.kind))
    .map((channel) => ({ value: channel.id, label: `#${channel.name}` }))
}
