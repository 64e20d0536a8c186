import { script } from "./script.ts";
import { style } from "./style.ts";

/** The reference page, in one text. */
export const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Steward API</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#operations">Skip to the operations</a>
<header>
<h1>Steward API</h1>
<p><a href="/api/openapi.json">openapi.json</a></p>
<label for="search">Search</label>
<input id="search" type="search" placeholder="Method, path, name or words" autocomplete="off" spellcheck="false" aria-controls="operations" aria-keyshortcuts="/">
<p id="count" role="status"></p>
</header>
<div class="columns">
<nav aria-label="Groups"><ul id="groups"></ul></nav>
<main id="operations" tabindex="-1"><p>Loading</p><noscript><p>This page needs JavaScript. The same is in <a href="/api/openapi.json">openapi.json</a>.</p></noscript></main>
</div>
<script>${script}</script>
</body>
</html>
`;
