import { z } from 'zod'
import { PersonNeeded } from '../../domain/errors.ts'
import type {
  Found,
  HttpResponse,
  ReadOperation,
  RefusedTwiceOperation,
  UpsertOperation,
  Verdict,
} from '../../domain/operation.ts'
import { GoogleProblem, judgeGoogle } from './judge.ts'

const User = z.looseObject({
  id: z.string(),
  primaryEmail: z.string(),
  externalIds: z.array(z.looseObject({ customType: z.string().optional(), value: z.string().optional() })).optional(),
})
type User = z.infer<typeof User>

export interface GoogleUser {
  id: string
  primaryEmail: string
}

export interface NewGoogleUser {
  primaryEmail: string
  givenName: string
  familyName: string
  /** Our own id of the person; kept with the account, so that we know it again as ours. */
  externalId: string
  password: string
  orgUnitPath?: string | undefined
  /** A private address by which they set their first password themselves. */
  recoveryEmail?: string | undefined
}

/** The name under which our id stands among an account's external ids. */
const OUR_MARK = 'purser'

const shared = { service: 'google', secretFields: ['password', 'hashFunction'] } as const

/** An account by its address; null when there is none. */
export const userGet: ReadOperation<{ email: string }, User | null> = {
  ...shared,
  class: 'R',
  name: 'user.get',
  title: 'look up the Google account',
  request: ({ email }) => ({
    method: 'GET',
    path: '/admin/directory/v1/users/{userKey}',
    params: { userKey: email },
    query: { projection: 'full' },
  }),
  answer: z.union([User, GoogleProblem.transform(() => null)]),
  judge: absenceIsAnAnswer,
}

/** Makes the account; Google refuses an address that is taken, and ours is known by its mark. */
export const userInsert: RefusedTwiceOperation<NewGoogleUser, GoogleUser> = {
  ...shared,
  class: 'C',
  name: 'user.insert',
  title: 'create the Google account',
  request: (user) => ({
    method: 'POST',
    path: '/admin/directory/v1/users',
    body: {
      primaryEmail: user.primaryEmail,
      name: { givenName: user.givenName, familyName: user.familyName },
      password: user.password,
      changePasswordAtNextLogin: true,
      externalIds: [{ type: 'custom', customType: OUR_MARK, value: user.externalId }],
      ...(user.orgUnitPath === undefined ? {} : { orgUnitPath: user.orgUnitPath }),
      ...(user.recoveryEmail === undefined ? {} : { recoveryEmail: user.recoveryEmail }),
    },
  }),
  answer: User.transform(({ id, primaryEmail }) => ({ id, primaryEmail })),
  judge: judgeGoogle,
  async readBack({ primaryEmail, externalId }, look): Promise<Found<GoogleUser>> {
    const user = await look(userGet, { email: primaryEmail })
    if (!user) return { kind: 'cannot-tell', why: 'Google says that the account exists, but does not show it.' }
    if (!isOurs(user, externalId)) throw somebodyElses()
    return {
      kind: 'found',
      output: { id: user.id, primaryEmail: user.primaryEmail },
    }
  },
}

/** Suspends an account: nobody comes in any more, and nothing of it is lost. Null when it is gone. */
export const userSuspend: UpsertOperation<{ id: string }, GoogleUser | null> = {
  ...shared,
  class: 'U',
  name: 'user.suspend',
  title: 'suspend the Google account',
  request: ({ id }) => ({
    method: 'PATCH',
    path: '/admin/directory/v1/users/{userKey}',
    params: { userKey: id },
    body: { suspended: true },
  }),
  answer: z.union([
    User.transform(({ id, primaryEmail }) => ({ id, primaryEmail })),
    GoogleProblem.transform(() => null),
  ]),
  judge: absenceIsAnAnswer,
}

export function isOurs(user: User, externalId: string): boolean {
  return user.externalIds?.some(({ customType, value }) => customType === OUR_MARK && value === externalId) ?? false
}

function somebodyElses(): PersonNeeded {
  return new PersonNeeded({
    code: 'google-address-taken',
    message:
      'Google Workspace has an account or an alias of this address already, and it was not made for this person by us',
    hint: 'Choose another address, or, if the account is theirs, mark this step done with it.',
  })
}

function absenceIsAnAnswer(response: HttpResponse): Verdict | null {
  return response.status === 404 ? { kind: 'done' } : judgeGoogle(response)
}
