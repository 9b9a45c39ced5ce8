// Development only: compiles contracts/ a second time and runs tests/contracts/solidity.
import { createRequire } from "node:module";
import compiler from "./contracts/compiler.json" with { type: "json" };

const require = createRequire(import.meta.url);
const solidity = { ...compiler, path: require.resolve("solc/soljson.js") };

export default {
  // One named profile: "production" would compile in isolation, with the same settings anyway.
  solidity: { profiles: { default: solidity, production: solidity } },
  paths: {
    sources: "contracts",
    tests: { solidity: "tests/contracts/solidity" },
    artifacts: "contracts/.build/artifacts",
    cache: "contracts/.build/cache",
  },
  test: {
    solidity: {
      fuzz: { runs: 256, seed: "0x526f6f747072696e74" },
      // 10,240 random calls of every role, each followed by a look at all rows.
      invariant: { runs: 64, depth: 160, failOnRevert: true },
    },
  },
};
