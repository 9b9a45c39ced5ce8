// Compiles changed contracts with some of tests/contracts/solidity and runs those, again and again in
// one process. A line of JSON in, a line of JSON out. In: { changed: { "contracts/X.sol": text },
// suites: [path] }, or { ast: true }, or { changed, compiled: path }. Out for suites: { outcome, by },
// invalid (does not compile), killed (by says which test, of the first suite that fails), same (the
// bytecode of no contract differs) or survived.
//
// solc compiles without optimizer and IR here, which takes a second instead of a minute. What hardhat
// itself would do stands between: its compiler is another process, and its artifacts are files.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const solc = require("solc");
const edr = createRequire(require.resolve("hardhat/package.json"))("@nomicfoundation/edr");
const { default: config } = await import("../../../hardhat.config.js");

const TESTS = config.paths.tests.solidity;
const CHAIN = edr.L1_CHAIN_TYPE;
const CODE = ["evm.bytecode.object", "evm.deployedBytecode.object"];
const SETTINGS = {
  evmVersion: config.solidity.profiles.default.settings.evmVersion,
  metadata: { bytecodeHash: "none", appendCBOR: false },
  optimizer: { enabled: false },
};
// More than any test of a suite uses. A loop that no longer ends uses it up, and each step is traced.
const gasOf = (suite) => (suite.endsWith("Registry.t.sol") ? 60_000_000n : 15_000_000n);
const LIMITS = {
  projectRoot: process.cwd(),
  hardfork: edr.l1HardforkToString(edr.L1Hardfork.Cancun),
  disableBlockGasLimit: true,
  disableTransactionGasCap: true,
  collectStackTraces: edr.CollectStackTraces.OnFailure,
};
const { fuzz, invariant } = config.test.solidity;
const FEW = { fuzz: { ...fuzz, runs: 8 }, invariant: { ...invariant, runs: 4 } };
const context = new edr.EdrContext();
await context.registerSolidityTestRunnerFactory(CHAIN, edr.l1SolidityTestRunnerFactory());

function read(folder) {
  const files = readdirSync(folder, { withFileTypes: true }).filter((e) => !e.name.startsWith("."));
  const paths = files.map((entry) => [`${folder}/${entry.name}`, entry.isDirectory()]);
  return paths.flatMap(([path, inner]) =>
    inner ? read(path) : path.endsWith(".sol") ? [[path, { content: readFileSync(path, "utf8") }]] : [],
  );
}
const sources = Object.fromEntries([...read("contracts"), ...read(TESTS)]);

function compile(changed, wanted) {
  const given = { ...sources };
  for (const [path, content] of Object.entries(changed)) given[path] = { content };
  const settings = { ...SETTINGS, outputSelection: wanted };
  const input = { language: "Solidity", sources: given, settings };
  const output = JSON.parse(solc.compile(JSON.stringify(input)));
  const error = output.errors?.find(({ severity }) => severity === "error");
  return { ...output, error: error?.formattedMessage };
}

// Only its own suite: what it deploys is part of its code, so nothing else needs to be compiled.
async function run(suite, changed) {
  const output = compile(changed, { [suite]: { "*": ["abi", ...CODE] } });
  if (output.error) {
    if (Object.keys(changed).some((path) => output.error.includes(path))) {
      return { outcome: "invalid", by: output.error };
    }
    throw new Error(output.error); // of a test, which is not what was changed
  }
  const artifacts = Object.entries(output.contracts[suite]).map(([name, made]) => ({
    id: { name, source: suite, solcVersion: config.solidity.profiles.default.version },
    contract: {
      abi: JSON.stringify(made.abi),
      bytecode: `0x${made.evm.bytecode.object}`,
      deployedBytecode: `0x${made.evm.deployedBytecode.object}`,
      linkReferences: {},
      deployedLinkReferences: {},
    },
  }));
  // Most are noticed by a few tries of each property; what is not meets all of them.
  for (const tries of [FEW, config.test.solidity]) {
    const [failed] = await failures(artifacts, { ...LIMITS, gasLimit: gasOf(suite), ...tries });
    if (failed) return { outcome: "killed", by: failed };
  }
  return undefined;
}

async function failures(artifacts, limits) {
  const isTest = ({ type, name }) => type === "function" && /^(test|invariant)/.test(name);
  const tests = artifacts.filter(({ contract }) => JSON.parse(contract.abi).some(isTest));
  const ids = tests.map(({ id }) => id);
  const failed = [];
  await new Promise((resolve, reject) => {
    let left = ids.length;
    const done = ({ testResults }) => {
      failed.push(...testResults.filter((one) => one.status === "Failure").map((one) => one.name));
      if (--left === 0) resolve();
    };
    context.runSolidityTests(CHAIN, artifacts, ids, limits, {}, done).catch(reject);
  });
  return failed;
}

// Of the contracts, and of the harness that has all of the library in it.
const contracts = Object.keys(sources).filter((path) => !path.endsWith(".t.sol"));

function code(changed) {
  const output = compile(changed, Object.fromEntries(contracts.map((path) => [path, { "*": CODE }])));
  if (output.error) throw new Error(output.error);
  return JSON.stringify(output.contracts);
}
let original;

async function answer({ ast, changed, compiled, suites }) {
  if (ast) return compile({}, { "*": { "": ["ast"] } }).sources;
  if (compiled) return compile(changed, { [compiled]: { "*": ["abi", ...CODE] } }).contracts[compiled];
  for (const suite of suites) {
    const ended = await run(suite, changed);
    if (ended) return ended;
  }
  original ??= code({});
  return { outcome: code(changed) === original ? "same" : "survived" };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
