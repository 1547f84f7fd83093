/** What the example leaves to whoever has another system: one that tells of people who are hired. */
const HOOK = `  # The panel's "Send a webhook" sends these, signed.
  hr-platform:
    signature: standard-webhooks
    on:
      - when: body.type == "person.hired"
        start: employee-onboarding
        input:
          name: body.data.name
          workEmail: body.data.workEmail
          role: body.data.role
          team: body.data.team
          manager: body.data.manager
          startDate: body.data.startDate
          employmentType: body.data.employmentType
      - when: body.type == "ping"
        ignore: true
`

/** The example's rules with a hook more, for a Purser that is only tried. */
export const demoRules = (example: string): string => example.replace(/^hooks:\n/m, (hooks) => `${hooks}${HOOK}`)
