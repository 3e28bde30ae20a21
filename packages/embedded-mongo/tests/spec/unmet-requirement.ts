import type { Requirement } from './spec-file.ts';

/** What our store says it is. */
export const announced = { version: '7.0.0', topology: 'single' };

/** Why none of `requirements` holds for our store, or null where one does, or where there are none. */
export function unmetRequirement(requirements: Requirement[] | undefined): string | null {
  if (!requirements || requirements.length === 0) return null;
  const reasons = requirements.map(unmetBy);
  return reasons.includes(null) ? null : [...new Set(reasons)].join(', or ');
}

function unmetBy(requirement: Requirement): string | null {
  const { minServerVersion, maxServerVersion, topologies, auth, serverParameters } = requirement;
  if (minServerVersion && compareVersions(minServerVersion, announced.version) > 0)
    return `needs server ${minServerVersion} or later`;
  if (maxServerVersion && compareVersions(maxServerVersion, announced.version) < 0)
    return `needs server ${maxServerVersion} or earlier`;
  if (topologies && !topologies.includes(announced.topology)) return `needs topology ${topologies.join('/')}`;
  if (auth === true || requirement.authMechanism) return 'needs authentication';
  if (requirement.csfle) return 'needs client-side encryption';
  if (requirement.serverless === 'require') return 'needs serverless';
  if (serverParameters) return `needs server parameters ${Object.keys(serverParameters).join(', ')}`;
  return null;
}

function compareVersions(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number));
  for (const place of [0, 1, 2]) {
    const difference = (a?.[place] ?? 0) - (b?.[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
