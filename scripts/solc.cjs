#!/usr/bin/env node
// The pinned npm compiler behind the two options of solc that py-solc-x uses. All sources come
// in the standard JSON, so there are no imports to look up; anything else is refused.
"use strict";
const solc = require("solc");

const [option, ...rest] = process.argv.slice(2);
if (option === "--version" && rest.length === 0) {
  process.stdout.write(`solc, the solidity compiler\nVersion: ${solc.version()}\n`);
} else if (option === "--standard-json" && rest.length === 0) {
  process.stdout.write(solc.compile(require("fs").readFileSync(0, "utf8")));
} else {
  process.stderr.write("scripts/solc.cjs knows --version and --standard-json, alone\n");
  process.exitCode = 2;
}
