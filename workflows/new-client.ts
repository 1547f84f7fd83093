import { z } from 'zod'

/** Control and formatting characters turn a name into something else on a card or in another system. */
const PLAIN = /^[^\p{Cc}\p{Cf}<>]*$/u
const MOST_CONTACTS = 100

const firm = z
  .string()
  .trim()
  .min(2, 'Give the name of the firm, at least two letters.')
  .max(60, 'At most 60 characters.')
  .regex(PLAIN, 'Only letters, spaces and ordinary punctuation.')
  .regex(/\p{L}/u, 'Give the name of the firm, with letters.')
  .meta({ title: 'Client', placeholder: 'Acme Ltd' })

const owner = z
  .string()
  .regex(/^[UW][A-Z0-9]{2,}$/, 'Choose somebody of this workspace.')
  .meta({ title: 'Account owner', widget: 'user' })

const value = z.coerce
  .number('Give a number.')
  .int('Whole euros.')
  .min(0, 'Not less than nothing.')
  .max(100_000_000, 'At most 100 million.')
  .meta({ title: 'Contract value a year, in euros' })

const Contact = z.email()

/** Addresses as somebody types or pastes them: one a line, or with commas between. */
const contacts = z
  .string()
  .trim()
  .max(3_000, 'At most 3,000 characters.')
  .transform((text, context): string[] => {
    const given = text
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map((each) => each.toLowerCase())
    const wrong = given.find((each) => !Contact.safeParse(each).success)
    if (wrong !== undefined) context.addIssue(`“${wrong.slice(0, 60)}” is not an e-mail address.`)
    if (given.length > MOST_CONTACTS) context.addIssue(`At most ${MOST_CONTACTS} people.`)
    return [...new Set(given)]
  })
  .meta({
    title: 'Contacts there',
    widget: 'multiline',
    description: 'Their e-mail addresses, one a line.',
    placeholder: 'jane.doe@client.example',
  })

/** What has to be known of a client who is taken on. */
export const NewClient = z.object({ firm, owner, value, contacts })

/** What has to be known of a contract that is to be approved and signed. */
export const NewContract = z.object({ firm, owner, value })

/** A firm's name, however it is typed. */
export const firmName = (name: string): string => name.trim().toLowerCase().replace(/\s+/g, ' ')

/** One client in all workflows. */
export const clientKey = (name: string): string => `client ${firmName(name)}`
