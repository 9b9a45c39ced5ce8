/** The laws that check 7 decides: 2, 4, 6, 7 and 8. */
import { claims } from './claims.js';
import { deliveries } from './deliveries.js';
import { inputsOf } from './inputsof.js';
import { processes } from './processes.js';
import { quantities } from './quantities.js';
import { stages } from './stages.js';

/**
 * What law 2 says of a footprint without inventory.
 * @returns {import('../../walk/laws.js').Ruling[]}
 */
export function rulingsWithout(node, nodes, { tables }) {
  return [processes(inputsOf(node, nodes), nodes, tables)];
}

/**
 * @param {import('../../walk/node.js').Node} node readable, with an inventory
 * @param {Map<string, import('../../walk/node.js').Node>} nodes
 * @param {import('../../walk/context.js').Context} context
 * @returns {import('../../walk/laws.js').Ruling[]}
 */
export function rulingsOf(node, nodes, { tables }) {
  const inputs = inputsOf(node, nodes);
  return [
    processes(inputs, nodes, tables),
    claims(inputs, nodes, tables),
    deliveries(inputs, tables),
    stages(inputs, tables.rule),
    quantities(inputs, tables),
  ];
}
