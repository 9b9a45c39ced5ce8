/** Line numbers in a message. */

const MOST_RUNS = 8; // of lines in a row

/** Rising line numbers: line 4; lines 0 to 2, 5; not all of them where they are many. */
export function named(lines) {
  const runs = [];
  for (const line of lines) {
    const last = runs[runs.length - 1];
    if (last?.to === line - 1) last.to = line;
    else runs.push({ from: line, to: line });
  }
  const shown = runs
    .slice(0, MOST_RUNS)
    .map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`));
  const more = runs.slice(MOST_RUNS).reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const rest = more > 0 ? ` and ${more} more` : '';
  return `${lines.length === 1 ? 'line' : 'lines'} ${shown.join(', ')}${rest}`;
}
