/** The sites that statements are of, in one spelling: who names none states it for all. */
import { sameSite } from '../../core/spelling.js';

/** Whether two statements have a site in common. */
export function samePlace({ sites: some }, { sites: others }) {
  if (some === undefined || others === undefined) return true;
  const known = new Set(some.map(sameSite));
  return others.some((site) => known.has(sameSite(site)));
}

/** Whether two statements name the same sites, or none. */
export function sameSites({ sites: some }, { sites: others }) {
  const text = (sites = []) => [...new Set(sites.map(sameSite))].sort().join(' ');
  return text(some) === text(others);
}

/** Whether all sites of a statement are among another's. */
export function withinSites({ sites: some }, { sites: others }) {
  if (others === undefined) return true;
  const known = new Set(others.map(sameSite));
  return some !== undefined && some.every((site) => known.has(sameSite(site)));
}
