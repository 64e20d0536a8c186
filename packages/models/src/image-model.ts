import { type ImageModel, type ImageOrder, isStewardError, StewardError } from "@steward/core";
import { boundedFetch } from "./bounded-fetch.ts";

/** Any server that speaks OpenAI's `images/generations`. */
export interface ImageModelOptions {
  /** Up to and with its version: `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  readonly key: string;
  /** The model that draws where none is named. */
  readonly model: string;
  /** Milliseconds until a picture must be there. */
  readonly timeout?: number;
  /** The most bytes that an answer may have. */
  readonly mostBytes?: number;
}

const twoMinutes = 120_000;
const mostBytes = 24 * 1024 * 1024;

/** The image model behind a base URL, called through the AI SDK, which is loaded when the first picture is drawn. */
export const imageModel = (options: ImageModelOptions): ImageModel => ({
  async draw(order) {
    try {
      return await generate(options, order);
    } catch (error) {
      throw failed(error);
    }
  },
});

async function generate(
  { baseUrl, key, model: configured, timeout = twoMinutes, mostBytes: most = mostBytes }: ImageModelOptions,
  { prompt, model = configured, width, height }: ImageOrder,
) {
  const [{ generateImage }, { createOpenAICompatible }] = await Promise.all([
    import("ai"),
    import("@ai-sdk/openai-compatible"),
  ]);
  const fetch = boundedFetch(baseUrl, most);
  const provider = createOpenAICompatible({ name: providerName, baseURL: baseUrl, apiKey: key, fetch });
  const { image } = await generateImage({
    model: provider.imageModel(model),
    prompt,
    n: 1,
    size: `${width}x${height}`,
    // A picture costs money: who asked decides whether it is tried again.
    maxRetries: 0,
    abortSignal: AbortSignal.timeout(timeout),
    ...(!answersInBase64(model) && { providerOptions: { [providerName]: { response_format: "b64_json" } } }),
  });
  return { bytes: image.uint8Array, model };
}

const providerName = "images";

/** These answer so always, and refuse to be asked for it. */
const answersInBase64 = (model: string) => /^(?:chat)?gpt-image-/.test(model);

/** What went wrong, without a word of the provider's: it may hold what it was asked with. */
function failed(error: unknown): StewardError {
  if (isStewardError(error)) return error;
  const status = statusOf(error);
  const cause = new Error(status === null ? `Image model: ${nameOf(error)}` : `Image model: answered ${status}`);
  const message = sayings[status ?? 0] ?? "The image model has failed: try again later";
  return new StewardError("upstream_failed", { message, cause, ...(status === 429 && { retryAfter: 30 }) });
}

const sayings: Readonly<Record<number, string>> = {
  400: "The image model does not take this order: change the prompt or the size, or name another model",
  401: "The image model does not take Steward's key: tell whoever runs the server",
  403: "The image model does not take Steward's key: tell whoever runs the server",
  404: "The provider knows no such image model: name another one",
  429: "The image model has too much to do: try again later",
};

const statusOf = (error: unknown): number | null =>
  error instanceof Error && "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : null;

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "unknown");
