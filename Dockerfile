# syntax=docker/dockerfile:1

# ---- Build: all packages, the compiled program, then the packages that it needs to run ----------------------
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No install scripts: none is needed to build, and none of them gets to run on the builder.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY .swcrc build.js prisma.config.ts ./
COPY prisma ./prisma
COPY src ./src
COPY app ./app
COPY schema ./schema
COPY policies ./policies
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

# ---- Run ----------------------------------------------------------------------------------------------------
FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# The migrations are SQL files, which the compiler does not copy; the program finds them beside package.json.
COPY --from=build /app/prisma/migrations ./prisma/migrations
# The image's own unprivileged user. Everything above belongs to root: the program cannot rewrite itself.
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 4000}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# The two flags keep its memory small: docs/decisions/0075.
CMD ["node", "--max-semi-space-size=16", "--heap-growing-percent=30", "dist/app/main.js"]
