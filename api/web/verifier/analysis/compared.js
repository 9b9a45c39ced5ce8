/**
 * What check 8 compares beside the footprint itself: gases and uncertainty, where they are open.
 * Both need what inputs may hide; where those do, a notice says that they were not recomputed.
 */
import { only } from '../evidence/opened.js';
import { has } from '../schema/rules.js';
import { gasesOf } from './gases.js';
import { spreadOf } from './spread.js';
import { agrees, uncertaintiesOf } from './uncertainty.js';

const OUTPUT = 'outputUncertainty';

/**
 * @param {import('../walk/node.js').Node} node gets notices
 * @param {object} made what check 8 computed: `{lines, exact, computed, lineDigits}`, where a
 *   line's `from` is the node that it cites
 * @param {import('../calc/tables.js').Tables} tables
 * @returns {{name: string, signed: string | Map<string, string>,
 *   mine: string | Map<string, string>, differs?: boolean}[]}
 * @throws {import('../core/errors.js').Refused} for a spread that contradicts what it stands beside
 */
export function compared(node, made, tables) {
  const [gases, uncertainty] = ['gases', 'uncertainty'].map((name) => only(node.opened, name));
  const output = outputOf(node);
  const found = [];
  if (gases !== null) {
    const mine = gasesOf(made, tables);
    if (mine === null)
      node.notices.push('its gases were not recomputed: its inputs do not show all of theirs');
    else found.push({ name: 'gases', signed: new Map(Object.entries(gases)), mine });
  }
  if (uncertainty !== null) {
    const isHidden = output === null && has(node.statement.subject, OUTPUT);
    const mine = isHidden ? null : uncertaintiesOf(made, output, tables);
    if (mine === null) {
      node.notices.push(
        'its uncertainty was not recomputed: a line, an input or its output does not show its own',
      );
    } else if (!mine.some((one) => agrees(uncertainty, one))) {
      found.push({
        name: 'uncertainty',
        signed: JSON.stringify(uncertainty),
        mine: mine.map((one) => JSON.stringify(one)).join(' or '),
        differs: true,
      });
    }
  }
  return found;
}

// The spread of the output that all amounts are divided by: it is of the declared amount.
function outputOf({ opened, statement }) {
  const member = only(opened, OUTPUT);
  return member === null ? null : spreadOf(member, statement.subject.pcf.declaredUnitAmount);
}
