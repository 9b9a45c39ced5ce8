#!/usr/bin/env node
// The pinned npm compiler behind the options of solc that py-solc-x and slither use. All sources come
// in the standard JSON, so there are no imports to look up and slither's --allow-paths allows nothing;
// anything else is refused.
"use strict";
const solc = require("solc");

const [option, ...given] = process.argv.slice(2);
const rest = given[0] === "--allow-paths" ? given.slice(2) : given;
if (option === "--version" && rest.length === 0) {
  process.stdout.write(`solc, the solidity compiler\nVersion: ${solc.version()}\n`);
} else if (option === "--standard-json" && rest.length === 0) {
  process.stdout.write(solc.compile(require("fs").readFileSync(0, "utf8")));
} else {
  process.stderr.write("scripts/solc.cjs knows --version and --standard-json, alone\n");
  process.exitCode = 2;
}
