/** Which function answers which path, the first that fits. The one on Node makes pictures, over both doors, and tends. */
export const routes = [
  { src: "^/_tend$", dest: "/background" },
  { src: "^/api/(?:assistants/[^/]+/)?(?:icon|favicon\\.ico|_create-image)$", dest: "/background" },
  { src: "^/trpc/(?:[^/]*,)?(?:icons|images)\\.[^/]*$", dest: "/background" },
  { src: "/(.*)", dest: "/edge" },
] as const;
