# syntax=docker/dockerfile:1
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image brings its own Node, so the one among the optional packages stays out.
RUN npm ci --omit=dev --omit=optional

FROM node:24-slim AS build
WORKDIR /app
COPY . .
RUN CI=true node app/scripts/setup.mjs build

FROM node:24-slim
ENV NODE_ENV=production PORT=3000
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
# The generated database client is the one package that is made rather than fetched.
COPY --from=build /app/node_modules/.prisma ./node_modules/.prisma
COPY --from=build /app/build ./build
COPY package.json ./
COPY app ./app
# The dry run of a checkout runs the web pixel itself.
COPY extensions/tandem-web-pixel/src ./extensions/tandem-web-pixel/src
COPY prisma ./prisma
# What Node compiles is kept in the image (app/scripts/keep-compiled.mjs), by the flags that the app is started with.
RUN node --disable-warning=ExperimentalWarning --max-semi-space-size=16 --heap-growing-percent=60 --import=./app/scripts/keep-compiled.mjs app/cli/start.ts --help
# Only the embedded database writes; a volume on /app/.data keeps it.
RUN mkdir .data && chown node:node .data
VOLUME /app/.data
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s \
  CMD node -e "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
# Node runs the TypeScript sources as they are; no shell in between, so that SIGTERM reaches the app.
CMD ["node", "--disable-warning=ExperimentalWarning", "--max-semi-space-size=16", "--heap-growing-percent=60", "--import=./app/scripts/keep-compiled.mjs", "app/cli/start.ts"]
