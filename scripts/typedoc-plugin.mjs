// A plugin of typedoc, for what the sources say by their form and not by a comment.
import { Converter, ReflectionKind } from "typedoc";

const firstHeading = /^# (.*)\n+/;

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document) => {
    document.name = titleOf(document.content, document.name);
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    dropTitle(project.readme);
    describeMethods(project);
    nameOptions(project);
  });
}

/** A document is called what its first heading says, not what its file is called. */
function titleOf([start], name) {
  const title = firstHeading.exec(start?.text ?? "")?.[1];
  if (title === undefined) throw new Error(`The document ${name} does not begin with a heading.`);
  return title;
}

/** Typedoc writes the name of the project above its first page. */
function dropTitle([start]) {
  start.text = start.text.replace(firstHeading, "");
}

/** A method of Tensor is the function of its name with the tensor first: it gets the summary of that function. */
function describeMethods(project) {
  const core = project.getChildByName(["@cotangent/core-tensor"]);
  const tensor = core.getChildByName(["Tensor"]);
  for (const method of tensor.getChildrenByKind(ReflectionKind.Method)) {
    const found = core.getChildByName([method.name]) ?? core.getChildByName(["linalg", method.name]);
    const target = found?.isReference() ? found.getTargetReflectionDeep() : found;
    const summary = target?.signatures?.[0]?.comment?.summary;
    for (const signature of method.signatures) {
      if (signature.comment !== undefined || summary === undefined) continue;
      const link = { kind: "inline-tag", tag: "@link", text: method.name, target };
      const lead = [
        { kind: "text", text: "The function " },
        link,
        { kind: "text", text: " of this tensor: " },
      ];
      signature.comment = target.signatures[0].comment.clone();
      signature.comment.blockTags = [];
      signature.comment.summary = [...lead, ...summary];
    }
  }
}

/** Parameters that are taken apart where they are declared, `({ axis, keepDims })`, are options. */
function nameOptions(project) {
  for (const parameter of project.getReflectionsByKind(ReflectionKind.Parameter)) {
    if (parameter.name.startsWith("__namedParameters")) parameter.name = "options";
  }
}
