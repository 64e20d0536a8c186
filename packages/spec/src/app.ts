import * as authentication from "@steward/auth";
import type { Services } from "@steward/core";
import { openapi } from "@steward/rest";
import { type App, createApp } from "@steward/server";

export type { App };

/** What docs/openapi.json holds. */
export const document = openapi();
export const origin = "https://steward.test";

/** In which header the spec's requests say from which address they come. */
export const addressHeader = "x-spec-address";

/** The whole server over these services, as an app's entry makes it. */
export const openApp = (services: Services): App =>
  createApp({ services, authentication, address: ({ headers }) => headers.get(addressHeader) });
