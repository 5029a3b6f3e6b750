// Makes emitted declarations those of the public: node public.mjs NODE_MODULES FOLDER, which it changes in place.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, folder] = process.argv.slice(2);
const { default: ts } = await import(pathToFileURL(join(modules, "typescript", "lib", "typescript.js")).href);

for (const name of readdirSync(folder, { recursive: true })) {
  if (!name.endsWith(".d.ts")) continue;
  const path = join(folder, name);
  const text = readFileSync(path, "utf8");
  const edits = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true).statements.flatMap(changes);
  writeFileSync(path, edits.reduceRight((changed, [from, to, by]) => changed.slice(0, from) + by + changed.slice(to), text));
}

/** @returns {[number, number, string][]} what of a statement is to be replaced by what, in its order */
function changes(statement) {
  if (ts.isTypeAliasDeclaration(statement) && isOfSameName(statement)) {
    // What a @typedef made: one more name for a type that has this very name in its module.
    const spec = `{ ${statement.name.text} } from ${statement.type.argument.getText()};`;
    return [[statement.getStart(), statement.end, `import type ${spec}\nexport type ${spec}`]];
  }
  // Comments that belong to no statement, such as a @typedef.
  const strays = (statement.jsDoc ?? []).slice(0, -1).map(({ pos, end }) => [pos, end, ""]);
  // tsc keeps @internal members of JavaScript; a hidden constructor must also forbid `new`.
  const internals = (statement.members ?? []).filter(isInternal).map((member) => {
    return [member.getFullStart(), member.end, ts.isConstructorDeclaration(member) ? "\n    private constructor();" : ""];
  });
  return [...strays, ...internals];
}

function isOfSameName({ name, type }) {
  return ts.isImportTypeNode(type) && type.qualifier?.getText() === name.text && !type.typeArguments;
}

function isInternal(member) {
  return ts.getJSDocTags(member).some(({ tagName }) => tagName.text === "internal");
}
