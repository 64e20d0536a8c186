/**
 * What the reference page does. A text and no function, so that no bundler can change it and with it its hash. Nothing
 * of the document is ever read as HTML.
 */
export const script = `"use strict";
const byId = (id) => document.getElementById(id);
const element = (name, attributes, ...children) => {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return made;
};
let api;
const resolve = (schema) => schema && schema.$ref ? resolve(api.components.schemas[schema.$ref.split("/").pop()]) : schema || {};
const typeOf = (schema) => {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(" | ");
  if (schema.allOf) return schema.allOf.map(typeOf).join(" & ");
  if (schema.type === "array") return typeOf(schema.items) + "[]";
  return schema.format ? schema.type + " (" + schema.format + ")" : schema.type || "any";
};
const propertiesOf = (schema) => {
  const here = resolve(schema);
  const rows = (here.allOf || []).flatMap(propertiesOf);
  const required = new Set(here.required || []);
  for (const [name, inner] of Object.entries(here.properties || {})) rows.push({ name, inner, required: required.has(name) });
  return rows;
};
const table = (title, rows) => rows.length > 0 && element("section", {},
  element("h3", { textContent: title }),
  element("table", {}, element("tbody", {}, ...rows.map((row) => element("tr", {},
    element("th", { scope: "row" }, element("code", { textContent: row.name }), row.required && " (required)"),
    element("td", {}, element("code", { textContent: typeOf(row.inner) })),
    element("td", { textContent: row.text || resolve(row.inner).description || "" }))))));
const schemaTable = (title, schema) => {
  const here = resolve(schema);
  return here.type === "array" ? table(title + ": a list of", propertiesOf(here.items)) : table(title, propertiesOf(here));
};
const example = (schema, depth) => {
  const here = resolve(schema);
  if (here.default !== undefined) return here.default;
  if (here.enum) return here.enum[0];
  if (here.anyOf) return example(here.anyOf[0], depth);
  if (here.type === "integer" || here.type === "number") return 1;
  if (here.type === "boolean") return true;
  if (here.type === "array") return [];
  if (here.type !== "object") return here.format === "date-time" ? "2030-01-01T00:00:00.000Z" : "text";
  const keys = (here.required || []).filter(() => depth < 3);
  return Object.fromEntries(keys.map((key) => [key, example((here.properties || {})[key], depth + 1)]));
};
const quote = (text) => "'" + text.replaceAll("'", "'\\\\''") + "'";
const curl = (verb, path, operation) => {
  const parts = ["curl"];
  if (verb !== "GET") parts.push("-X " + verb);
  parts.push(quote(location.origin + api.servers[0].url + path));
  if ((operation.security || []).length > 0) parts.push('-H "Authorization: Bearer $STEWARD_TOKEN"');
  const body = operation.requestBody;
  if (body) parts.push("-H 'Content-Type: application/json'", "-d " + quote(JSON.stringify(example(body.content["application/json"].schema, 0))));
  return parts.join(" \\\\\\n  ");
};
const bodyOf = (verb, path, operation) => {
  const answers = Object.entries(operation.responses);
  const good = answers.filter(([status]) => status < "300" && status);
  const bad = answers.filter(([status]) => status >= "300");
  const schema = good[0] && good[0][1].content && good[0][1].content["application/json"].schema;
  const facts = ["permission: " + operation["x-permission"], "scope: " + operation["x-scope"], operation["x-rel"] && "relation: " + operation["x-rel"]];
  return element("div", { className: "body" },
    operation.description && element("p", { textContent: operation.description }),
    element("p", {}, element("code", { textContent: facts.filter(Boolean).join(", ") })),
    table("Parameters", operation.parameters.map((one) => ({ name: one.name + " in " + one.in, inner: one.schema, required: one.required, text: one.description }))),
    operation.requestBody && schemaTable("Body", operation.requestBody.content["application/json"].schema),
    schema && schemaTable("Answer " + good.map(([status]) => status).join(" or "), schema),
    element("section", {}, element("h3", { textContent: "Statuses" }),
      element("table", {}, element("tbody", {}, ...[...good, ...bad].map(([status, answer]) => element("tr", {},
        element("th", { scope: "row", textContent: status }), element("td", { textContent: answer.description })))))),
    element("section", {}, element("h3", { textContent: "With curl" }), element("pre", { tabIndex: 0 }, element("code", { textContent: curl(verb, path, operation) }))));
};
const entryOf = ({ verb, path, operation }) => {
  const made = element("details", { id: operation.operationId },
    element("summary", {}, element("b", { className: "verb " + verb, textContent: verb }), element("code", { textContent: path }), element("span", { textContent: operation.summary })));
  made.addEventListener("toggle", () => { if (made.open && made.children.length === 1) made.append(bodyOf(verb, path, operation)); });
  return made;
};
const start = (document_) => {
  api = document_;
  const entries = Object.entries(api.paths).flatMap(([path, verbs]) => Object.entries(verbs).map(([method, operation]) => {
    const verb = method.toUpperCase();
    const words = [verb, path, operation.operationId, operation.summary, operation.description, operation["x-rel"]].join(" ").toLowerCase();
    const entry = { verb, path, operation, group: operation.tags[0], words };
    return { ...entry, node: entryOf(entry) };
  }));
  const sections = api.tags.map(({ name }) => ({ name, node: element("section", {}, element("h2", { id: "group-" + name, textContent: name }), ...entries.filter(({ group }) => group === name).map(({ node }) => node)) }));
  byId("operations").replaceChildren(...sections.map(({ node }) => node));
  byId("groups").replaceChildren(...sections.map(({ name }) => element("li", {}, element("a", { href: "#group-" + name, textContent: name }))));
  const search = () => {
    const words = byId("search").value.toLowerCase().split(/\\s+/).filter(Boolean);
    for (const entry of entries) entry.node.hidden = !words.every((word) => entry.words.includes(word));
    for (const { name, node } of sections) node.hidden = entries.every((entry) => entry.group !== name || entry.node.hidden);
    byId("count").textContent = entries.filter(({ node }) => !node.hidden).length + " operations";
  };
  byId("search").addEventListener("input", search);
  const relation = location.pathname.split("/docs/relations/")[1];
  if (relation) byId("search").value = "inf:" + relation;
  search();
  const open = () => {
    const named = byId(decodeURIComponent(location.hash.slice(1)));
    if (named && named.tagName === "DETAILS") { named.open = true; named.scrollIntoView(); }
  };
  addEventListener("hashchange", open);
  open();
};
addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== byId("search")) { event.preventDefault(); byId("search").focus(); }
});
fetch("/api/openapi.json").then((answer) => answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))).then(start).catch((error) => {
  byId("operations").textContent = "The description of the API could not be loaded (" + error.message + ").";
});
`;
