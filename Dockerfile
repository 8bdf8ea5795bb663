# The bot, or the page where no DISCORD_TOKEN is set. How to run it: docs/operating.md
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Node is the image's own: the one that the repository brings along is left out.
RUN npm ci --omit=dev --omit=optional && npm cache clean --force

FROM node:24-slim
ENV NODE_ENV=production PORT=4680
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json models.example.yaml LICENSE ./
COPY scripts/child-setup.mjs ./scripts/
COPY characters ./characters
COPY locales ./locales
COPY commands ./commands
COPY src ./src
# All that is written: the SQLite file with its key, and characters of your own.
RUN mkdir data && chown node:node data
VOLUME /app/data
USER node
EXPOSE 4680
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import=./scripts/child-setup.mjs", "src/cli.ts", "start"]
