import { operations } from "@steward/core";
import { describe, expect, it } from "vitest";
import { openapi } from "./openapi.ts";
import { registry } from "./testing/registry.ts";

// biome-ignore lint/suspicious/noExplicitAny: the document is looked into as a client does
const documentOf = (options?: Parameters<typeof openapi>[0]): any => openapi(options);

describe("openapi", () => {
  it("describes every operation once, under its own name", () => {
    const { paths } = documentOf();
    const names = Object.values<object>(paths).flatMap((verbs) =>
      Object.values<{ operationId: string }>({ ...verbs } as never).map(({ operationId }) => operationId),
    );
    expect(new Set(names).size).toBe(names.length);
    const operationsOnce = new Set(Object.values<object>(operations).flatMap((members) => Object.values(members)));
    const aliases = [...operationsOnce].flatMap(({ aliases: more = [] }) => more);
    expect(names.length).toBe(operationsOnce.size + aliases.length);
    expect(names).toContain("assistants.update");
  });

  it("refers only to what it holds", () => {
    for (const document of [documentOf(), documentOf({ registry })]) {
      const names = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(([, name = ""]) => name);
      expect(names.length).toBeGreaterThan(5);
      for (const name of new Set(names))
        expect(Object.keys(document.components.schemas)).toContain(name.replace("#/components/schemas/", ""));
    }
  });

  it("is the same each time, and JSON", () => {
    expect(JSON.stringify(documentOf())).toBe(JSON.stringify(documentOf()));
    expect(JSON.parse(JSON.stringify(documentOf()))).toEqual(documentOf());
  });

  it("says what goes in and what comes out", () => {
    const { paths, components } = documentOf({ registry });
    const { get, put, delete: remove } = paths["/things/{id}"];
    expect(get).toMatchObject({
      operationId: "things.get",
      tags: ["things"],
      "x-permission": "none",
      "x-scope": "read",
      security: [],
    });
    expect(get.parameters).toContainEqual({ name: "id", in: "path", required: true, schema: { type: "string" } });
    expect(get.parameters).toContainEqual(expect.objectContaining({ name: "whole", in: "query", required: false }));
    expect(get.responses).toHaveProperty("304");
    expect(put.parameters).toContainEqual(expect.objectContaining({ name: "If-Match", in: "header" }));
    const { properties, required } = put.requestBody.content["application/json"].schema;
    expect(properties.at.anyOf[0]).toEqual({ type: "string", format: "date-time" });
    expect([Object.keys(properties).includes("id"), required]).toEqual([false, []]);
    expect(Object.keys(remove.responses)).toEqual(["204", "400", "404", "403", "500"].sort());
    expect(paths["/things"].post.responses).toHaveProperty("201.headers.Location");
    expect(paths["/things/{id}/_copy"].post.responses).toHaveProperty("200");
    expect(Object.keys(paths["/things/{id}/part"].put.responses)).toEqual(expect.arrayContaining(["200", "201"]));
    expect(paths["/guarded"].post.security).toEqual([{ bearer: [] }, { cookie: [] }]);
    expect(components.schemas.TestThing).toMatchObject({
      type: "object",
      properties: { at: { anyOf: [{ format: "date-time" }, {}] } },
    });
  });

  it("wraps collections as the door does", () => {
    const { paths } = documentOf({ registry });
    const { schema } = paths["/things"].get.responses["200"].content["application/hal+json"];
    expect(schema.allOf[0].properties).toHaveProperty(["_embedded", "properties", "inf:thing"]);
    expect(Object.keys(schema.allOf[0].properties)).not.toContain("next");
    expect(paths["/things-list"].get.responses["200"].content["application/json"].schema.type).toBe("array");
  });
});
