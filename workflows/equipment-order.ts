import { z } from 'zod'
import { files } from '../src/domain/file-ref.ts'

export const ITEMS = {
  laptop: 'Laptop',
  monitor: 'Monitor',
  phone: 'Phone',
  headset: 'Headset',
  chair: 'Chair',
} as const

/** Where people work, by the clocks there. */
const PLACES = {
  'Europe/Berlin': 'Berlin',
  'Europe/London': 'London',
  'America/New_York': 'New York',
  'America/Los_Angeles': 'San Francisco',
  'Asia/Kolkata': 'Bengaluru',
} as const

const keys = <K extends string>(labels: Readonly<Record<K, string>>): [K, ...K[]] => Object.keys(labels) as [K, ...K[]]

/** What has to be known of a request for equipment. */
export const EquipmentRequest = z.object({
  name: z
    .string()
    .trim()
    .min(2, 'Give the full name, at least two letters.')
    .max(80, 'At most 80 characters.')
    .meta({ title: 'Who needs it?', placeholder: 'Jane Doe' }),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.email('This is not an e-mail address.').max(120, 'At most 120 characters.'))
    .meta({ title: 'Their work e-mail', format: 'email', placeholder: 'jane.doe@acme.example' }),
  item: z.enum(keys<keyof typeof ITEMS>(ITEMS)).meta({ title: 'What?', labels: ITEMS }),
  reason: z
    .string()
    .trim()
    .min(3, 'Say what it is for, in at least three characters.')
    .max(500, 'At most 500 characters.')
    .meta({ title: 'What for?', widget: 'multiline' }),
  quote: files({ most: 3, types: ['pdf', 'png', 'jpg', 'jpeg'] })
    .optional()
    .meta({
      title: 'Quote',
      description:
        'Whoever approves finds a link to it on the card. Share it with them in Slack, so that they can open it.',
    }),
  neededOn: z.iso.date('Choose a date.').meta({ title: 'Needed on' }),
  timeZone: z.enum(keys<keyof typeof PLACES>(PLACES)).meta({ title: 'Where?', labels: PLACES }),
  manager: z
    .string()
    .regex(/^[UW][A-Z0-9]{2,}$/, 'Choose somebody of this workspace.')
    .meta({ title: 'Manager', widget: 'user', description: 'Decides whether it is bought.' }),
})
