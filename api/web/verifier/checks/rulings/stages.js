/** Law 7 in check 7: what the open lines and cells say of stages and boundaries. */
import { stageFindings } from '../../calc/laws/stages.js';
import { only } from '../../evidence/opened.js';
import { has } from '../../schema/rules.js';
import { ruled } from './lawful.js';

const LAW = 7;

/**
 * @param {import('./inputsof.js').Inputs} inputs
 * @param {object} rule the compatibility table
 * @returns {import('../../walk/laws.js').Ruling}
 */
export function stages(inputs, rule) {
  const { node, known, complete } = inputs;
  const lines = known.map(({ number, value, cited }) => [
    number,
    {
      stage: value.stage,
      cited,
      emission: has(value.source, 'emission'),
      term: has(value, 'circular') ? value.circular.term : null,
    },
  ]);
  // A stage that only the cells show is judged too.
  const cells = complete ? null : Object.keys(only(node.opened, 'cells') ?? {});
  return ruled(LAW, inputs, stageFindings(rule, node.terms, new Map(lines), cells), true);
}
