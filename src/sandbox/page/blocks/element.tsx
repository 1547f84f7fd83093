import type { ImageElement } from '@slack/types'
import { BlockButton, InertButton } from './button.tsx'
import { Choices } from './choices.tsx'
import type { AnyElement } from './field-values.ts'
import { FilesInput } from './files-input.tsx'
import { ImageBox } from './image-box.tsx'
import { OverflowMenu } from './overflow-menu.tsx'
import { Picker } from './pickers.tsx'
import { SelectOne, SelectSeveral } from './selects.tsx'
import type { Place } from './surface.tsx'
import { TypedInput, UnavailableInput } from './text-inputs.tsx'

/** One interactive element, wherever it stands. */
export function Element({ element, place }: { element: AnyElement | ImageElement; place: Place }) {
  switch (element.type) {
    case 'button':
      return <BlockButton element={element} blockId={place.blockId} />
    case 'workflow_button':
      return <InertButton element={element} />
    case 'overflow':
      return <OverflowMenu element={element} blockId={place.blockId} />
    case 'static_select':
    case 'users_select':
    case 'channels_select':
    case 'conversations_select':
    case 'external_select':
      return <SelectOne element={element} place={place} />
    case 'multi_static_select':
    case 'multi_users_select':
    case 'multi_channels_select':
    case 'multi_conversations_select':
    case 'multi_external_select':
      return <SelectSeveral element={element} place={place} />
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <Picker element={element} place={place} />
    case 'radio_buttons':
    case 'checkboxes':
      return <Choices element={element} place={place} />
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return <TypedInput element={element} place={place} />
    case 'file_input':
      return <FilesInput element={element} place={place} />
    case 'rich_text_input':
      return <UnavailableInput element={element} place={place} />
    case 'image':
      return <ImageBox alt={element.alt_text} size="accessory" />
  }
}
