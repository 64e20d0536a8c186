import { specify } from "./specify.ts";

specify("principals.search", {
  async arrange(world) {
    const ada = await world.user({ name: "ada", displayName: "Ada Lovelace", role: "member", seat: false });
    await world.user({ name: "ben", displayName: "Ben L.", enabled: false });
    await world.team({ name: "lovers" });
    return { ada };
  },
  as: ({ ada }) => ada,
  input: () => ({}),
  gives: {
    items: [
      { id: "user:ada", type: "user", name: "ada", displayName: "Ada Lovelace" },
      { id: "user:ben", type: "user" },
      { id: "team:lovers", type: "team" },
    ],
    total: 3,
    next: null,
  },
  bad: [
    { input: { q: "" }, at: "q" },
    { input: { q: "x".repeat(101) }, at: "q" },
    { input: { type: "robot" }, at: "type" },
    { input: { limit: 201 }, at: "limit" },
  ],
  also: [
    {
      title: "finds by a part of the display name",
      input: () => ({ q: "LOVE" }),
      gives: { items: [{ name: "ada" }, { name: "lovers" }], total: 2 },
    },
    { title: "finds by a part of the name", input: () => ({ q: "be" }), gives: { items: [{ name: "ben" }], total: 1 } },
    {
      title: "finds letters that only some languages have",
      arrange: (world) => world.user({ name: "emile", displayName: "Émile Zola" }),
      input: () => ({ q: "Émile Z" }),
      gives: { items: [{ name: "emile" }], total: 1 },
    },
    { title: "finds one kind", input: () => ({ type: "team" }), gives: { items: [{ name: "lovers" }], total: 1 } },
    { title: "finds both at once", input: () => ({ q: "love", type: "user" }), gives: { items: [{ name: "ada" }] } },
    { title: "takes nothing typed for a pattern", input: () => ({ q: "%" }), gives: { items: [], total: 0 } },
  ],
});

specify("principals.get", {
  async arrange(world) {
    await world.user({ name: "ben", displayName: "Ben L." });
    await world.team({ name: "lovers" });
    return { ada: await world.user({ name: "ada", role: "member", seat: false }) };
  },
  as: ({ ada }) => ada,
  input: () => ({ id: "ben" }),
  gives: { id: "user:ben", type: "user", name: "ben", displayName: "Ben L." },
  also: [
    { title: "takes the prefixed name", input: () => ({ id: "team:lovers" }), gives: { type: "team" } },
    { title: "404 for the wrong kind", input: () => ({ id: "team:ben" }), refuses: "not_found" },
    { title: "404 for a part of a name", input: () => ({ id: "be" }), refuses: "not_found" },
  ],
});
