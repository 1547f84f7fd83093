import { z } from 'zod'

const ROLES = {
  engineer: 'Engineer',
  'engineering-manager': 'Engineering manager',
  designer: 'Designer',
  sales: 'Sales',
  support: 'Support',
  finance: 'Finance',
  people: 'People',
} as const

const EMPLOYMENT = { employee: 'Employee', contractor: 'Contractor', intern: 'Intern' } as const

type Role = keyof typeof ROLES
type Employment = keyof typeof EMPLOYMENT

const keys = <K extends string>(labels: Readonly<Record<K, string>>): [K, ...K[]] => Object.keys(labels) as [K, ...K[]]

/** Control and formatting characters turn a name into something else on a card or in another system. */
const PLAIN = /^[^\p{Cc}\p{Cf}<>]*$/u

/** What has to be known of somebody who joins; drawn as a form, and checked by this. */
export const NewEmployee = z.object({
  name: z
    .string()
    .trim()
    .min(2, 'Give the full name, at least two letters.')
    .max(80, 'At most 80 characters.')
    .regex(PLAIN, 'Only letters, spaces and ordinary punctuation.')
    .regex(/\p{L}.*\s.*\p{L}|\p{L}{2}/u, 'Give the full name, with letters.')
    .meta({ title: 'Name', placeholder: 'Jane Doe' }),
  workEmail: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.email('This is not an e-mail address.').max(120, 'At most 120 characters.'))
    .meta({
      title: 'Work e-mail',
      format: 'email',
      placeholder: 'jane.doe@acme.example',
      description: 'The account that is created for them.',
    }),
  role: z
    .enum(keys<Role>(ROLES))
    .meta({ title: 'Role', labels: ROLES, description: 'Decides what they get access to.' }),
  team: z
    .string()
    .trim()
    .min(1, 'Which team do they join?')
    .max(60, 'At most 60 characters.')
    .regex(PLAIN, 'Only letters, spaces and ordinary punctuation.')
    .meta({ title: 'Team', placeholder: 'Platform' }),
  manager: z
    .string()
    .regex(/^[UW][A-Z0-9]{2,}$/, 'Choose somebody of this workspace.')
    .meta({ title: 'Manager', widget: 'user' }),
  startDate: z.iso.date('Choose a date.').meta({ title: 'Start date' }),
  employmentType: z.enum(keys<Employment>(EMPLOYMENT)).meta({ title: 'Employment', labels: EMPLOYMENT }),
  lastDay: z.iso
    .date('Choose a date.')
    .optional()
    .meta({
      title: 'Last day',
      description: 'Where it is known when they leave.',
      showWhen: { field: 'employmentType', is: ['contractor', 'intern'] },
    }),
})
export type NewEmployee = z.infer<typeof NewEmployee>
