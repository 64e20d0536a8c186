import { migrate } from "../node.ts";

const [url = "", folder = "", startAt = "0"] = process.argv.slice(2);
while (Date.now() < Number(startAt));
await migrate({ url, folder });
console.log("true");
