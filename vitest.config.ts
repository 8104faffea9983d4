import { mergeConfig } from "vite";
import { defineConfig } from "vitest/config";
import base from "./vite.config.ts";

export default mergeConfig(
  base,
  defineConfig({ test: { include: ["tests/web/**/*.test.{ts,tsx}"], environment: "node", testTimeout: 10_000 } }),
);
