import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folders = ["src", "test", "phone", "../../Tests/EndToEndTests/Browser/Scripts"];

function filesBelow(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = `${folder}/${name}`;
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

const files = folders.flatMap((folder) => filesBelow(root + folder)).filter((path) => /\.(ts|js|mjs)$/.test(path));
const lines = files.flatMap((path) =>
  readFileSync(path, "utf8").split("\n").map((line, index) => ({ path, line, number: index + 1 })));

test("files and lines are short", () => {
  assert.ok(files.length > 80);
  assert.deepEqual(files.filter((path) => readFileSync(path, "utf8").split("\n").length > 400), []);
  assert.deepEqual(lines.filter(({ line }) => line.length > 120).map(({ path, number }) => `${path}:${number}`), []);
});

test("what browsers are given has no dependency", () => {
  const imports = lines.filter(({ path }) => path.includes("/src/")).map(({ line }) => /from "([^"]+)"/.exec(line)?.[1])
    .filter((module) => module !== undefined && !module.startsWith("."));
  assert.deepEqual(imports, []);
  assert.equal(JSON.parse(readFileSync(`${root}package.json`, "utf8")).dependencies, undefined);
});

test("what is exported says what it is", () => {
  const bare = files.filter((path) => path.includes("/src/") && !path.endsWith("index.ts")).flatMap((path) => {
    const all = readFileSync(path, "utf8").split("\n");
    return all.flatMap((line, index) =>
      /^export (abstract )?(class|interface|function|async function|const)/.test(line)
        && !/\*\/$/.test(all[index - 1] ?? "")
        ? [`${path}:${index + 1}`] : []);
  });
  assert.deepEqual(bare, []);
});
