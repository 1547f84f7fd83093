import { numberOf } from '../fake.ts'

/** A user as GitHub shows it inside other things. */
export function simpleUser(login: string, id: number, base: string) {
  const url = `${base}/users/${encodeURIComponent(login)}`
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `${base}/avatars/${id}`,
    gravatar_id: '',
    url,
    html_url: `${base}/${encodeURIComponent(login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: 'User',
    site_admin: false,
  }
}

/** An organisation as GitHub shows it inside a membership. */
export function simpleOrganization(login: string, base: string) {
  const url = `${base}/orgs/${encodeURIComponent(login)}`
  return {
    login,
    id: numberOf(login),
    node_id: `O_${numberOf(login)}`,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${base}/avatars/${numberOf(login)}`,
    description: null,
  }
}

/** An organisation by itself. */
export function fullOrganization(login: string, base: string) {
  return {
    ...simpleOrganization(login, base),
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: `${base}/${encodeURIComponent(login)}`,
    created_at: '2024-01-01T00:00:00Z',
    type: 'Organization',
    updated_at: '2024-01-01T00:00:00Z',
    archived_at: null,
  }
}

/** A team with the organisation that it belongs to. */
export function fullTeam({ org, slug, members, base }: { org: string; slug: string; members: number; base: string }) {
  const id = numberOf(`${org}/${slug}`)
  const url = `${base}/organizations/${numberOf(org)}/team/${id}`
  return {
    id,
    node_id: `T_${id}`,
    url,
    html_url: `${base}/orgs/${encodeURIComponent(org)}/teams/${encodeURIComponent(slug)}`,
    name: slug,
    slug,
    description: null,
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    permission: 'pull',
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    parent: null,
    members_count: members,
    repos_count: 0,
    created_at: '2024-01-01T00:00:00Z',
    updated_at: '2024-01-01T00:00:00Z',
    organization: fullOrganization(org, base),
    type: 'organization',
  }
}
